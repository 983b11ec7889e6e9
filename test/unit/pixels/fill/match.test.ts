import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Guide } from '../../../../src/pixels/fill/guide';
import { canvasDifference, contextOf, guideDifference, samplesOf } from '../../../../src/pixels/fill/match';
import type { Flip } from '../../../../src/pixels/fill/place';
import { groundOf, speckle } from './grounds';

const flips = fc.constantFrom<Flip>('none', 'across', 'down');
const SIZE = 9;

/** Kept on the left as far as a ragged edge, open on the right. */
const isKept = (x: number, y: number): boolean => x < 50 - (speckle(y, 7) >> 6);
const atEdge = (x: number, y: number): boolean => isKept(x, y) && [[x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]].some(([u, v]) => !isKept(u as number, v as number));
const grainy = (alpha: boolean) => groundOf(60, 40, (x, y) => [speckle(x, y), speckle(y, x), speckle(x, y + 9), alpha ? 128 + (speckle(y, x + 9) >> 1) : 255], isKept);
/** Blocks at the edge, and one that is known wholly. */
const blocks = fc.constantFrom<readonly [number, number]>([44, 12], [46, 3], [20, 12]);

describe('matches', () => {
  it('cost on the guide what a plain sum says, the kept edge three times', () => {
    fc.assert(
      fc.property(blocks, fc.nat(36), fc.nat(30), flips, fc.boolean(), fc.boolean(), ([X, Y], u, v, flip, alpha, thin) => {
        const guide = new Guide(grainy(alpha), 1, 0, 0);
        const context = contextOf(guide, X, Y, SIZE, thin);
        let [count, squares] = [0, 0];
        const sums = [0, 0, 0];
        for (let y = 0; y < SIZE; y++) {
          for (let x = 0; x < SIZE; x++) {
            if (!isKept(X + x, Y + y)) continue;
            const edge = atEdge(X + x, Y + y);
            if (thin && !edge && (x + y) % 2 === 1) continue;
            const from = (v + (flip === 'down' ? SIZE - 1 - y : y)) * 60 + u + (flip === 'across' ? SIZE - 1 - x : x);
            const times = edge ? 3 : 1;
            count += times;
            for (let channel = 0; channel < 4; channel++) {
              const step = (guide.rgba[from * 4 + channel] as number) - (guide.rgba[((Y + y) * 60 + X + x) * 4 + channel] as number);
              squares += times * step * step;
              if (channel < 3) sums[channel] = (sums[channel] as number) + times * step;
            }
          }
        }
        const wanted = (squares - 0.7 * Math.min(400 * count, sums.reduce((all, sum) => all + sum * sum, 0) / count)) / count;
        const found = guideDifference(guide, context, u, v, flip, Infinity);
        assert.ok(Math.abs(found - wanted) < 1e-6 * (1 + wanted), `${found} instead of ${wanted}`);
        assert.equal(guideDifference(guide, context, u, v, flip, wanted + 1), found);
        if (wanted > 1) assert.equal(guideDifference(guide, context, u, v, flip, wanted - 1), -1);
      }),
    );
  });

  it('cost on the canvas as much at the edge as all the rest, which is forgiven an even offset', () => {
    fc.assert(
      fc.property(blocks, fc.nat(41), fc.nat(31), flips, fc.boolean(), ([X, Y], x, y, flip, alpha) => {
        const ground = grainy(alpha);
        const cell = { x: X, y: Y, reach: { kind: 'rows' } } as const;
        const samples = samplesOf(ground, cell, SIZE, 2);
        const mean = (counts: (i: number, j: number) => boolean, forgiving: boolean): number => {
          let [squares, count] = [0, 0];
          const sums = [0, 0, 0];
          for (let j = 0; j < SIZE; j++) {
            for (let i = 0; i < SIZE; i++) {
              if (!isKept(X + i, Y + j) || !counts(i, j)) continue;
              count++;
              const from = ((y + (flip === 'down' ? SIZE - 1 - j : j)) * 60 + x + (flip === 'across' ? SIZE - 1 - i : i)) * 4;
              const to = ((Y + j) * 60 + X + i) * 4;
              const [p, q] = [(ground.rgba[to + 3] as number) / 255, (ground.rgba[from + 3] as number) / 255];
              squares += (255 * (p - q)) ** 2;
              for (let channel = 0; channel < 3; channel++) {
                const step = (ground.rgba[from + channel] as number) * q - (ground.rgba[to + channel] as number) * p;
                squares += step * step;
                sums[channel] = (sums[channel] as number) + step;
              }
            }
          }
          return (squares - (forgiving ? 0.7 * Math.min(400 * count, sums.reduce((all, sum) => all + sum * sum, 0) / count) : 0)) / count;
        };
        const inside = mean((i, j) => i % 2 === 0 && j % 2 === 0, true);
        const wanted = X === 20 ? inside : (inside + mean((i, j) => atEdge(X + i, Y + j), false)) / 2;
        const found = canvasDifference(ground, samples, { x, y, flip, cost: 0 }, SIZE, Infinity);
        assert.ok(Math.abs(found - wanted) < 1e-6 * (1 + wanted), `${found} instead of ${wanted}`);
        assert.equal(canvasDifference(ground, samples, { x, y, flip, cost: 0 }, SIZE, wanted + 1), found);
        if (wanted > 1) assert.equal(canvasDifference(ground, samples, { x, y, flip, cost: 0 }, SIZE, wanted - 1), -1);
      }),
    );
  });
});
