import type { FixedValues } from './fixedValues';
import { FIXED, FREE, type Grid, type Membrane } from './membraneGrid';
import { relax, type Relaxation } from './relaxation';

const NOTHING_GIVEN = new Float32Array(0);

/**
 * A membrane's values at its pixels. Those near its fixed ones are held one by one, by a list that goes with the length of the boundary; all others are no more than
 * the grid at half the size says of them, and are worked out when a row is asked for.
 */
export class MembraneField {
  readonly #membrane: Membrane;
  readonly #coarse: Grid;
  /** The pixels that are held, in their order, and three values for each. */
  readonly #band: Int32Array;
  readonly #values: Float32Array;

  /** `band`: the free pixels within reach of a fixed one, in their order. They start from the coarse grid, and are relaxed by `sweeps` of over-relaxation by `omega`. */
  constructor(membrane: Membrane, fixed: FixedValues, coarse: Grid, band: Int32Array, omega: number, sweeps: number) {
    this.#membrane = membrane;
    this.#coarse = coarse;
    this.#band = band;
    const { values, relaxation } = joined(membrane, fixed, coarse, band, omega);
    relax(values, NOTHING_GIVEN, relaxation, sweeps);
    this.#values = values.slice(0, 3 * band.length);
  }

  /** Puts the values of a row's free pixels into `out`, three for each pixel of the row; the others are left as they are. */
  row(y: number, out: Float32Array): void {
    const { width } = this.#membrane;
    interpolateRow(this.#membrane, y, 0, width, this.#coarse, out, 0);
    const end = firstFrom(this.#band, (y + 1) * width);
    for (let n = firstFrom(this.#band, y * width); n < end; n++) {
      const to = 3 * ((this.#band[n] as number) - y * width);
      for (let c = 0; c < 3; c++) out[to + c] = this.#values[3 * n + c] as number;
    }
  }
}

/** Where the first of ascending numbers stands that is not below a limit. */
function firstFrom(numbers: Int32Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The band as a list of its own: its pixels come first, then the pixels around them, whose values stay. */
function joined(membrane: Membrane, fixed: FixedValues, coarse: Grid, band: Int32Array, omega: number): { readonly values: Float32Array; readonly relaxation: Relaxation } {
  const { width, height, state } = membrane;
  const cells = Int32Array.from(band.keys());
  const beside = new Int32Array(4 * band.length).fill(-1);
  const held = new Float32Array(3 * band.length);
  const around: number[] = [];
  const row = new Float32Array(3 * width);
  /** The place of each pixel of the present row, −1 where it has none yet. */
  const places = new Int32Array(width);
  const starts = Int32Array.from({ length: height + 1 }, (_, y) => firstFrom(band, y * width));
  const start = (y: number): number => starts[Math.min(height, Math.max(0, y))] as number;
  for (let y = 0; y < height; y++) {
    const [first, end] = [start(y - 1), start(y + 2)];
    if (first === end) continue;
    let left = width;
    let right = -1;
    for (let n = first; n < end; n++) {
      const x = (band[n] as number) % width;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
    left = Math.max(0, left - 1);
    right = Math.min(width - 1, right + 1);
    interpolateRow(membrane, y, left, right + 1, coarse, row, 0);
    places.fill(-1, left, right + 1);
    for (let n = start(y); n < start(y + 1); n++) {
      const x = (band[n] as number) - y * width;
      places[x] = n;
      for (let c = 0; c < 3; c++) held[3 * n + c] = row[3 * x + c] as number;
    }
    const placeAt = (x: number): number => {
      const pixel = y * width + x;
      if ((places[x] as number) >= 0 || (state[pixel] !== FREE && state[pixel] !== FIXED)) return places[x] as number;
      const [from, at] = state[pixel] === FIXED ? [fixed.values, fixed.at(pixel)] : [row, 3 * x];
      const place = band.length + around.length / 3;
      around.push(from[at] as number, from[at + 1] as number, from[at + 2] as number);
      places[x] = place;
      return place;
    };
    for (let n = start(y); n < start(y + 1); n++) {
      const x = (band[n] as number) - y * width;
      if (x > 0) beside[4 * n] = placeAt(x - 1);
      if (x < width - 1) beside[4 * n + 1] = placeAt(x + 1);
    }
    for (let n = start(y + 1); n < start(y + 2); n++) beside[4 * n + 2] = placeAt((band[n] as number) % width);
    for (let n = start(y - 1); n < start(y); n++) beside[4 * n + 3] = placeAt((band[n] as number) % width);
  }
  const values = new Float32Array(held.length + around.length);
  values.set(held);
  values.set(around, held.length);
  return { values, relaxation: { cells, beside, ties: new Float32Array(band.length), omega } };
}

/** The free cells of a row, from column `first` to before `end`, from the grid at half the size, bilinear over the free ones there. Three values go to each of them, those of column 0 to `to`; the others are left as they are. */
export function interpolateRow({ width, state }: Membrane, y: number, first: number, end: number, coarse: Grid, values: Float32Array, to: number): void {
  const from = coarse.values;
  const free = coarse.state;
  const nearRow = (y >> 1) * coarse.width;
  const farRow = Math.min(coarse.height - 1, Math.max(0, (y >> 1) + ((y & 1) === 0 ? -1 : 1))) * coarse.width;
  for (let x = first, k = to + 3 * first; x < end; x++, k += 3) {
    if (state[y * width + x] !== FREE) continue;
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
    values[k] = a * (from[near] as number) + b * (from[3 * across] as number) + c * (from[3 * down] as number) + d * (from[3 * far] as number);
    values[k + 1] = a * (from[near + 1] as number) + b * (from[3 * across + 1] as number) + c * (from[3 * down + 1] as number) + d * (from[3 * far + 1] as number);
    values[k + 2] = a * (from[near + 2] as number) + b * (from[3 * across + 2] as number) + c * (from[3 * down + 2] as number) + d * (from[3 * far + 2] as number);
  }
}
