import type { Extent } from '../../core/geometry';
import { FREE, type Grid } from './membraneGrid';

/** The cells to relax, and for each what it is joined to. Places are indexes of cells in the values. */
export interface Relaxation {
  /** In the order in which they are relaxed. */
  readonly cells: Int32Array;
  /** Four for each cell: the places of its neighbours to the left, to the right, above and below; −1 where there is none. */
  readonly beside: Int32Array;
  /** The conductance of each cell's tie to what is given for it. */
  readonly ties: Float32Array;
  readonly omega: number;
}

/** The best over-relaxation for a whole grid without flux across its edges (Young 1954). */
export function bestOmega({ width, height }: Extent): number {
  return 2 / (1 + Math.sin(Math.PI / (2 * Math.max(width, height))));
}

/** Some cells of a coarse grid. */
export function cellsOf({ width, height, state, ties }: Grid, cells: Int32Array, omega: number): Relaxation {
  const beside = new Int32Array(4 * cells.length).fill(-1);
  for (let n = 0; n < cells.length; n++) {
    const i = cells[n] as number;
    const x = i % width;
    if (x > 0 && state[i - 1] === FREE) beside[4 * n] = i - 1;
    if (x < width - 1 && state[i + 1] === FREE) beside[4 * n + 1] = i + 1;
    if (i >= width && state[i - width] === FREE) beside[4 * n + 2] = i - width;
    if (i < (height - 1) * width && state[i + width] === FREE) beside[4 * n + 3] = i + width;
  }
  return { cells, beside, ties: Float32Array.from(cells, (i) => ties[i] as number), omega };
}

/** Successive over-relaxation of values, three for each place, forth and back in turn. `given` is read where a cell has a tie. */
export function relax(values: Float32Array, given: Float32Array, relaxation: Relaxation, sweeps: number): void {
  const { cells, beside, ties, omega } = relaxation;
  const scales = new Float32Array(cells.length);
  for (let n = 0; n < cells.length; n++) {
    let total = ties[n] as number;
    for (let k = 4 * n; k < 4 * n + 4; k++) if ((beside[k] as number) >= 0) total++;
    scales[n] = total > 0 ? omega / total : 0;
  }
  for (let k = 0; k < sweeps; k++) sweep(values, given, relaxation, scales, (k & 1) === 1);
}

function sweep(values: Float32Array, given: Float32Array, { cells, beside, ties, omega }: Relaxation, scales: Float32Array, back: boolean): void {
  for (let step = 0; step < cells.length; step++) {
    const n = back ? cells.length - 1 - step : step;
    const scale = scales[n] as number;
    if (scale === 0) continue;
    const conductance = ties[n] as number;
    const k = 3 * (cells[n] as number);
    let red = 0;
    let green = 0;
    let blue = 0;
    if (conductance > 0) {
      red = conductance * (given[k] as number);
      green = conductance * (given[k + 1] as number);
      blue = conductance * (given[k + 2] as number);
    }
    const left = 3 * (beside[4 * n] as number);
    if (left >= 0) {
      red += values[left] as number;
      green += values[left + 1] as number;
      blue += values[left + 2] as number;
    }
    const right = 3 * (beside[4 * n + 1] as number);
    if (right >= 0) {
      red += values[right] as number;
      green += values[right + 1] as number;
      blue += values[right + 2] as number;
    }
    const above = 3 * (beside[4 * n + 2] as number);
    if (above >= 0) {
      red += values[above] as number;
      green += values[above + 1] as number;
      blue += values[above + 2] as number;
    }
    const below = 3 * (beside[4 * n + 3] as number);
    if (below >= 0) {
      red += values[below] as number;
      green += values[below + 1] as number;
      blue += values[below + 2] as number;
    }
    values[k] = (1 - omega) * (values[k] as number) + scale * red;
    values[k + 1] = (1 - omega) * (values[k + 1] as number) + scale * green;
    values[k + 2] = (1 - omega) * (values[k + 2] as number) + scale * blue;
  }
}
