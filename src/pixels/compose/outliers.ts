import { FixedValues } from './fixedValues';
import { FIXED, type Membrane } from './membraneGrid';

/** Side of the cells in which fixed values are looked at together with those of the eight cells around, in pixels. */
const CELL = 40;
/** So many standard deviations from the median of those around it a value may lie, the deviation taken from the median of theirs, and being this many levels at least. */
const MOST = 4;
const LEAST_DEVIATION = 2;
/** Fewer values than this say nothing of each other. */
const LEAST_VALUES = 16;
/** What makes a standard deviation of normal values' median absolute one. */
const NORMAL = 1.4826;

/**
 * A membrane's fixed values, drawn towards those around them where they lie far off (Huber's metric winsorising, by the median and the median absolute deviation; Huber 1981). Where an edge runs along a
 * boundary, a pixel of misalignment makes a difference of many levels there and nowhere else, and the membrane would carry it on as a glow or a shadow. For boundaries inside what is drawn: along the kept
 * pixels each value stands as it is, or the seam would show where it was limited (measured: nothing was won there, and seams met a little worse).
 */
export function withoutOutliers({ width, height, state }: Membrane, fixed: FixedValues): FixedValues {
  const columns = Math.ceil(width / CELL);
  const cells: number[][] = Array.from({ length: columns * Math.ceil(height / CELL) }, () => []);
  for (let i = state.indexOf(FIXED), at = 0; i >= 0; i = state.indexOf(FIXED, i + 1), at += 3) cells[Math.floor(i / width / CELL) * columns + Math.floor((i % width) / CELL)]?.push(at);
  const limited = new FixedValues(state);
  limited.values.set(fixed.values);
  cells.forEach((own, cell) => {
    if (own.length === 0) return;
    limitsOf(around(cells, columns, cell), fixed.values)?.forEach(({ low, high }, c) => {
      for (const at of own) limited.values[at + c] = Math.min(high, Math.max(low, fixed.values[at + c] as number));
    });
  });
  return limited;
}

/** Where the values of a cell's pixels begin, and those of the cells around it. */
function around(cells: readonly number[][], columns: number, cell: number): number[] {
  const column = cell % columns;
  const near = [-columns, 0, columns].flatMap((rows) => [column > 0 ? cell + rows - 1 : -1, cell + rows, column < columns - 1 ? cell + rows + 1 : -1]);
  return near.flatMap((each) => cells[each] ?? []);
}

/** Between what values may lie, channel by channel; undefined where those that begin here are too few to tell. */
function limitsOf(starts: readonly number[], values: Float32Array): { readonly low: number; readonly high: number }[] | undefined {
  if (starts.length < LEAST_VALUES) return undefined;
  return [0, 1, 2].map((c) => {
    const there = Float32Array.from(starts, (at) => values[at + c] as number);
    const middle = median(there);
    const deviation = Math.max(LEAST_DEVIATION, NORMAL * median(there.map((value) => Math.abs(value - middle))));
    return { low: middle - MOST * deviation, high: middle + MOST * deviation };
  });
}

/** The median of numbers, which are sorted by it. */
function median(numbers: Float32Array): number {
  return numbers.sort()[numbers.length >> 1] as number;
}
