import type { Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Steps } from '../steps';
import type { Taps } from './kernel';
import { OPAQUE_ROWS, PREMULTIPLIED_ROWS } from './linearRows';
import { isOpaque } from './words';

/**
 * Resamples by the taps of both directions: each old row across first, then the rows down. Old rows are kept only as long as a new one needs them, so that
 * memory stays at a few rows beside the two pictures. Each new row is a step.
 */
export function* resampleImage(image: PixelImage, extent: Extent, across: Taps, down: Taps): Steps<PixelImage> {
  const { width, height } = extent;
  const rows = isOpaque(image) ? OPAQUE_ROWS : PREMULTIPLIED_ROWS;
  const data = new Uint8ClampedArray(width * height * 4);
  const linear = new Float64Array(image.width * rows.channels);
  const ring = Array.from({ length: down.size }, () => new Float64Array(width * rows.channels));
  const sums = new Float64Array(width * rows.channels);
  let ready = 0;
  for (let y = 0; y < height; y++) {
    const first = down.starts[y] as number;
    for (ready = Math.max(ready, first); ready < first + down.size; ready++) {
      rows.toLinear(image.data, ready * image.width * 4, linear);
      rows.across(linear, across, ring[ready % down.size] as Float64Array);
    }
    blendRows(sums, ring, first, down.weights.subarray(y * down.size, (y + 1) * down.size));
    rows.fromLinear(sums, data, y * width * 4);
    yield;
  }
  return { width, height, data };
}

/** The weighted sum of the rows `first`, `first + 1`, … of the ring. Six rows at a time, as each pass over `sums` costs as much as a row. */
function blendRows(sums: Float64Array, ring: readonly Float64Array[], first: number, weights: Float64Array): void {
  const rowOf = (tap: number): Float64Array => ring[(first + tap) % ring.length] as Float64Array;
  for (let tap = 0; tap < weights.length; tap += 6) {
    addRows(sums, tap === 0 ? 0 : 1, rowOf(tap), rowOf(tap + 1), rowOf(tap + 2), rowOf(tap + 3), rowOf(tap + 4), rowOf(tap + 5), weights.subarray(tap, tap + 6));
  }
}

/** Adds six rows by their weights to `keep` times the sums; a weight that is missing is 0. */
function addRows(sums: Float64Array, keep: number, a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array, e: Float64Array, f: Float64Array, weights: Float64Array): void {
  const [wa = 0, wb = 0, wc = 0, wd = 0, we = 0, wf = 0] = weights;
  for (let i = 0; i < sums.length; i++) {
    sums[i] = keep * (sums[i] as number) + wa * (a[i] as number) + wb * (b[i] as number) + wc * (c[i] as number) + wd * (d[i] as number) + we * (e[i] as number) + wf * (f[i] as number);
  }
}
