import type { Extent } from '../../core/geometry';

/** What a pixel of a membrane is: beyond it (no flux across), to be solved, or given. */
export const OUTSIDE = 0;
export const FREE = 1;
export const FIXED = 2;

/** A field of three channels, interleaved, on a grid of `OUTSIDE`, `FREE` and `FIXED` pixels. */
export interface Membrane extends Extent {
  readonly state: Uint8Array;
  readonly values: Float32Array;
}

/** A level is relaxed within this many of its pixels from a given value; further in, the next coarser level is exact enough. */
const BAND = 16;
/** A level with at most this many free cells is relaxed throughout. */
const SMALL = 4096;
const SWEEPS = 16;
const COARSEST_SWEEPS = 100;
/** Over-relaxation: near the optimum for bands of this width. */
const OMEGA = 1.7;

/**
 * The equation on one grid. A free cell is tied to its free neighbours with conductance 1, and to the given values around it with `ties`, whose weighted mean is `given`:
 * so a coarse cell knows how far off the boundary is, although the boundary does not fall on its grid.
 */
interface Grid extends Extent {
  readonly free: Uint8Array;
  readonly ties: Float32Array;
  readonly given: Float32Array;
  readonly values: Float32Array;
}

/**
 * Solves Laplace's equation on the free pixels, in place: the smoothest field that meets the given values, level across the outside (Pérez et al. 2003; Farbman et al. 2009).
 * Coarse grids first, each a start for the next finer one, and on the fine ones only the band along the given values is relaxed, since the field is smooth beyond it:
 * the time goes with the length of the boundary (after Agarwala 2007). Free pixels that no given value reaches become 0.
 */
export function solveMembrane(membrane: Membrane): void {
  const grids = [finestGrid(membrane)];
  for (;;) {
    const finest = grids[grids.length - 1] as Grid;
    if (Math.max(finest.width, finest.height) <= 4) break;
    grids.push(coarser(finest));
  }
  for (let k = grids.length - 1; k >= 0; k--) {
    const grid = grids[k] as Grid;
    const below = grids[k + 1];
    const free = freeCells(grid);
    if (below) interpolate(grid, below, free);
    relax(grid, free.length <= SMALL ? free : nearTies(grid, free), below ? SWEEPS : COARSEST_SWEEPS);
  }
}

function finestGrid({ width, height, state, values }: Membrane): Grid {
  const grid = { width, height, free: new Uint8Array(state.length), ties: new Float32Array(state.length), given: new Float32Array(values.length), values };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (state[i] !== FREE) continue;
      grid.free[i] = 1;
      if (x > 0 && state[i - 1] === FIXED) tie(grid, i, 1, values, i - 1);
      if (x < width - 1 && state[i + 1] === FIXED) tie(grid, i, 1, values, i + 1);
      if (y > 0 && state[i - width] === FIXED) tie(grid, i, 1, values, i - width);
      if (y < height - 1 && state[i + width] === FIXED) tie(grid, i, 1, values, i + width);
    }
  }
  return grid;
}

/** Adds a tie of some conductance to the value that stands at `from`. */
function tie(grid: Grid, cell: number, conductance: number, values: Float32Array, from: number): void {
  const total = (grid.ties[cell] as number) + conductance;
  grid.ties[cell] = total;
  for (let c = 0; c < 3; c++) {
    const before = grid.given[3 * cell + c] as number;
    grid.given[3 * cell + c] = before + ((values[3 * from + c] as number) - before) * (conductance / total);
  }
}

/**
 * Half the size: a cell is free where any of its four is. A tie is as strong as it is short: seen from the middle of the coarse cell the boundary lies half a fine cell further off
 * where all four are free, and half a cell nearer where only the far two are.
 */
function coarser(fine: Grid): Grid {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const size = width * height;
  const coarse = { width, height, free: new Uint8Array(size), ties: new Float32Array(size), given: new Float32Array(3 * size), values: new Float32Array(3 * size) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const right = Math.min(fine.width, 2 * x + 2);
      const bottom = Math.min(fine.height, 2 * y + 2);
      let free = 0;
      let tied = 0;
      for (let j = 2 * y; j < bottom; j++) {
        for (let i = j * fine.width + 2 * x; i < j * fine.width + right; i++) {
          free += fine.free[i] as number;
          if ((fine.ties[i] as number) > 0) tied++;
        }
      }
      if (free === 0) continue;
      coarse.free[cell] = 1;
      if (tied === 0) continue;
      const further = free / 2 - 1.5;
      for (let j = 2 * y; j < bottom; j++) {
        for (let i = j * fine.width + 2 * x; i < j * fine.width + right; i++) {
          const ties = fine.ties[i] as number;
          if (ties > 0) tie(coarse, cell, 1 / Math.max(0.3, 1 / ties + further), fine.given, i);
        }
      }
    }
  }
  return coarse;
}

