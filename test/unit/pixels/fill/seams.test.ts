import assert from 'node:assert/strict';
import { FIRST_BLOCK, KEPT, OPEN } from '../../../../src/pixels/fill/ground';
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

  it('evens out alike in every direction', async () => {
    const paint = (x: number, y: number): readonly [number, number, number, number] => [100 + ((x * 7 + y * 3) % 20), 90 + (x < 25 ? 12 : 0), 80, 255];
    // The source is mirrored up and down, so that its rows count, too.
    const evened = async (turn: (x: number, y: number) => readonly [number, number]): Promise<Uint8ClampedArray> => {
      const side = 50;
      const ground = groundOf(side, side, (x, y) => paint(...turn(x, y)), (x, y) => turn(x, y)[0] < 30);
      const at = (x: number, y: number): readonly [number, number] => {
        const [u, v] = turn(x, y);
        return turn(u - 22, side - 1 - v);
      };
      const [[x0, y0], [x1, y1]] = [at(40, 40), at(41, 41)];
      const steps = { stepX: x1 - x0 === 1 ? 1 : -1, stepY: y1 - y0 === 1 ? 1 : -1 } as const;
      ground.shifts.push({ x0: x0 - steps.stepX * 40, y0: y0 - steps.stepY * 40, ...steps });
      for (let i = 0; i < ground.owner.length; i++) {
        const [x, y] = [i % side, Math.floor(i / side)];
        if (ground.owner[i] === KEPT) continue;
        const [u, v] = at(x, y);
        ground.owner[i] = FIRST_BLOCK;
        ground.rgba.set(ground.rgba.subarray((v * side + u) * 4, (v * side + u) * 4 + 4), i * 4);
      }
      await evenSeams(ground, REACH, 3, () => undefined);
      return Uint8ClampedArray.from({ length: side * side * 4 }, (_, k) => {
        const [u, v] = turn((k >> 2) % side, Math.floor((k >> 2) / side));
        return ground.rgba[(v * side + u) * 4 + (k & 3)] as number;
      });
    };
    const plain = await evened((x, y) => [x, y]);
    for (let y = 1; y < 49; y++) {
      // What is next to a kept pixel rises from it as the source does there.
      const source = (x: number): number => paint(x - 22, 49 - y)[0];
      const wanted = paint(29, y)[0] + source(30) - source(29);
      assert.ok(Math.abs((plain[(y * 50 + 30) * 4] as number) - wanted) <= 1.5, `${plain[(y * 50 + 30) * 4]} instead of ${wanted} in row ${y}`);
    }
    for (const turn of [(x: number, y: number) => [49 - x, y], (x: number, y: number) => [x, 49 - y], (x: number, y: number) => [y, x], (x: number, y: number) => [49 - y, 49 - x]] as const) {
      const turned = await evened((x, y) => turn(x, y) as [number, number]);
      assert.ok(turned.every((value, k) => Math.abs(value - (plain[k] as number)) <= 2));
    }
  });

  it('evens out the same where large canvases are corrected in parts', async () => {
    const evened = async (start: number): Promise<Uint8ClampedArray> => {
      const ground = groundOf(start + 120, 12, (x) => (x >= start - 20 && x < start ? [100, 90, 80, 255] : [120, 90, 80, 255]), (x) => x < start);
      ground.shifts.push({ x0: -50, y0: 0, stepX: 1, stepY: 1 });
      for (let i = 0; i < ground.owner.length; i++) if (i % ground.width >= start) ground.owner[i] = FIRST_BLOCK;
      await evenSeams(ground, REACH, 2, () => undefined);
      return ground.rgba.slice((5 * ground.width + start) * 4, 6 * ground.width * 4);
    };
    const [parted, whole] = [await evened(1529), await evened(200)];
    assert.ok(parted.every((value, k) => Math.abs(value - (whole[k] as number)) <= 1));
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

  it('takes no notice of pixels that nothing was drawn on yet', async () => {
    const [whole, partly] = [copied(() => 100, 120), copied(() => 100, 120)];
    for (let i = 0; i < partly.owner.length; i++) if (i % WIDTH >= SEAM + 40) partly.owner[i] = OPEN;
    await evenSeams(whole, REACH, 2, () => undefined);
    await evenSeams(partly, REACH, 2, () => undefined);
    for (let y = 0; y < HEIGHT; y++) for (let x = SEAM; x < SEAM + 40; x++) assert.ok(Math.abs(toneAt(partly, x, y) - toneAt(whole, x, y)) <= 1);
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
