import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { boundsOf, contains } from '../../../src/core/geometry';
import { parseBounds, presetBounds, REGION_PRESETS } from '../../../src/host/dialogue/regionPresets';

describe('presetBounds', () => {
  it('lies wholly inside any picture, a single pixel included', () => {
    const edge = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(edge, edge, fc.constantFrom(...REGION_PRESETS), (width, height, preset) => {
        assert.ok(contains(boundsOf({ width, height }), presetBounds(preset, { width, height })));
      }),
    );
  });

  it('covers the picture by two halves', () => {
    for (const width of [1, 2, 3, 100, 101]) {
      const left = presetBounds('left-half', { width, height: 5 });
      const right = presetBounds('right-half', { width, height: 5 });
      assert.equal(left.x, 0);
      assert.ok(left.x + left.width >= right.x);
      assert.equal(right.x + right.width, width);
    }
    assert.deepEqual(presetBounds('right-third', { width: 300, height: 10 }), { x: 200, y: 0, width: 100, height: 10 });
    assert.deepEqual(presetBounds('center', { width: 100, height: 40 }), { x: 25, y: 10, width: 50, height: 20 });
  });
});

describe('parseBounds', () => {
  const picture = { width: 100, height: 50 };
  it('reads what people type', () => {
    for (const text of ['1,2,30,40', ' 1, 2, 30, 40 ', '1 2 30 40', '1,2 30x40']) assert.deepEqual(parseBounds(text, [picture]), { x: 1, y: 2, width: 30, height: 40 }, text);
  });
  it('refuses what is no rectangle of every picture', () => {
    for (const text of ['', '1,2,3', '1,2,3,4,5', '-1,0,5,5', '0,0,0,5', '0,0,101,50', '90,0,11,5', '1.5,0,5,5']) assert.equal(parseBounds(text, [picture]), undefined, text);
    assert.equal(parseBounds('0,0,100,50', [picture, { width: 99, height: 50 }]), undefined);
  });
});
