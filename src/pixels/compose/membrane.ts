import type { Extent } from '../../core/geometry';
import { coarser, firstCoarse, FIXED, FREE, OUTSIDE, pixelGrid } from './membraneGrid';
import type { Grid, Membrane } from './membraneGrid';

/** A level is relaxed within this many of its pixels from a given value; further in, the next coarser level is exact enough. */
const BAND = 10;
/** A grid with at most this many cells is relaxed throughout, and long enough to be exact. */
const SMALL = 4096;
const SWEEPS_THROUGHOUT = 50;
const SWEEPS_ON_BAND = 12;
/** Over-relaxation near the optimum for bands of this width. */
const OMEGA_ON_BAND = 1.6;

/**
 * Solves Laplace's equation on the free pixels, in place: the smoothest field that meets the given values, level across the outside (Pérez et al. 2003; Farbman et al. 2009).
 * Coarse grids first, each a start for the next finer one, and on the fine ones only the band along the given values is relaxed, since the field is smooth beyond it:
 * the time goes with the length of the boundary (after Agarwala 2007). Free pixels that no given value reaches become 0. The fill's `PoissonSolver` is for fields with sources inside, which this is not.
 */
export function solveMembrane(membrane: Membrane): void {
  const finest = pixelGrid(membrane);
  const boundary = besideFixed(finest);
  const coarse = [firstCoarse(finest, boundary)];
  for (;;) {
    const last = coarse[coarse.length - 1] as Grid;
    if (Math.max(last.width, last.height) <= 4) break;
    coarse.push(coarser(last));
  }
  let above: Grid | undefined;
  for (const grid of coarse.toReversed()) {
    if (above) interpolate(grid, above);
    if (grid.state.length <= SMALL) relax(grid, freeCells(grid.state), SWEEPS_THROUGHOUT, bestOmega(grid));
    else relax(grid, band(grid, tiedCells(grid.ties)), SWEEPS_ON_BAND, OMEGA_ON_BAND);
    above = grid;
  }
  if (above) interpolate(finest, above);
  relax(finest, band(finest, boundary), SWEEPS_ON_BAND, OMEGA_ON_BAND);
}

/** The free pixels that have a fixed one beside them. */
function besideFixed({ width, height, state }: Grid): Int32Array {
  const found = new Set<number>();
  const size = width * height;
  for (let i = state.indexOf(FIXED); i >= 0; i = state.indexOf(FIXED, i + 1)) {
    const x = i % width;
    if (x > 0 && state[i - 1] === FREE) found.add(i - 1);
    if (x < width - 1 && state[i + 1] === FREE) found.add(i + 1);
    if (i >= width && state[i - width] === FREE) found.add(i - width);
    if (i < size - width && state[i + width] === FREE) found.add(i + width);
  }
  return Int32Array.from(found);
}

/** The best over-relaxation for a whole grid without flux across its edges (Young 1954). */
function bestOmega({ width, height }: Extent): number {
  return 2 / (1 + Math.sin(Math.PI / (2 * Math.max(width, height))));
}

function freeCells(state: Uint8Array): Int32Array {
  return Int32Array.from(state.keys()).filter((i) => state[i] === FREE);
}

/** The cells that are tied to given values. */
function tiedCells(ties: Float32Array): Int32Array {
  let count = 0;
  for (let i = 0; i < ties.length; i++) if ((ties[i] as number) > 0) count++;
  const cells = new Int32Array(count);
  for (let i = 0, n = 0; n < count; i++) if ((ties[i] as number) > 0) cells[n++] = i;
  return cells;
}

/** The free cells within `BAND` steps of the boundary's, in their order. */
function band({ width, height, state }: Grid, boundary: Int32Array): Int32Array {
  const seen = new Uint8Array(state.length);
  const near = [...boundary];
  for (const i of near) seen[i] = 1;
  for (let step = 0, from = 0; step < BAND; step++) {
    const to = near.length;
    for (; from < to; from++) {
      const i = near[from] as number;
      const x = i % width;
      if (x > 0) add(i - 1, state, seen, near);
      if (x < width - 1) add(i + 1, state, seen, near);
      if (i >= width) add(i - width, state, seen, near);
      if (i < (height - 1) * width) add(i + width, state, seen, near);
    }
  }
  return Int32Array.from(near).sort();
}

function add(i: number, state: Uint8Array, seen: Uint8Array, near: number[]): void {
  if (state[i] !== FREE || seen[i] === 1) return;
  seen[i] = 1;
  near.push(i);
}

/** Starts the free cells from the coarser grid, bilinear over the free ones there. */
function interpolate(fine: Grid, coarse: Grid): void {
  for (let y = 0; y < fine.height; y++) interpolateRow(fine, y, coarse);
}

