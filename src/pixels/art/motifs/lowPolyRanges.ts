import type { Point } from '../../../core/geometry';
import type { Random } from '../../random';
import { triangulate } from '../delaunay';
import { scatter, type Facet } from '../facets';
import { Noise } from '../noise';
import { mixRgb } from '../ramp';
import type { Scene } from '../scene';
import { clamp01, glow, mix, smoothstep } from '../shaping';
import { SKY_TONES, sunColour } from '../sky';

const COUNT = 3;

interface Range {
  /** The ridge from left to right, in units, beyond both edges of the picture. */
  readonly ridge: readonly Point[];
  readonly height: number;
  readonly nearness: number;
}

/** Facets whose edges follow the ridges of three ranges, one behind the other, under a sky: flanks towards the sun are lit, those away from it lie in the shade. */
export function rangeFacets(scene: Scene): Facet[] {
  const { random, ramp, skyRamp, spec, spanX, spanY } = scene;
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const pitch = 0.15 - 0.04 * spec.energy;
  const fromLeft = random.next() < 0.5;
  const sunX = spanX * (fromLeft ? random.between(0.14, 0.34) : random.between(0.66, 0.86));
  const sunY = spanY * 0.34;
  const ranges = makeRanges(random, pitch, spanX, spanY, spec.energy);
  const points = placePoints(ranges, scatter(random.between.bind(random), spanX, spanY, pitch), pitch);

  const tones = SKY_TONES[spec.light];
  const haze = skyRamp.at(tones.haze);
  const sun = sunColour(scene);
  const [far, near] = night ? [0.4, 0.04] : spec.light === 'dusk' ? [0.42, 0.08] : [0.5, 0.14];

  return triangulate(points).map((indexes) => {
    const corners = [points[indexes[0]], points[indexes[1]], points[indexes[2]]] as [Point, Point, Point];
    const [p, q, r] = corners;
    const x = (p.x + q.x + r.x) / 3;
    const y = (p.y + q.y + r.y) / 3;
    const chance = random.between(-1, 1);
    const range = ranges.findLast(({ ridge }) => ridgeAt(ridge, x) < y);
    const dx = x - sunX;
    const dy = y - sunY;
    if (!range) {
      const t = clamp01(y / (0.62 * spanY));
      const air = skyRamp.at(mix(tones.zenith, tones.haze, t * mix(0.6, 1, t)) + 0.022 * chance);
      return { corners, colour: mixRgb(air, sun, tones.glow * glow(Math.sqrt(dx * dx + dy * dy), 0.26) * (night ? 0.4 : 0.75)) };
    }
    const { ridge, height, nearness } = range;
    const depth = (y - ridgeAt(ridge, x)) / height;
    // The flank goes on down from the ridge, bent by spurs.
    const rise = ({ x: px, y: py }: Point): number => -(1 - 0.6 * smoothstep(0, 1.2, depth)) * ridgeAt(ridge, px) + 0.16 * noise.fractal(px * 2.6 + 9 * nearness, py * 2.1, 2);
    const area = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) || 1e-9;
    const slope = ((rise(q) - rise(p)) * (r.y - p.y) - (rise(r) - rise(p)) * (q.y - p.y)) / area;
    const facing = fromLeft ? slope : -slope;
    const light = facing / (1 + Math.abs(facing)) + 0.06 * chance;
    const rock = ramp.at(mix(far, near, Math.sqrt(nearness)) + light * mix(0.22, 0.16, nearness));
    const mist = mix(0.22, 0.06, nearness) + mix(0.4, 0.16, nearness) * smoothstep(0.1, 1.3, depth);
    const warmth = clamp01(light) * (night ? 0.12 : 0.36) * glow(dx, 0.7);
    return { corners, colour: mixRgb(mixRgb(rock, haze, night ? 0.5 * mist : mist), sun, warmth) };
  });
}

function makeRanges(random: Random, pitch: number, spanX: number, spanY: number, energy: number): Range[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const nearness = i / (COUNT - 1);
    const base = spanY * mix(0.66, 1.06, nearness);
    const height = spanY * mix(0.36, 0.3, nearness) * (0.8 + 0.4 * energy);
    return { ridge: makeRidge(random, pitch, spanX, base, height, mix(0.62, 0.95, nearness)), height, nearness };
  });
}

/** Peaks and saddles in turn, about `wide` from peak to peak, cut into pieces of about the facets' size. */
function makeRidge(random: Random, pitch: number, spanX: number, base: number, height: number, wide: number): Point[] {
  const bends: Point[] = [];
  for (let x = -wide * random.between(1, 1.6), peak = true; bends.length < 2 || (bends[bends.length - 1] as Point).x < spanX + 3 * pitch; peak = !peak) {
    bends.push({ x, y: base - height * (peak ? random.between(0.62, 1) : random.between(0.12, 0.36)) });
    x += wide * random.between(0.34, 0.62);
  }
  return bends.flatMap((from, k) => {
    const to = bends[k + 1];
    if (!to) return [from];
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const pieces = Math.max(2, Math.round(Math.sqrt(dx * dx + dy * dy) / pitch));
    // Each piece ends a little off the straight flank.
    return Array.from({ length: pieces }, (_, s) => ({ x: from.x + (dx * s) / pieces, y: from.y + (dy * s) / pieces + (s > 0 ? height * random.between(-0.05, 0.05) : 0) }));
  });
}

/** The points of the ridges that are seen, and of the lattice what keeps its distance from them, so that facets' edges run along the ridges. */
function placePoints(ranges: readonly Range[], lattice: readonly Point[], pitch: number): Point[] {
  const placed: Point[] = [];
  for (const [i, { ridge }] of ranges.entries()) {
    const nearer = ranges.slice(i + 1);
    placed.push(...ridge.filter((p) => nearer.every((other) => ridgeAt(other.ridge, p.x) > p.y + 0.25 * pitch)));
  }
  const ridgePoints = [...placed];
  const room = 0.72 * pitch;
  for (const p of lattice) {
    if (ridgePoints.every((q) => (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y) > room * room)) placed.push(p);
  }
  return placed;
}

/** The y of a ridge over `x`; beyond its ends that of the last point. */
function ridgeAt(ridge: readonly Point[], x: number): number {
  const next = ridge.findIndex((p) => p.x > x);
  const to = ridge[next];
  const from = ridge[next - 1];
  if (!to || !from) return ((next === 0 ? ridge[0] : ridge[ridge.length - 1]) as Point).y;
  return from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
}
