import type { Extent } from '../../core/geometry';
import type { Mask } from '../../core/image';
import type { Taps } from './kernel';

/** Resamples a mask by the taps of both directions, rows first. */
export function resampleMask(mask: Mask, extent: Extent, across: Taps, down: Taps): Mask {
  const { width, height } = extent;
  const narrow = new Float32Array(mask.height * width);
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < width; x++) {
      const start = y * mask.width + (across.starts[x] as number);
      let sum = 0;
      for (let tap = 0; tap < across.size; tap++) sum += (mask.data[start + tap] as number) * (across.weights[x * across.size + tap] as number);
      narrow[y * width + x] = sum;
    }
  }
  const data = new Uint8Array(width * height);
  const sums = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let tap = 0; tap < down.size; tap++) {
      const weight = down.weights[y * down.size + tap] as number;
      const row = ((down.starts[y] as number) + tap) * width;
      if (weight !== 0) for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + weight * (narrow[row + x] as number);
    }
    for (let x = 0; x < width; x++) data[y * width + x] = Math.round(sums[x] as number);
  }
  return { width, height, data };
}
