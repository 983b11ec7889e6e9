import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BLOCK } from '../../../../src/pixels/fill/cells';
import { Shortlist, flipped, partOnCanvas, placeFrom, shiftTo } from '../../../../src/pixels/fill/place';
import type { Flip, Place } from '../../../../src/pixels/fill/place';
import { groundOf } from './grounds';

const flips = fc.constantFrom<Flip>('none', 'across', 'down');
const position = fc.integer({ min: -30, max: 90 });

describe('places of sources', () => {
  it('shift each pixel of a block to its own in the source, and can be found again from the shift', () => {
    fc.assert(
      fc.property(position, position, position, position, flips, fc.integer({ min: 1, max: 4 }), (x, y, toX, toY, flip, factor) => {
        const cell = { x: toX, y: toY, reach: { kind: 'rows' } } as const;
        const side = BLOCK * factor;
        const shift = shiftTo(cell, { x, y, flip, cost: 0 }, factor);
        for (const [i, j] of [[0, 0], [side - 1, 0], [0, side - 1], [3, 7]] as const) {
          assert.equal(shift.x0 + shift.stepX * (toX + i), x + (flip === 'across' ? side - 1 - i : i));
          assert.equal(shift.y0 + shift.stepY * (toY + j), y + (flip === 'down' ? side - 1 - j : j));
        }
        assert.deepEqual(placeFrom(cell, shift, factor), { x, y, flip, cost: 0 });
      }),
    );
  });

  it('show the part of a block that lies on the canvas', () => {
    fc.assert(
      fc.property(position, position, flips, (x, y, flip) => {
        const ground = groundOf(60, 50, () => [0, 0, 0, 255], () => true);
        const part = partOnCanvas(ground, { x, y, reach: { kind: 'rows' } }, 20);
        const turned = flipped(part, 20, flip);
        for (let j = 0; j < 20; j++) {
          for (let i = 0; i < 20; i++) {
            const on = x + i >= 0 && x + i < 60 && y + j >= 0 && y + j < 50;
            const inside = (p: { x0: number; x1: number; y0: number; y1: number }, u: number, v: number): boolean => u >= p.x0 && u < p.x1 && v >= p.y0 && v < p.y1;
            assert.equal(inside(part, i, j), on);
            assert.equal(inside(turned, flip === 'across' ? 19 - i : i, flip === 'down' ? 19 - j : j), on);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are kept in a shortlist: the cheapest, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), fc.integer({ min: 1, max: 6 }), (costs, length) => {
        const list = new Shortlist(length);
        for (const cost of costs) {
          const place: Place = { x: 0, y: 0, flip: 'none', cost };
          list.add(place);
        }
        const wanted = costs.toSorted((a, b) => a - b).slice(0, length);
        assert.deepEqual(list.places.map(({ cost }) => cost), wanted);
        assert.equal(list.limit, costs.length < length ? Infinity : wanted.at(-1));
      }),
    );
  });
});
