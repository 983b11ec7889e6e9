import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cell, Reach } from '../../../../src/pixels/fill/cells';
import { runsOf } from '../../../../src/pixels/fill/runs';
import type { LayerCell } from '../../../../src/pixels/fill/runs';

const at = (column: number, row: number, kind: 'rows' | 'around' = 'rows'): LayerCell => {
  const reach: Reach = { kind };
  return { cell: { x: column, y: row, reach }, column, row };
};
const names = (runs: readonly (readonly Cell[])[]): string[] => runs.map((run) => run.map(({ x, y }) => `${x},${y}`).join(' '));

describe('the runs of a layer', () => {
  it('are columns, then rows of what is in none', () => {
    const ring = [at(0, 0), at(1, 0), at(2, 0), at(3, 0), at(0, 1), at(3, 1), at(0, 2), at(1, 2), at(2, 2), at(3, 2), at(7, 5)];
    assert.deepEqual(names(runsOf(ring)), ['0,0 0,1 0,2', '3,0 3,1 3,2', '1,0 2,0', '1,2 2,2', '7,5']);
    assert.deepEqual(names(runsOf([at(0, 0), at(0, 2), at(0, 3), at(1, 0)])), ['0,2 0,3', '0,0 1,0']);
  });

  it('are single cells in a hole, in their order', () => {
    assert.deepEqual(names(runsOf([at(1, 0, 'around'), at(0, 0, 'around'), at(0, 1, 'around'), at(5, 5), at(5, 6)])), ['5,5 5,6', '1,0', '0,0', '0,1']);
  });

  it('hold each cell once, with neighbours in a run next to each other', () => {
    const cell = fc.record({ column: fc.nat(6), row: fc.nat(6), hole: fc.boolean() });
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: ({ column, row }) => 7 * row + column }), (cells) => {
        const layer = cells.map(({ column, row, hole }) => at(column, row, hole ? 'around' : 'rows'));
        const runs = runsOf(layer);
        assert.deepEqual(new Set(runs.flat()), new Set(layer.map((each) => each.cell)));
        assert.equal(runs.flat().length, layer.length);
        for (const run of runs) {
          for (const [n, { x, y, reach }] of run.entries()) {
            if (reach.kind === 'around') assert.equal(run.length, 1);
            const before = run[n - 1];
            if (before) assert.equal(x - before.x + y - before.y, 1);
          }
        }
      }),
    );
  });
});
