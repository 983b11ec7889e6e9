import { OPAQUE } from '../transform/words';
import { FREE } from './membraneGrid';
import type { BlendRegion } from './blendRegion';

/** Less alpha than this rounds to none. */
const LEAST_ALPHA = 0.5;

/**
 * Lays `count` drawn pixels over those of a canvas (Porter and Duff 1984, *over*), in place, from word `onCanvas` on: three levels each in `colours` and `added`, which are summed, and the first of three in
 * `alphas`, 255 where that is left out; each counts by the region's opacity. Every array is read from the pixel that is named beside it; only what is free in the region is written.
 */
export function compositeRow(
  words: Uint32Array, onCanvas: number, region: Pick<BlendRegion, 'opacity' | 'state'>, inRegion: number,
  colours: Float32Array, inColours: number, added: Float32Array, alphas: Float32Array | undefined, inAlphas: number, count: number,
): void {
  if (!alphas && isOpaqueRow(words, onCanvas, count)) overOpaque(words, onCanvas, region, inRegion, colours, inColours, added, count);
  else overClear(words, onCanvas, region, inRegion, colours, inColours, added, alphas, inAlphas, count);
}

function isOpaqueRow(words: Uint32Array, from: number, count: number): boolean {
  for (let i = from; i < from + count; i++) if ((words[i] as number) < OPAQUE) return false;
  return true;
}

/** Opaque pixels over an opaque ground, as most are, need no division. In a function of its own, since the compiler makes the loop slower where it holds both. */
function overOpaque(words: Uint32Array, onCanvas: number, { opacity, state }: Pick<BlendRegion, 'opacity' | 'state'>, inRegion: number, colours: Float32Array, inColours: number, added: Float32Array, count: number): void {
  for (let x = 0; x < count; x++) {
    const i = inRegion + x;
    if (state[i] !== FREE) continue;
    const from = 3 * (inColours + x);
    const weight = opacity[i] as number;
    const rest = 1 - weight;
    const under = (words[onCanvas + x] as number) | 0;
    const red = weight * ((colours[from] as number) + (added[3 * i] as number)) + rest * (under & 255);
    const green = weight * ((colours[from + 1] as number) + (added[3 * i + 1] as number)) + rest * ((under >>> 8) & 255);
    const blue = weight * ((colours[from + 2] as number) + (added[3 * i + 2] as number)) + rest * ((under >>> 16) & 255);
    words[onCanvas + x] = level(red) | (level(green) << 8) | (level(blue) << 16) | OPAQUE;
  }
}

function overClear(
  words: Uint32Array, onCanvas: number, { opacity, state }: Pick<BlendRegion, 'opacity' | 'state'>, inRegion: number,
  colours: Float32Array, inColours: number, added: Float32Array, alphas: Float32Array | undefined, inAlphas: number, count: number,
): void {
  for (let x = 0; x < count; x++) {
    const i = inRegion + x;
    if (state[i] !== FREE) continue;
    const from = 3 * (inColours + x);
    const share = opacity[i] as number;
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
    const red = weight * ((colours[from] as number) + (added[3 * i] as number)) + rest * (under & 255);
    const green = weight * ((colours[from + 1] as number) + (added[3 * i + 1] as number)) + rest * ((under >>> 8) & 255);
    const blue = weight * ((colours[from + 2] as number) + (added[3 * i + 2] as number)) + rest * ((under >>> 16) & 255);
    words[onCanvas + x] = level(red) | (level(green) << 8) | (level(blue) << 16) | (level(alpha) << 24);
  }
}

/** A level as a byte. */
function level(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : (value + 0.5) | 0;
}
