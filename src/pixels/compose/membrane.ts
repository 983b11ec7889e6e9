import { coarser, firstCoarse, FIXED, FREE } from './membraneGrid';
import type { FixedValues } from './fixedValues';
import type { Grid, Membrane } from './membraneGrid';
import { interpolateRow, MembraneField } from './membraneField';
import { bestOmega, cellsOf, relax } from './relaxation';

/** A level is relaxed within this many of its pixels from a given value; further in, the next coarser level is exact enough. */
const BAND = 10;
/** A grid with at most this many cells is relaxed throughout, and long enough to be exact. */
const SMALL = 4096;
const SWEEPS_THROUGHOUT = 50;
const SWEEPS_ON_BAND = 12;
/** Over-relaxation near the optimum for bands of this width. */
const OMEGA_ON_BAND = 1.6;

/**
 * Solves Laplace's equation on the free pixels: the smoothest field that meets the fixed values, level across the outside (Pérez et al. 2003; Farbman et al. 2009).
 * Coarse grids first, each a start for the next finer one, and on the fine ones only the band along the given values is relaxed, since the field is smooth beyond it:
 * the time goes with the length of the boundary (after Agarwala 2007), and so does the memory on the pixels themselves. Free pixels that no fixed value reaches become 0.
 * The fill's `PoissonSolver` is for fields with sources inside, which this is not.
 */
export function solveMembrane(membrane: Membrane, fixed: FixedValues): MembraneField {
  const boundary = besideFixed(membrane);
  const coarse = [firstCoarse(membrane, fixed, boundary)];
  for (;;) {
    const last = coarse[coarse.length - 1] as Grid;
    if (Math.max(last.width, last.height) <= 4) break;
    coarse.push(coarser(last));
  }
  let above: Grid | undefined;
  for (const grid of coarse.toReversed()) {
    if (above) interpolate(grid, above);
    if (grid.state.length <= SMALL) relax(grid.values, grid.given, cellsOf(grid, freeCells(grid.state), bestOmega(grid)), SWEEPS_THROUGHOUT);
    else relax(grid.values, grid.given, cellsOf(grid, band(grid, tiedCells(grid.ties)), OMEGA_ON_BAND), SWEEPS_ON_BAND);
    above = grid;
  }
  return new MembraneField(membrane, fixed, coarse[0] as Grid, band(membrane, boundary), OMEGA_ON_BAND, SWEEPS_ON_BAND);
}

/** The free pixels that have a fixed one beside them. */
function besideFixed({ width, height, state }: Membrane): Int32Array {
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
function band({ width, height, state }: Membrane, boundary: Int32Array): Int32Array {
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

/** Starts the free cells from the coarser grid. */
function interpolate(fine: Grid, coarse: Grid): void {
  for (let y = 0; y < fine.height; y++) interpolateRow(fine, y, 0, fine.width, coarse, fine.values, 3 * y * fine.width);
}
