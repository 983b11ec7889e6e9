import type { Cell } from './cells';

/** A cell of one layer around the kept area, by its column and row among all cells. */
export interface LayerCell {
  readonly cell: Cell;
  readonly column: number;
  readonly row: number;
}

/**
 * Splits a layer into runs of cells that are drawn together: columns of cells that lie below each other, and of the other cells rows of such as lie side by side. In a hole every cell is a run of its own:
 * what runs into it from one side must be there before the next cell's source is looked for.
 */
export function runsOf(layer: readonly LayerCell[]): Cell[][] {
  const holes = layer.filter(({ cell }) => cell.reach.kind === 'around');
  const edges = layer.filter(({ cell }) => cell.reach.kind !== 'around');
  const columns = neighbours(edges, (a, b) => a.column - b.column || a.row - b.row, (a, b) => a.column === b.column && a.row + 1 === b.row).filter((run) => run.length > 1);
  const inColumns = new Set(columns.flat());
  const rest = edges.filter((each) => !inColumns.has(each));
  const rows = neighbours(rest, (a, b) => a.row - b.row || a.column - b.column, (a, b) => a.row === b.row && a.column + 1 === b.column);
  return [...columns, ...rows, ...holes.map((each) => [each])].map((run) => run.map(({ cell }) => cell));
}

/** Sorts cells, and splits them wherever one does not follow on the one before. */
function neighbours(cells: readonly LayerCell[], order: (a: LayerCell, b: LayerCell) => number, follows: (a: LayerCell, b: LayerCell) => boolean): LayerCell[][] {
  const runs: LayerCell[][] = [];
  let last: LayerCell | undefined;
  for (const each of cells.toSorted(order)) {
    const run = runs.at(-1);
    if (run && last && follows(last, each)) run.push(each);
    else runs.push([each]);
    last = each;
  }
  return runs;
}
