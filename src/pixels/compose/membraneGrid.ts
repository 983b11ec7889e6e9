import type { Extent } from '../../core/geometry';
import type { FixedValues } from './fixedValues';

/** What a pixel of a membrane is: beyond it (no flux across), to be solved, or given. */
export const OUTSIDE = 0;
export const FREE = 1;
export const FIXED = 2;

/** A grid of `OUTSIDE`, `FREE` and `FIXED` pixels, one byte each. */
export interface Membrane extends Extent {
  readonly state: Uint8Array;
}

/**
 * The equation on a coarse grid, for three channels, interleaved. No cell of it is fixed: a free cell is joined to its free neighbours with conductance 1, and to the given values around it with `ties`,
 * whose weighted mean is `given`. So it knows how far off the boundary is, although the boundary does not fall on its grid.
 */
export interface Grid extends Membrane {
  readonly values: Float32Array;
  readonly ties: Float32Array;
  readonly given: Float32Array;
}

/** All grids are made here, so that what works on them is compiled for one kind of object. */
function emptyGrid(width: number, height: number): Grid {
  const size = width * height;
  return { width, height, state: new Uint8Array(size), values: new Float32Array(3 * size), ties: new Float32Array(size), given: new Float32Array(3 * size) };
}

/** Adds a tie of some conductance to the values that begin at `from`. */
function tie(grid: Grid, cell: number, conductance: number, values: Float32Array, from: number): void {
  const total = (grid.ties[cell] as number) + conductance;
  grid.ties[cell] = total;
  for (let c = 0; c < 3; c++) {
    const before = grid.given[3 * cell + c] as number;
    grid.given[3 * cell + c] = before + ((values[from + c] as number) - before) * (conductance / total);
  }
}

/**
 * How strong a tie of a fine cell is for the coarse cell around it: as strong as it is short. Seen from the middle of the coarse cell the boundary lies half a fine cell further off
 * where all four are free, and half a cell nearer where only the far two are.
 */
function coarseTie(ties: number, free: number): number {
  return 1 / Math.max(0.3, 1 / ties + free / 2 - 1.5);
}

/** The grid at half the size of the pixels: a cell is free where any of its four pixels is. */
export function firstCoarse({ width, height, state }: Membrane, fixedValues: FixedValues, boundary: Int32Array): Grid {
  const coarse = emptyGrid((width + 1) >> 1, (height + 1) >> 1);
  for (let y = 0; y < height; y++) freeRow(state, y * width, width, coarse.state, (y >> 1) * coarse.width);
  for (const i of boundary) {
    const x = i % width;
    const y = (i - x) / width;
    const fixed: number[] = [];
    if (x > 0 && state[i - 1] === FIXED) fixed.push(i - 1);
    if (x < width - 1 && state[i + 1] === FIXED) fixed.push(i + 1);
    if (y > 0 && state[i - width] === FIXED) fixed.push(i - width);
    if (y < height - 1 && state[i + width] === FIXED) fixed.push(i + width);
    const conductance = coarseTie(fixed.length, freeAmong(state, width, height, x & ~1, y & ~1)) / fixed.length;
    for (const from of fixed) tie(coarse, (y >> 1) * coarse.width + (x >> 1), conductance, fixedValues.values, fixedValues.at(from));
  }
  return coarse;
}

/** Frees the coarse cells under the free ones of a row. */
function freeRow(state: Uint8Array, from: number, count: number, coarse: Uint8Array, to: number): void {
  for (let x = 0; x < count; x++) if (state[from + x] === FREE) coarse[to + (x >> 1)] = FREE;
}

/** The grid at half the size of another. */
export function coarser(fine: Grid): Grid {
  const coarse = emptyGrid((fine.width + 1) >> 1, (fine.height + 1) >> 1);
  for (let y = 0; y < fine.height; y++) {
    freeRow(fine.state, y * fine.width, fine.width, coarse.state, (y >> 1) * coarse.width);
    tieRow(fine, y, coarse);
  }
  return coarse;
}

function tieRow({ width, height, state, ties, given }: Grid, y: number, coarse: Grid): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const conductance = ties[i] as number;
    if (conductance > 0) tie(coarse, (y >> 1) * coarse.width + (x >> 1), coarseTie(conductance, freeAmong(state, width, height, x & ~1, y & ~1)), given, 3 * i);
  }
}

/** How many of the four cells from (x, y) on are free. */
function freeAmong(state: Uint8Array, width: number, height: number, x: number, y: number): number {
  let free = 0;
  for (let j = y; j < Math.min(height, y + 2); j++) {
    for (let i = j * width + x; i < j * width + Math.min(width, x + 2); i++) if (state[i] === FREE) free++;
  }
  return free;
}
