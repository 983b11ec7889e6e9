import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { ImageError } from '../../../../src/core/errors';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { atOnce, stepwise } from '../../../../src/pixels/steps';
import { covering, resize, resizeMask, resizing } from '../../../../src/pixels/transform/resize';

type Color = readonly [number, number, number, number];

function picture(width: number, height: number, color: (x: number, y: number) => Color): PixelImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set(color(i % width, Math.floor(i / width)), i * 4);
  return { width, height, data };
}

function pixel(image: PixelImage, x: number, y: number): number[] {
  return [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
}

function decode(level: number): number {
  return level <= 10.31475 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
}

function encode(linear: number): number {
  return 255 * (linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.max(0, linear) ** (1 / 2.4) - 0.055);
}

function lanczos3(x: number): number {
  if (x === 0) return 1;
  return Math.abs(x) < 3 ? (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2 : 0;
}

/** The whole double sum in float64, over every pixel of the picture, with no table: what `resize` should give. */
function reference(image: PixelImage, width: number, height: number): number[] {
  const stretchX = Math.max(1, image.width / width);
  const stretchY = Math.max(1, image.height / height);
  const out: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sums = [0, 0, 0, 0];
      let total = 0;
      for (let v = 0; v < image.height; v++) {
        for (let u = 0; u < image.width; u++) {
          const dx = (u + 0.5 - ((x + 0.5) * image.width) / width) / stretchX;
          const dy = (v + 0.5 - ((y + 0.5) * image.height) / height) / stretchY;
          const weight = lanczos3(dx) * lanczos3(dy);
          const [r = 0, g = 0, b = 0, a = 0] = pixel(image, u, v);
          [decode(r) * a, decode(g) * a, decode(b) * a, a].forEach((value, i) => (sums[i] = (sums[i] ?? 0) + weight * value));
          total += weight;
        }
      }
      const alpha = (sums[3] ?? 0) / total;
      const visible = Math.round(alpha) > 0;
      for (let i = 0; i < 3; i++) out.push(visible ? Math.min(255, Math.max(0, encode((sums[i] ?? 0) / total / alpha))) : 0);
      out.push(Math.min(255, Math.max(0, alpha)));
    }
  }
  return out;
}

const extents = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) });

