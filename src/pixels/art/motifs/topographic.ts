import { Field } from '../field';
import { Noise } from '../noise';
import { blendOver, mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, coverage, mix, smoothstep } from '../shaping';

/** Contour lines of a hilly country over tinted heights, every fifth line heavier, with the relief's soft shading. */
export function topographic(scene: Scene): RowPainter {
  const { random, ramp, accent, spec, unit, width } = scene;
  const noise = new Noise(random);
  const dark = spec.tone === 'dark';
  const field = new Field(scene, 72, (x, y) => {
    const warpX = noise.fractal(x * 0.8 + 5, y * 0.8, 2);
    const warpY = noise.fractal(x * 0.8, y * 0.8 + 5, 2);
    return 0.5 + 0.62 * noise.fractal(x * 1.15 + 0.45 * warpX, y * 1.15 + 0.45 * warpY, 3, 0.42);
  });
  const value = new Float32Array(width);
  const slopeX = new Float32Array(width);
  const slopeY = new Float32Array(width);
  const perStep = 30 + 18 * spec.energy;
  const thin = Math.max(0.45, 0.00085 * unit);
  const line = dark ? mixRgb(ramp.at(0.72), accent, 0.35) : mixRgb(ramp.at(0.18), accent, 0.25);

  return (y, row) => {
    field.readRow(y, value, slopeX, slopeY);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const f = value[x] as number;
      const sx = slopeX[x] as number;
      const sy = slopeY[x] as number;
      const step = f * perStep;
      const nearest = Math.round(step);
      const gradient = Math.max(1e-7, Math.sqrt(sx * sx + sy * sy)) * perStep;
      const tint = mix(f, Math.floor(step) / perStep, 0.75);
      const relief = clamp01(0.5 + (sx + sy) * -0.16 * unit);
      ramp.write(dark ? mix(0.0, 0.34, smoothstep(0, 1, tint)) + 0.05 * (relief - 0.5) : mix(0.72, 1, smoothstep(0, 0.95, tint)) + 0.07 * (relief - 0.5), row, i);
      const heavy = nearest % 5 === 0;
      const half = heavy ? thin * 1.75 : thin;
      const away = Math.abs(step - nearest) / gradient;
      // On a plateau the slope vanishes and a line would swell into a blot: it fades instead.
      const flat = smoothstep(0, 0.5 / (0.02 * unit), gradient);
      const ink = coverage(away - half) * Math.min(1, half * 2) * flat;
      if (ink > 0) blendOver(row, i, line, ink * (heavy ? 0.9 : 0.5));
    }
  };
}
