import { angleTurns, cosTurns, sinTurns } from '../../../core/exactMath';

/** Distance to a glyph's edge, about, negative inside. The tile spans −1 to 1 both ways, y down; glyphs keep within 0.6. */
export type Glyph = (x: number, y: number) => number;

/** Distance to a circle. */
export const circle = (x: number, y: number, cx: number, cy: number, radius: number): number => Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius;

/** Distance to a line of a certain half width with round ends. */
export function bar(x: number, y: number, ax: number, ay: number, bx: number, by: number, half: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return circle(x, y, ax + t * dx, ay + t * dy, half);
}

/** Distance to a box with round corners. */
export function box(x: number, y: number, cx: number, cy: number, halfX: number, halfY: number, corner: number): number {
  const dx = Math.abs(x - cx) - halfX + corner;
  const dy = Math.abs(y - cy) - halfY + corner;
  const ox = Math.max(dx, 0);
  const oy = Math.max(dy, 0);
  return Math.sqrt(ox * ox + oy * oy) + Math.min(0, Math.max(dx, dy)) - corner;
}

/** Distance to a polygon (Inigo Quilez' method: nearest edge, sign by crossings), its corners rounded. */
export function polygon(x: number, y: number, corners: readonly (readonly [number, number])[], rounding: number): number {
  let nearest = Infinity;
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[i] as readonly [number, number];
    const [bx, by] = corners[j] as readonly [number, number];
    nearest = Math.min(nearest, bar(x, y, ax, ay, bx, by, 0));
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return (inside ? -nearest : nearest) - rounding;
}

/** How thick a stroke along a figure's edge is, to both sides: a ring of a circle, an outline of a box. */
export const outline = (distance: number, half: number): number => Math.abs(distance) - half;

/** The first figure without the second. */
export const without = (distance: number, hole: number): number => Math.max(distance, -hole);

/** The position as in the first of `count` equal sectors around the centre, which points to the right: `u` outwards, `v` across. */
export function inSector(x: number, y: number, count: number): readonly [u: number, v: number] {
  const sector = Math.round(angleTurns(y, x) * count) / count;
  const cos = cosTurns(sector);
  const sin = sinTurns(sector);
  return [x * cos + y * sin, y * cos - x * sin];
}
