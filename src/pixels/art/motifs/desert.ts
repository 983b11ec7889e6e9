import type { LinearRgb } from '../../../core/oklab';
import { Noise } from '../noise';
import { mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, coverage, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { endOfSky, nearestCover, Skyline } from '../skyline';

/** Where the crest stands between one dune's foot (0) and the next one's (1): the windward side is long, the slip face short. */
const CREST = 0.62;
const COUNT = 5;

interface Dunes {
  readonly lit: LinearRgb;
  readonly shaded: LinearRgb;
  readonly scale: number;
  readonly lane: number;
  readonly nearness: number;
}

/** Chains of dunes, one behind the other: windward sides in the light, slip faces in the shade, divided by a crest that winds towards the viewer. */
export function desert(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const sky = makeSky(scene, spanY * 0.54, 'at the horizon');
  const noise = new Noise(random);
  const night = spec.light === 'night';
  // Dunes turn their long side to the sun.
  const mirror = sky.sunX > spanX / 2 ? -1 : 1;
  const chains: Dunes[] = [];
  const skylines: Skyline[] = [];
  for (let i = 0; i < COUNT; i++) {
    const nearness = i / (COUNT - 1);
    const base = spanY * mix(0.57, 1.02, nearness * (0.55 + 0.45 * nearness));
    const height = spanY * mix(0.075, 0.4, nearness);
    const scale = mix(1.9, 0.62, Math.sqrt(nearness));
    const lane = i * 13.7;
    skylines.push(
      new Skyline(width, (px) => {
        const x = px / unit;
        const place = wind(noise, mirror * x * scale + lane, 0, lane);
        const whole = Math.floor(place);
        const t = place - whole;
        const tall = 0.4 + 0.6 * (0.5 + 0.5 * noise.at(whole * 0.77 + 0.4, lane + 3));
        const next = 0.4 + 0.6 * (0.5 + 0.5 * noise.at((whole + 1) * 0.77 + 0.4, lane + 3));
        const profile = t < CREST ? smoothstep(-0.25, 1.15, t / CREST) * tall : mix(tall, 0.06 * next, smoothstep(-0.35, 1, (t - CREST) / (1 - CREST)));
        const foot = smoothstep(-0.25, 1.15, 0) * mix(next, tall, smoothstep(0, 0.3, t));
        return (base - height * (t < CREST ? Math.max(profile, foot) : profile + foot * smoothstep(0.5, 1, (t - CREST) / (1 - CREST)))) * unit;
      }),
    );
    const air = (1 - nearness) * (1 - 0.3 * nearness) * 0.62;
    chains.push({
      lit: mixRgb(ramp.at(night ? 0.4 : mix(0.84, 0.68, nearness)), sky.haze, air),
      shaded: mixRgb(ramp.at(night ? 0.08 : mix(0.46, 0.2, nearness)), sky.haze, air),
      scale,
      lane,
      nearness,
    });
  }
  const skyEnd = endOfSky(skylines, width);

  return (y, row) => {
    if (y < skyEnd) sky.paint(y, row);
    const v = (y + 0.5) / unit;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      for (let k = Math.max(0, nearestCover(skylines, x, y)); k < COUNT; k++) {
        const skyline = skylines[k] as Skyline;
        const cover = skyline.covers(x, y);
        if (cover === 0) continue;
        const { lit, shaded, scale, lane, nearness } = chains[k] as Dunes;
        const depth = Math.max(0, skyline.depth(x, y)) / unit;
        const u = (x + 0.5) / unit;
        const place = wind(noise, mirror * u * scale + lane, depth * mix(3.4, 1.5, nearness), lane);
        const t = place - Math.floor(place);
        const pixel = scale / unit;
        // Shade begins sharply at the crest and melts away towards the foot of the slip face.
        const slip = coverage((CREST - t) / pixel) * (1 - smoothstep(CREST + 0.12, 1, t));
        const deep = depth / mix(0.06, 0.42, nearness);
        const shade = slip * mix(0.92, 0.45, clamp01(deep)) + 0.12 * smoothstep(0.3, 0, t) + 0.26 * smoothstep(0.1, 1.3, deep);
        const breeze = noise.at(u * 1.3, v * 1.3 + 40);
        const ripple = 0.055 * nearness * Math.min(1, unit / 300) * noise.at(u * 5 + 3 * breeze, v * mix(90, 46, nearness) + 5 * breeze + u * 4 * mirror) * (1 - slip);
        const light = clamp01(1 - shade + ripple);
        for (let c = 0; c < 3; c++) row[i + c] = mix(row[i + c] as number, mix(shaded[c] as number, lit[c] as number, light), cover);
      }
    }
  };
}

/** Where a place lies along a chain of dunes: crests are a whole apart, wander, and swing to and fro as they come down towards the viewer. */
function wind(noise: Noise, along: number, down: number, lane: number): number {
  return along + 0.35 * noise.at(along * 0.6, lane + 0.5) + 0.42 * down + 0.3 * noise.at(down * 0.9 + 0.3, lane + along * 0.25) - 0.3 * noise.at(0.3, lane + along * 0.25);
}
