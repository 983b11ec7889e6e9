import assert from 'node:assert/strict';
import { FIRST_BLOCK } from '../../../../src/pixels/fill/ground';
import type { Ground } from '../../../../src/pixels/fill/ground';
import { evenSeams } from '../../../../src/pixels/fill/seams';
import { groundOf } from './grounds';

const WIDTH = 120;
const HEIGHT = 40;
/** The block begins here; its source lies 50 pixels to the left, in another tone. */
const SEAM = 60;
const REACH = 8;

/** Kept up to the seam, a copy beyond it: `near` is the tone of the kept columns before the seam, `far` that of the source. */
function copied(near: (y: number) => number, far: number, alpha: (x: number) => number = () => 255): Ground {
  const ground = groundOf(WIDTH, HEIGHT, (x, y) => (x >= 40 && x < SEAM ? [near(y), near(y), 90, alpha(x)] : [far, far, 90, alpha(x)]), (x) => x < SEAM);
  ground.shifts.push({ x0: -50, y0: 0, stepX: 1, stepY: 1 });
  for (let i = 0; i < ground.owner.length; i++) if (i % WIDTH >= SEAM) ground.owner[i] = FIRST_BLOCK;
  return ground;
}

const toneAt = ({ rgba }: Ground, x: number, y: number, channel = 0): number => rgba[(y * WIDTH + x) * 4 + channel] as number;

describe('evenSeams', () => {
  it('brings a block to the tone of the kept pixels, fading with the distance', async () => {
    const ground = copied(() => 100, 120);
    const before = ground.rgba.slice();
    await evenSeams(ground, REACH, 2, () => undefined);
    for (let y = 0; y < HEIGHT; y++) {
      assert.ok(Math.abs(toneAt(ground, SEAM, y) - 100) <= 1, `${toneAt(ground, SEAM, y)} at the seam`);
      for (let x = SEAM + 3; x < WIDTH; x++) {
        // The screened equation's own solution on a half plane.
        const wanted = 120 - 20 * Math.exp(-(x - SEAM + 0.5) / REACH);
        assert.ok(Math.abs(toneAt(ground, x, y) - wanted) < 2.5, `${toneAt(ground, x, y)} instead of ${wanted} at ${x}`);
        assert.equal(toneAt(ground, x, y, 2), 90);
      }
      for (let k = y * WIDTH * 4; k < (y * WIDTH + SEAM) * 4; k++) assert.equal(ground.rgba[k], before[k]);
    }
  });

  it('does not wholly even out a step that may be an edge of the picture', async () => {
    const ground = copied(() => 40, 200);
    await evenSeams(ground, REACH, 2, () => undefined);
    for (let y = 0; y < HEIGHT; y++) assert.ok(Math.abs(toneAt(ground, SEAM, y) - (200 - 48)) < 4, `${toneAt(ground, SEAM, y)}`);
  });

  it('takes up what changes from pixel to pixel along the edge, over a few pixels', async () => {
    const rough = (y: number): number => 100 + (y % 2 === 0 ? 12 : -12);
    const ground = copied(rough, 120);
    await evenSeams(ground, REACH, 4, () => undefined);
    for (let y = 2; y < HEIGHT - 2; y++) {
      assert.ok(Math.abs(toneAt(ground, SEAM, y) - rough(y)) <= 1.5);
      const roughness = (x: number): number => Math.abs(toneAt(ground, x, y) - toneAt(ground, x, y + 1));
      assert.ok(roughness(SEAM + 1) < roughness(SEAM) && roughness(SEAM + 1) > 8);
      assert.ok(roughness(SEAM + 5) <= 2);
    }
  });

  it('leaves alone what already fits, in colour and in alpha', async () => {
    for (const alpha of [255, 90]) {
      const ground = copied(() => 77, 77, () => alpha);
      const before = ground.rgba.slice();
      await evenSeams(ground, REACH, 2, () => undefined);
      assert.ok(ground.rgba.every((value, k) => Math.abs(value - (before[k] as number)) <= 1));
    }
  });

  it('evens out alpha, and keeps what is opaque opaque', async () => {
    const ground = copied(() => 120, 120, (x) => (x >= 40 && x < SEAM ? 180 : 200));
    await evenSeams(ground, REACH, 2, () => undefined);
    for (let y = 0; y < HEIGHT; y++) {
      assert.ok(Math.abs(toneAt(ground, SEAM, y, 3) - 180) <= 1);
      assert.ok(Math.abs(toneAt(ground, SEAM, y) - 120) <= 2);
      assert.ok(toneAt(ground, WIDTH - 1, y, 3) >= 199);
    }
    const nearly = copied(() => 120, 120, (x) => (x >= 40 && x < SEAM ? 250 : 255));
    await evenSeams(nearly, REACH, 2, () => undefined);
    assert.equal(toneAt(nearly, SEAM, 5, 3), 255);
  });
});
