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
  const { width, height } = answer;
  const data = wordsOf(answer);
  const out = new Float32Array(3 * bounds.width * bounds.height);
  const { spacing, columns } = deformation;
  const nodesX = new Float32Array(columns + 1);
  const nodesY = new Float32Array(columns + 1);
  for (let row = 0; row < bounds.height; row++) {
    nodesOfRow(deformation, bounds.y + row + 0.5, nodesX, nodesY);
    const v = bounds.y + row + 0.5 - at.centreY;
    const startX = at.centreX + at.x - at.sine * v - 0.5 + 0.5 / PHASES;
    const startY = at.centreY + at.y + at.cosine * v - 0.5 + 0.5 / PHASES;
    for (let column = 0; column < bounds.width; column++) {
      const i = row * bounds.width + column;
      if (wanted[i] === 0) continue;
      const windowX = bounds.x + column + 0.5;
      const u = windowX - at.centreX;
      const across = windowX / spacing;
      const node = across | 0;
      const share = across - node;
      const nodeX = nodesX[node] as number;
      const nodeY = nodesY[node] as number;
      const x = startX + at.cosine * u + nodeX + share * ((nodesX[node + 1] as number) - nodeX);
      const y = startY + at.sine * u + nodeY + share * ((nodesY[node + 1] as number) - nodeY);
      const left = Math.floor(x);
      const top = Math.floor(y);
      const kx = 4 * (((x - left) * PHASES) | 0);
      const ky = 4 * (((y - top) * PHASES) | 0);
      const inside = left >= 1 && left < width - 2 && top >= 1 && top < height - 2;
      const c0 = (inside ? left - 1 : mirrored(left - 1, width));
      const c1 = (inside ? left : mirrored(left, width));
      const c2 = (inside ? left + 1 : mirrored(left + 1, width));
      const c3 = (inside ? left + 2 : mirrored(left + 2, width));
      const w0 = weights[kx] as number;
      const w1 = weights[kx + 1] as number;
      const w2 = weights[kx + 2] as number;
      const w3 = weights[kx + 3] as number;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let k = 0; k < 4; k++) {
        const line = width * (inside ? top - 1 + k : mirrored(top - 1 + k, height));
        const weight = weights[ky + k] as number;
        const a = data[line + c0] as number;
        const b = data[line + c1] as number;
        const c = data[line + c2] as number;
        const d = data[line + c3] as number;
        red += weight * (w0 * (a & 255) + w1 * (b & 255) + w2 * (c & 255) + w3 * (d & 255));
        green += weight * (w0 * ((a >>> 8) & 255) + w1 * ((b >>> 8) & 255) + w2 * ((c >>> 8) & 255) + w3 * ((d >>> 8) & 255));
        blue += weight * (w0 * ((a >>> 16) & 255) + w1 * ((b >>> 16) & 255) + w2 * ((c >>> 16) & 255) + w3 * ((d >>> 16) & 255));
      }
      out[3 * i] = red;
      out[3 * i + 1] = green;
      out[3 * i + 2] = blue;
    }
  }
  return out;
}

/** The pixels as one number each, red lowest (all of VS Code's platforms are little-endian): a third of the reads. Copied only where the bytes do not start at a multiple of four. */
function wordsOf({ data }: PixelImage): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/** An index beyond the edge of a side, folded back inside. */
export function mirrored(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  const period = 2 * length;
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - 1 - folded;
}

/** The deformation at the columns of the grid on one row of the window; the last column twice, for what lies on it. */
function nodesOfRow({ spacing, columns, rows, x, y }: Deformation, windowY: number, toX: Float32Array, toY: Float32Array): void {
  const top = Math.min(rows - 2, Math.floor(windowY / spacing));
  const share = windowY / spacing - top;
  for (let k = 0; k <= columns; k++) {
    const above = top * columns + Math.min(columns - 1, k);
    const below = above + columns;
    toX[k] = (x[above] as number) * (1 - share) + (x[below] as number) * share;
    toY[k] = (y[above] as number) * (1 - share) + (y[below] as number) * share;
  }
}
