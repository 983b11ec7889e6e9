import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { fillFromSurroundings } from '../../../../src/pixels/fill/fill';

type Colour = readonly [number, number, number, number];
const go = (): void => undefined;

function picture(width: number, height: number, paint: (x: number, y: number) => Colour): PixelImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(paint(x, y), (y * width + x) * 4);
  return { width, height, data };
}

function maskOf(width: number, height: number, weight: (x: number, y: number) => number): Mask {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = weight(x, y);
  return { width, height, data };
}

/** A picture whose pending part is black, and the mask. */
function canvas(width: number, height: number, paint: (x: number, y: number) => Colour, pending: (x: number, y: number) => boolean): { image: PixelImage; mask: Mask } {
  return {
    image: picture(width, height, (x, y) => (pending(x, y) ? [0, 0, 0, 0] : paint(x, y))),
    mask: maskOf(width, height, (x, y) => (pending(x, y) ? 255 : 0)),
  };
}

function pixel(image: PixelImage, x: number, y: number): number[] {
  return [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
}

/** A texture without order, opaque. */
const speckle = (x: number, y: number): Colour => {
  const hash = Math.imul((x * 374761393 + y * 668265263) ^ 0x5bf03635, 0x27d4eb2d) >>> 24;
  return [hash, (hash * 3) & 255, 255 - hash, 255];
};

/** Mean absolute difference of the pending pixels to what they should be, over R, G, B. */
function meanError(image: PixelImage, pending: (x: number, y: number) => boolean, truth: (x: number, y: number) => Colour): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (!pending(x, y)) continue;
      const wanted = truth(x, y);
      pixel(image, x, y).slice(0, 3).forEach((value, channel) => (sum += Math.abs(value - (wanted[channel] as number))));
      count += 3;
    }
  }
  return sum / count;
}

