import assert from 'node:assert/strict';
import fc from 'fast-check';
import { squaredDistances } from '../../../src/core/squaredDistances';

describe('squaredDistances', () => {
  it('finds what a search over all pixels finds, up to the reach', () => {
    const sets = fc.integer({ min: 1, max: 14 }).chain((width) => fc.array(fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 1), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 11 }));
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 20 }), (rows, reach) => {
        const [width, cells] = [rows[0]?.length ?? 0, rows.flat()];
        const distances = squaredDistances(Uint8Array.from(cells), width, rows.length, reach);
        distances.forEach((found, i) => {
          const all = cells.flatMap((cell, j) => (cell === 1 ? [((i % width) - (j % width)) ** 2 + (Math.floor(i / width) - Math.floor(j / width)) ** 2] : []));
          const least = Math.min(...all, Infinity);
          if (least <= reach * reach) assert.equal(found, least);
          else assert.ok(found > reach * reach);
        });
      }),
      { numRuns: 150 },
    );
  });
});
