import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Random } from '../../../../src/pixels/random';
import { Guide } from '../../../../src/pixels/fill/guide';
import { largestAround, saliency } from '../../../../src/pixels/fill/saliency';
import { groundOf, speckle } from './grounds';

const WIDTH = 120;
const HEIGHT = 40;

/** Red squares of 8x8 cells in a grey, grainy area. */
function squares(...lefts: readonly number[]): Guide {
  const inSquare = (x: number, y: number): boolean => y >= 16 && y < 24 && lefts.some((left) => x >= left && x < left + 8);
  return new Guide(groundOf(WIDTH, HEIGHT, (x, y) => (inSquare(x, y) ? [230, 30, 30, 255] : [120 + (speckle(x, y) >> 5), 120, 120, 255]), (x) => x < 110), 1, 0, 0);
}

const rows = (row: number): { from: number; to: number } => ({ from: row - 3, to: row + 4 });

describe('saliency', () => {
  it('finds the one thing that stands out in its rows', () => {
    const map = saliency(squares(50), new Random(1), rows);
    for (let y = 18; y < 22; y++) for (let x = 52; x < 56; x++) assert.equal(map[y * WIDTH + x], 1);
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const near = x >= 46 && x < 62 && y >= 12 && y < 28;
        assert.ok(near || (map[y * WIDTH + x] as number) < 0.2, `${map[y * WIDTH + x]} at ${x},${y}`);
      }
    }
  });

  it('does not find a thing of which there are many', () => {
    const map = saliency(squares(2, 14, 26, 38, 50, 62, 74, 86, 98), new Random(1), rows);
    let sum = 0;
    for (let y = 18; y < 22; y++) for (let x = 52; x < 56; x++) sum += map[y * WIDTH + x] as number;
    assert.ok(sum / 16 < 0.5, `${sum / 16}`);
  });

  it('is spread by the largest value within reach', () => {
    const map = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 12 * 7, maxLength: 12 * 7 });
    fc.assert(
      fc.property(map, fc.nat(4), (values, reach) => {
        const spread = largestAround(Float32Array.from(values), 12, 7, reach);
        for (let v = 0; v < 7; v++) {
          for (let u = 0; u < 12; u++) {
            const near = values.filter((_, i) => Math.abs((i % 12) - u) <= reach && Math.abs(Math.floor(i / 12) - v) <= reach);
            assert.equal(spread[v * 12 + u], Math.max(...near));
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
