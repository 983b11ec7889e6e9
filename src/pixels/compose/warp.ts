import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Similarity } from './similarity';

/** Phases of the Catmull-Rom weights: finer than an 8-bit picture shows. */
const PHASES = 256;

const weights = Float32Array.from({ length: PHASES * 4 }, (_, i) => {
  const t = Math.floor(i / 4) / PHASES;
  const tap = i % 4;
  if (tap === 0) return ((2 - t) * t - 1) * t * 0.5;
  if (tap === 1) return ((3 * t - 5) * t * t + 2) * 0.5;
  if (tap === 2) return ((4 - 3 * t) * t + 1) * t * 0.5;
  return (t - 1) * t * t * 0.5;
});

/** Displacements on top of a similarity, in pixels, at the nodes of a grid over the window; between them bilinear. */
export interface Deformation {
  /** Distance of the nodes in pixels; node (0, 0) lies at the window's corner. */
  readonly spacing: number;
  readonly columns: number;
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * Samples the answer for the wanted pixels of `bounds` (window pixels) by Catmull-Rom (Catmull and Rom 1974), mirrored beyond its edges.
 * Returns red, green and blue interleaved, in levels, a little beyond 0–255 where the curve overshoots; 0 where `wanted` (one byte a pixel of `bounds`) is 0.
 */
export function warp(answer: PixelImage, bounds: Bounds, wanted: Uint8Array, at: Similarity, deformation: Deformation): Float32Array {
  const { width, height, data } = answer;
  const out = new Float32Array(3 * bounds.width * bounds.height);
  const rowX = new Float32Array(bounds.width);
  const rowY = new Float32Array(bounds.width);
  const columns = new Int32Array(4);
  for (let row = 0; row < bounds.height; row++) {
    displacements(deformation, bounds, row, rowX, rowY);
    const v = bounds.y + row + 0.5 - at.centreY;
    const startX = at.centreX + at.x - at.sine * v - 0.5;
    const startY = at.centreY + at.y + at.cosine * v - 0.5;
    for (let column = 0; column < bounds.width; column++) {
      const i = row * bounds.width + column;
      if (wanted[i] === 0) continue;
      const u = bounds.x + column + 0.5 - at.centreX;
      const x = startX + at.cosine * u + (rowX[column] as number) + 0.5 / PHASES;
      const y = startY + at.sine * u + (rowY[column] as number) + 0.5 / PHASES;
      const left = Math.floor(x);
      const top = Math.floor(y);
      const across = 4 * Math.floor((x - left) * PHASES);
      const down = 4 * Math.floor((y - top) * PHASES);
      const inside = left >= 1 && left < width - 2;
      for (let k = 0; k < 4; k++) columns[k] = 4 * (inside ? left - 1 + k : mirrored(left - 1 + k, width));
      const w0 = weights[across] as number;
      const w1 = weights[across + 1] as number;
      const w2 = weights[across + 2] as number;
      const w3 = weights[across + 3] as number;
      const c0 = columns[0] as number;
      const c1 = columns[1] as number;
      const c2 = columns[2] as number;
      const c3 = columns[3] as number;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = 0; k < 4; k++) {
        const line = 4 * width * mirrored(top - 1 + k, height);
        const weight = weights[down + k] as number;
        const a = line + c0;
        const b = line + c1;
        const c = line + c2;
        const d = line + c3;
        red += weight * (w0 * (data[a] as number) + w1 * (data[b] as number) + w2 * (data[c] as number) + w3 * (data[d] as number));
        green += weight * (w0 * (data[a + 1] as number) + w1 * (data[b + 1] as number) + w2 * (data[c + 1] as number) + w3 * (data[d + 1] as number));
        blue += weight * (w0 * (data[a + 2] as number) + w1 * (data[b + 2] as number) + w2 * (data[c + 2] as number) + w3 * (data[d + 2] as number));
      }
      out[3 * i] = red;
      out[3 * i + 1] = green;
      out[3 * i + 2] = blue;
    }
  }
  return out;
}

/** An index beyond the edge of a side, folded back inside. */
export function mirrored(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  const period = 2 * length;
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - 1 - folded;
}

/** The deformation along one row of `bounds`. */
function displacements(deformation: Deformation, bounds: Bounds, row: number, toX: Float32Array, toY: Float32Array): void {
  const { spacing, columns, rows, x, y } = deformation;
  const down = Math.min(rows - 1, (bounds.y + row + 0.5) / spacing);
  const top = Math.min(rows - 2, Math.floor(down));
  const fy = down - top;
  for (let column = 0; column < bounds.width; column++) {
    const across = Math.min(columns - 1, (bounds.x + column + 0.5) / spacing);
    const left = Math.min(columns - 2, Math.floor(across));
    const fx = across - left;
    const a = top * columns + left;
    const c = a + columns;
    toX[column] = ((x[a] as number) * (1 - fx) + (x[a + 1] as number) * fx) * (1 - fy) + ((x[c] as number) * (1 - fx) + (x[c + 1] as number) * fx) * fy;
    toY[column] = ((y[a] as number) * (1 - fx) + (y[a + 1] as number) * fx) * (1 - fy) + ((y[c] as number) * (1 - fx) + (y[c + 1] as number) * fx) * fy;
  }
}
