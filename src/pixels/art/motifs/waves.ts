import { Noise } from '../noise';
import { blendOver } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, mix, smoothstep } from '../shaping';
import { nearestCover, Skyline } from '../skyline';

/** Broad bands that roll over one another, each with its own slow gradient and a soft shadow on the one behind. */
export function waves(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, spanX, spanY } = scene;
  const noise = new Noise(random);
  const dark = spec.tone === 'dark';
  const count = 6 + Math.round(4 * spec.energy);
  const swing = spanY * (0.13 + 0.07 * spec.energy);
  const tilt = random.between(-0.16, 0.16) * Math.min(1, spanY / spanX);
  const first = spanY * 0.3;
  const layers = Array.from({ length: count }, (_, i) => {
    const depth = i / (count - 1);
    const base = mix(first, spanY * 1.02, Math.sqrt(depth) * depth * 0.35 + depth * 0.65);
    const edge = (px: number): number => {
      const x = px / unit;
      const roll = noise.at(x * 0.72 + i * 0.43, i * 0.34 + 0.5) * 1.15 + 0.28 * noise.at(x * 1.6 + i * 2.1, i * 1.7 + 9);
      return (base + swing * roll + tilt * (x - spanX / 2)) * unit;
    };
    const skyline = new Skyline(width, edge);
    // Across a slope the vertical distance is longer than the true one.
    const steep = Float32Array.from({ length: width }, (_unused, x) => {
      const slope = (edge(x + 1.5) - edge(x - 0.5)) / 2;
      return 1 / Math.sqrt(1 + slope * slope);
    });
    const tone = dark ? mix(0.8, 0.06, depth) : mix(0.94, 0.34, depth);
    return { skyline, steep, tone, phase: random.between(-0.3, 0.3) };
  });
  const skyTop = dark ? 0.02 : 1;
  const skyLow = dark ? 0.3 : 0.88;
  const shadow = ramp.at(0);
  const reach = 0.075 * unit;

  const skylines = layers.map((layer) => layer.skyline);
  return (y, row) => {
    const v = (y + 0.5) / unit / spanY;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const u = (x + 0.5) / width;
      const nearest = nearestCover(skylines, x, y);
      if (nearest < 0) ramp.write(mix(skyTop, skyLow, smoothstep(0, 0.55, v + 0.12 * (u - 0.5))), row, i);
      for (let k = Math.max(0, nearest); k < count; k++) {
        const { skyline, steep, tone, phase } = layers[k] as (typeof layers)[number];
        const depth = skyline.depth(x, y) * (steep[x] as number);
        if (depth < -reach) continue;
        const cover = skyline.covers(x, y);
        if (cover < 1) {
          const shade = clamp01(1 + depth / reach);
          blendOver(row, i, shadow, 0.3 * shade * shade * shade);
        }
        if (cover === 0) continue;
        const crest = 0.16 * (1 - smoothstep(0, 0.16, depth / unit));
        ramp.blend(tone + crest + phase * 0.35 * (u - 0.5) - 0.06 * smoothstep(0, 0.3, depth / unit), cover, row, i);
      }
    }
  };
}
