import { area, intersect, type Bounds } from './geometry';

/** An area in pixels, as rectangles that do not overlap. */
export type Rects = readonly Bounds[];

/** How many pixels of the area lie inside a window. */
export function areaInside(rects: Rects, window: Bounds): number {
  let sum = 0;
  for (const rect of rects) {
    const width = Math.min(rect.x + rect.width, window.x + window.width) - Math.max(rect.x, window.x);
    const height = Math.min(rect.y + rect.height, window.y + window.height) - Math.max(rect.y, window.y);
    if (width > 0 && height > 0) sum += width * height;
  }
  return sum;
}

/** The share of a window that is not in the area: what is known of it, where the area is what is empty. */
export function shareOutside(rects: Rects, window: Bounds): number {
  return 1 - areaInside(rects, window) / area(window);
}

/** The part of the area that lies inside a window. */
export function clip(rects: Rects, window: Bounds): Rects {
  const inside: Bounds[] = [];
  for (const rect of rects) {
    const part = intersect(rect, window);
    if (part) inside.push(part);
  }
  return inside;
}

/** The area without what lies inside a window. */
export function subtract(rects: Rects, window: Bounds): Rects {
  const left: Bounds[] = [];
  for (const rect of rects) {
    const cut = intersect(rect, window);
    if (cut) left.push(...around(rect, cut));
    else left.push(rect);
  }
  return left;
}

/** What a rectangle has above, below, left and right of a part of it. */
function around(rect: Bounds, cut: Bounds): Rects {
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  const cutRight = cut.x + cut.width;
  const cutBottom = cut.y + cut.height;
  return [
    { x: rect.x, y: rect.y, width: rect.width, height: cut.y - rect.y },
    { x: rect.x, y: cutBottom, width: rect.width, height: bottom - cutBottom },
    { x: rect.x, y: cut.y, width: cut.x - rect.x, height: cut.height },
    { x: cutRight, y: cut.y, width: right - cutRight, height: cut.height },
  ].filter(({ width, height }) => width > 0 && height > 0);
}

/** The smallest rectangle that holds the area, which is not nothing. */
export function boundingBox(rects: Rects): Bounds {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
