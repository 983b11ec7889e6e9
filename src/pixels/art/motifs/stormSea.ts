import type { LinearRgb } from '../../../core/oklab';
import { Noise } from '../noise';
import { blendOver, mixRgb, put } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { endOfSky, nearestCover, Skyline } from '../skyline';

const COUNT = 13;

interface Swell {
  readonly crest: LinearRgb;
  readonly body: LinearRgb;
  readonly trough: LinearRgb;
  readonly foam: LinearRgb;
  /** In each column, how high the wave stands: 0 in the trough, 1 at a crest. */
  readonly rise: Float32Array;
  readonly tall: number;
  readonly scale: number;
  readonly lane: number;
}

/** A rough sea: steep waves behind one another, higher the nearer they are, with foam on their crests, under dark clouds. */
export function stormSea(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanY } = scene;
  const horizon = spanY * 0.5;
  const sky = makeSky(scene, horizon, 'at the horizon');
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const swells: Swell[] = [];
  const skylines: Skyline[] = [];
  for (let i = 0; i < COUNT; i++) {
    const nearness = i / (COUNT - 1);
    const base = mix(horizon, spanY * 1.06, nearness * mix(0.35, 1, nearness));
    const tall = spanY * mix(0.012, 0.19, nearness) * (0.8 + 0.4 * spec.energy);
    const scale = mix(5, 0.85, Math.sqrt(nearness));
    const lane = i * 7.7;
    const rise = Float32Array.from({ length: width }, (_, x) => riseAt(noise, ((x + 0.5) / unit) * scale, lane));
    skylines.push(new Skyline(width, (px) => (base - tall * (riseAt(noise, (px / unit) * scale, lane) - 0.35)) * unit));
    const air = 0.75 * (1 - nearness) * (1 - nearness);
    const tone = (day: number, dark: number): LinearRgb => mixRgb(ramp.at(night ? dark : day), sky.haze, air);
    swells.push({ crest: tone(0.46, 0.3), body: tone(0.22, 0.12), trough: tone(0.06, 0.01), foam: tone(0.93, 0.6), rise, tall, scale, lane });
  }
  const colour = new Float32Array(3);
  const skyEnd = endOfSky(skylines, width);

  return (y, row) => {
    if (y < skyEnd) sky.paint(y, row);
    const v = (y + 0.5) / unit;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const u = (x + 0.5) / unit;
      for (let k = Math.max(0, nearestCover(skylines, x, y)); k < COUNT; k++) {
        const skyline = skylines[k] as Skyline;
        const cover = skyline.covers(x, y);
        if (cover === 0) continue;
        const { crest, body, trough, foam, rise, tall, scale, lane } = swells[k] as Swell;
        const high = rise[x] as number;
        const depth = Math.max(0, skyline.depth(x, y)) / unit / tall;
        put(colour, 0, body);
        blendOver(colour, 0, crest, clamp01(high) * (1 - smoothstep(0, 0.5, depth)));
        blendOver(colour, 0, trough, smoothstep(0.25, 1.2, depth));
        // Foam breaks from the crests and runs down their flanks in streaks.
        const reach = 0.06 + 0.5 * smoothstep(0.45, 1, high);
        if (high > 0.3 && depth < reach) {
          const streak = noise.at(u * scale * 5 + lane, depth * 3.2 + lane) + 0.6 * noise.at(u * scale * 13 + depth * 3, v * scale * 16 + lane);
          const white = smoothstep(0.3, 0.95, high) * (1 - smoothstep(0, reach, depth)) * smoothstep(-0.5, 0.5, streak + 0.9 * (1 - depth / reach) - 0.4);
          if (white > 0) blendOver(colour, 0, foam, 0.9 * clamp01(white));
        }
        for (let c = 0; c < 3; c++) row[i + c] = mix(row[i + c] as number, colour[c] as number, cover);
      }
    }
  };
}

/** The profile of steep waves, 0 in the troughs to about 1: sharp crests, broad troughs, in groups of higher and lower ones. */
function riseAt(noise: Noise, x: number, lane: number): number {
  const group = 0.75 + 0.5 * noise.at(x * 0.31, lane + 40);
  const bent = x + 0.22 * noise.at(x * 1.3, lane + 21);
  const crest = 1 - Math.min(1, 1.5 * Math.abs(noise.at(bent, lane + 0.5)));
  const chop = 1 - Math.min(1, 1.5 * Math.abs(noise.at(bent * 2.9 + 5, lane + 9.5)));
  return group * (0.84 * crest * Math.sqrt(crest) + 0.16 * chop * chop);
}
