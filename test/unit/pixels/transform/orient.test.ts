import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { PixelImage } from '../../../../src/core/image';
import { orient } from '../../../../src/pixels/transform/orient';

/** A picture from letters, each a colour of its own. */
function drawn(...rows: string[]): PixelImage {
  const codes = [...rows.join('')].map((letter) => letter.charCodeAt(0));
  return { width: rows[0]?.length ?? 0, height: rows.length, data: Uint8ClampedArray.from(codes.flatMap((code) => [code, 0, 0, 255])) };
}

function rowsOf({ width, height, data }: PixelImage): string[] {
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => String.fromCharCode(data[(y * width + x) * 4] ?? 0)).join(''));
}

describe('orient', () => {
  it('undoes each EXIF orientation', () => {
    // The upright picture is "ab" over "cd" over "ef"; these are its eight ways to be stored.
    const stored: Record<number, string[]> = {
      1: ['ab', 'cd', 'ef'],
      2: ['ba', 'dc', 'fe'],
      3: ['fe', 'dc', 'ba'],
      4: ['ef', 'cd', 'ab'],
      5: ['ace', 'bdf'],
      6: ['bdf', 'ace'],
      7: ['fdb', 'eca'],
      8: ['eca', 'fdb'],
    };
    for (const [orientation, rows] of Object.entries(stored)) assert.deepEqual(rowsOf(orient(drawn(...rows), Number(orientation))), ['ab', 'cd', 'ef'], orientation);
  });

  it('turns there and back for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.constantFrom([2, 2], [3, 3], [4, 4], [5, 5], [6, 8], [7, 7], [8, 6]), (width, height, [there = 1, back = 1]) => {
        const image = { width, height, data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 31) & 255) };
        assert.deepEqual(orient(orient(image, there), back), image);
      }),
      { numRuns: 30 },
    );
  });
});
