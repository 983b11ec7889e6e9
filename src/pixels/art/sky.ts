import type { LinearRgb } from '../../core/oklab';
import { Field } from './field';
import { Noise } from './noise';
import { addLight, blendOver, mixRgb, put } from './ramp';
import type { RowPainter, Scene } from './scene';
import { clamp01, coverage, glow, smoothstep } from './shaping';
import { placeStars } from './starlight';
import { makeStormSky } from './stormSky';

/** What stands in the sky, so that the land can answer to it: positions in units, colours in linear light. */
export interface Sky {
  readonly paint: RowPainter;
  readonly sunX: number;
  readonly sunY: number;
  readonly sunRadius: number;
  readonly sun: LinearRgb;
  /** The colour of the air at the horizon. */
  readonly haze: LinearRgb;
  readonly zenith: LinearRgb;
}

interface SkyTones {
  readonly zenith: number;
  readonly haze: number;
  readonly glow: number;
}

/** Places on the palette from dark (0) to light (1). */
export const SKY_TONES: Record<Scene['spec']['light'], SkyTones> = {
  dawn: { zenith: 0.5, haze: 0.93, glow: 0.5 },
  day: { zenith: 0.6, haze: 0.97, glow: 0.8 },
  dusk: { zenith: 0.2, haze: 0.8, glow: 0.55 },
  night: { zenith: 0.04, haze: 0.36, glow: 0.28 },
};

/** A sky down to `horizon` (units from the top): graded air, thin clouds, the sun or the moon with its glow, stars at night; in a storm none of them. */
export function makeSky(scene: Scene, horizon: number, sunHeight: 'at the horizon' | 'above the peaks'): Sky {
  if (scene.spec.weather === 'storm') return makeStormSky(scene, horizon);
  const { random, skyRamp: ramp, spec, spanX, unit, width } = scene;
  const night = spec.light === 'night';
  const tones = SKY_TONES[spec.light];
  const zenith = ramp.at(tones.zenith);
  const haze = ramp.at(tones.haze);
  const low = spec.light === 'dawn' || spec.light === 'dusk';
  const sunX = spanX * (random.next() < 0.5 ? random.between(0.24, 0.42) : random.between(0.58, 0.76));
  const sunY = horizon * (sunHeight === 'above the peaks' ? random.between(0.28, 0.46) : low ? random.between(0.62, 0.8) : random.between(0.24, 0.4));
  const sunRadius = (low ? 0.075 : 0.055) * random.between(0.9, 1.15);
  const sun = sunColour(scene);
  const noise = new Noise(random);
  const clouds = new Field(scene, 56, (x, y) => noise.fractal(x * 1.1 + 2, y * 5.2, 4, 0.55) + 0.35 * noise.at(x * 0.6, y * 1.4 + 5));
  const stars = night ? placeStars(scene, { perUnit: 420, brightest: 0.75, below: horizon }) : undefined;
  const cloud = new Float32Array(width);
  const aura = night ? mixRgb(haze, sun, 0.25) : sun;
  const middle = ramp.at((tones.zenith + tones.haze) / 2);

  const paint: RowPainter = (y, row) => {
    const v = (y + 0.5) / unit;
    const t = clamp01(v / horizon);
    // Two blends: the air brightens faster near the horizon.
    const upper = mixRgb(zenith, middle, smoothstep(0, 0.75, t));
    const air = mixRgb(upper, haze, t * t * t);
    clouds.readRow(y, cloud);
    const band = smoothstep(0.02, 0.35, t) * (1 - 0.6 * smoothstep(0.75, 1.05, t));
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      put(row, i, air);
      const dx = (x + 0.5) / unit - sunX;
      const dy = v - sunY;
      const away = Math.sqrt(dx * dx + dy * dy);
      const halo = tones.glow * (0.5 * glow(away, 0.13) + 0.5 * glow(away, 0.42));
      blendOver(row, i, aura, clamp01(halo * (night ? 0.8 : 0.9)));
      const thin = smoothstep(0.02, 0.62, cloud[x] as number) * band;
      if (thin > 0) blendOver(row, i, night ? haze : sun, thin * (night ? 0.22 : 0.34 + 0.25 * glow(away, 0.3)));
    }
    stars?.addRow(y, row, 1 - smoothstep(0.55, 1, t));
    const reach = (sunRadius + 0.01) * unit + 1;
    const fromSun = y + 0.5 - sunY * unit;
    if (Math.abs(fromSun) > reach) return;
    for (let x = Math.max(0, Math.floor(sunX * unit - reach)); x < Math.min(width, sunX * unit + reach); x++) {
      const dx = x + 0.5 - sunX * unit;
      const inside = coverage(Math.sqrt(dx * dx + fromSun * fromSun) - sunRadius * unit);
      if (inside > 0) blendOver(row, x * 3, sun, inside * (night ? 1 - moonShade(noise, dx / unit / sunRadius, fromSun / unit / sunRadius) : 1));
      if (inside > 0 && !night) addLight(row, x * 3, sun, inside * 0.12);
    }
  };
  return { paint, sunX, sunY, sunRadius, sun, haze, zenith };
}

/** The sun's colour or, at night, the moon's, in linear light. */
export function sunColour({ skyRamp, spec }: Scene): LinearRgb {
  return mixRgb(skyRamp.at(1), spec.light === 'night' ? [0.95, 0.96, 1] : [1, 0.93, 0.8], 0.55);
}

/** The moon's maria: faint, soft patches. */
function moonShade(noise: Noise, x: number, y: number): number {
  return 0.26 * smoothstep(0.05, 0.5, noise.fractal(x * 1.3 + 4, y * 1.3 + 7, 3));
}
