import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { crop, paste } from '../../../../src/pixels/transform/crop';

function picture(width: number, height: number, seed: number): { width: number; height: number; data: Uint8ClampedArray } {
  return { width, height, data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (Math.imul(i + seed, 2_654_435_761) >>> 24) & 255) };
}

describe('crop and paste', () => {
  it('takes a part out and puts it back where it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(8), fc.nat(8), fc.nat(8), fc.nat(8), (width, height, a, b, c, d) => {
        const image = picture(width, height, 1);
        const [x, y] = [a % width, b % height];
        const bounds = { x, y, width: 1 + (c % (width - x)), height: 1 + (d % (height - y)) };
        const part = crop(image, bounds);
        assert.deepEqual([...part.data.subarray(0, 4)], [...image.data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]);
        const other = picture(width, height, 99);
        const before = { ...other, data: other.data.slice() };
        paste(other, part, bounds);
        for (let i = 0; i < width * height; i++) {
          const inside = i % width >= x && i % width < x + bounds.width && Math.floor(i / width) >= y && Math.floor(i / width) < y + bounds.height;
          assert.deepEqual(other.data.subarray(i * 4, i * 4 + 4), (inside ? image : before).data.subarray(i * 4, i * 4 + 4));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what lies outside, instead of wrapping', () => {
    const image = picture(4, 3, 1);
    for (const bounds of [{ x: 1, y: 0, width: 4, height: 1 }, { x: -1, y: 0, width: 1, height: 1 }, { x: 0, y: 3, width: 1, height: 1 }, { x: 0.5, y: 0, width: 1, height: 1 }, { x: 0, y: 0, width: 0, height: 1 }]) {
      assert.throws(() => crop(image, bounds), { reason: 'bad-argument' });
    }
    assert.throws(() => paste(image, picture(2, 2, 1), { x: 3, y: 0 }), { reason: 'bad-argument' });
  });
});
