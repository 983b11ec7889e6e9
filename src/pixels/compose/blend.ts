import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import { FIXED, FREE, OUTSIDE, solveMembrane } from './membrane';
import type { Region } from './region';
import type { Similarity } from './similarity';
import { applyCurve } from './tone';
import type { Curve } from './tone';
import { mirrored, warp } from './warp';
import type { Deformation } from './warp';

/** What was found out about an answer. */
export interface Fit {
  readonly at: Similarity;
  readonly deformation: Deformation;
  /** For red, green and blue. */
  readonly curves: readonly [Curve, Curve, Curve];
}

/** Warps and re-tones the answer over a region, bends it to the known values along the boundary, and writes it to the canvas by the region's opacity. */
export function blend(canvas: PixelImage, window: Bounds, answer: PixelImage, region: Region, fit: Fit): void {
  const { bounds, state } = region;
  const drawn = warp(answer, bounds, state, fit.at, fit.deformation);
  const [red, green, blue] = fit.curves;
  for (let i = 0; i < state.length; i++) {
    if (state[i] === OUTSIDE) continue;
    drawn[3 * i] = applyCurve(red, drawn[3 * i] as number);
    drawn[3 * i + 1] = applyCurve(green, drawn[3 * i + 1] as number);
    drawn[3 * i + 2] = applyCurve(blue, drawn[3 * i + 2] as number);
  }
  const correction = new Float32Array(drawn.length);
  for (let y = 0; y < bounds.height; y++) {
    let at = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x);
    for (let i = y * bounds.width; i < (y + 1) * bounds.width; i++, at += 4) {
      if (state[i] !== FIXED) continue;
      for (let c = 0; c < 3; c++) correction[3 * i + c] = (canvas.data[at + c] as number) - (drawn[3 * i + c] as number);
    }
  }
  solveMembrane({ width: bounds.width, height: bounds.height, state, values: correction });
  for (let i = 0; i < drawn.length; i++) drawn[i] = (drawn[i] as number) + (correction[i] as number);
  write(canvas, window, answer, region, fit.at, drawn);
}

/** Writes the drawn colours, each pixel by its opacity and alpha; what has no opacity is not touched. */
function write(canvas: PixelImage, window: Bounds, answer: PixelImage, { bounds, opacity, state }: Region, at: Similarity, drawn: Float32Array): void {
  const data = canvas.data;
  for (let y = 0; y < bounds.height; y++) {
    let to = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x);
    for (let x = 0; x < bounds.width; x++, to += 4) {
      const i = y * bounds.width + x;
      if (state[i] !== FREE) continue;
      const share = opacity[i] as number;
      const alpha = alphaAt(answer, at, bounds.x + x, bounds.y + y);
      const above = share * alpha;
      const below = (1 - share) * (data[to + 3] as number);
      if (above + below > 0) {
        const weight = above / (above + below);
        for (let c = 0; c < 3; c++) data[to + c] = weight === 1 ? (drawn[3 * i + c] as number) : weight * (drawn[3 * i + c] as number) + (1 - weight) * (data[to + c] as number);
      }
      data[to + 3] = above + below;
    }
  }
}

/** The answer's alpha at the nearest pixel. */
function alphaAt({ width, height, data }: PixelImage, at: Similarity, x: number, y: number): number {
  const u = x + 0.5 - at.centreX;
  const v = y + 0.5 - at.centreY;
  const column = mirrored(Math.floor(at.cosine * u - at.sine * v + at.centreX + at.x), width);
  const row = mirrored(Math.floor(at.sine * u + at.cosine * v + at.centreY + at.y), height);
  return data[4 * (row * width + column) + 3] as number;
}

/** Marks a window as known. */
export function settle(pending: Mask, window: Bounds): void {
  for (let y = window.y; y < window.y + window.height; y++) pending.data.fill(0, y * pending.width + window.x, y * pending.width + window.x + window.width);
}
