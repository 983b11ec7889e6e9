import type { Point } from '../../../core/geometry';
import { linearToOklab, oklabToLinear } from '../../../core/oklab';
import { companionOf } from '../companion';
import { triangulate } from '../delaunay';
import { paintFacets, scatter, type Facet } from '../facets';
import { Noise } from '../noise';
import { mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { bell, clamp01, mix } from '../shaping';
import { rangeFacets } from './lowPolyRanges';

/** Triangles, each in one colour: a landscape seen from above, lit from the upper left, or ranges of mountains under a sky. */
export function lowPoly(scene: Scene): RowPainter {
  return paintFacets(scene.spec.ranges ? rangeFacets(scene) : makeFacets(scene), scene);
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
    return { corners, colour };
  });
}