describe('fillFromSurroundings', () => {
  it('never changes a kept pixel and clears the mask, whatever the mask', async () => {
    const rectangle = fc.record({ x: fc.nat(50), y: fc.nat(36), w: fc.integer({ min: 1, max: 50 }), h: fc.integer({ min: 1, max: 36 }), weight: fc.constantFrom(1, 128, 255) });
    const arbitrary = fc.record({ rectangles: fc.array(rectangle, { minLength: 1, maxLength: 4 }), invert: fc.boolean(), alpha: fc.boolean(), seed: fc.nat() });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ rectangles, invert, alpha, seed }) => {
        const image = picture(50, 36, (x, y) => [...speckle(x >> 2, y >> 2).slice(0, 3), alpha ? (x * 5 + y * 3) & 255 : 255] as unknown as Colour);
        const mask = maskOf(50, 36, (x, y) => {
          const hit = rectangles.find((r) => x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h);
          return invert ? (hit ? 0 : 255) : (hit?.weight ?? 0);
        });
        const before = image.data.slice();
        const pending = mask.data.slice();
        await fillFromSurroundings(image, mask, seed, go);
        assert.ok(mask.data.every((weight) => weight === 0));
        for (let k = 0; k < before.length; k++) if (pending[k >> 2] === 0) assert.equal(image.data[k], before[k]);
      }),
      { numRuns: 25 },
    );
  });

  it('gives the same pixels for a seed and others for another', async () => {
    const pending = (x: number): boolean => x >= 64;
    const fill = async (seed: number): Promise<Uint8ClampedArray> => {
      const { image, mask } = canvas(128, 64, speckle, pending);
      await fillFromSurroundings(image, mask, seed, go);
      return image.data;
    };
    const [first, again, other] = [await fill(7), await fill(7), await fill(8)];
    assert.deepEqual(first, again);
    assert.notDeepEqual(first, other);
  });

  it('draws the same on every platform, to the bit', async () => {
    const { image, mask } = canvas(160, 96, speckle, (x, y) => x >= 96 || y < 12);
    await fillFromSurroundings(image, mask, 7, go);
    assert.equal(createHash('sha256').update(image.data).digest('hex').slice(0, 16), '2afa3acfe76a6504');
  });

  it('continues a gradient from top to bottom in the same rows', async () => {
    const sky = (_: number, y: number): Colour => [40 + y, 90 + y, 200 - y, 255];
    const pending = (x: number): boolean => x < 50 || x >= 166;
    const { image, mask } = canvas(216, 100, sky, pending);
    await fillFromSurroundings(image, mask, 1, go);
    assert.ok(meanError(image, pending, sky) < 2, `mean error ${meanError(image, pending, sky)}`);
  });

  it('continues stripes in phase', async () => {
    const stripes = (x: number): Colour => (x % 12 < 6 ? [220, 210, 180, 255] : [60, 40, 30, 255]);
    const pending = (x: number): boolean => x >= 144;
    const { image, mask } = canvas(216, 80, stripes, pending);
    await fillFromSurroundings(image, mask, 1, go);
    assert.ok(meanError(image, pending, stripes) < 8, `mean error ${meanError(image, pending, stripes)}`);
  });

  for (const [slope, scale] of [[0.3, 1], [-0.5, 2]] as const) {
    it(`continues lines of slope ${slope} in their direction, on both sides and through a hole`, async () => {
      const boards = (x: number, y: number): Colour => ((((y - slope * x) / scale / 40) % 1) + 1) % 1 < 0.5 ? [210, 190, 150, 255] : [60, 50, 40, 255];
      const pending = (x: number, y: number): boolean => x < 50 * scale || x >= 230 * scale || (Math.abs(x / scale - 140) < 22 && Math.abs(y / scale - 90) < 22);
      const { image, mask } = canvas(280 * scale, 180 * scale, boards, pending);
      await fillFromSurroundings(image, mask, 1, go);
      assert.ok(meanError(image, pending, boards) < 25, `mean error ${meanError(image, pending, boards)}`);
    });
  }

  it('fills a hole in the middle of stripes so that they run through', async () => {
    const stripes = (_: number, y: number): Colour => (y % 16 < 8 ? [200, 60, 60, 255] : [30, 60, 120, 255]);
    const pending = (x: number, y: number): boolean => Math.abs(x - 80) < 24 && Math.abs(y - 60) < 20;
    const { image, mask } = canvas(160, 120, stripes, pending);
    await fillFromSurroundings(image, mask, 1, go);
    assert.ok(meanError(image, pending, stripes) < 8, `mean error ${meanError(image, pending, stripes)}`);
  });

  it('does not copy what stands out', async () => {
    const kite = (x: number, y: number): Colour => (x > 140 && x < 156 && y > 30 && y < 46 ? [250, 30, 30, 255] : [30, 60 + (y >> 3), 150 + (speckle(x, y)[0] >> 5), 255]);
    const pending = (x: number): boolean => x < 100;
    const { image, mask } = canvas(220, 80, kite, pending);
    await fillFromSurroundings(image, mask, 1, go);
    let red = 0;
    for (let y = 0; y < 80; y++) for (let x = 0; x < 100; x++) if ((pixel(image, x, y)[0] as number) > 150) red++;
    assert.equal(red, 0);
  });

  it('ends a small thing that the edge cuts within two blocks, and does not copy it', async () => {
    const sky = (x: number, y: number): Colour => [30, 60 + (y >> 3), 150 + (speckle(x, y)[0] >> 5), 255];
    const kite = (x: number, y: number): Colour => (x > 120 && Math.abs(y - 60) < 4 ? [250, 30, 30, 255] : sky(x, y));
    for (const seed of [1, 2, 3]) {
      const { image, mask } = canvas(260, 120, kite, (x) => x >= 140);
      await fillFromSurroundings(image, mask, seed, go);
      let red = 0;
      for (let y = 0; y < 120; y++) for (let x = 176; x < 260; x++) if ((pixel(image, x, y)[0] as number) > 130) red++;
      assert.equal(red, 0);
    }
  });

  it('draws all four sides and the corners', async () => {
    const pending = (x: number, y: number): boolean => x < 50 || y < 50 || x >= 150 || y >= 150;
    const { image, mask } = canvas(200, 200, speckle, pending);
    await fillFromSurroundings(image, mask, 1, go);
    for (const [x, y] of [[0, 0], [199, 0], [0, 199], [199, 199], [100, 0], [0, 100]] as const) {
      const corner = { width: 20, height: 20, data: new Uint8ClampedArray(1600) };
      for (let row = 0; row < 20; row++) for (let column = 0; column < 20; column++) corner.data.set(pixel(image, Math.abs(x - column), Math.abs(y - row)), (row * 20 + column) * 4);
      const reds = Array.from({ length: 400 }, (_, i) => corner.data[i * 4] as number);
      assert.ok(Math.max(...reds) - Math.min(...reds) > 100, `flat at ${x},${y}`);
      assert.ok(reds.every((_, i) => corner.data[i * 4 + 3] === 255), `not opaque at ${x},${y}`);
    }
  });

  it('fills a narrow gap smoothly', async () => {
    const ramp = (x: number, y: number): Colour => [x * 2, y * 2, 100, 255];
    const scratch = (x: number, y: number): boolean => Math.abs(x - y) < 3;
    const { image, mask } = canvas(100, 100, ramp, scratch);
    await fillFromSurroundings(image, mask, 1, go);
    assert.ok(meanError(image, scratch, ramp) < 1.5, `mean error ${meanError(image, scratch, ramp)}`);
  });

  it('makes a hole in an opaque area opaque and leaves transparency transparent', async () => {
    const half = (x: number, y: number): Colour => (x < 100 ? speckle(x, y) : [0, 0, 0, 0]);
    const holes = (x: number, y: number): boolean => Math.abs(y - 60) < 15 && (Math.abs(x - 45) < 15 || Math.abs(x - 155) < 15);
    const { image, mask } = canvas(200, 120, half, holes);
    await fillFromSurroundings(image, mask, 1, go);
    for (let y = 46; y < 75; y++) {
      for (let x = 31; x < 60; x++) assert.equal(pixel(image, x, y)[3], 255);
      for (let x = 141; x < 170; x++) assert.equal(pixel(image, x, y)[3], 0);
    }
  });

  it('blends over what was there under a soft mask', async () => {
    const image = picture(60, 40, (x, y) => (x >= 20 && x < 40 && y >= 10 && y < 30 ? [0, 0, 0, 255] : [200, 100, 50, 255]));
    const mask = maskOf(60, 40, (x, y) => (x < 20 || x >= 40 || y < 10 || y >= 30 ? 0 : x < 30 ? 255 : 51));
    await fillFromSurroundings(image, mask, 1, go);
    assert.deepEqual(pixel(image, 24, 20), [200, 100, 50, 255]);
    assert.deepEqual(pixel(image, 35, 20), [40, 20, 10, 255]);
  });

  it('fills with a plain colour where nothing is known', async () => {
    const { image, mask } = canvas(20, 10, speckle, () => true);
    await fillFromSurroundings(image, mask, 1, go);
    assert.deepEqual(pixel(image, 0, 0), [128, 128, 128, 255]);
    assert.deepEqual(pixel(image, 19, 9), [128, 128, 128, 255]);
  });

  it('fills with the mean of what is drawn anew where nothing is kept', async () => {
    const image = picture(20, 10, (x) => (x < 10 ? [200, 100, 50, 255] : x < 15 ? [100, 0, 150, 255] : [7, 7, 7, 0]));
    await fillFromSurroundings(image, maskOf(20, 10, () => 255), 1, go);
    assert.deepEqual(pixel(image, 3, 3), [167, 67, 83, 255]);
    assert.deepEqual(pixel(image, 19, 9), [167, 67, 83, 255]);
  });

  for (const [name, width, height, kept] of [
    ['one pixel kept', 90, 70, (x: number, y: number) => x === 3 && y === 60],
    ['a canvas of one pixel', 1, 1, () => false],
    ['a row of pixels', 1, 1500, (_: number, y: number) => y < 300],
    ['a thin picture', 600, 60, (_: number, y: number) => y < 20],
    ['a strip too narrow for a block', 120, 120, (x: number) => x < 8],
    ['dots', 120, 120, (x: number, y: number) => x % 17 === 0 && y % 17 === 0],
    ['a chessboard', 80, 80, (x: number, y: number) => ((x >> 2) + (y >> 2)) % 2 === 0],
  ] as const) {
    it(`leaves no hole: ${name}`, async () => {
      const { image, mask } = canvas(width, height, () => [90, 160, 30, 255], (x, y) => !kept(x, y));
      await fillFromSurroundings(image, mask, 1, go);
      const wanted = width === 1 && height === 1 ? [128, 128, 128, 255] : [90, 160, 30, 255];
      for (const [x, y] of [[0, 0], [width - 1, 0], [0, height - 1], [width - 1, height - 1], [width >> 1, height >> 1]] as const) assert.deepEqual(pixel(image, x, y), wanted);
      assert.ok(mask.data.every((weight) => weight === 0));
    });
  }

  it('stops where the checkpoint throws, at any of them, with its kept pixels as they were', async () => {
    let checkpoints = 0;
    const pending = (x: number): boolean => x >= 100;
    const whole = canvas(220, 60, speckle, pending);
    await fillFromSurroundings(whole.image, whole.mask, 1, () => void checkpoints++);
    assert.ok(checkpoints > 4);
    for (let stopAt = 1; stopAt <= checkpoints; stopAt++) {
      const { image, mask } = canvas(220, 60, speckle, pending);
      let n = 0;
      const stop = (): void => {
        if (++n === stopAt) throw new Error('stop');
      };
      await assert.rejects(fillFromSurroundings(image, mask, 1, stop), { message: 'stop' });
      for (let y = 0; y < 60; y += 7) for (let x = 0; x < 100; x += 3) assert.deepEqual(pixel(image, x, y), [...speckle(x, y)]);
    }
  });

  it('refuses a mask of another size', async () => {
    const { image } = canvas(10, 10, speckle, () => false);
    await assert.rejects(fillFromSurroundings(image, maskOf(10, 9, () => 255), 1, go), { reason: 'mask-size' });
  });
});
