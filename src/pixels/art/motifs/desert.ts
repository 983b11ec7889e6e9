import { Noise } from '../noise';
import { mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, mix, smoothstep } from '../shaping';
import { makeSky } from '../sky';
import { Skyline } from '../skyline';

/** Dunes, one behind the other: a lit flank towards the sun, a dark one away from it, fine ripples on the near ones. */
export function desert(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const horizon = spanY * 0.52;
  const sky = makeSky(scene, horizon);
  const noise = new Noise(random);
  const night = spec.light === 'night';
  const towardsSun = sky.sunX > spanX / 2 ? 1 : -1;
  const count = 5;
  const dunes = Array.from({ length: count }, (_, i) => {
    const nearness = i / (count - 1);
    const base = spanY * mix(0.53, 0.98, nearness * (0.6 + 0.4 * nearness));
    const height = spanY * mix(0.07, 0.34, nearness);
    const scale = mix(1.5, 0.62, nearness);
    const crest = (x: number): number => {
      const u = x * scale + i * 7.7;
      // Rounded on one side, sharp on the other: a folded wave over a slow swell.
      const fold = 1 - Math.abs(noise.at(u * 0.85, i * 3.1)) * 1.7;
      return base - height * (0.55 * fold * fold * Math.sign(fold) + 0.4 * noise.at(u * 0.5, i * 5.7 + 2));
    };
    const flank = (x: number): number => crest(x) + height * (0.05 + 0.5 * (0.5 + 0.5 * noise.at(x * scale * 0.7 + 11, i * 4.3)));
    const air = (1 - nearness) * (1 - 0.35 * nearness);
    return {
      skyline: new Skyline(width, (px) => crest(px / unit) * unit),
      slope: Float32Array.from({ length: width }, (_unused, x) => (crest((x + 2) / unit + 0.004) - crest((x - 2) / unit - 0.004)) / (0.008 + 4 / unit)),
      foot: Float32Array.from({ length: width }, (_unused, x) => (flank(x / unit) - crest(x / unit)) * unit),
      lit: mixRgb(ramp.at(night ? 0.36 : mix(0.82, 0.7, nearness)), sky.haze, air * 0.6),
      shaded: mixRgb(ramp.at(night ? 0.06 : mix(0.42, 0.26, nearness)), sky.haze, air * 0.6),
      nearness,
      ripples: mix(60, 26, nearness),
    };
  });
  return (y, row) => {
    sky.paint(y, row);
    for (const dune of dunes) {
      for (let x = 0, i = 0; x < width; x++, i += 3) {
        const cover = dune.skyline.covers(x, y);
        if (cover === 0) continue;
        const depth = dune.skyline.depth(x, y);
        const facing = smoothstep(-0.25, 0.35, (dune.slope[x] as number) * towardsSun * -1 + 0.05);
        const foot = dune.foot[x] as number;
        const slip = 1 - smoothstep(foot * 0.92, foot * 1.12 + 1, depth);
        const fall = clamp01(depth / unit / (0.2 + 0.25 * dune.nearness));
        const u = x / unit;
        const v = y / unit;
        const wind = noise.at(u * 1.7 + 3, v * 2.6);
        const ripple = noise.at(u * dune.ripples * 0.16 + wind * 1.2, (v + 0.1 * wind) * dune.ripples * 1.7) * dune.nearness * 0.07 * Math.min(1, unit / 250);
        const light = clamp01(mix(mix(0.72, 0.9, fall), facing, slip * 0.85) * mix(1, 0.66, fall * fall) + ripple);
        for (let c = 0; c < 3; c++) {
          const body = mix(dune.shaded[c] as number, dune.lit[c] as number, light);
          row[i + c] = mix(row[i + c] as number, body, cover);
        }
      }
    }
  };
}
