import { intersect, type Bounds, type Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Detail } from './detail';
import { squaredDistances } from '../../core/squaredDistances';
import { enhance, ENHANCE_REACH } from './enhance';
import type { Fit } from './fit';
import type { BlendRegion } from './blendRegion';
import type { Scratch } from './scratch';
import { warp } from './warp';

/** Colours of a part of a window before the membrane's correction. */
export interface DrawnPart {
  /** In window pixels. */
  readonly bounds: Bounds;
  /** Red, green and blue of each pixel of the bounds, in levels; only the pixels that were asked for are right. */
  readonly colours: Float32Array;
}

/** Draws the pixels of a part of a region that are in one state, with the detail that the answer lacks. The drawing stands in the scratch and is good until the next one. */
export function draw(answer: PixelImage, region: BlendRegion, part: Bounds, state: number, fit: Fit, detail: Detail | undefined, scratch: Scratch): DrawnPart {
  const bounds = detail ? grownInside(part, region.bounds) : part;
  const wanted = scratch.bytes(bounds.width * bounds.height);
  for (let y = 0; y < bounds.height; y++) {
    const from = (bounds.y + y - region.bounds.y) * region.bounds.width + bounds.x - region.bounds.x;
    markState(region.state, from, state, wanted, y * bounds.width, bounds.width);
  }
  if (detail) withSurroundings(wanted, bounds, scratch);
  const colours = warp(answer, bounds, wanted, fit, scratch.floats('colours', 3 * wanted.length));
  if (detail) enhance(colours, bounds, wanted, detail, scratch);
  return { bounds, colours };
}

function markState(states: Uint8Array, from: number, state: number, wanted: Uint8Array, to: number, count: number): void {
  for (let x = 0; x < count; x++) if (states[from + x] === state) wanted[to + x] = 1;
}

function grownInside({ x, y, width, height }: Bounds, outer: Bounds): Bounds {
  const grown = { x: x - ENHANCE_REACH, y: y - ENHANCE_REACH, width: width + 2 * ENHANCE_REACH, height: height + 2 * ENHANCE_REACH };
  return intersect(grown, outer) ?? outer;
}

/** Adds the pixels that the filters of `enhance` see around the wanted ones. */
function withSurroundings(wanted: Uint8Array, { width, height }: Extent, scratch: Scratch): void {
  const distances = squaredDistances(wanted, width, height, 2 * ENHANCE_REACH, scratch.integers(wanted.length));
  const most = 2 * ENHANCE_REACH * ENHANCE_REACH;
  for (let i = 0; i < wanted.length; i++) wanted[i] = (distances[i] as number) <= most ? 1 : 0;
}

/** Where the pixel (x, y) of a window stands in a region, in a drawing, and on the canvas, as indexes of pixels. */
export function rowsAt(region: Bounds, drawing: Bounds, canvas: Extent, window: Bounds, x: number, y: number): { inRegion: number; inDrawing: number; onCanvas: number } {
  return {
    inRegion: (y - region.y) * region.width + x - region.x,
    inDrawing: (y - drawing.y) * drawing.width + x - drawing.x,
    onCanvas: (window.y + y) * canvas.width + window.x + x,
  };
}
