import { Field } from './field';
import { Noise } from './noise';
import { blendOver, mixRgb, put } from './ramp';
import type { Scene } from './scene';
import { clamp01, mix, smoothstep } from './shaping';
import type { Sky } from './sky';

/** A sky full of dark clouds down to `horizon` (units from the top), without sun, moon or stars; only low over the horizon some light comes through. */
export function makeStormSky(scene: Scene, horizon: number): Sky {
  const { random, skyRamp, spec, spanX, width, unit } = scene;
  const night = spec.light === 'night';
  const zenith = skyRamp.at(night ? 0 : 0.1);
  const haze = skyRamp.at(night ? 0.26 : 0.54);
  const [dark, pale] = [skyRamp.at(night ? 0 : 0.05), skyRamp.at(night ? 0.2 : 0.42)];
  const sunX = spanX * random.between(0.3, 0.7);
  const noise = new Noise(random);
  const clouds = new Field(scene, 72, (x, y) => {
    // Clouds flatten towards the horizon, as they are farther away there.
    const far = 1 / (1.15 - clamp01(y / horizon));
    const warp = 0.5 * noise.fractal(x * 1.1 + 11, y * 2 + 3, 2);
    return noise.fractal(x * 1.05 + warp, y * (0.9 + 0.5 * far) + 0.5 * warp, 5, 0.55);
  });
  const cloud = new Float32Array(width);
  const slopeX = new Float32Array(width);
  const slopeY = new Float32Array(width);
  return {
    paint: (y, row) => {
      const t = clamp01((y + 0.5) / unit / horizon);
      const air = mixRgb(zenith, haze, t * t * mix(0.5, 1, t));
      clouds.readRow(y, cloud, slopeX, slopeY);
      const weight = 1 - 0.75 * smoothstep(0.55, 1.02, t);
      for (let x = 0, i = 0; x < width; x++, i += 3) {
        put(row, i, air);
        const thick = cloud[x] as number;
        blendOver(row, i, dark, weight * 0.8 * smoothstep(-0.25, 0.5, thick));
        // Bellies are dark, what bulges towards the light is pale.
        const bulge = clamp01(0.5 + 0.09 * unit * ((slopeY[x] as number) + 0.4 * (slopeX[x] as number)));
        blendOver(row, i, pale, weight * 0.5 * bulge * smoothstep(-0.4, 0.1, thick) * (1 - smoothstep(0.1, 0.6, thick)));
      }
    },
    sunX,
    sunY: horizon,
    sunRadius: 0,
    sun: haze,
    haze,
    zenith,
  };
}
