import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Taps } from './kernel';
import { LINEAR_STEPS, TO_LEVEL, TO_LINEAR } from './linearLight';

/** Values a pixel in the rows between: linear red, green, blue, each times alpha, and alpha, all 0–1. */
const CHANNELS = 4;

/**
 * Resamples by the taps of both directions: each old row across first, then the rows down. Old rows are kept only as long as a new one needs them, so that
 * memory stays at a few rows beside the two pictures.
 */
export function resampleImage(image: PixelImage, extent: Extent, across: Taps, down: Taps): PixelImage {
  const { width, height } = extent;
  const data = new Uint8ClampedArray(width * height * 4);
  const linear = new Float32Array(image.width * CHANNELS);
  const ring = Array.from({ length: down.size }, () => new Float32Array(width * CHANNELS));
  const sums = new Float32Array(width * CHANNELS);
  let ready = 0;
  for (let y = 0; y < height; y++) {
    const first = down.starts[y] as number;
    for (ready = Math.max(ready, first); ready < first + down.size; ready++) {
      toLinear(image, ready, linear);
      resampleRow(linear, across, ring[ready % down.size] as Float32Array);
    }
    blendRows(sums, ring, first, down.weights.subarray(y * down.size, (y + 1) * down.size));
    fromLinear(sums, data, y * width * 4);
  }
  return { width, height, data };
}

function toLinear(image: PixelImage, y: number, linear: Float32Array): void {
  const { data, width } = image;
  const start = y * width * 4;
  for (let i = 0, source = start; i < width * CHANNELS; i += CHANNELS, source += 4) {
    const alpha = (data[source + 3] as number) / 255;
    linear[i] = (TO_LINEAR[data[source] as number] as number) * alpha;
    linear[i + 1] = (TO_LINEAR[data[source + 1] as number] as number) * alpha;
    linear[i + 2] = (TO_LINEAR[data[source + 2] as number] as number) * alpha;
    linear[i + 3] = alpha;
  }
}

function resampleRow(row: Float32Array, taps: Taps, out: Float32Array): void {
  const { size, starts, weights } = taps;
  for (let x = 0, weightAt = 0; x < starts.length; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let tap = 0, i = (starts[x] as number) * CHANNELS; tap < size; tap++, i += CHANNELS) {
      const weight = weights[weightAt++] as number;
      red += weight * (row[i] as number);
      green += weight * (row[i + 1] as number);
      blue += weight * (row[i + 2] as number);
      alpha += weight * (row[i + 3] as number);
    }
    out[x * CHANNELS] = red;
    out[x * CHANNELS + 1] = green;
    out[x * CHANNELS + 2] = blue;
    out[x * CHANNELS + 3] = alpha;
  }
}

/** The weighted sum of the rows `first`, `first + 1`, … of the ring. Four rows at a time, as each pass over `sums` costs as much as a row. */
function blendRows(sums: Float32Array, ring: readonly Float32Array[], first: number, weights: Float32Array): void {
  const rowOf = (tap: number): Float32Array => ring[(first + tap) % ring.length] as Float32Array;
  for (let tap = 0; tap < weights.length; tap += 4) {
    const [a, b, c, d] = [rowOf(tap), rowOf(tap + 1), rowOf(tap + 2), rowOf(tap + 3)];
    const wa = weights[tap] as number;
    const wb = weights[tap + 1] ?? 0;
    const wc = weights[tap + 2] ?? 0;
    const wd = weights[tap + 3] ?? 0;
    const keep = tap === 0 ? 0 : 1;
    for (let i = 0; i < sums.length; i++) {
      sums[i] = keep * (sums[i] as number) + wa * (a[i] as number) + wb * (b[i] as number) + wc * (c[i] as number) + wd * (d[i] as number);
    }
  }
}

function fromLinear(sums: Float32Array, data: Uint8ClampedArray, start: number): void {
  for (let i = 0, target = start; i < sums.length; i += CHANNELS, target += 4) {
    const alpha = sums[i + 3] as number;
    const level = Math.round(alpha * 255);
    // Where nothing is seen the colour is nothing too: dividing by almost no alpha would invent one.
    if (level <= 0) continue;
    data[target] = levelOf((sums[i] as number) / alpha);
    data[target + 1] = levelOf((sums[i + 1] as number) / alpha);
    data[target + 2] = levelOf((sums[i + 2] as number) / alpha);
    data[target + 3] = level;
  }
}

/** Lanczos overshoots at edges, so that values beyond 0–1 come in. */
function levelOf(linear: number): number {
  if (linear <= 0) return 0;
  return linear >= 1 ? 255 : (TO_LEVEL[(linear * LINEAR_STEPS + 0.5) | 0] as number);
}
