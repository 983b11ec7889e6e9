import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cell } from '../../../../src/pixels/fill/cells';
import { cheapestChain, overlapDifference } from '../../../../src/pixels/fill/chain';
import type { Link } from '../../../../src/pixels/fill/chain';
import { shiftTo } from '../../../../src/pixels/fill/place';
import type { Flip, Place } from '../../../../src/pixels/fill/place';
import { groundOf, speckle } from './grounds';

/** A block's side with a guide of factor 1. */
const SIDE = 18;
const places = fc.record({ x: fc.nat(42), y: fc.nat(42), flip: fc.constantFrom<Flip>('none', 'across', 'down'), cost: fc.nat(20_000) });
const cellAt = (x: number, y: number): Cell => ({ x, y, reach: { kind: 'rows' } });
const ground = (clear: boolean) => groundOf(60, 60, (x, y) => [speckle(x, y), speckle(y, x), speckle(x + 9, y), clear ? speckle(x, y + 9) : 255], () => true);
const link = (cell: Cell, choice: readonly Place[], offer: Link['offer'] = () => undefined): Link => ({ cell, places: choice, offer });

describe('a chain of blocks', () => {
  it('compares the sources of two blocks, pixel by pixel, where these overlap on the canvas', () => {
    const corner = fc.integer({ min: -8, max: 50 });
    fc.assert(
      fc.property(corner, corner, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }), places, places, fc.boolean(), fc.integer({ min: 1, max: 3 }), (x, y, dx, dy, from, to, clear, step) => {
        const [a, b, g] = [cellAt(x, y), cellAt(x + dx, y + dy), ground(clear)];
        const shifts = [shiftTo(a, from, 1), shiftTo(b, to, 1)] as const;
        const [left, top] = [Math.max(0, x, x + dx), Math.max(0, y, y + dy)];
        let [squares, count] = [0, 0];
        for (let row = top; row < Math.min(60, y + SIDE, y + dy + SIDE); row += step) {
          for (let column = left; column < Math.min(60, x + SIDE, x + dx + SIDE); column += step) {
            const [p, q] = shifts.map((shift) => {
              const at = 4 * ((shift.y0 + shift.stepY * row) * 60 + shift.x0 + shift.stepX * column);
              const alpha = (g.rgba[at + 3] as number) / 255;
              return [0, 1, 2].map((channel) => (g.rgba[at + channel] as number) * alpha).concat(255 * alpha);
            }) as [number[], number[]];
            squares += p.reduce((sum, value, channel) => sum + (value - (q[channel] as number)) ** 2, 0);
            count++;
          }
        }
        const wanted = count === 0 ? 0 : squares / count;
        assert.ok(Math.abs(overlapDifference(g, a, from, b, to, SIDE, step) - wanted) < 1e-6 * (1 + wanted));
      }),
    );
  });

  it('costs least of all choices', () => {
    const g = ground(false);
    const cells = [cellAt(20, 4), cellAt(20, 14), cellAt(20, 24)];
    fc.assert(
      fc.property(fc.array(fc.array(places, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 3 }), (choices) => {
        const links = choices.map((choice, n) => link(cells[n] as Cell, choice));
        const total = (chain: readonly Place[]): number => chain.reduce((sum, place, n) => {
          const before = chain[n - 1];
          return sum + place.cost + (before ? overlapDifference(g, cells[n - 1] as Cell, before, cells[n] as Cell, place, SIDE, 1) : 0);
        }, 0);
        const found = cheapestChain(g, links, SIDE, 1);
        assert.ok(found.every((place) => place !== undefined));
        const [first, second, third] = choices as [Place[], Place[], Place[]];
        const least = Math.min(...first.flatMap((a) => second.flatMap((b) => third.map((c) => total([a, b, c])))));
        assert.ok(Math.abs(total(found) - least) < 1e-6 * least);
      }),
    );
  });

  it('begins anew behind a cell without a place, which has none', () => {
    const [cheap, dear] = [{ x: 0, y: 0, flip: 'none', cost: 1 }, { x: 9, y: 9, flip: 'none', cost: 5 }] as const;
    const links = [[dear, cheap], [], [], [cheap, dear]].map((choice, n) => link(cellAt(20, 10 * n), choice));
    assert.deepEqual(cheapestChain(ground(false), links, SIDE, 1), [cheap, undefined, undefined, cheap]);
    assert.deepEqual(cheapestChain(ground(false), [], SIDE, 1), []);
  });

  it('offers each cell to continue the two best ends so far, and takes what it took up', () => {
    const flat = groundOf(60, 60, () => [9, 9, 9, 255], () => true);
    const [best, second, third] = [3, 5, 8].map((cost, n): Place => ({ x: 10 * n, y: 0, flip: 'none', cost })) as [Place, Place, Place];
    const first = link(cellAt(20, 0), [third, second, best]);
    const offered: Place[] = [];
    const growing: Place[] = [{ x: 40, y: 40, flip: 'none', cost: 90 }];
    const next = link(cellAt(20, 10), growing, (from, place) => {
      assert.equal(from, first);
      offered.push(place);
      growing.push({ ...place, y: 10 });
    });
    assert.deepEqual(cheapestChain(flat, [first, next], SIDE, 1), [best, { ...best, y: 10 }]);
    assert.deepEqual(offered, [best, second]);
  });
});
