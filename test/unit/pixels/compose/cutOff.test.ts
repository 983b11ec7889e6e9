import assert from 'node:assert/strict';
import { bendEnds } from '../../../../src/pixels/compose/cutOff';
import { applyCurve, STEPS, type Curve, type Pairs } from '../../../../src/pixels/compose/tone';

/** The curve that brings an answer's levels down to `share` of them. */
function dimmed(share: number): Curve {
  return Float32Array.from({ length: 255 * STEPS + 1 }, (_, k) => (share * k) / STEPS);
}

/** Samples whose answers are all cut off at one end, of these levels of the canvas. */
function cutOffAt(end: number, levels: readonly number[]): Pairs {
  return { count: levels.length, answer: new Float32Array(levels.length).fill(end), canvas: Float32Array.from(levels) };
}

const EVEN = (): number => 1;

describe('what a cut-off end stands for', () => {
  /** A sky that grows lighter up to the cut and beyond it. */
  const sky = Array.from({ length: 101 }, (_, k) => 230 + (25 * k) / 100);

  it('is believed as far as four in five samples say so', () => {
    const light = dimmed(0.9);
    bendEnds(light, cutOffAt(255, sky), EVEN);
    assert.ok(Math.abs(applyCurve(light, 255) - 235) < 0.5, `white became ${applyCurve(light, 255)}`);
    const dark = dimmed(1).map((level) => level + 20);
    bendEnds(dark, cutOffAt(0, sky.map((level) => 255 - level)), EVEN);
    assert.ok(Math.abs(applyCurve(dark, 0) - 20) < 0.5, `black became ${applyCurve(dark, 0)}`);
    const darker = dimmed(1).map((level) => level + 30);
    bendEnds(darker, cutOffAt(0, sky.map((level) => 255 - level)), EVEN);
    assert.ok(Math.abs(applyCurve(darker, 0) - 20) < 0.5, `black became ${applyCurve(darker, 0)}`);
  });

  it('is the level under an even light', () => {
    const curve = dimmed(0.9);
    bendEnds(curve, cutOffAt(255, sky.map(() => 253)), () => 1.1);
    assert.ok(Math.abs(applyCurve(curve, 255) - 253 / 1.1) < 0.1, `white became ${applyCurve(curve, 255)}`);
  });

  it('is nothing where few samples are cut off, and never nearer to the middle than the curve', () => {
    for (const levels of [sky.slice(-11), sky.map(() => 200)]) {
      const curve = dimmed(0.9);
      bendEnds(curve, cutOffAt(255, levels), EVEN);
      assert.deepEqual(curve, dimmed(0.9));
    }
  });
});
