import type { Point } from '../../../core/geometry';
import type { LinearRgb } from '../../../core/oklab';
import { linearToOklab, oklabToLinear } from '../../../core/oklab';
import { companionOf } from '../companion';
import { triangulate } from '../delaunay';
import { Noise } from '../noise';
import { mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { bell, clamp01, mix } from '../shaping';

interface Facet {
  readonly corners: readonly [Point, Point, Point];
  readonly top: number;
  readonly bottom: number;
  readonly colour: LinearRgb;
}

/** Sub-rows a pixel row is cut into; across, coverage is exact. */
const SUB = 4;

/** A faceted landscape seen from above: triangles, each in one colour, lit from the upper left. */
export function lowPoly(scene: Scene): RowPainter {
  const { unit, width } = scene;
  const facets = makeFacets(scene).sort((a, b) => a.top - b.top);
  let active: Facet[] = [];
  let next = 0;
  return (y, row) => {
    for (; next < facets.length && (facets[next] as Facet).top * unit < y + 1; next++) active.push(facets[next] as Facet);
    active = active.filter((facet) => facet.bottom * unit > y);
    row.fill(0);
    for (const facet of active) {
      for (let s = 0; s < SUB; s++) addSpan(facet, (y + (s + 0.5) / SUB) / unit, unit, width, row);
    }
  };
}

function makeFacets({ random, ramp, spec, accent, spanX, spanY }: Scene): Facet[] {
  const tint = oklabToLinear(companionOf(linearToOklab(accent), ramp.lab(0.6)));
  const noise = new Noise(random);
  const points = scatter(random.between.bind(random), spanX, spanY, 0.19 - 0.06 * spec.energy);
  const heights = points.map((p) => noise.fractal(p.x * 1.3, p.y * 1.3, 3));
  const dark = spec.tone === 'dark';
  const leanX = random.between(-0.5, 0.5);
  const warmX = random.between(0.15, 0.85) * spanX;
  const warmY = random.between(0.15, 0.85) * spanY;
  return triangulate(points).map((indexes) => {
    const corners = [points[indexes[0]], points[indexes[1]], points[indexes[2]]] as [Point, Point, Point];
    const [p, q, r] = corners;
    const [hp, hq, hr] = [heights[indexes[0]] as number, heights[indexes[1]] as number, heights[indexes[2]] as number];
    const area = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) || 1e-9;
    const slopeX = ((hq - hp) * (r.y - p.y) - (hr - hp) * (q.y - p.y)) / area;
    const slopeY = ((hr - hp) * (q.x - p.x) - (hq - hp) * (r.x - p.x)) / area;
    // Bent, so that the steepest facets keep to the colours around them.
    const slope = -0.2 * (slopeX + slopeY * 0.8);
    const light = slope / (1 + 2.5 * Math.abs(slope)) + random.between(-0.045, 0.045);
    const x = (p.x + q.x + r.x) / 3;
    const y = (p.y + q.y + r.y) / 3;
    const across = clamp01(0.5 + 0.75 * (y / spanY - 0.5) + leanX * (x / spanX - 0.5) + 0.3 * noise.at(x * 0.8 + 9, y * 0.8));
    const tone = (dark ? mix(0.5, 0.03, across) : mix(0.9, 0.34, across)) + light * (dark ? 0.8 : 0.7);
    const dx = (x - warmX) / (0.35 * spanX);
    const dy = (y - warmY) / (0.6 * spanY);
    const warmth = 0.55 * bell(Math.sqrt(dx * dx + dy * dy));
    const colour = mixRgb(ramp.at(tone), mixRgb(tint, ramp.at(tone + 0.25), dark ? 0.7 : 0.5), warmth);
    return { corners, top: Math.min(p.y, q.y, r.y), bottom: Math.max(p.y, q.y, r.y), colour };
  });
}

/** Points of a jittered triangular lattice that reaches beyond the picture. */
function scatter(between: (low: number, high: number) => number, spanX: number, spanY: number, pitch: number): Point[] {
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
