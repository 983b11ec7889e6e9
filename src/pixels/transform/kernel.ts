import { sinTurns } from '../../core/exactMath';

/** A resampling filter: its value at a distance in pixels of the smaller picture, and how far it reaches. */
export interface Kernel {
  readonly radius: number;
  readonly at: (distance: number) => number;
}

/** Lanczos with three lobes (Duchon 1979; Turkowski 1990): the sharpest of the usual filters. */
export const LANCZOS3: Kernel = { radius: 3, at: (x) => (x === 0 ? 1 : sinc(x) * sinc(x / 3)) };

/** Linear between pixels, the mean of an area when shrinking; never beyond the values it is given. */
export const TRIANGLE: Kernel = { radius: 1, at: (x) => 1 - Math.abs(x) };

/** For each pixel of the new side: which old pixels make it, from `starts[i]` on, and with which weights; they sum to 1. */
export interface Taps {
  /** Old pixels a new one; shorter rows are filled with zero weights. */
  readonly size: number;
  readonly starts: Int32Array;
  /** `size` weights for each new pixel. */
  readonly weights: Float64Array;
}

/**
 * The taps that take the stretch of `span` old pixels from `offset` on (fractions allowed) to `count` new ones. When shrinking the kernel is widened, so that
 * what the new size cannot show is filtered out. Pixels beyond the picture's `length` do not count: the others' weights are scaled up.
 */
export function resamplingTaps(kernel: Kernel, length: number, offset: number, span: number, count: number): Taps {
  const scale = span / count;
  const stretch = Math.max(1, scale);
  const reach = kernel.radius * stretch;
  const size = Math.min(length, Math.ceil(reach * 2));
  const starts = new Int32Array(count);
  const weights = new Float64Array(count * size);
  for (let i = 0; i < count; i++) {
    const center = offset + (i + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.min(length - size, Math.floor(center - reach) + 1));
    starts[i] = first;
    const row = weights.subarray(i * size, (i + 1) * size);
    let sum = 0;
    for (let tap = 0; tap < size; tap++) {
      const distance = (first + tap - center) / stretch;
      const weight = Math.abs(distance) < kernel.radius ? kernel.at(distance) : 0;
      row[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < size; tap++) row[tap] = (row[tap] as number) / sum;
  }
  return { size, starts, weights };
}

function sinc(x: number): number {
  return sinTurns(x / 2) / (Math.PI * x);
}
