import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ImageError } from '../../../../src/core/errors';
import type { PixelImage } from '../../../../src/core/image';
import { retouch } from '../../../../src/pixels/retouch/retouch';

const never = (): void => undefined;

function picture(width: number, height: number, at: (x: number, y: number) => readonly [number, number, number, number]): PixelImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(at(x, y), (y * width + x) * 4);
  return { width, height, data };
}

const scene = picture(64, 48, (x, y) => [40 + 3 * x, 60 + 3 * y, (x * y) % 200, 255]);

function meanDifference(a: PixelImage, b: PixelImage): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs((a.data[i] as number) - (b.data[i] as number));
  return (sum / a.data.length) * (4 / 3);
}

describe('retouching', () => {
  it('gives the same bytes for the same seed, others for another', async () => {
    const hash = async (seed: number, strength: 'subtle' | 'strong'): Promise<string> =>
      createHash('sha256').update((await retouch(scene, seed, strength, never)).data).digest('hex').slice(0, 16);
    assert.equal(await hash(5, 'subtle'), '7e677fd02e1c7298');
    assert.equal(await hash(5, 'strong'), '1873bc111ef01ffd');
    assert.notEqual(await hash(6, 'subtle'), await hash(5, 'subtle'));
  });

  it('is seen, and stays near', async () => {
    // Smooth, so that what is measured is tone and not the crop.
    const smooth = picture(64, 48, (x, y) => [90 + x, 110 + y, 140 - x, 255]);
    for (let seed = 0; seed < 20; seed++) {
      const subtle = meanDifference(smooth, await retouch(smooth, seed, 'subtle', never));
      const strong = meanDifference(smooth, await retouch(smooth, seed, 'strong', never));
      assert.ok(subtle > 1.5 && subtle < 25, `subtle ${subtle}`);
      assert.ok(strong > 5 && strong < 70, `strong ${strong}`);
    }
  });

  it('mirrors only strong ones', async () => {
    const dark = picture(40, 20, (x) => (x < 20 ? [20, 20, 20, 255] : [220, 220, 220, 255]));
    const mirrored = async (seed: number, strength: 'subtle' | 'strong'): Promise<boolean> => {
      const { data } = await retouch(dark, seed, strength, never);
      return (data[0] as number) > (data[39 * 4] as number);
    };
    const seeds = Array.from({ length: 16 }, (_, i) => i);
    const strong = await Promise.all(seeds.map((seed) => mirrored(seed, 'strong')));
    assert.ok(strong.includes(true) && strong.includes(false));
    assert.ok(!(await Promise.all(seeds.map((seed) => mirrored(seed, 'subtle')))).includes(true));
  });

  it('keeps black, white and alpha in order', async () => {
    // Red on a transparent ground whose hidden colour is white: none of that white may show.
    const cut = picture(60, 60, (x, y) => (x > 15 && x < 45 && y > 15 && y < 45 ? [200, 20, 20, 255] : [255, 255, 255, 0]));
    const { data } = await retouch(cut, 3, 'subtle', never);
    let edges = 0;
    for (let o = 0; o < data.length; o += 4) {
      const alpha = data[o + 3] as number;
      if (alpha === 0) continue;
      if (alpha < 255) edges++;
      assert.ok((data[o + 1] as number) < 90, `green ${data[o + 1]} at alpha ${alpha}`);
    }
    assert.ok(edges > 20);
    const plain = await retouch(picture(8, 8, () => [0, 0, 0, 255]), 1, 'strong', never);
    assert.deepEqual(Array.from(plain.data.subarray(0, 4)), [0, 0, 0, 255]);
  });

  it('takes any extent', async () => {
    for (const [width, height] of [[1, 1], [1, 40], [40, 1]] as const) {
      const result = await retouch(picture(width, height, () => [9, 99, 199, 255]), 2, 'strong', never);
      assert.deepEqual([result.width, result.height, result.data.length], [width, height, width * height * 4]);
    }
  });

  it('stops where the checkpoint throws', async () => {
    await assert.rejects(retouch(scene, 1, 'subtle', () => {
      throw new ImageError('cancelled', 'Cancelled.');
    }), { reason: 'cancelled' });
  });
});
