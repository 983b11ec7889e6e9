import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { placeAnswer } from '../../../../src/pixels/compose/place';
import { seeded } from '../../../support/random';
import { redraw } from '../../../support/redraw';
import { copyOf, render, waves } from '../../../support/scene';

const WIDTH = 240;
const HEIGHT = 120;
const SEAM = 120;
const WINDOW = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

/** Streaks of noise along one direction over broad waves: what both pictures share is broad, what differs is the texture. */
function streaked(seed: number, along: 'rows' | 'columns', strength = 26): PixelImage {
  const image = render(waves(3, 40), WIDTH, HEIGHT);
  const random = seeded(seed);
  const step = along === 'rows' ? 1 : WIDTH;
  const noise = Float32Array.from({ length: WIDTH * HEIGHT }, () => random.normal());
  for (let i = 0; i < noise.length; i++) {
    let sum = 0;
    for (let k = 0; k < 6; k++) sum += noise[(i + k * step) % noise.length] ?? 0;
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = (image.data[4 * i + c] ?? 0) + (strength * sum) / Math.sqrt(6);
  }
  return image;
}

function leftPending(): Mask {
  return { width: WIDTH, height: HEIGHT, data: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH < SEAM ? 255 : 0)) };
}

/** The mean step down a column over that along a row: above 1 where streaks lie along the rows. */
function grainOf({ data }: PixelImage, from: number, to: number): number {
  let down = 0;
  let across = 0;
  for (let y = 0; y + 1 < HEIGHT; y++) {
    for (let x = from; x < to; x++) {
      const at = 4 * (y * WIDTH + x);
      down += Math.abs((data[at + 4 * WIDTH] ?? 0) - (data[at] ?? 0));
      across += Math.abs((data[at + 4] ?? 0) - (data[at] ?? 0));
    }
  }
  return down / across;
}

describe('the hem', () => {
  it("continues the picture's own texture where the model drew another, and meets the model's further in", async () => {
    const truth = streaked(1, 'rows');
    const canvas = copyOf(truth);
    const answer = streaked(2, 'columns');
    assert.ok(await placeAnswer(canvas, leftPending(), WINDOW, answer, 'exact'));
    assert.ok(grainOf(truth, SEAM - 8, SEAM - 1) > 1.4 && grainOf(answer, SEAM - 8, SEAM - 1) < 0.7);
    assert.ok(grainOf(canvas, SEAM - 8, SEAM - 1) > 1.3, `beside the seam ${grainOf(canvas, SEAM - 8, SEAM - 1)}`);
    assert.ok(grainOf(canvas, 20, 80) < 0.75, `far from it ${grainOf(canvas, 20, 80)}`);
    for (let i = 0; i < WIDTH * HEIGHT; i++) if (i % WIDTH >= SEAM) assert.equal(canvas.data[4 * i], truth.data[4 * i], `kept pixel ${i}`);
    const again = copyOf(truth);
    await placeAnswer(again, leftPending(), WINDOW, answer, 'exact');
    assert.deepEqual(again.data, canvas.data);
  });

  it('leaves an answer alone whose texture goes on', async () => {
    const truth = streaked(1, 'rows');
    const canvas = copyOf(truth);
    assert.ok(await placeAnswer(canvas, leftPending(), WINDOW, redraw(truth, 'mild', 3), 'exact'));
    let largest = 0;
    for (let y = 0; y < HEIGHT; y++) for (let x = 4; x < SEAM; x++) largest = Math.max(largest, Math.abs((canvas.data[4 * (y * WIDTH + x)] ?? 0) - (truth.data[4 * (y * WIDTH + x)] ?? 0)));
    assert.ok(largest < 40, `off by ${largest} levels`);
  });

  it('is left out where there is no memory for it: the answer is laid all the same, and the window known', async () => {
    const canvas = streaked(1, 'rows');
    const pending = leftPending();
    let failed = 0;
    const from = Uint16Array.from.bind(Uint16Array);
    // The hem makes one of a whole part of the window.
    const allocation = mock.method(Uint16Array, 'from', (values: ArrayLike<number>, map: (value: number, index: number) => number) => {
      if (!(values instanceof Uint8Array)) return from(values, map);
      failed += 1;
      throw new RangeError('Array buffer allocation failed');
    });
    try {
      assert.ok(await placeAnswer(canvas, pending, WINDOW, streaked(2, 'columns'), 'exact'));
    } finally {
      allocation.mock.restore();
    }
    assert.equal(failed, 1);
    assert.ok(pending.data.every((value) => value === 0));
    assert.ok(grainOf(canvas, 20, SEAM - 1) < 0.75);
  });
});
