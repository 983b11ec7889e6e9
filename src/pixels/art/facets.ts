import type { Point } from '../../core/geometry';
import type { LinearRgb } from '../../core/oklab';
import type { RowPainter, Scene } from './scene';

/** A triangle in one colour, in units. */
export interface Facet {
  readonly corners: readonly [Point, Point, Point];
  readonly colour: LinearRgb;
}

/** Sub-rows a pixel row is cut into; across, coverage is exact. */
const SUB = 4;

/** Paints facets that cover the picture without a gap. */
export function paintFacets(all: readonly Facet[], { unit, width }: Scene): RowPainter {
  const facets = all.map((facet) => ({ ...facet, top: Math.min(...facet.corners.map((p) => p.y)), bottom: Math.max(...facet.corners.map((p) => p.y)) })).sort((a, b) => a.top - b.top);
  let active: typeof facets = [];
  let next = 0;
  return (y, row) => {
    for (let facet = facets[next]; facet && facet.top * unit < y + 1; facet = facets[++next]) active.push(facet);
    active = active.filter((facet) => facet.bottom * unit > y);
    row.fill(0);
    for (const facet of active) {
      for (let s = 0; s < SUB; s++) addSpan(facet, (y + (s + 0.5) / SUB) / unit, unit, width, row);
    }
  };
}

/** Points of a jittered triangular lattice that reaches beyond the picture; `pitch` and spans in units. */
export function scatter(between: (low: number, high: number) => number, spanX: number, spanY: number, pitch: number): Point[] {
  const points: Point[] = [];
  for (let j = -2, y = -2 * pitch; y < spanY + 2 * pitch; j++, y = j * pitch * 0.87) {
    for (let x = -2 * pitch; x < spanX + 2 * pitch; x += pitch) {
      points.push({ x: x + (j & 1 ? pitch / 2 : 0) + pitch * between(-0.36, 0.36), y: y + pitch * between(-0.34, 0.34) });
    }
  }
  return points;
}

/** Adds what a facet covers of one sub-row. */
function addSpan(facet: Facet, y: number, unit: number, width: number, row: Float32Array): void {
  let left = Infinity;
  let right = -Infinity;
  for (let k = 0; k < 3; k++) {
    const a = facet.corners[k] as Point;
    const b = facet.corners[(k + 1) % 3] as Point;
    if (a.y > y === b.y > y) continue;
    // The same edge gives the same crossing to both its facets, whichever end comes first.
    const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
    const x = (upper.x + ((y - upper.y) / (lower.y - upper.y)) * (lower.x - upper.x)) * unit;
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  left = Math.max(0, left);
  right = Math.min(width, right);
  const [red, green, blue] = facet.colour;
  for (let x = Math.floor(left); x < right; x++) {
    const share = (Math.min(right, x + 1) - Math.max(left, x)) / SUB;
    if (share <= 0) continue;
    row[x * 3] = (row[x * 3] as number) + red * share;
    row[x * 3 + 1] = (row[x * 3 + 1] as number) + green * share;
    row[x * 3 + 2] = (row[x * 3 + 2] as number) + blue * share;
  }
}
