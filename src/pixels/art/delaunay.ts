import type { Point } from '../../core/geometry';

/** Three indexes into the points. */
export type Triangle = readonly [number, number, number];

interface Open {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Circumcircle. */
  readonly x: number;
  readonly y: number;
  readonly squared: number;
}

/** Delaunay triangulation of a few thousand points by Bowyer and Watson's insertion, swept from left to right so that finished triangles are looked at no more. */
export function triangulate(points: readonly Point[]): Triangle[] {
  const order = points.map((_, i) => i).sort((i, j) => (points[i] as Point).x - (points[j] as Point).x || i - j);
  const reach = 64 * points.reduce((most, p) => Math.max(most, Math.abs(p.x), Math.abs(p.y)), 1);
  const all: Point[] = [...points, { x: -reach, y: -reach }, { x: reach, y: -reach }, { x: 0, y: 2 * reach }];
  const n = points.length;
  let open: Open[] = [circle(all, n, n + 1, n + 2)];
  const closed: Open[] = [];
  for (const index of order) {
    const point = all[index] as Point;
    const edges = new Map<number, readonly [number, number]>();
    const kept: Open[] = [];
    for (const triangle of open) {
      const dx = point.x - triangle.x;
      const dy = point.y - triangle.y;
      if (dx > 0 && dx * dx > triangle.squared) closed.push(triangle);
      else if (dx * dx + dy * dy > triangle.squared) kept.push(triangle);
      else {
        toggle(edges, triangle.a, triangle.b, all.length);
        toggle(edges, triangle.b, triangle.c, all.length);
        toggle(edges, triangle.c, triangle.a, all.length);
      }
    }
    for (const [a, b] of edges.values()) kept.push(circle(all, a, b, index));
    open = kept;
  }
  return [...closed, ...open].filter(({ a, b, c }) => a < n && b < n && c < n).map(({ a, b, c }) => [a, b, c]);
}

/** An edge that two removed triangles share vanishes with them. */
function toggle(edges: Map<number, readonly [number, number]>, a: number, b: number, count: number): void {
  const key = Math.min(a, b) * count + Math.max(a, b);
  if (!edges.delete(key)) edges.set(key, [a, b]);
}

function circle(points: readonly Point[], a: number, b: number, c: number): Open {
  const p = points[a] as Point;
  const q = points[b] as Point;
  const r = points[c] as Point;
  const qx = q.x - p.x;
  const qy = q.y - p.y;
  const rx = r.x - p.x;
  const ry = r.y - p.y;
  const twice = 2 * (qx * ry - qy * rx);
  const q2 = qx * qx + qy * qy;
  const r2 = rx * rx + ry * ry;
  // Three points on one line have no circle: an endless one makes the next point replace the triangle.
  if (Math.abs(twice) < 1e-12) return { a, b, c, x: p.x, y: p.y, squared: Infinity };
  const x = (ry * q2 - qy * r2) / twice;
  const y = (qx * r2 - rx * q2) / twice;
  return { a, b, c, x: p.x + x, y: p.y + y, squared: x * x + y * y };
}
