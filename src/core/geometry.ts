/** A size in whole pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in whole pixels of the upright picture; the origin is the top left corner. */
export interface Bounds extends Extent {
  readonly x: number;
  readonly y: number;
}

/** A place in a picture, in its pixels from the top left corner; a part of a pixel where a hand or a drawing points at it. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far a frame stands off a picture on each side, in its pixels, from 0. */
export interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where something sits in the room left to it: 0 is left or top, 1 is right or bottom. */
export interface Anchor {
  readonly x: number;
  readonly y: number;
}

/** The nine words a person may use for an anchor. */
export const ANCHORS = {
  'top-left': { x: 0, y: 0 },
  top: { x: 0.5, y: 0 },
  'top-right': { x: 1, y: 0 },
  left: { x: 0, y: 0.5 },
  center: { x: 0.5, y: 0.5 },
  right: { x: 1, y: 0.5 },
  'bottom-left': { x: 0, y: 1 },
  bottom: { x: 0.5, y: 1 },
  'bottom-right': { x: 1, y: 1 },
} as const satisfies Record<string, Anchor>;

export type AnchorName = keyof typeof ANCHORS;

/** How many pixels an extent holds. */
export function area(extent: Extent): number {
  return extent.width * extent.height;
}

export function sameExtent(a: Extent, b: Extent): boolean {
  return a.width === b.width && a.height === b.height;
}

/** Whether `inner` lies wholly inside `outer` and both are made of whole pixels. */
export function contains(outer: Bounds, inner: Bounds): boolean {
  return (
    [inner.x, inner.y, inner.width, inner.height].every(Number.isInteger) &&
    inner.width > 0 &&
    inner.height > 0 &&
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The common part of two rectangles, or undefined where they do not meet. */
export function intersect(a: Bounds, b: Bounds): Bounds | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** The rectangle of an extent at the origin. */
export function boundsOf(extent: Extent): Bounds {
  return { x: 0, y: 0, width: extent.width, height: extent.height };
}

/** Where `inner` sits in `outer` under an anchor: left = floor((W − w)·x), top likewise. */
export function anchored(outer: Extent, inner: Extent, anchor: Anchor): Bounds {
  return {
    x: Math.floor((outer.width - inner.width) * anchor.x),
    y: Math.floor((outer.height - inner.height) * anchor.y),
    width: inner.width,
    height: inner.height,
  };
}

/** An anchor under which `inner`, which lies inside `outer`, sits where it sits: the other way round than `anchored`. */
export function anchorAt(outer: Extent, inner: Bounds): Anchor {
  return { x: shareOf(inner.x, outer.width - inner.width), y: shareOf(inner.y, outer.height - inner.height) };
}

/** From the middle of the pixel, so that no rounding leads to its neighbour. */
function shareOf(offset: number, room: number): number {
  return offset >= room ? 1 : (offset + 0.5) / room;
}

/** `1536x1024`, as the API and people write it. */
export function formatExtent(extent: Extent): string {
  return `${extent.width}x${extent.height}`;
}

/** Reads `1200x630`, `1200 × 630` or `1200*630`; undefined for anything else, zero included. */
export function parseExtent(text: string): Extent | undefined {
  const match = /^\s*(\d{1,6})\s*[x×*]\s*(\d{1,6})\s*$/i.exec(text);
  if (!match) return undefined;
  const extent = { width: Number(match[1]), height: Number(match[2]) };
  return extent.width > 0 && extent.height > 0 ? extent : undefined;
}

/** Reads `21:9`, `16/9` or `1.91:1`; undefined for anything else, zero included. */
export function parseRatio(text: string): Extent | undefined {
  const match = /^\s*(\d{1,5}(?:\.\d{1,4})?)\s*[:/]\s*(\d{1,5}(?:\.\d{1,4})?)\s*$/.exec(text);
  if (!match) return undefined;
  const ratio = { width: Number(match[1]), height: Number(match[2]) };
  return ratio.width > 0 && ratio.height > 0 ? ratio : undefined;
}
