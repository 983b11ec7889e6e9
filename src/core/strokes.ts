import type { Bounds, Extent, Point } from './geometry';
import type { Mask } from './image';
import { growMask } from './maskShape';
import { fillPolygon } from './polygon';

/** How a brush paints. */
export interface BrushTip {
  /** Whether it takes away instead of adding. */
  readonly erase: boolean;
  /** Diameter at full pressure, in pixels of the picture. */
  readonly size: number;
  /** 1 has an edge of a pixel, 0 fades from the middle on. */
  readonly hardness: number;
}

/** A point of a stroke, in pixels of the picture; pressure from 0 to 1, 1 where the pen has none. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** One thing that a person did to a mask. Points are flat: x, y, pressure of each in turn for a brush, x, y for a lasso. */
export type MaskStep =
  | ({ readonly kind: 'brush'; readonly points: readonly number[] } & BrushTip)
  | { readonly kind: 'rectangle'; readonly erase: boolean; readonly bounds: Bounds }
  | { readonly kind: 'lasso'; readonly erase: boolean; readonly points: readonly number[] }
  | { readonly kind: 'invert' }
  | { readonly kind: 'clear' }
  /** Below 0 it shrinks; in pixels. */
  | { readonly kind: 'grow'; readonly by: number };

/** The most points that one brush stroke or lasso may have: its message then stays under 100 kB. */
export const MOST_POINTS = 3000;

/** A mask in which nothing is to be drawn. */
export function emptyMask({ width, height }: Extent): Mask {
  return { width, height, data: new Uint8Array(width * height) };
}

/** The mask that the steps make, one after the other, on a picture of that size. */
export function maskOfSteps(extent: Extent, steps: readonly MaskStep[]): Mask {
  const mask = emptyMask(extent);
  // What comes before the last clear leaves no trace.
  for (const step of steps.slice(steps.findLastIndex(({ kind }) => kind === 'clear') + 1)) applyStep(mask, step);
  return mask;
}

/** Does one step to the mask, in place. */
export function applyStep(mask: Mask, step: MaskStep): void {
  switch (step.kind) {
    case 'brush':
      return paintStroke(mask, step, step.points);
    case 'rectangle':
      return paintRectangle(mask, step.bounds, step.erase);
    case 'lasso':
      return fillPolygon(mask, step.points, step.erase);
    case 'invert':
      for (let index = 0; index < mask.data.length; index += 1) mask.data[index] = 255 - (mask.data[index] as number);
      return;
    case 'clear':
      return void mask.data.fill(0);
    case 'grow':
      return growMask(mask, step.by);
  }
}

/** Paints a stroke through flat points (x, y, pressure); a single point leaves a dab. */
function paintStroke(mask: Mask, tip: BrushTip, points: readonly number[]): void {
  let from: StrokePoint | undefined;
  for (let at = 0; at + 2 < points.length; at += 3) {
    const to = { x: points[at] as number, y: points[at + 1] as number, pressure: points[at + 2] as number };
    paintSegment(mask, tip, from ?? to, to);
    from = to;
  }
}

/**
 * Paints one segment of a stroke: a capsule whose radius follows the pressure. Adding takes the larger value and erasing the smaller one, so that a stroke in
 * segments, as they come, is the stroke as a whole.
 */
export function paintSegment(mask: Mask, tip: BrushTip, from: StrokePoint, to: StrokePoint): void {
  const { width, data } = mask;
  const [fromRadius, toRadius] = [radiusOf(tip, from), radiusOf(tip, to)];
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const length2 = alongX * alongX + alongY * alongY;
  const box = segmentBounds(mask, tip, from, to);
  const reach = Math.max(fromRadius, toRadius) + 0.5;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    const awayY = y + 0.5 - from.y;
    const [start, end] = rowSpan(from, to, reach, y + 0.5);
    const last = Math.min(box.x + box.width - 1, Math.ceil(end));
    for (let x = Math.max(box.x, Math.floor(start) - 1); x <= last; x += 1) {
      const awayX = x + 0.5 - from.x;
      const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, (awayX * alongX + awayY * alongY) / length2));
      const radius = fromRadius + (toRadius - fromRadius) * share;
      const [offX, offY] = [awayX - share * alongX, awayY - share * alongY];
      const inside = radius + 0.5 - Math.sqrt(offX * offX + offY * offY);
      if (inside <= 0) continue;
      const cover = Math.min(1, inside / Math.max(1, radius * (1 - tip.hardness)));
      const value = Math.round(255 * cover * cover * (3 - 2 * cover));
      const index = y * width + x;
      const old = data[index] as number;
      data[index] = tip.erase ? Math.min(old, 255 - value) : Math.max(old, value);
    }
  }
}

/** Where a row crosses everything within `reach` of a segment, from left to right: a long oblique stroke fills little of its box. */
function rowSpan(from: Point, to: Point, reach: number, y: number): readonly [number, number] {
  let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const add = (x: number): void => {
    start = Math.min(start, x);
    end = Math.max(end, x);
  };
  for (const centre of [from, to]) {
    const half2 = reach * reach - (y - centre.y) * (y - centre.y);
    if (half2 < 0) continue;
    add(centre.x - Math.sqrt(half2));
    add(centre.x + Math.sqrt(half2));
  }
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const length = Math.sqrt(alongX * alongX + alongY * alongY);
  // The two edges that run beside the segment; for a level one the ends say it all.
  for (const side of alongY === 0 ? [] : [reach / length, -reach / length]) {
    const share = (y - from.y - side * alongX) / alongY;
    if (share >= 0 && share <= 1) add(from.x + share * alongX - side * alongY);
  }
  return [start, end];
}

/** The pixels of the mask that a segment can reach; may be empty. */
export function segmentBounds(extent: Extent, tip: BrushTip, from: StrokePoint, to: StrokePoint): Bounds {
  const reach = Math.max(radiusOf(tip, from), radiusOf(tip, to)) + 1;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const right = Math.min(extent.width, Math.ceil(Math.max(from.x, to.x) + reach));
  const bottom = Math.min(extent.height, Math.ceil(Math.max(from.y, to.y) + reach));
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

function paintRectangle(mask: Mask, bounds: Bounds, erase: boolean): void {
  const left = Math.max(0, bounds.x);
  const right = Math.min(mask.width, bounds.x + bounds.width);
  if (left >= right) return;
  for (let y = Math.max(0, bounds.y); y < Math.min(mask.height, bounds.y + bounds.height); y += 1) {
    mask.data.fill(erase ? 0 : 255, y * mask.width + left, y * mask.width + right);
  }
}

function radiusOf(tip: BrushTip, point: StrokePoint): number {
  return Math.max(0.5, (tip.size / 2) * point.pressure);
}
