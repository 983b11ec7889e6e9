import type { LinearRgb } from '../../../core/oklab';
import { Noise } from '../noise';
import { blendOver, mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, glow, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { endOfSky, nearestCover, Skyline } from '../skyline';

interface Range {
  /** Colour at the crest and, where mist lies, at the foot. */
  readonly rock: LinearRgb;
  readonly mist: LinearRgb;
  /** In each column, the y where the mist begins, in units. */
  readonly mistTop: Float32Array;
  readonly mistDepth: number;
  readonly nearness: number;
}

const COUNT = 6;

/** Ridged ranges that fade into the air behind one another, under a sky with the sun or the moon. */
export function mountains(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanY } = scene;
  const sky = makeSky(scene, spanY * 0.62, 'above the peaks');
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const near = ramp.at(night ? 0 : 0.03);
  const ranges: Range[] = [];
  const skylines: Skyline[] = [];
  for (let i = 0; i < COUNT; i++) {
    const nearness = i / (COUNT - 1);
    const base = spanY * mix(0.56, 0.99, nearness * (0.62 + 0.38 * nearness));
    const height = spanY * mix(0.27, 0.2, nearness) * (0.75 + 0.5 * spec.energy);
    const scale = mix(1.45, 0.95, nearness);
    const lane = i * 7.31;
    const swell = (u: number): number => 0.45 * noise.fractal(u * 0.55, lane + 3.3, 2);
    skylines.push(
      new Skyline(width, (x) => {
        const u = (x / unit) * scale + i * 3.7;
        return (base - height * (noise.ridged(u * 0.8, lane, 6, 0.52) * 1.15 + swell(u) - 0.1)) * unit;
      }),
    );
    // Mist lies level in the valleys: it follows the broad swell of the land, not every peak.
    const mistTop = Float32Array.from({ length: width }, (_, x) => {
      const u = (x / unit) * scale + i * 3.7;
      return base - height * (0.42 + 0.6 * swell(u) + 0.16 * noise.fractal(u * 1.6, lane + 20, 2));
    });
    // Along the palette and not straight from haze to black: between a warm haze and a cold dark lies grey.
    const rock = mixRgb(ramp.at(mix(night ? 0.34 : 0.6, night ? 0 : 0.02, Math.sqrt(nearness))), sky.haze, 0.55 * (1 - nearness) * (1 - nearness));
    ranges.push({ rock, mist: mixRgb(rock, mixRgb(sky.haze, ramp.at(0.62), nearness), night ? 0.34 : 0.7 - 0.34 * nearness), mistTop, mistDepth: spanY * mix(0.16, 0.24, nearness), nearness });
  }
  const skyEnd = endOfSky(skylines, width);

  return (y, row) => {
    if (y < skyEnd) sky.paint(y, row);
    const v = (y + 0.5) / unit;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const away = glow((x + 0.5) / unit - sky.sunX, 0.5);
      for (let k = Math.max(0, nearestCover(skylines, x, y)); k < COUNT; k++) {
        const skyline = skylines[k] as Skyline;
        const cover = skyline.covers(x, y);
        if (cover === 0) continue;
        const { rock, mist, mistTop, mistDepth, nearness } = ranges[k] as Range;
        const fog = smoothstep(0, 1, (v - (mistTop[x] as number)) / mistDepth);
        const lit = clamp01(away * (1 - nearness) * (night ? 0.08 : 0.3) * (1 + 0.8 * glow(skyline.depth(x, y) / unit, 0.01)));
        for (let c = 0; c < 3; c++) {
          const body = mix(rock[c] as number, mist[c] as number, fog);
          row[i + c] = mix(row[i + c] as number, mix(body, sky.sun[c] as number, lit), cover);
        }
      }
    }
    const shade = smoothstep(0.8, 1.05, v / spanY) * 0.35;
    if (shade > 0) for (let i = 0; i < width * 3; i += 3) blendOver(row, i, near, shade);
  };
}
