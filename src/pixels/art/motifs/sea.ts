import { Noise } from '../noise';
import { blendOver, mixRgb, addLight } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { bell, clamp01, coverage, glow, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { Skyline } from '../skyline';
import { stormSea } from './stormSea';

/** Open water under a wide sky, with the light's path upon it and a far shore. */
export function sea(scene: Scene): RowPainter {
  if (scene.spec.weather === 'storm') return stormSea(scene);
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const horizon = spanY * 0.56;
  const sky = makeSky(scene, horizon, 'at the horizon');
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const deep = ramp.at(night ? 0 : 0.1);
  const shoreSide = sky.sunX > spanX / 2 ? 0 : spanX;
  const shore = new Skyline(width, (px) => {
    const x = px / unit;
    const rise = bell((x - shoreSide) / Math.max(0.7, spanX * 0.42));
    return (horizon - spanY * (0.09 * rise * (0.75 + 0.5 * noise.fractal(x * 3.1, 4.4, 5)) + 0.03 * Math.max(0, noise.fractal(x * 1.7, 8.1, 4)) * rise)) * unit;
  });
  const land = mixRgb(ramp.at(night ? 0.08 : 0.36), sky.haze, night ? 0.1 : 0.3);
  const waterFar = mixRgb(sky.haze, sky.zenith, 0.45);
  const waterNear = mixRgb(deep, sky.zenith, 0.22);
  const choppy = 0.7 + 0.6 * spec.energy;

  return (y, row) => {
    const v = (y + 0.5) / unit;
    sky.paint(y, row);
    if (v < horizon + 0.02) {
      for (let x = 0; x < width; x++) {
        const cover = shore.covers(x, y);
        if (cover > 0) blendOver(row, x * 3, land, cover);
      }
    }
    const under = 1 - coverage(y + 0.5 - horizon * unit);
    if (under <= 0) return;
    const depth = Math.max(0.0015, v - horizon);
    const away = depth / (spanY - horizon);
    // Perspective: waves near the viewer are long and tall, those at the horizon lines.
    const distance = 0.09 / (depth + 0.012);
    const base = mixRgb(waterFar, waterNear, smoothstep(0, 0.85, Math.sqrt(away)));
    const pathWidth = 0.03 + 0.22 * away + sky.sunRadius * 0.6;
    const detail = Math.min(1, unit / 300);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const u = (x + 0.5) / unit - sky.sunX;
      const lane = u * distance;
      const swell = noise.at(lane * 1.6, distance * 9) * 0.6 + noise.at(lane * 4.1 + 7, distance * 23) * 0.4;
      const ripple = noise.at(lane * 9 + 3, distance * 52 + 5);
      const wave = choppy * (swell + 0.5 * detail * ripple * smoothstep(0, 0.12, away));
      blendOver(row, i, base, under);
      const crest = clamp01(wave);
      const trough = clamp01(-wave);
      blendOver(row, i, sky.haze, under * crest * (0.3 + 0.12 * (1 - away)));
      blendOver(row, i, deep, under * trough * (0.18 + 0.42 * away));
      const path = glow(u / pathWidth, 0.62);
      const sparkle = smoothstep(0.38 - 0.62 * path, 0.62, wave + 0.25 * ripple * detail);
      addLight(row, i, sky.sun, under * path * path * (0.1 + (night ? 0.5 : 0.75) * sparkle));
    }
  };
}
