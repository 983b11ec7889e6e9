import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { Detail } from './detail';
import { squaredDistances } from './distance';
import { enhance, ENHANCE_REACH } from './enhance';
import type { Fit } from './fit';
import { solveMembrane } from './membrane';
import { FIXED, FREE, OUTSIDE } from './membraneGrid';
import type { Region } from './region';
import type { Similarity } from './similarity';
import { mirrored, warp } from './warp';

/**
 * Warps and re-tones the answer over a region, gives it the detail it lacks, bends it to the known values along the boundary, and writes it to the canvas by the region's opacity.
 */
export function blend(canvas: PixelImage, window: Bounds, answer: PixelImage, region: Region, fit: Fit, detail: Detail | undefined): void {
  const { bounds, state } = region;
  const wanted = detail ? grown(state, bounds) : state;
  const drawn = warp(answer, bounds, wanted, fit);
  if (detail) enhance(drawn, bounds, wanted, detail);
  const correction = new Float32Array(drawn.length);
  for (let y = 0; y < bounds.height; y++) {
    let at = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x);
    for (let i = y * bounds.width; i < (y + 1) * bounds.width; i++, at += 4) {
      if (state[i] !== FIXED) continue;
      for (let c = 0; c < 3; c++) correction[3 * i + c] = (canvas.data[at + c] as number) - (drawn[3 * i + c] as number);
    }
  }
  solveMembrane({ width: bounds.width, height: bounds.height, state, values: correction });
  write(canvas, window, answer, region, fit.at, drawn, correction);
}

/** 1 for the pixels that take part and those that the filters of `enhance` see around them. */
function grown(state: Uint8Array, { width, height }: Bounds): Uint8Array {
  const wanted = new Uint8Array(state.length);
  for (let i = 0; i < state.length; i++) wanted[i] = state[i] === OUTSIDE ? 0 : 1;
  const distances = squaredDistances(wanted, width, height, 2 * ENHANCE_REACH);
  const most = 2 * ENHANCE_REACH * ENHANCE_REACH;
  for (let i = 0; i < state.length; i++) wanted[i] = (distances[i] as number) <= most ? 1 : 0;
  return wanted;
}

/** Writes the corrected colours, each pixel by its opacity and alpha; what has no opacity is not touched. */
function write(canvas: PixelImage, window: Bounds, answer: PixelImage, { bounds, opacity, state }: Region, at: Similarity, drawn: Float32Array, correction: Float32Array): void {
  const data = canvas.data;
  const opaque = isOpaque(answer);
  for (let y = 0; y < bounds.height; y++) {
    let to = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x);
    for (let x = 0; x < bounds.width; x++, to += 4) {
      const i = y * bounds.width + x;
      if (state[i] !== FREE) continue;
      const red = (drawn[3 * i] as number) + (correction[3 * i] as number);
      const green = (drawn[3 * i + 1] as number) + (correction[3 * i + 1] as number);
      const blue = (drawn[3 * i + 2] as number) + (correction[3 * i + 2] as number);
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
