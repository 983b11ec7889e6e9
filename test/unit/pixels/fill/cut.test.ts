import assert from 'node:assert/strict';
import fc from 'fast-check';
import { avalanche } from '../../../../src/pixels/random';
import { drawBlock } from '../../../../src/pixels/fill/cut';
import { FIRST_BLOCK, KEPT, OPEN } from '../../../../src/pixels/fill/ground';
import type { Ground } from '../../../../src/pixels/fill/ground';
import { groundOf } from './grounds';

/** A source of 30x10 on the left, and room for two blocks of 10x10 that overlap by 4 on the right. */
function ground(paint: (x: number, y: number) => number): Ground {
  const [width, height] = [46, 10];
  const rgba = new Uint8ClampedArray(width * height * 4);
  const owner = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      owner[i] = x < 30 ? KEPT : OPEN;
      if (x < 30) rgba.set([paint(x, y), 0, 0, 255], i * 4);
    }
  }
  return { width, height, rgba, owner, shifts: [], opaque: true };
}

const block = (x: number): { x: number; y: number; side: number; margin: number } => ({ x, y: 0, side: 10, margin: 2 });

describe('drawBlock', () => {
  it('copies a mirrored source mirrored', () => {
    const g = ground((x) => x);
    drawBlock(g, block(30), { x0: 9 + 30, y0: 0, stepX: -1, stepY: 1 });
    assert.deepEqual(Array.from({ length: 10 }, (_, x) => g.rgba[(30 + x) * 4]), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    assert.equal(g.owner[30], FIRST_BLOCK);
  });

  it('cuts where the blocks agree', () => {
    // The two sources agree in one column of the overlap that moves with the row; elsewhere they differ by 100.
    const agrees = (y: number): number => (y < 5 ? 1 : 2);
    const g = ground((x, y) => (x < 10 ? 100 : x < 20 ? 0 : x - 20 === agrees(y) ? 100 : 200));
    drawBlock(g, block(30), { x0: -30, y0: 0, stepX: 1, stepY: 1 });
    drawBlock(g, block(36), { x0: 20 - 36, y0: 0, stepX: 1, stepY: 1 });
    for (let y = 0; y < 10; y++) {
      const first = Array.from({ length: 10 }, (_, x) => g.owner[y * g.width + 36 + x]).indexOf(FIRST_BLOCK + 1);
      assert.equal(first, agrees(y), `row ${y}`);
    }
  });

  /** Blocks of 16x16 with margins of 3 around and over each other, from random sources, on a canvas of 60x60 whose upper 26 rows are kept; `turn` says where a pixel stands in a turned canvas. */
  function owners(sources: readonly { readonly x: number; readonly y: number }[], turn: (x: number, y: number) => readonly [number, number]): Uint16Array {
    const side = 60;
    const rgba = new Uint8ClampedArray(side * side * 4);
    const owner = new Uint16Array(side * side).fill(OPEN);
    for (let y = 0; y < 26; y++) {
      for (let x = 0; x < side; x++) {
        const [u, v] = turn(x, y);
        const hash = avalanche(x * 64 + y);
        owner[v * side + u] = KEPT;
        rgba.set([hash >>> 24, (hash >>> 16) & 255, (hash >>> 8) & 255, 255], (v * side + u) * 4);
      }
    }
    const g: Ground = { width: side, height: side, rgba, owner, shifts: [], opaque: true };
    const corner = (x: number, y: number): readonly [number, number] => {
      const [a, b] = [turn(x, y), turn(x + 15, y + 15)];
      return [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
    };
    // The four neighbours first, the middle last: it is cut on all its sides.
    for (const [n, [x, y]] of ([[12, 35], [32, 33], [23, 24], [21, 44], [22, 34]] as const).entries()) {
      const [toX, toY] = corner(x, y);
      const source = sources[n] ?? { x: 0, y: 0 };
      const [fromX, fromY] = corner(source.x, source.y);
      drawBlock(g, { x: toX, y: toY, side: 16, margin: 3 }, { x0: fromX - toX, y0: fromY - toY, stepX: 1, stepY: 1 });
    }
    return Uint16Array.from({ length: side * side }, (_, i) => {
      const [u, v] = turn(i % side, Math.floor(i / side));
      return owner[v * side + u] as number;
    });
  }

  it('cuts alike on all sides: a turned canvas is cut into the same blocks, turned', () => {
    const sources = fc.array(fc.record({ x: fc.nat(44), y: fc.nat(10) }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(sources, (chosen) => {
        const plain = owners(chosen, (x, y) => [x, y]);
        assert.ok(plain.includes(FIRST_BLOCK + 4));
        for (const turn of [(x: number, y: number) => [59 - x, y], (x: number, y: number) => [x, 59 - y], (x: number, y: number) => [y, x]] as const) {
          const turned = owners(chosen, (x, y) => turn(x, y) as [number, number]);
          // In its corners, where three blocks meet, a cut may lie anywhere.
          for (let i = 0; i < plain.length; i++) {
            const [x, y] = [(i % 60) - 22, Math.floor(i / 60) - 34];
            if ((x >= 6 && x < 10) || (y >= 6 && y < 10)) assert.equal(turned[i], plain[i], `at ${x},${y}`);
          }
        }
      }),
      // Of some five hundred choices one has two cuts that cost the same, and either is right: these have none.
      { numRuns: 15, seed: 5 },
    );
  });

  it('leaves to a block that overlaps at its corner only what lies beyond its own cell', () => {
    const g = groundOf(70, 40, (x) => [x, 0, 0, 255], (x) => x < 30);
    const at = (x: number, y: number): Parameters<typeof drawBlock>[1] => ({ x, y, side: 18, margin: 4 });
    drawBlock(g, at(46, 16), { x0: -46, y0: -16, stepX: 1, stepY: 1 });
    drawBlock(g, at(36, 6), { x0: -36, y0: -6, stepX: 1, stepY: 1 });
    for (let y = 10; y < 18; y++) for (let x = 10; x < 18; x++) assert.equal(g.owner[(6 + y) * 70 + 36 + x], x < 14 && y < 14 ? FIRST_BLOCK + 1 : FIRST_BLOCK, `at ${x},${y}`);
    // And at the opposite corner.
    const h = groundOf(70, 40, (x) => [x, 0, 0, 255], (x) => x < 30);
    drawBlock(h, at(36, 6), { x0: -36, y0: -6, stepX: 1, stepY: 1 });
    drawBlock(h, at(46, 16), { x0: -46, y0: -16, stepX: 1, stepY: 1 });
    for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) assert.equal(h.owner[(16 + y) * 70 + 46 + x], x >= 4 && y >= 4 ? FIRST_BLOCK + 1 : FIRST_BLOCK, `at ${x},${y}`);
  });

  for (const channel of [0, 1, 2, 3]) {
    it(`sees in channel ${channel} where blocks agree`, () => {
      // The second block's source differs from the first's by 90 in all columns of the overlap but the third.
      const value = (x: number): number => (x >= 10 && x < 14 && x !== 12 ? 190 : 100);
      const g = groundOf(46, 10, (x) => [0, 1, 2, 3].map((c) => (c === channel ? value(x) : 100)) as [number, number, number, number], (x) => x < 30);
      drawBlock(g, block(30), { x0: -30, y0: 0, stepX: 1, stepY: 1 });
      drawBlock(g, block(36), { x0: 10 - 36, y0: 0, stepX: 1, stepY: 1 });
      // From the column on in which nothing changes.
      for (let y = 0; y < 10; y++) for (let x = 36; x < 40; x++) assert.equal(g.owner[y * 46 + x], x < 38 ? FIRST_BLOCK : FIRST_BLOCK + 1, `at ${x},${y}`);
    });
  }

  it('never touches kept pixels', () => {
    const g = ground((x) => x);
    const before = g.rgba.slice(0, 30 * 4);
    drawBlock(g, block(25), { x0: -25, y0: 0, stepX: 1, stepY: 1 });
    assert.deepEqual(g.rgba.slice(0, 30 * 4), before);
    assert.equal(g.owner[29], KEPT);
    assert.equal(g.owner[30], FIRST_BLOCK);
  });
});
