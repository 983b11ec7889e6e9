import assert from 'node:assert/strict';
import { ANCHORS, sameExtent } from '../../../src/core/geometry';
import { MODELS } from '../../../src/core/models';
import { planOutpaint } from '../../../src/core/outpaint';
import { findPurpose, parsePurposes, PURPOSES } from '../../../src/core/purposes';

describe('purposes', () => {
  it('have names of their own and whole sizes', () => {
    assert.equal(new Set(PURPOSES.map(({ id }) => id)).size, PURPOSES.length);
    assert.equal(new Set(PURPOSES.map(({ label }) => label)).size, PURPOSES.length);
    assert.deepEqual(parsePurposes(Object.fromEntries(PURPOSES.map(({ id, ...rest }) => [id, rest]))), PURPOSES);
  });

  it('are found by id, own ones first', () => {
    assert.deepEqual(findPurpose('og-card'), { id: 'og-card', label: 'Open Graph card', width: 1200, height: 630 });
    assert.equal(findPurpose('constructor'), undefined);
    const own = parsePurposes({ 'og-card': { width: 10, height: 20 }, mine: { label: 'Mine', width: 3, height: 4 } });
    assert.equal(findPurpose('og-card', own)?.height, 20);
    assert.equal(findPurpose('mine', own)?.label, 'Mine');
    assert.equal(findPurpose('slide', own)?.width, 1920);
  });

  it('can be reached exactly from any picture by every model', () => {
    const sources = [{ width: 1024, height: 1024 }, { width: 5000, height: 3000 }, { width: 640, height: 1400 }];
    for (const model of MODELS) {
      for (const purpose of PURPOSES) {
        const canvas = { width: purpose.width, height: purpose.height };
        for (const source of sources) {
          if (!sameExtent(source, canvas)) assert.deepEqual(planOutpaint(source, { kind: 'extent', extent: canvas }, ANCHORS.center, model).canvas, canvas);
        }
      }
    }
  });

  it('leaves out what is no purpose', () => {
    const size = { width: 10, height: 10 };
    const given = { a: null, b: [], c: { width: 1 }, d: { ...size, width: 1.5 }, e: { ...size, height: 0 }, f: { ...size, width: '5' }, g: { width: 1e5, height: 1e5 }, h: { ...size, label: 7 } };
    assert.deepEqual(parsePurposes(given), [{ id: 'h', label: 'h', ...size }]);
    for (const none of [undefined, null, 'x', 3, [size]]) assert.deepEqual(parsePurposes(none), []);
  });
});
