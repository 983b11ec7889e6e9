import type { Extent } from '../../core/geometry';

/** A picture's two finest bands of detail. */
export interface Bands {
  /** What the 3x3 binomial filter takes away. */
  readonly fine: Float32Array;
  /** What the same filter with holes of one pixel takes away after that. */
  readonly coarse: Float32Array;
}

/** Splits off the two finest bands of a plane (à trous; Holschneider et al. 1989), the edge repeated. */
export function split(plane: Float32Array, extent: Extent): Bands {
  const first = filtered(plane, extent, 1);
  const second = filtered(first, extent, 2);
  return { fine: difference(plane, first), coarse: difference(first, second) };
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = (a[i] as number) - (b[i] as number);
  return out;
}

/** The 3x3 binomial filter with its taps `step` pixels apart, the edge repeated; `out` takes what comes out. */
export function filtered(plane: Float32Array, { width, height }: Extent, step: number, out: Float32Array = new Float32Array(plane.length)): Float32Array {
  // Between its two passes stand no more rows than the second one looks at.
  const held = 2 * step + 1;
  const rows = new Float32Array(held * width);
  const inRows = (y: number): number => (y % held) * width;
  for (let y = 0, next = 0; y < height; y++) {
    for (const last = Math.min(height - 1, y + step); next <= last; next++) filterAcross(plane, next * width, width, step, rows, inRows(next));
    filterDown(rows, inRows(Math.max(0, y - step)), inRows(y), inRows(Math.min(height - 1, y + step)), width, out, y * width);
  }
  return out;
}

function filterAcross(plane: Float32Array, row: number, width: number, step: number, out: Float32Array, to: number): void {
  const end = row + width;
  for (let i = row, k = to; i < end; i++, k++) {
    const left = i - step < row ? row : i - step;
    const right = i + step < end ? i + step : end - 1;
    out[k] = 0.25 * (plane[left] as number) + 0.5 * (plane[i] as number) + 0.25 * (plane[right] as number);
  }
}

function filterDown(rows: Float32Array, above: number, row: number, below: number, width: number, out: Float32Array, to: number): void {
  for (let x = 0; x < width; x++) out[to + x] = 0.25 * (rows[above + x] as number) + 0.5 * (rows[row + x] as number) + 0.25 * (rows[below + x] as number);
}

/** The energy that noise of variance 1 has in each band. */
interface Energy {
  readonly fine: number;
  readonly coarse: number;
}

/** Of white noise, and of white noise under the 3x3 binomial filter. */
export const WHITE: Energy = energyOf(0);
export const SOFT: Energy = energyOf(1);

/** Measured on the response to a single pixel. */
function energyOf(passes: number): Energy {
  const extent = { width: 17, height: 17 };
  let impulse = new Float32Array(17 * 17);
  impulse[8 * 17 + 8] = 1;
  for (let pass = 0; pass < passes; pass++) impulse = Float32Array.from(filtered(impulse, extent, 1));
  const { fine, coarse } = split(impulse, extent);
  const energy = (band: Float32Array): number => band.reduce((sum, value) => sum + value * value, 0);
  return { fine: energy(fine), coarse: energy(coarse) };
}
