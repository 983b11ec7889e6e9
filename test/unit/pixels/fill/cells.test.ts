import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CELL, MARGIN, cellsToDraw, distanceToKept, keptBounds } from '../../../../src/pixels/fill/cells';
import { KEPT, OPEN } from '../../../../src/pixels/fill/ground';
import type { Ground } from '../../../../src/pixels/fill/ground';
import { Guide } from '../../../../src/pixels/fill/guide';
import { groundOf, grounds } from './grounds';

function pixelsOf({ width, owner }: Ground, who: number): { x: number; y: number }[] {
  return [...owner.keys()].filter((i) => owner[i] === who).map((i) => ({ x: i % width, y: Math.floor(i / width) }));
}

describe('the cells to draw', () => {
  it('are measured by the chessboard distance to what is kept', () => {
    fc.assert(
      fc.property(grounds, (ground) => {
        const kept = pixelsOf(ground, KEPT);
        const distance = distanceToKept(ground);
        for (const { x, y } of [...pixelsOf(ground, OPEN), ...kept]) {
          const least = kept.reduce((best, p) => Math.min(best, Math.max(Math.abs(p.x - x), Math.abs(p.y - y))), 255);
          assert.equal(distance[y * ground.width + x], least);
        }
        const bounds = keptBounds(ground);
        assert.equal(bounds === undefined, kept.length === 0);
        if (!bounds) return;
        assert.deepEqual([bounds.x, bounds.x + bounds.width - 1], [Math.min(...kept.map(({ x }) => x)), Math.max(...kept.map(({ x }) => x))]);
        assert.deepEqual([bounds.y, bounds.y + bounds.height - 1], [Math.min(...kept.map(({ y }) => y)), Math.max(...kept.map(({ y }) => y))]);
      }),
      { numRuns: 40 },
    );
  });

  it('are those that hold a pixel beyond the gap, each once', () => {
    fc.assert(
      fc.property(grounds, fc.nat(12), fc.nat(CELL - 1), fc.nat(CELL - 1), (ground, gap, x, y) => {
        const kept = keptBounds(ground);
        if (!kept) return;
        const distance = distanceToKept(ground);
        const wanted = new Set<string>();
        for (const p of pixelsOf(ground, OPEN)) {
          if ((distance[p.y * ground.width + p.x] as number) > gap) wanted.add(`${Math.floor((p.x + x) / CELL)},${Math.floor((p.y + y) / CELL)}`);
        }
        const cells = cellsToDraw(ground, new Guide(ground, 1, -x, -y), kept, gap).flat().map((cell) => `${(cell.x + MARGIN + x) / CELL},${(cell.y + MARGIN + y) / CELL}`);
        assert.deepEqual(cells.toSorted(), [...wanted].toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('come from the kept area outward, sides first, and know where their sources are', () => {
    const [factor, side] = [2, 2 * CELL];
    const kept = { x: 120, y: 120, width: 160, height: 160 };
    const hole = (x: number, y: number): boolean => (x >= 160 && x < 220 && y >= 160 && y < 220) || (x >= 240 && y >= 240);
    const inside = (x: number, y: number): boolean => x >= 120 && x < 280 && y >= 120 && y < 280;
    const ground = groundOf(400, 400, () => [0, 0, 0, 255], (x, y) => inside(x, y) && !hole(x, y));
    const cells = cellsToDraw(ground, new Guide(ground, factor, 0, 0), kept, 4).flat();
    let [last, edges] = [0, 0];
    for (const cell of cells) {
      const [x, y] = [cell.x + MARGIN * factor, cell.y + MARGIN * factor];
      const kind = inside(x, y) ? 'around' : y >= 120 && y < 280 ? 'rows' : 'edge';
      assert.equal(cell.reach.kind, kind, `at ${x},${y}`);
      if (cell.reach.kind !== 'edge') assert.equal(edges, 0);
      else edges++;
      // What lies above is continued from the picture's uppermost rows, what lies below from its lowest.
      if (cell.reach.kind === 'edge') assert.deepEqual(cell.reach, y < 120 ? { kind: 'edge', top: 60, bottom: 96, edge: 'top' } : { kind: 'edge', top: 104, bottom: 140, edge: 'bottom' });
      if (kind !== 'rows' || y >= 240) continue;
      const away = x < 120 ? (120 - x) / side : (x - 260) / side;
      assert.ok(away >= last);
      last = away;
    }
    assert.equal(cells.length, 400 - 64 + 9 + 4);
  });

  it('know where their sources are, also where the kept edge lies within them', () => {
    const ground = groundOf(96, 96, () => [0, 0, 0, 255], (x, y) => x < 56 && y < 57);
    const runs = cellsToDraw(ground, new Guide(ground, 1, 0, 0), { x: 0, y: 0, width: 56, height: 57 }, 0);
    const reaches = new Map(runs.flat().map(({ x, y, reach }) => [`${x + MARGIN},${y + MARGIN}`, reach.kind]));
    for (let at = 0; at < 50; at += CELL) assert.deepEqual([reaches.get(`50,${at}`), reaches.get(`${at},50`)], ['rows', 'edge']);
    assert.ok(runs.some((run) => run.length === 5 && run.every(({ x }) => x === 50 - MARGIN)));
  });

  it('lie around a band between what is kept above and below, and are drawn from both of its edges inward', () => {
    const ground = groundOf(60, 100, () => [0, 0, 0, 255], (_, y) => y < 20 || y >= 70);
    const cells = cellsToDraw(ground, new Guide(ground, 1, 0, 0), { x: 0, y: 0, width: 60, height: 100 }, 0).flat();
    assert.ok(cells.every(({ reach }) => reach.kind === 'around'));
    assert.deepEqual(cells.map(({ y }) => y + MARGIN), [20, 60, 30, 50, 40].flatMap((y) => Array.from({ length: 6 }, () => y)));
  });

  it('lie as far from a corner as along its diagonals', () => {
    const ground = groundOf(60, 60, () => [0, 0, 0, 255], (x, y) => Math.floor(x / CELL) === 2 && Math.floor(y / CELL) === 2);
    const cells = cellsToDraw(ground, new Guide(ground, 1, 0, 0), { x: 20, y: 20, width: CELL, height: CELL }, 0).flat();
    const corner = (x: number, y: number): number => cells.findIndex((cell) => cell.x + MARGIN === x && cell.y + MARGIN === y);
    // Of the cells above and below, the ring around comes before all that lie farther, its corners with it.
    const ring = [10, 20, 30].flatMap((x) => [corner(x, 10), corner(x, 30)]);
    const beyond = [0, 10, 20, 30, 40].flatMap((x) => [corner(x, 0), corner(x, 40)]);
    assert.ok(Math.max(...ring) < Math.min(...beyond));
  });
});
