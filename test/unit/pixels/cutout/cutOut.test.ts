import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ImageError } from '../../../../src/core/errors';
import type { PixelImage } from '../../../../src/core/image';
import { cutOut } from '../../../../src/pixels/cutout/cutOut';
import { drawPhoto } from '../../../support/photo';
import { seeded } from '../../../support/random';

type Rgb = readonly [number, number, number];
const none = async (): Promise<void> => {};

interface Scene {
  readonly image: PixelImage;
  /** The true alpha of each pixel. */
  readonly alpha: Float64Array;
}

/** A ring of one colour with smooth edges, mixed onto a background. */
function ring(size: number, subject: Rgb, background: (x: number, y: number) => Rgb): Scene {
  const data = new Uint8ClampedArray(size * size * 4);
  const alpha = new Float64Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const distance = Math.hypot(x - size / 2, y - size / 2) / size;
      const a = Math.min(1, Math.max(0, (0.36 - distance) * size + 0.5)) * Math.min(1, Math.max(0, (distance - 0.12) * size + 0.5));
      const behind = background(x, y);
      alpha[y * size + x] = a;
      for (const channel of [0, 1, 2] as const) data[(y * size + x) * 4 + channel] = subject[channel] * a + behind[channel] * (1 - a);
      data[(y * size + x) * 4 + 3] = 255;
    }
  }
  return { image: { width: size, height: size, data }, alpha };
}

async function reasonOf(image: PixelImage): Promise<string> {
  return cutOut(image, false, none).then(
    () => 'none',
    (error: unknown) => (error instanceof ImageError ? error.reason : String(error)),
  );
}

/** The largest error of alpha, and of the colour where it is well seen, outside of the hole. */
function errors({ alpha }: Scene, cut: PixelImage, subject: Rgb, hole: boolean): { readonly alpha: number; readonly colour: number } {
  let [worstAlpha, worstColour] = [0, 0];
  for (let at = 0; at < alpha.length; at++) {
    const inside = Math.hypot((at % cut.width) - cut.width / 2, Math.floor(at / cut.width) - cut.width / 2) < 0.2 * cut.width;
    if (inside && !hole) continue;
    worstAlpha = Math.max(worstAlpha, Math.abs((cut.data[at * 4 + 3] ?? 0) / 255 - (alpha[at] ?? 0)));
    if ((alpha[at] ?? 0) < 0.4) continue;
    for (const channel of [0, 1, 2] as const) worstColour = Math.max(worstColour, Math.abs((cut.data[at * 4 + channel] ?? 0) - subject[channel]));
  }
  return { alpha: worstAlpha, colour: worstColour };
}

describe('cutOut', () => {
  const RED: Rgb = [200, 40, 60];

  it('finds alpha and colour of a smooth edge, so that no fringe stays', async () => {
    for (const ground of [[255, 255, 255], [12, 12, 16], [40, 170, 80], [240, 235, 220]] as const) {
      const scene = ring(120, RED, () => ground);
      const found = errors(scene, await cutOut(scene.image, false, none), RED, false);
      assert.ok(found.alpha < 0.06 && found.colour < 12, JSON.stringify({ ground, ...found }));
    }
  });

  it('finds it on any ground that differs enough', async () => {
    const level = fc.integer({ min: 0, max: 255 });
    const colours = fc.tuple(fc.tuple(level, level, level), fc.tuple(level, level, level)).filter(([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) > 120);
    await fc.assert(
      fc.asyncProperty(colours, async ([subject, ground]) => {
        const scene = ring(60, subject, () => ground);
        assert.ok(errors(scene, await cutOut(scene.image, false, none), subject, false).alpha < 0.06);
      }),
      { numRuns: 25 },
    );
  });

  it('follows a ground that changes evenly and is noisy', async () => {
    const random = seeded(5);
    const scene = ring(160, RED, (x, y) => {
      const glow = 250 - 26 * (Math.hypot(x - 80, y - 60) / 113) + random.signed() * 2;
      return [glow, glow, glow - 4];
    });
    const found = errors(scene, await cutOut(scene.image, false, none), RED, false);
    assert.ok(found.alpha < 0.1, JSON.stringify(found));
  });

  it('keeps what the subject encloses, unless told otherwise', async () => {
    const scene = ring(120, RED, () => [255, 255, 255]);
    const middle = (60 * 120 + 60) * 4 + 3;
    assert.equal((await cutOut(scene.image, false, none)).data[middle], 255);
    const open = await cutOut(scene.image, true, none);
    assert.equal(open.data[middle], 0);
    assert.ok(errors(scene, open, RED, true).alpha < 0.06);
  });

  it('drops specks of a codec', async () => {
    const scene = ring(120, RED, () => [255, 255, 255]);
    for (const at of [500, 620, 1300]) scene.image.data.set([236, 240, 244], at * 4);
    const cut = await cutOut(scene.image, false, none);
    assert.deepEqual([500, 620, 1300].map((at) => cut.data[at * 4 + 3]), [0, 0, 0]);
  });

  it('refuses a ground that is not plain, a picture without subject, and one that is cut out already', async () => {
    const photo = drawPhoto(192, 128);
    const data = new Uint8ClampedArray(192 * 128 * 4);
    for (let at = 0; at < 192 * 128; at++) data.set([...photo.data.subarray(at * 3, at * 3 + 3), 255], at * 4);
    assert.equal(await reasonOf({ width: 192, height: 128, data }), 'unsupported');
    assert.equal(await reasonOf(ring(60, [255, 255, 255], () => [255, 255, 255]).image), 'unsupported');
    assert.equal(await reasonOf({ width: 6000, height: 5000, data: new Uint8ClampedArray() }), 'too-large');
    const scene = ring(60, RED, () => [255, 255, 255]);
    scene.image.data[3] = 0;
    assert.equal(await reasonOf(scene.image), 'unsupported');
  });
});
