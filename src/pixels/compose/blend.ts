import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import { FIXED, FREE, solveMembrane } from './membrane';
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
  const correction = new Float32Array(drawn.length);
  for (let y = 0; y < bounds.height; y++) {
    let at = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x);
    for (let i = y * bounds.width; i < (y + 1) * bounds.width; i++, at += 4) {
      if (state[i] !== FIXED) continue;
      fit.curves.forEach((curve, c) => {
        correction[3 * i + c] = (canvas.data[at + c] as number) - applyCurve(curve, drawn[3 * i + c] as number);
      });
    }
  }
  solveMembrane({ width: bounds.width, height: bounds.height, state, values: correction });
  write(canvas, window, answer, region, fit, drawn, correction);
}

/** Writes the re-toned and corrected colours, each pixel by its opacity and alpha; what has no opacity is not touched. */
function write(canvas: PixelImage, window: Bounds, answer: PixelImage, { bounds, opacity, state }: Region, { at, curves }: Fit, drawn: Float32Array, correction: Float32Array): void {
  const data = canvas.data;
  const opaque = isOpaque(answer);
  const [redCurve, greenCurve, blueCurve] = curves;
  for (let y = 0; y < bounds.height; y++) {
    let to = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x);
    for (let x = 0; x < bounds.width; x++, to += 4) {
      const i = y * bounds.width + x;
      if (state[i] !== FREE) continue;
      const red = applyCurve(redCurve, drawn[3 * i] as number) + (correction[3 * i] as number);
      const green = applyCurve(greenCurve, drawn[3 * i + 1] as number) + (correction[3 * i + 1] as number);
      const blue = applyCurve(blueCurve, drawn[3 * i + 2] as number) + (correction[3 * i + 2] as number);
      const above = (opacity[i] as number) * (opaque ? 255 : alphaAt(answer, at, bounds.x + x, bounds.y + y));
      const below = (1 - (opacity[i] as number)) * (data[to + 3] as number);
      const weight = below === 0 ? 1 : above / (above + below);
      data[to] = weight * red + (1 - weight) * (data[to] as number);
      data[to + 1] = weight * green + (1 - weight) * (data[to + 1] as number);
      data[to + 2] = weight * blue + (1 - weight) * (data[to + 2] as number);
      data[to + 3] = above + below;
    }
  }
}

function isOpaque({ data }: PixelImage): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
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
