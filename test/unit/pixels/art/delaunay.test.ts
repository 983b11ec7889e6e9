import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Point } from '../../../../src/core/geometry';
import { triangulate } from '../../../../src/pixels/art/delaunay';

const coordinate = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);

/** Twice the signed area. */
function cross(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

describe('triangulation', () => {
  it('has no point inside a circumcircle, and covers the square that the points are set in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.record({ x: coordinate, y: coordinate }), { minLength: 3, maxLength: 40, selector: (p) => `${p.x},${p.y}` }), (inner) => {
        // A small shift makes points that lie on one circle unlikely.
        const points = [{ x: -0.11, y: -0.1 }, { x: 1.13, y: -0.12 }, { x: 1.1, y: 1.14 }, { x: -0.12, y: 1.1 }, ...inner.map((p, i) => ({ x: p.x + i * 1e-5, y: p.y + i * i * 1e-6 }))];
        const triangles = triangulate(points);
        let area = 0;
        for (const [i, j, k] of triangles) {
          const [a, b, c] = [points[i] as Point, points[j] as Point, points[k] as Point];
          const turn = cross(a, b, c);
          area += Math.abs(turn);
          for (const p of points) {
            if (p === a || p === b || p === c) continue;
            const [ax, ay, bx, by, cx, cy] = [a.x - p.x, a.y - p.y, b.x - p.x, b.y - p.y, c.x - p.x, c.y - p.y];
            const inside = (ax * ax + ay * ay) * (bx * cy - cx * by) - (bx * bx + by * by) * (ax * cy - cx * ay) + (cx * cx + cy * cy) * (ax * by - bx * ay);
            assert.ok(inside * Math.sign(turn) < 1e-9);
          }
        }
        const corners = points.slice(0, 4) as [Point, Point, Point, Point];
        assert.ok(Math.abs(area - Math.abs(cross(corners[0], corners[1], corners[2])) - Math.abs(cross(corners[0], corners[2], corners[3]))) < 1e-6);
      }),
      { numRuns: 60 },
    );
  });
});
