import type { LinearRgb } from '../../../core/oklab';
import { Noise } from '../noise';
import { blendOver, mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, glow, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { Skyline } from '../skyline';

interface Range {
  readonly skyline: Skyline;
  /** Colour at the crest and, where mist lies, at the foot. */
  readonly rock: LinearRgb;
  readonly mist: LinearRgb;
  readonly mistDepth: number;
  readonly nearness: number;
}

/** Ridged ranges that fade into the air behind one another, under a sky with the sun or the moon. */
export function mountains(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanY } = scene;
  const horizon = spanY * 0.62;
  const sky = makeSky(scene, horizon);
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const count = 6;
  const near = ramp.at(night ? 0 : 0.03);
  const far = mixRgb(sky.haze, sky.zenith, 0.3);
  const ranges: Range[] = [];
  for (let i = 0; i < count; i++) {
    const nearness = i / (count - 1);
    const base = spanY * mix(0.53, 0.97, Math.sqrt(nearness) * nearness * 0.5 + nearness * 0.5);
    const height = spanY * mix(0.24, 0.2, nearness) * (0.75 + 0.5 * spec.energy);
    const scale = mix(1.5, 0.95, nearness);
    const row = i * 7.31;
    const skyline = new Skyline(width, (x) => {
      const u = (x / unit) * scale + i * 3.7;
      const crest = noise.ridged(u * 0.8, row, 6, 0.52);
      const swell = noise.fractal(u * 0.55, row + 3.3, 2);
      return (base - height * (crest * 1.15 + 0.45 * swell - 0.1)) * unit;
    });
    const depth = Math.sqrt(nearness);
    const rock = mixRgb(far, near, 0.12 + 0.86 * depth);
    ranges.push({ skyline, rock, mist: mixRgb(rock, sky.haze, night ? 0.3 : 0.62 - 0.35 * nearness), mistDepth: spanY * mix(0.2, 0.3, nearness), nearness });
  }

  return (y, row) => {
    sky.paint(y, row);
    for (const range of ranges) {
      for (let x = 0, i = 0; x < width; x++, i += 3) {
        const cover = range.skyline.covers(x, y);
        if (cover === 0) continue;
        const depth = range.skyline.depth(x, y) / unit;
        const mist = smoothstep(0, range.mistDepth, depth);
        const dx = (x + 0.5) / unit - sky.sunX;
        const warmth = glow(dx, 0.5) * (1 - range.nearness) * 0.22;
        const edge = warmth * (1 + glow(depth, 0.012));
        for (let c = 0; c < 3; c++) {
          const body = mix(range.rock[c] as number, range.mist[c] as number, mist * mist);
          const lit = mix(body, sky.sun[c] as number, clamp01(edge));
          row[i + c] = mix(row[i + c] as number, lit, cover);
        }
      }
    }
    const shade = smoothstep(0.8, 1.05, (y + 0.5) / unit / spanY) * 0.35;
    if (shade > 0) for (let i = 0; i < width * 3; i += 3) blendOver(row, i, near, shade);
  };
}
