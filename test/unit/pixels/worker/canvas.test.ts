import assert from 'node:assert/strict';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { resizeMask } from '../../../../src/pixels/transform/resize';
import { cropMask, canvasMask, maskAsImage, maskOfBounds, maskOfImage } from '../../../../src/pixels/worker/canvas';

const EXTENT = { width: 4, height: 3 };

function picture(pixel: (i: number) => readonly [number, number, number, number]): PixelImage {
  return { ...EXTENT, data: Uint8ClampedArray.from(Array.from({ length: 12 }, (_, i) => [...pixel(i)]).flat()) };
}

/** Each pixel has its own value, so that a wrong place shows. */
const counted: Mask = { ...EXTENT, data: Uint8Array.from({ length: 12 }, (_, i) => 10 * i) };

describe('the mask of a canvas', () => {
  it('is what the alpha leaves of a mask picture with alpha, whatever its colours', () => {
    const { data } = maskOfImage(EXTENT, picture((i) => [255, 255, 255, i === 0 ? 0 : i === 1 ? 200 : 255]));
    assert.deepEqual([...data], [255, 55, ...Array<number>(10).fill(0)]);
  });

  it('is drawn from a luminance of 128 on where a mask picture is opaque', () => {
    const { data } = maskOfImage(EXTENT, picture((i) => (i === 0 ? [127, 127, 127, 255] : i === 1 ? [128, 128, 128, 255] : i === 2 ? [0, 255, 0, 255] : [255, 0, 255, 255])));
    assert.deepEqual([...data.subarray(0, 4)], [0, 255, 255, 0]);
    assert.throws(() => maskOfImage({ width: 3, height: 4 }, picture(() => [0, 0, 0, 255])), { reason: 'mask-size' });
  });

  it('goes to the model white and clear wherever anything is drawn, soft or not, and black and opaque elsewhere', () => {
    const { data } = maskAsImage({ ...EXTENT, data: Uint8Array.from({ length: 12 }, (_, i) => (i === 1 ? 1 : i === 2 ? 255 : 0)) });
    assert.deepEqual([...data.subarray(0, 12)], [0, 0, 0, 255, 255, 255, 255, 0, 255, 255, 255, 0]);
  });

  it('is cut out, laid around a picture, and made of a rectangle at the right place', () => {
    assert.deepEqual([...cropMask(counted, { x: 1, y: 1, width: 2, height: 2 }).data], [50, 60, 90, 100]);
    const inside: Mask = { width: 2, height: 1, data: Uint8Array.of(7, 9) };
    assert.deepEqual([...canvasMask(EXTENT, { x: 2, y: 1, width: 2, height: 1 }, inside).data], [255, 255, 255, 255, 255, 255, 7, 9, 255, 255, 255, 255]);
    assert.deepEqual([...canvasMask(EXTENT, { x: 0, y: 2, width: 3, height: 1 }, undefined).data.subarray(8)], [0, 0, 0, 255]);
    assert.deepEqual([...maskOfBounds(EXTENT, { x: 3, y: 1, width: 1, height: 2 }).data], [0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255]);
    assert.throws(() => maskOfBounds(EXTENT, { x: 3, y: 1, width: 2, height: 2 }), { reason: 'bad-argument' });
  });

  it('keeps its gradient down and across where it is resampled', () => {
    const slope = (down: boolean): Mask => ({ width: 8, height: 8, data: Uint8Array.from({ length: 64 }, (_, i) => 30 * (down ? Math.floor(i / 8) : i % 8)) });
    assert.deepEqual([...resizeMask(slope(false), { width: 4, height: 4 }).data.subarray(0, 4)].map((value) => Math.round(value / 15)), [1, 5, 9, 13]);
    const { data } = resizeMask(slope(true), { width: 4, height: 4 });
    assert.deepEqual([0, 1, 2, 3].map((row) => Math.round((data[4 * row] ?? 0) / 15)), [1, 5, 9, 13]);
  });
});