function interpolateRow({ width, state, values }: Grid, y: number, coarse: Grid): void {
  const from = coarse.values;
  const free = coarse.state;
  const nearRow = (y >> 1) * coarse.width;
  const farRow = Math.min(coarse.height - 1, Math.max(0, (y >> 1) + ((y & 1) === 0 ? -1 : 1))) * coarse.width;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    if (state[i] !== FREE) continue;
    const nearColumn = x >> 1;
    const farColumn = Math.min(coarse.width - 1, Math.max(0, nearColumn + ((x & 1) === 0 ? -1 : 1)));
    const across = nearRow + farColumn;
    const down = farRow + nearColumn;
    const far = farRow + farColumn;
    // A cell's state is 0 or 1 on a coarse grid: the weights of those outside fall away.
    const weightAcross = 3 * (free[across] as number);
    const weightDown = 3 * (free[down] as number);
    const weightFar = free[far] as number;
    const sum = 9 + weightAcross + weightDown + weightFar;
    const norm = sum === 16 ? 1 / 16 : 1 / sum;
    const a = 9 * norm;
    const b = weightAcross * norm;
    const c = weightDown * norm;
    const d = weightFar * norm;
    const near = 3 * (nearRow + nearColumn);
    values[3 * i] = a * (from[near] as number) + b * (from[3 * across] as number) + c * (from[3 * down] as number) + d * (from[3 * far] as number);
    values[3 * i + 1] = a * (from[near + 1] as number) + b * (from[3 * across + 1] as number) + c * (from[3 * down + 1] as number) + d * (from[3 * far + 1] as number);
    values[3 * i + 2] = a * (from[near + 2] as number) + b * (from[3 * across + 2] as number) + c * (from[3 * down + 2] as number) + d * (from[3 * far + 2] as number);
  }
}

const LEFT = 1;
const RIGHT = 2;
const ABOVE = 4;
const BELOW = 8;

/** Which of a cell's four neighbours take part, as bits. */
function linksOf({ width, height, state }: Grid, i: number): number {
  const x = i % width;
  return (
    (x > 0 && state[i - 1] !== OUTSIDE ? LEFT : 0) |
    (x < width - 1 && state[i + 1] !== OUTSIDE ? RIGHT : 0) |
    (i >= width && state[i - width] !== OUTSIDE ? ABOVE : 0) |
    (i < (height - 1) * width && state[i + width] !== OUTSIDE ? BELOW : 0)
  );
}

/** Successive over-relaxation on the listed cells, forth and back in turn. */
function relax(grid: Grid, list: Int32Array, sweeps: number, omega: number): void {
  const { values } = grid;
  const line = 3 * grid.width;
  const links = new Uint8Array(list.length);
  const ties = new Float32Array(list.length);
  const scales = new Float32Array(list.length);
  const order: Relaxation = { list, links, ties, scales, omega };
  join(grid, order);
  for (let k = 0; k < sweeps; k++) sweep(values, line, grid.given, order, (k & 1) === 1);
}

/** Finds what each listed cell is joined to. */
function join(grid: Grid, { list, links, ties, scales, omega }: Relaxation): void {
  const tied = grid.ties.length > 0;
  for (let n = 0; n < list.length; n++) {
    const i = list[n] as number;
    const bits = linksOf(grid, i);
    const conductance = tied ? (grid.ties[i] as number) : 0;
    const total = conductance + (bits & 1) + ((bits >> 1) & 1) + ((bits >> 2) & 1) + (bits >> 3);
    links[n] = bits;
    ties[n] = conductance;
    scales[n] = total > 0 ? omega / total : 0;
  }
}

/** What a sweep does to each listed cell: its links, the conductance of its tie, and the share of their sum that it takes. */
interface Relaxation {
  readonly list: Int32Array;
  readonly links: Uint8Array;
  readonly ties: Float32Array;
  readonly scales: Float32Array;
  readonly omega: number;
}

function sweep(values: Float32Array, line: number, given: Float32Array, { list, links, ties, scales, omega }: Relaxation, back: boolean): void {
  for (let step = 0; step < list.length; step++) {
    const n = back ? list.length - 1 - step : step;
    const scale = scales[n] as number;
    if (scale === 0) continue;
    const bits = links[n] as number;
    const conductance = ties[n] as number;
    const k = 3 * (list[n] as number);
    let red = 0;
    let green = 0;
    let blue = 0;
    if (conductance > 0) {
      red = conductance * (given[k] as number);
      green = conductance * (given[k + 1] as number);
      blue = conductance * (given[k + 2] as number);
    }
    if ((bits & LEFT) !== 0) {
      red += values[k - 3] as number;
      green += values[k - 2] as number;
      blue += values[k - 1] as number;
    }
    if ((bits & RIGHT) !== 0) {
      red += values[k + 3] as number;
      green += values[k + 4] as number;
      blue += values[k + 5] as number;
    }
    if ((bits & ABOVE) !== 0) {
      red += values[k - line] as number;
      green += values[k - line + 1] as number;
      blue += values[k - line + 2] as number;
    }
    if ((bits & BELOW) !== 0) {
      red += values[k + line] as number;
      green += values[k + line + 1] as number;
      blue += values[k + line + 2] as number;
    }
    values[k] = (1 - omega) * (values[k] as number) + scale * red;
    values[k + 1] = (1 - omega) * (values[k + 1] as number) + scale * green;
    values[k + 2] = (1 - omega) * (values[k + 2] as number) + scale * blue;
  }
}
