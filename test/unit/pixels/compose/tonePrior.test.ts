import assert from 'node:assert/strict';
import { choleskySolve } from '../../../../src/pixels/compose/linear';
import { POWERS, powersOf } from '../../../../src/pixels/compose/tone';
import { curvePrecision } from '../../../../src/pixels/compose/tonePrior';

const CHANNELS = 3;

/** The covariance of what two channels' cubics add to a level, before anything is seen. */
function covariance(first: number, second: number, level: number): number {
  const size = CHANNELS * POWERS;
  const at = (channel: number): Float64Array => {
    const powers = new Float64Array(POWERS);
    powersOf(level, powers);
    const vector = new Float64Array(size);
    vector.set(powers, channel * POWERS);
    return vector;
  };
  const solved = new Float64Array(size);
  assert.ok(choleskySolve(curvePrecision(CHANNELS), at(second), solved) !== undefined);
  return at(first).reduce((sum, value, k) => sum + value * (solved[k] ?? 0), 0);
}

describe('what is thought of tones before anything is seen', () => {
  it('lets black stray by a few levels and white by a gain, every channel alike', () => {
    for (let c = 0; c < CHANNELS; c++) {
      const [black, middle, white] = [0, 128, 255].map((level) => Math.sqrt(covariance(c, c, level))) as [number, number, number];
      assert.ok(black > 2 && black < 4.5, `black by ${black}`);
      assert.ok(Math.abs(white - 255 * Math.hypot(0.04, 0.04)) < 1.5, `white by ${white}`);
      assert.ok(middle > 7 && middle < white, `the middle by ${middle}`);
    }
  });

  it('takes half of a difference for one that all channels have', () => {
    for (const level of [128, 255]) {
      const share = covariance(0, 2, level) / covariance(0, 0, level);
      assert.ok(Math.abs(share - 0.5) < 0.06, `a share of ${share} at ${level}`);
    }
    assert.ok(covariance(0, 1, 0) / covariance(0, 0, 0) < 0.2);
  });
});