function freeCells({ free }: Grid): Int32Array {
  let count = 0;
  for (let i = 0; i < free.length; i++) count += free[i] as number;
  const list = new Int32Array(count);
  for (let i = 0, n = 0; i < free.length; i++) if (free[i] === 1) list[n++] = i;
  return list;
}

/** The free cells within `BAND` steps of a tied one. */
function nearTies({ width, height, ties }: Grid, free: Int32Array): Int32Array {
  const steps = new Uint8Array(ties.length);
  for (let i = 0; i < ties.length; i++) steps[i] = (ties[i] as number) > 0 ? 0 : BAND + 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const best = Math.min(x > 0 ? (steps[i - 1] as number) : BAND, y > 0 ? (steps[i - width] as number) : BAND) + 1;
      if (best < (steps[i] as number)) steps[i] = best;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const i = y * width + x;
      const best = Math.min(x < width - 1 ? (steps[i + 1] as number) : BAND, y < height - 1 ? (steps[i + width] as number) : BAND) + 1;
      if (best < (steps[i] as number)) steps[i] = best;
    }
  }
  return free.filter((i) => (steps[i] as number) <= BAND);
}

/** Starts the free cells from the coarser grid, bilinear over the free ones there. */
function interpolate({ width, values }: Grid, coarse: Grid, free: Int32Array): void {
  for (const i of free) {
    const x = i % width;
    const y = (i - x) / width;
    const nearX = x >> 1;
    const nearY = y >> 1;
    const farX = Math.min(coarse.width - 1, Math.max(0, nearX + ((x & 1) === 0 ? -1 : 1)));
    const farY = Math.min(coarse.height - 1, Math.max(0, nearY + ((y & 1) === 0 ? -1 : 1)));
    const near = nearY * coarse.width + nearX;
    const across = nearY * coarse.width + farX;
    const down = farY * coarse.width + nearX;
    const far = farY * coarse.width + farX;
    const weightAcross = 3 * (coarse.free[across] as number);
    const weightDown = 3 * (coarse.free[down] as number);
    const weightFar = coarse.free[far] as number;
    const norm = 1 / (9 + weightAcross + weightDown + weightFar);
    for (let c = 0; c < 3; c++) {
      values[3 * i + c] =
        norm *
        (9 * (coarse.values[3 * near + c] as number) +
          weightAcross * (coarse.values[3 * across + c] as number) +
          weightDown * (coarse.values[3 * down + c] as number) +
          weightFar * (coarse.values[3 * far + c] as number));
    }
  }
}

/** Successive over-relaxation on the listed cells, forth and back in turn. */
function relax({ width, height, free, ties, given, values }: Grid, list: Int32Array, sweeps: number): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const back = (sweep & 1) === 1;
    for (let n = 0; n < list.length; n++) {
      const i = list[back ? list.length - 1 - n : n] as number;
      const x = i % width;
      const left = x > 0 && free[i - 1] === 1;
      const right = x < width - 1 && free[i + 1] === 1;
      const above = i >= width && free[i - width] === 1;
      const below = i < (height - 1) * width && free[i + width] === 1;
      const tied = ties[i] as number;
      const total = tied + (left ? 1 : 0) + (right ? 1 : 0) + (above ? 1 : 0) + (below ? 1 : 0);
      if (total === 0) continue;
      const scale = OMEGA / total;
      for (let k = 3 * i; k < 3 * i + 3; k++) {
        let sum = tied * (given[k] as number);
        if (left) sum += values[k - 3] as number;
        if (right) sum += values[k + 3] as number;
        if (above) sum += values[k - 3 * width] as number;
        if (below) sum += values[k + 3 * width] as number;
        values[k] = (values[k] as number) * (1 - OMEGA) + scale * sum;
      }
    }
  }
}
