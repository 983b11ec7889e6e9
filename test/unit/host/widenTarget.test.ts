import assert from 'node:assert/strict';
import { ImageError, type Reason } from '../../../src/core/errors';
import type { WidenOptions } from '../../../src/host/commands/options';
import { readAnchor, readTarget } from '../../../src/host/commands/widenTarget';

const OWN = [{ id: 'team', label: 'Team', width: 700, height: 100 }];

function refusal(options: WidenOptions): Reason | undefined {
  try {
    readTarget(options, OWN);
    return undefined;
  } catch (error) {
    return error instanceof ImageError ? error.reason : undefined;
  }
}

describe('readTarget', () => {
  it('reads each way of saying it', () => {
    assert.deepEqual(readTarget({ width: 1200, height: 630 }, []), { kind: 'extent', extent: { width: 1200, height: 630 } });
    assert.deepEqual(readTarget({ ratio: '21:9' }, []), { kind: 'ratio', ratio: { width: 21, height: 9 } });
    assert.deepEqual(readTarget({ left: 5 }, []), { kind: 'sides', left: 5, right: 0, top: 0, bottom: 0 });
    assert.deepEqual(readTarget({ purpose: 'og-card' }, []), { kind: 'extent', extent: { width: 1200, height: 630 } });
    assert.deepEqual(readTarget({ purpose: 'team' }, OWN), { kind: 'extent', extent: { width: 700, height: 100 } });
  });

  it('refuses none, two at once, and what makes no sense', () => {
    for (const options of [{}, { prompt: 'x' }, { width: 5 }, { height: 5 }, { ratio: '21:9', left: 5 }, { ratio: 'wide' }, { left: 0, right: 0 }, { purpose: 'nothing' }]) {
      assert.equal(refusal(options), 'bad-argument', JSON.stringify(options));
    }
    assert.equal(refusal({ width: 60_000, height: 60_000 }), 'too-large');
  });
});

describe('readAnchor', () => {
  it('takes a word, a point, or the centre', () => {
    assert.deepEqual(readAnchor(undefined), { x: 0.5, y: 0.5 });
    assert.deepEqual(readAnchor('bottom-right'), { x: 1, y: 1 });
    assert.deepEqual(readAnchor({ x: 0.25, y: 0 }), { x: 0.25, y: 0 });
  });
});
