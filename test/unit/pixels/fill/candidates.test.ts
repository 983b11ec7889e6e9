import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Random } from '../../../../src/pixels/random';
import { Candidates, mayUse } from '../../../../src/pixels/fill/candidates';
import { BLOCK } from '../../../../src/pixels/fill/cells';
import type { Cell } from '../../../../src/pixels/fill/cells';
import { KEPT } from '../../../../src/pixels/fill/ground';
import { Guide } from '../../../../src/pixels/fill/guide';
import { canvasDifference, samplesOf } from '../../../../src/pixels/fill/match';
import { shiftTo } from '../../../../src/pixels/fill/place';
import type { Flip, Place } from '../../../../src/pixels/fill/place';
import { Preference, costOf } from '../../../../src/pixels/fill/preference';
import { groundOf, speckle } from './grounds';

const flips = fc.constantFrom<Flip>('none', 'across', 'down');
const cellAt = (x: number, y: number): Cell => ({ x, y, reach: { kind: 'rows' } });

describe('the candidates of a cell', () => {
  it('may be where all that its block shows is kept, as far as the very edge of the canvas', () => {
    const ground = groundOf(50, 44, () => [0, 0, 0, 255], (x, y) => x < 46 || y >= 20);
    const guide = new Guide(ground, 1, 0, 0);
    const corner = fc.integer({ min: -9, max: 40 });
    fc.assert(
      fc.property(corner, corner, corner, corner, flips, (x, y, toX, toY, flip) => {
        const { x0, y0, stepX, stepY } = shiftTo(cellAt(toX, toY), { x, y, flip, cost: 0 }, 1);
        let wanted = true;
        for (let row = Math.max(0, toY); row < Math.min(44, toY + BLOCK); row++) {
          for (let column = Math.max(0, toX); column < Math.min(50, toX + BLOCK); column++) {
            const [u, v] = [x0 + stepX * column, y0 + stepY * row];
            if (u < 0 || v < 0 || u >= 50 || v >= 44 || ground.owner[v * 50 + u] !== KEPT) wanted = false;
          }
        }
        assert.equal(mayUse(ground, guide, cellAt(toX, toY), x, y, flip), wanted);
      }),
      { numRuns: 300 },
    );
    assert.ok(mayUse(ground, guide, cellAt(20, 10), 50 - BLOCK, 44 - BLOCK, 'none'));
  });

  it('cost what they differ from what is there and what is preferred, each counted once, cheapest first, and refined only to cheaper ones', () => {
    const ground = groundOf(120, 90, (x, y) => [speckle(x >> 3, y >> 3), speckle(y >> 2, x >> 3), 90, 255], (x) => x < 80);
    const [fine, coarse] = [new Guide(ground, 2, 0, 0), new Guide(ground, 4, 0, 0)];
    const preference = new Preference(coarse, fine, { x: 0, y: 0, width: 80, height: 90 }, new Random(1));
    const cell = cellAt(68, 24);
    const outlook = preference.outlook(cell);
    const samples = samplesOf(ground, cell, 2 * BLOCK, 2);
    const costAt = (place: Place): number => costOf(canvasDifference(ground, samples, place, 2 * BLOCK, Infinity), preference.judgePlace(cell, place, outlook));
    const places = fc.array(fc.record({ x: fc.nat(44), y: fc.nat(54), flip: flips, cost: fc.constant(0) }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(places, (chosen) => {
        const candidates = new Candidates(cell, ground, fine, preference, outlook);
        // The last one lies half in what is to be drawn.
        for (const place of [...chosen, ...chosen, { x: 70, y: 24, flip: 'none', cost: 0 } as const]) candidates.consider(place);
        const names = new Set(chosen.map(({ x, y, flip }) => `${x},${y},${flip}`));
        assert.deepEqual(new Set(candidates.places.map(({ x, y, flip }) => `${x},${y},${flip}`)), names);
        assert.equal(candidates.places.length, names.size);
        for (const [n, place] of candidates.places.entries()) {
          assert.equal(place.cost, costAt(place));
          assert.ok(n === 0 || place.cost >= (candidates.places[n - 1] as Place).cost);
        }
        const refined = new Candidates(cell, ground, fine, preference, outlook);
        const [first] = chosen as [Place, ...Place[]];
        refined.refine(first);
        const [found] = refined.places;
        assert.ok(found && found.cost <= costAt(first) && Math.abs(found.x - first.x) <= 1 && Math.abs(found.y - first.y) <= 1);
      }),
      { numRuns: 30 },
    );
  });
});
