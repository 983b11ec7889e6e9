import { FREE } from './membraneGrid';
import type { Region } from './region';

/** Below this alpha a pixel is written as nothing, whatever colour would stand under it. */
const LEAST_ALPHA = 0.5;

/**
 * Lays `count` drawn pixels over those of a canvas (Porter and Duff 1984, *over*), in place, from pixel `onCanvas` on: three levels each in `colours` and `added`, which are summed, and the first of three in
 * `alphas`, 255 where that is left out; each counts by the region's opacity. Every array is read from the pixel that is named beside it; only what is free in the region is written.
 */
export function compositeRow(
  canvas: Uint8ClampedArray, onCanvas: number, { opacity, state }: Pick<Region, 'opacity' | 'state'>, inRegion: number,
  colours: Float32Array, inColours: number, added: Float32Array, alphas: Float32Array | undefined, inAlphas: number, count: number,
): void {
  for (let x = 0; x < count; x++) {
    const i = inRegion + x;
    if (state[i] !== FREE) continue;
    const from = 3 * (inColours + x);
    const to = 4 * (onCanvas + x);
    const red = (colours[from] as number) + (added[3 * i] as number);
    const green = (colours[from + 1] as number) + (added[3 * i + 1] as number);
    const blue = (colours[from + 2] as number) + (added[3 * i + 2] as number);
    const share = opacity[i] as number;
    if (!alphas && share === 1) {
      canvas[to] = red;
      canvas[to + 1] = green;
      canvas[to + 2] = blue;
      canvas[to + 3] = 255;
      continue;
    }
    // An opaque ground, as most pictures are, stays opaque: no division, and nothing to write to its alpha.
    if (!alphas && canvas[to + 3] === 255) {
      const rest = 1 - share;
      canvas[to] = share * red + rest * (canvas[to] as number);
      canvas[to + 1] = share * green + rest * (canvas[to + 1] as number);
      canvas[to + 2] = share * blue + rest * (canvas[to + 2] as number);
      continue;
    }
    // Without the filter's overshoot.
    const above = share * (alphas ? Math.min(255, Math.max(0, alphas[3 * (inAlphas + x)] as number)) : 255);
    const below = (1 - share) * (canvas[to + 3] as number);
    if (above + below < LEAST_ALPHA) {
      canvas.fill(0, to, to + 4);
      continue;
    }
    const weight = below === 0 ? 1 : above / (above + below);
    canvas[to] = weight * red + (1 - weight) * (canvas[to] as number);
    canvas[to + 1] = weight * green + (1 - weight) * (canvas[to + 1] as number);
    canvas[to + 2] = weight * blue + (1 - weight) * (canvas[to + 2] as number);
    canvas[to + 3] = above + below;
  }
}
