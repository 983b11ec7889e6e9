import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { Checkpoint } from '../steps';
import { isOpaque, writableWordsOf } from '../transform/words';
import type { Detail } from './detail';
import { draw, rowsAt } from './draw';
import type { DrawnPart } from './draw';
import { alphaAsColours } from './clearParts';
import { compositeRow } from './compositeRow';
import type { Fit } from './fit';
import { FixedValues } from './fixedValues';
import { solveMembrane } from './membrane';
import type { MembraneField } from './membraneField';
import { FIXED, FREE } from './membraneGrid';
import type { BlendRegion } from './blendRegion';
import { Scratch } from './scratch';
import { UNTONED } from './toneFit';

/** Rows that are drawn at a time, so that a drawing of floats stays in the processor's cache and a large window's is never in memory as a whole. */
const STRIP = 64;

/**
 * Warps and re-tones the answer over a region, gives it the detail it lacks, bends it to the known values along the boundary, and writes it to the canvas by the region's opacity.
 * Rejects with what `checkpoint` throws, before anything is written. Returns what the answer lacks of the region's fixed pixels, red, green and blue of each.
 */
export async function blend(canvas: PixelImage, window: Bounds, answer: PixelImage, region: BlendRegion, fit: Fit, detail: Detail | undefined, checkpoint: Checkpoint): Promise<FixedValues> {
  const { bounds, state } = region;
  const lacked = new FixedValues(state);
  const scratch = new Scratch();
  for (const strip of strips(bounds)) {
    await checkpoint();
    const edge = fixedWithin(region, strip);
    if (edge) meetKnown(canvas, window, region, edge, draw(answer, region, edge, FIXED, fit, detail, scratch), lacked);
  }
  await checkpoint();
  const correction = solveMembrane({ width: bounds.width, height: bounds.height, state }, lacked);
  const alpha = isOpaque(answer) ? undefined : alphaAsColours(answer);
  const alphaScratch = new Scratch();
  const still: Fit = { ...fit, curves: UNTONED.curves, gains: fit.gains.map(() => 1) };
  for (const strip of strips(bounds)) {
    const alphas = alpha && draw(alpha, region, strip, FREE, still, undefined, alphaScratch);
    write(canvas, window, region, strip, draw(answer, region, strip, FREE, fit, detail, scratch), correction, alphas);
  }
  return lacked;
}

function strips({ x, y, width, height }: Bounds): Bounds[] {
  return Array.from({ length: Math.ceil(height / STRIP) }, (_, k) => ({ x, y: y + k * STRIP, width, height: Math.min(STRIP, height - k * STRIP) }));
}

/** The smallest rectangle that holds a strip's fixed pixels. */
function fixedWithin({ bounds, state }: BlendRegion, strip: Bounds): Bounds | undefined {
  let left = bounds.width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = strip.y; y < strip.y + strip.height; y++) {
    const row = state.subarray((y - bounds.y) * bounds.width, (y - bounds.y + 1) * bounds.width);
    const first = row.indexOf(FIXED);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(FIXED));
    if (top < 0) top = y;
    bottom = y;
  }
  return right < 0 ? undefined : { x: bounds.x + left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** What the drawing lacks at the fixed pixels of a part becomes the membrane's given values. */
function meetKnown(canvas: PixelImage, window: Bounds, region: BlendRegion, part: Bounds, drawing: DrawnPart, lacked: FixedValues): void {
  for (let y = part.y; y < part.y + part.height; y++) {
    const { inRegion, inDrawing, onCanvas } = rowsAt(region.bounds, drawing.bounds, canvas, window, part.x, y);
    for (let x = 0; x < part.width; x++) {
      const i = inRegion + x;
      if (region.state[i] !== FIXED) continue;
      const to = lacked.at(i);
      for (let c = 0; c < 3; c++) lacked.values[to + c] = (canvas.data[4 * (onCanvas + x) + c] as number) - (drawing.colours[3 * (inDrawing + x) + c] as number);
    }
  }
}

/** Writes the corrected colours of a strip, each pixel by its opacity and its alpha in `alphas`, 255 where that is left out; what has no opacity is not touched. */
function write(canvas: PixelImage, window: Bounds, region: BlendRegion, strip: Bounds, { bounds, colours }: DrawnPart, correction: MembraneField, alphas: DrawnPart | undefined): void {
  const words = writableWordsOf(canvas);
  const added = new Float32Array(3 * strip.width);
  const shares = new Float32Array(strip.width);
  for (let y = strip.y; y < strip.y + strip.height; y++) {
    const rows = rowsAt(region.bounds, bounds, canvas, window, strip.x, y);
    const inAlphas = alphas ? (y - alphas.bounds.y) * alphas.bounds.width + strip.x - alphas.bounds.x : 0;
    correction.row(y - region.bounds.y, added);
    addRow(colours, rows.inDrawing, added, strip.width);
    sharesOfRow(region.opacity, rows.inRegion, shares);
    compositeRow(words, rows.onCanvas, shares, 0, colours, rows.inDrawing, alphas?.colours, inAlphas, strip.width);
  }
}

/** A row's opacities, 0–255, as shares of 1. */
function sharesOfRow(opacity: Uint8Array, from: number, shares: Float32Array): void {
  for (let x = 0; x < shares.length; x++) shares[x] = (opacity[from + x] as number) / 255;
}

/** Adds `count` pixels of three levels to those from pixel `inSums` on, in place. */
function addRow(sums: Float32Array, inSums: number, added: Float32Array, count: number): void {
  const to = 3 * inSums;
  for (let k = 0; k < 3 * count; k++) sums[to + k] = (sums[to + k] as number) + (added[k] as number);
}

/** Marks a window as known. */
export function settle(pending: Mask, window: Bounds): void {
  for (let y = window.y; y < window.y + window.height; y++) pending.data.fill(0, y * pending.width + window.x, y * pending.width + window.x + window.width);
}
