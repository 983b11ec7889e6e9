import type { Taps } from './kernel';
import { LINEAR_STEPS, TO_LEVEL, TO_LINEAR } from './linearLight';

/** How the rows of a picture stand in linear light while it is resampled. They are of 64 bits, since that is what the sums are made in: narrower ones would be converted at each step. */
export interface LinearRows {
  /** Values a pixel, all 0–1. */
  readonly channels: 3 | 4;
  /** Brings the RGBA pixels from `data[start]` on to linear light, until `out` is full. */
  readonly toLinear: (data: Uint8ClampedArray, start: number, out: Float64Array) => void;
  /** Resamples one row by its taps. */
  readonly across: (row: Float64Array, taps: Taps, out: Float64Array) => void;
  /** Writes a row as RGBA pixels from `data[start]` on. */
  readonly fromLinear: (row: Float64Array, data: Uint8ClampedArray, start: number) => void;
}

/** Red, green and blue of a picture without transparency. */
export const OPAQUE_ROWS: LinearRows = {
  channels: 3,

  toLinear(data, start, out) {
    for (let i = 0, source = start; i < out.length; i += 3, source += 4) {
      out[i] = TO_LINEAR[data[source] as number] as number;
      out[i + 1] = TO_LINEAR[data[source + 1] as number] as number;
      out[i + 2] = TO_LINEAR[data[source + 2] as number] as number;
    }
  },

  across(row, { size, starts, weights }, out) {
    for (let x = 0, tap = 0, to = 0; x < starts.length; x++, to += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let i = 3 * (starts[x] as number);
      // Two at a time: half as many steps, each sum one addition behind the other.
      for (const last = tap + size - 1; tap < last; tap += 2, i += 6) {
        const near = weights[tap] as number;
        const far = weights[tap + 1] as number;
        red += near * (row[i] as number) + far * (row[i + 3] as number);
        green += near * (row[i + 1] as number) + far * (row[i + 4] as number);
        blue += near * (row[i + 2] as number) + far * (row[i + 5] as number);
      }
      if (size % 2 === 1) {
        const weight = weights[tap++] as number;
        red += weight * (row[i] as number);
        green += weight * (row[i + 1] as number);
        blue += weight * (row[i + 2] as number);
      }
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
    }
  },

  fromLinear(row, data, start) {
    for (let i = 0, target = start; i < row.length; i += 3, target += 4) {
      data[target] = levelOf(row[i] as number);
      data[target + 1] = levelOf(row[i + 1] as number);
      data[target + 2] = levelOf(row[i + 2] as number);
      data[target + 3] = 255;
    }
  },
};

/** Red, green and blue, each times alpha, and alpha. */
export const PREMULTIPLIED_ROWS: LinearRows = {
  channels: 4,

  toLinear(data, start, out) {
    for (let i = 0, source = start; i < out.length; i += 4, source += 4) {
      const alpha = (data[source + 3] as number) / 255;
      out[i] = (TO_LINEAR[data[source] as number] as number) * alpha;
      out[i + 1] = (TO_LINEAR[data[source + 1] as number] as number) * alpha;
      out[i + 2] = (TO_LINEAR[data[source + 2] as number] as number) * alpha;
      out[i + 3] = alpha;
    }
  },

  across(row, { size, starts, weights }, out) {
    for (let x = 0, tap = 0, to = 0; x < starts.length; x++, to += 4) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      let i = 4 * (starts[x] as number);
      for (const end = tap + size; tap < end; tap++, i += 4) {
        const weight = weights[tap] as number;
        red += weight * (row[i] as number);
        green += weight * (row[i + 1] as number);
        blue += weight * (row[i + 2] as number);
        alpha += weight * (row[i + 3] as number);
      }
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
      out[to + 3] = alpha;
    }
  },

  fromLinear(row, data, start) {
    for (let i = 0, target = start; i < row.length; i += 4, target += 4) {
      const alpha = row[i + 3] as number;
      const level = Math.round(alpha * 255);
      // Where nothing is seen the colour is nothing too: dividing by almost no alpha would invent one.
      if (level <= 0) continue;
      data[target] = levelOf((row[i] as number) / alpha);
      data[target + 1] = levelOf((row[i + 1] as number) / alpha);
      data[target + 2] = levelOf((row[i + 2] as number) / alpha);
      data[target + 3] = level;
    }
  },
};

/** Lanczos overshoots at edges, so that values beyond 0–1 come in. */
function levelOf(linear: number): number {
  if (linear <= 0) return 0;
  return linear >= 1 ? 255 : (TO_LEVEL[(linear * LINEAR_STEPS + 0.5) | 0] as number);
}