describe('resize', () => {
  it('agrees with the sum in float64 within one level', () => {
    const size = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(size, size, size, size, fc.nat(), fc.boolean(), (w, h, width, height, seed, opaque) => {
        let state = seed;
        const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
        // Alpha stays well above zero, where dividing by it would magnify the rounding.
        const image = picture(w, h, () => [random(), random(), random(), opaque ? 255 : 120 + (random() >> 1)]);
        const ours = resize(image, { width, height });
        reference(image, width, height).forEach((value, i) => {
          if (sameSize(image, { width, height })) assert.equal(ours.data[i], image.data[i]);
          else assert.ok(Math.abs((ours.data[i] ?? -9) - value) <= 1, `byte ${i}: ${ours.data[i]} and not ${value}`);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('leaves a plain picture plain at any size', () => {
    fc.assert(
      fc.property(extents, extents, fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 255 })), (from, to, color) => {
        const image = resize(picture(from.width, from.height, () => color), to);
        assert.ok(image.data.every((value, i) => value === color[i % 4]));
      }),
      { numRuns: 40 },
    );
  });

  it('is an exact copy at the same size, the colour under alpha 0 included', () => {
    const image = picture(5, 4, (x, y) => [x * 50, y * 60, 7, 0]);
    const copy = resize(image, { width: 5, height: 4 });
    assert.deepEqual(copy, image);
    assert.notEqual(copy.data.buffer, image.data.buffer);
  });

  it('mixes light and not levels: a fine black and white pattern becomes the grey that it looks like', () => {
    const checks = picture(64, 64, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    assert.deepEqual(pixel(resize(checks, { width: 8, height: 8 }), 4, 4), [188, 188, 188, 255]);
  });

  it('lets no colour of transparent pixels shine through', () => {
    const onWhite = picture(32, 32, (x) => (x < 16 ? [200, 30, 10, 255] : [255, 255, 255, 0]));
    for (const to of [{ width: 11, height: 11 }, { width: 75, height: 75 }]) {
      const small = resize(onWhite, to);
      for (let x = 0; x < to.width; x++) {
        const [r = 0, g = 0, b = 0, a = 0] = pixel(small, x, 5);
        if (a > 0) assert.ok(Math.abs(r - 200) <= 1 && Math.abs(g - 30) <= 1 && Math.abs(b - 10) <= 1, `${r},${g},${b},${a} at ${x}`);
      }
    }
  });

  it('shifts nothing: a ramp stays centred when enlarged', () => {
    const symmetric = picture(9, 1, (x) => [40 * Math.abs(x - 4), 0, 0, 255]);
    const large = resize(symmetric, { width: 31, height: 3 });
    for (let x = 0; x < 31; x++) assert.deepEqual(pixel(large, x, 1), pixel(large, 30 - x, 1));
  });

  it('gives the same pixels on every platform', () => {
    const image = picture(29, 23, (x, y) => [(x * 67 + y * y) & 255, (y * 91 + x * x) & 255, (x * y * 13) & 255, 255 - ((x * 5) & 127)]);
    const hash = (extent: { width: number; height: number }): string => createHash('sha256').update(resize(image, extent).data).digest('hex').slice(0, 16);
    assert.deepEqual([hash({ width: 13, height: 9 }), hash({ width: 61, height: 40 })], ['d3ae446a85025edd', '6997628eeac178d3']);
  });

  it('refuses sizes that are none', () => {
    const image = picture(2, 2, () => [0, 0, 0, 255]);
    assert.throws(() => resize(image, { width: 0, height: 5 }), { reason: 'bad-argument' });
    assert.throws(() => resize(image, { width: 1.5, height: 5 }), { reason: 'bad-argument' });
    assert.throws(() => resize(image, { width: 10_000, height: 10_000 }), { reason: 'too-large' });
  });
});

describe('covering', () => {
  const cover = (...args: Parameters<typeof covering>): PixelImage => atOnce(covering(...args));

  it('keeps the focus in view', () => {
    const stripes = picture(40, 20, (x) => (x < 20 ? [255, 0, 0, 255] : [0, 0, 255, 255]));
    assert.deepEqual(cover(stripes, { width: 20, height: 20 }, { x: 0, y: 0.5 }), picture(20, 20, () => [255, 0, 0, 255]));
    assert.deepEqual(cover(stripes, { width: 20, height: 20 }, { x: 1, y: 0 }), picture(20, 20, () => [0, 0, 255, 255]));
    const half = cover(stripes, { width: 10, height: 10 }, { x: 1, y: 1 });
    assert.deepEqual([...half.data.subarray(20, 24)], [0, 0, 255, 255]);
  });

  it('cuts both sides alike and keeps the ratio', () => {
    const stripes = picture(60, 20, (x) => (x < 20 ? [255, 0, 0, 255] : x < 40 ? [0, 255, 0, 255] : [0, 0, 255, 255]));
    const square = cover(stripes, { width: 10, height: 10 });
    for (let x = 0; x < 10; x++) {
      const [left = -1, green = -1] = pixel(square, x, 5);
      assert.ok(green > 240);
      assert.equal(left, pixel(square, 9 - x, 5)[2]);
    }
    assert.deepEqual(cover(stripes, { width: 20, height: 20 }), picture(20, 20, () => [0, 255, 0, 255]));
  });

  it('only cuts, exactly, where one side fits already', () => {
    const image = picture(7, 4, (x, y) => [x * 30, y * 60, x * y, 255]);
    assert.deepEqual(cover(image, { width: 4, height: 4 }), picture(4, 4, (x, y) => [(x + 1) * 30, y * 60, (x + 1) * y, 255]));
  });

  it('has the size that was asked for, whatever the ratios', () => {
    fc.assert(
      fc.property(extents, extents, (from, to) => {
        const { width, height, data } = cover(picture(from.width, from.height, (x) => [x, x, x, 255]), to);
        assert.deepEqual({ width, height, length: data.length }, { ...to, length: to.width * to.height * 4 });
        assert.ok(data.every((value, i) => i % 4 !== 3 || value === 255));
      }),
      { numRuns: 40 },
    );
  });
});

describe('resizing in steps', () => {
  const image = picture(40, 30, (x, y) => [x * 6, y * 8, (x * y) % 256, 200]);

  it('gives what it gives at once, whatever comes between', async () => {
    let looked = 0;
    assert.deepEqual(await stepwise(resizing(image, { width: 64, height: 50 }), async () => void (looked += 1)), resize(image, { width: 64, height: 50 }));
    assert.equal(looked, 50);
  });

  it('goes no further once it is given up', async () => {
    let looked = 0;
    const work = resizing(image, { width: 64, height: 50 });
    await assert.rejects(
      stepwise(work, async () => {
        if ((looked += 1) === 7) throw new ImageError('cancelled', 'Cancelled.');
      }),
      { reason: 'cancelled' },
    );
    assert.equal(looked, 7);
  });
});

describe('resizeMask', () => {
  function mask(width: number, height: number, value: (x: number, y: number) => number): Mask {
    return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))) };
  }

  it('is the mean of the area when shrinking and never leaves the range', () => {
    const half = resizeMask(mask(8, 8, (x) => (x % 2) * 255), { width: 2, height: 2 });
    assert.ok(half.data.every((value) => Math.abs(value - 127.5) <= 13));
    fc.assert(
      fc.property(extents, extents, fc.nat(255), fc.nat(255), (from, to, a, b) => {
        const { data } = resizeMask(mask(from.width, from.height, (x, y) => ((x * y) % 3 === 0 ? a : b)), to);
        assert.ok(data.every((value) => value >= Math.min(a, b) && value <= Math.max(a, b)));
      }),
      { numRuns: 40 },
    );
  });

  it('is a copy at the same size', () => {
    const source = mask(3, 2, (x, y) => x * 40 + y);
    assert.deepEqual(resizeMask(source, { width: 3, height: 2 }), source);
  });
});

function sameSize(a: { width: number; height: number }, b: { width: number; height: number }): boolean {
  return a.width === b.width && a.height === b.height;
}
