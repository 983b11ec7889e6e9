import type { Bounds, Extent, Sides } from '../../core/geometry';

export const NO_SIDES: Sides = { left: 0, right: 0, top: 0, bottom: 0 };
const MOST = 16_384;

/** Which way a handle pulls: -1 is left or up, 1 right or down, 0 neither. */
export interface Handle {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

export const HANDLES: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 0 },
  { x: 1, y: 0 },
  { x: -1, y: 1 },
  { x: 0, y: 1 },
  { x: 1, y: 1 },
];

/** The frame in the picture's pixels; its corner is left and above the picture's. */
export function frameBounds(extent: Extent, { left, right, top, bottom }: Sides): Bounds {
  return { x: -left, y: -top, width: extent.width + left + right, height: extent.height + top + bottom };
}

export function isWidened({ left, right, top, bottom }: Sides): boolean {
  return left + right + top + bottom > 0;
}

export function sameSides(a: Sides, b: Sides): boolean {
  return a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom;
}

/** The sides after a handle was pulled by `dx`, `dy` pixels of the picture, in whole multiples of `step`; `both` pulls the opposite sides along. */
export function pulled(sides: Sides, handle: Handle, dx: number, dy: number, step: number, both: boolean): Sides {
  const across = pulledAxis(sides.left, sides.right, handle.x, dx, step, both);
  const down = pulledAxis(sides.top, sides.bottom, handle.y, dy, step, both);
  return { left: across[0], right: across[1], top: down[0], bottom: down[1] };
}

/** The sides, those that the handle pulls being set to how far the model draws in one request where they are nearer to that than `within`. */
export function snapped(sides: Sides, handle: Handle, reach: Sides, within: number): Sides {
  const near = (name: keyof Sides): number => (Math.abs(sides[name] - reach[name]) <= within ? reach[name] : sides[name]);
  const across = handle.x === 0 ? undefined : handle.x < 0 ? 'left' : 'right';
  const down = handle.y === 0 ? undefined : handle.y < 0 ? 'top' : 'bottom';
  return { ...sides, ...(across ? { [across]: near(across) } : {}), ...(down ? { [down]: near(down) } : {}) };
}

/** The sides that make the picture exactly this large, shared out evenly; undefined where it is larger already. */
export function sidesFor(extent: Extent, target: Extent): Sides | undefined {
  const wide = target.width - extent.width;
  const high = target.height - extent.height;
  if (wide < 0 || high < 0) return undefined;
  return { left: Math.floor(wide / 2), right: Math.ceil(wide / 2), top: Math.floor(high / 2), bottom: Math.ceil(high / 2) };
}

/** The sides that give the picture a ratio by growing one of its edges. */
export function sidesForRatio(extent: Extent, ratio: Extent): Sides {
  const target =
    extent.width * ratio.height < extent.height * ratio.width
      ? { width: Math.round((extent.height * ratio.width) / ratio.height), height: extent.height }
      : { width: extent.width, height: Math.round((extent.width * ratio.height) / ratio.width) };
  return sidesFor(extent, target) ?? NO_SIDES;
}

function pulledAxis(before: number, after: number, way: -1 | 0 | 1, by: number, step: number, both: boolean): readonly [number, number] {
  if (way === 0) return [before, after];
  const side = way < 0 ? before - by : after + by;
  const next = Math.min(MOST, Math.max(0, Math.round(side / step) * step));
  if (both) return [next, next];
  return way < 0 ? [next, after] : [before, next];
}
