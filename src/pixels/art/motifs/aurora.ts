import type { LinearRgb } from '../../../core/oklab';
import { linearToOklab, oklabToLinear } from '../../../core/oklab';
import { companionOf } from '../companion';
import { Noise } from '../noise';
import { addLight, blendOver, mixRgb, put } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { bell, clamp01, glow, mix, smoothstep } from '../shaping';
import { endOfSky, nearestCover, Skyline } from '../skyline';
import { placeStars } from '../starlight';

/** How far beyond the picture's sides a curtain is known, in units: its rays lean outward as they rise. */
const MARGIN = 0.6;
/** How much rays lean away from the middle for each unit that they rise. */
const LEAN = 0.16;
/** Steps of a curtain to a unit. */
const STEPS = 900;
const CURTAINS = 4;

/** A hanging fold of light, as tables over its width. */
interface Curtain {
  /** Height of the hem, in units from the top. */
  readonly hem: Float32Array;
  /** How far rays reach up, in units. */
  readonly reach: Float32Array;
  /** How bright rays are, from 0. */
  readonly light: Float32Array;
  readonly low: LinearRgb;
  readonly high: LinearRgb;
}

/** Northern lights: curtains of rays, brightest along their hems, over stars and dark ridges. */
export function aurora(scene: Scene): RowPainter {
  const { random, ramp, accent, unit, width, spanX, spanY } = scene;
  const noise = new Noise(random);
  const horizon = spanY * 0.84;
  const [zenith, low, air] = [ramp.at(0), ramp.at(0.2), ramp.at(0.42)];
  const violet = oklabToLinear(companionOf(linearToOklab(accent), ramp.lab(0.5)));
  const middle = spanX / 2;
  const curtains = Array.from({ length: CURTAINS }, (_, k) => hang(scene, noise, k, mixRgb(ramp.at(0.8), ramp.at(0.66), k / CURTAINS), mixRgb(violet, ramp.at(0.5), 0.2)));
  const stars = placeStars(scene, { perUnit: 380, brightest: 0.8, below: horizon });
  const skylines = [ridge(scene, noise, 0.88, 0.1, 1.1, 3), ridge(scene, noise, 0.97, 0.11, 0.8, 9)];
  const rocks = [mixRgb(ramp.at(0.12), zenith, 0.45), mixRgb(zenith, [0, 0, 0], 0.45)];
  const skyEnd = endOfSky(skylines, width);
  return (y, row) => {
    const v = (y + 0.5) / unit;
    const t = clamp01(v / horizon);
    const sky = mixRgb(mixRgb(zenith, low, smoothstep(0.1, 0.9, t)), air, 0.55 * t * t * t * t);
    if (y < skyEnd) {
      for (let i = 0; i < width * 3; i += 3) put(row, i, sky);
      stars.addRow(y, row, 1 - smoothstep(0.6, 1, t));
      for (const curtain of curtains) shine(curtain, v, middle, horizon, unit, width, row);
    }
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      for (let k = Math.max(0, nearestCover(skylines, x, y)); k < skylines.length; k++) {
        const cover = (skylines[k] as Skyline).covers(x, y);
        if (cover > 0) blendOver(row, i, rocks[k] as LinearRgb, cover);
      }
    }
  };
}

function hang({ random, spanX, spanY, spec }: Scene, noise: Noise, k: number, low: LinearRgb, high: LinearRgb): Curtain {
  const count = Math.ceil((spanX + 2 * MARGIN) * STEPS);
  const [lane, start, drift] = [k * 13.7, spanY * mix(0.68, 0.4, k / (CURTAINS - 1)) * random.between(0.92, 1.06), random.between(-0.12, 0.12)];
  const strength = mix(1, 0.5, k / (CURTAINS - 1)) * mix(0.75, 1.1, spec.energy);
  const [hem, reach, light] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const u = i / STEPS;
    // Folds: where the curtain turns, its rays stand closer and are brighter.
    const fold = 0.8 * noise.fractal(u * 1.1, lane, 2);
    const across = u + 0.35 * fold;
    hem[i] = start + spanY * (drift * (u / (spanX + 2 * MARGIN) - 0.5) + 0.2 * noise.fractal(across * 0.9, lane + 5, 2) + 0.02 * noise.at(across * 5, lane + 2));
    reach[i] = spanY * (0.46 + 0.22 * noise.at(across * 1.7, lane + 8) + 0.14 * noise.at(across * 9, lane + 11));
    const rays = 0.5 + 0.75 * noise.fractal(across * 8, lane + 21, 4, 0.68);
    light[i] = strength * smoothstep(-0.3, 0.45, noise.fractal(u * 0.8, lane + 31, 2)) * Math.max(0, rays);
  }
  return { hem, reach, light, low, high };
}

/** Adds the light of a curtain to a row. */
function shine({ hem, reach, light, low, high }: Curtain, v: number, middle: number, horizon: number, unit: number, width: number, row: Float32Array): void {
  const spread = 1 / (1 + LEAN * Math.max(0, horizon - v));
  for (let x = 0, i = 0; x < width; x++, i += 3) {
    const place = Math.min(hem.length - 2, Math.max(0, (middle + ((x + 0.5) / unit - middle) * spread + MARGIN) * STEPS));
    const at = Math.floor(place);
    const part = place - at;
    const between = (table: Float32Array): number => mix(table[at] as number, table[at + 1] as number, part);
    const rise = between(hem) - v;
    const share = rise / between(reach);
    if (share >= 1 || rise < -0.05) continue;
    const fade = rise < 0 ? bell(rise / 0.05) : (1 - share) * (1 - share) * (0.4 + 0.6 * glow(share, 0.16));
    const strength = between(light) * fade;
    if (strength <= 0) continue;
    const tint = smoothstep(0.1, 0.6, share);
    addLight(row, i, low, 2 * strength * (1 - tint));
    addLight(row, i, high, 2.4 * strength * tint);
  }
}

function ridge({ unit, width, spanY }: Scene, noise: Noise, base: number, height: number, scale: number, lane: number): Skyline {
  return new Skyline(width, (x) => {
    const u = (x / unit) * scale + lane;
    return spanY * (base - height * (noise.ridged(u * 0.9, lane, 5, 0.5) - 0.35)) * unit;
  });
}
