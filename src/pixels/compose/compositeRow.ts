import { OPAQUE } from '../transform/words';

/** Less alpha than this rounds to none. */
const LEAST_ALPHA = 0.5;

/**
 * Lays `count` drawn pixels over those of a canvas (Porter and Duff 1984, *over*), in place, from word `onCanvas` on: each by its opacity, 0–1, with three levels in `colours`, and the first of three in
 * `alphas`, 255 where that is left out. Every array is read from the pixel that is named after it; what has no opacity is not written.
 */
export function compositeRow(
  words: Uint32Array, onCanvas: number, opacity: Float32Array, inOpacity: number,
  colours: Float32Array, inColours: number, alphas: Float32Array | undefined, inAlphas: number, count: number,
): void {
  const done = alphas ? 0 : overOpaque(words, onCanvas, opacity, inOpacity, colours, inColours, count);
  if (done < count) overClear(words, onCanvas + done, opacity, inOpacity + done, colours, inColours + done, alphas, inAlphas + done, count - done);
}

/** Lays opaque pixels over an opaque ground, as most are, without a division; returns how many until it met a clear one. Apart from the loop below, since in one loop the compiler makes both slower. */
function overOpaque(words: Uint32Array, onCanvas: number, opacity: Float32Array, inOpacity: number, colours: Float32Array, inColours: number, count: number): number {
  for (let x = 0; x < count; x++) {
    const weight = opacity[inOpacity + x] as number;
    if (weight === 0) continue;
    const under = (words[onCanvas + x] as number) | 0;
    if (under >>> 24 !== 255) return x;
    const from = 3 * (inColours + x);
    const rest = 1 - weight;
    const red = (weight * (colours[from] as number) + rest * (under & 255) + 0.5) | 0;
    const green = (weight * (colours[from + 1] as number) + rest * ((under >>> 8) & 255) + 0.5) | 0;
    const blue = (weight * (colours[from + 2] as number) + rest * ((under >>> 16) & 255) + 0.5) | 0;
    // One look at all three: few are beyond black or white.
    words[onCanvas + x] = ((red | green | blue) & ~255) === 0 ? red | (green << 8) | (blue << 16) | OPAQUE : byte(red) | (byte(green) << 8) | (byte(blue) << 16) | OPAQUE;
  }
  return count;
}

function overClear(
  words: Uint32Array, onCanvas: number, opacity: Float32Array, inOpacity: number,
  colours: Float32Array, inColours: number, alphas: Float32Array | undefined, inAlphas: number, count: number,
): void {
  for (let x = 0; x < count; x++) {
    const share = opacity[inOpacity + x] as number;
    if (share === 0) continue;
    const from = 3 * (inColours + x);
    const under = (words[onCanvas + x] as number) | 0;
    // Without the filter's overshoot.
    const above = share * (alphas ? Math.min(255, Math.max(0, alphas[3 * (inAlphas + x)] as number)) : 255);
    const alpha = above + (1 - share) * (under >>> 24);
    if (alpha < LEAST_ALPHA) {
      words[onCanvas + x] = 0;
      continue;
    }
    const weight = above / alpha;
    const rest = 1 - weight;
    const red = (weight * (colours[from] as number) + rest * (under & 255) + 0.5) | 0;
    const green = (weight * (colours[from + 1] as number) + rest * ((under >>> 8) & 255) + 0.5) | 0;
    const blue = (weight * (colours[from + 2] as number) + rest * ((under >>> 16) & 255) + 0.5) | 0;
    words[onCanvas + x] = byte(red) | (byte(green) << 8) | (byte(blue) << 16) | (((alpha + 0.5) | 0) << 24);
  }
}

function byte(level: number): number {
  return level < 0 ? 0 : level > 255 ? 255 : level;
}
