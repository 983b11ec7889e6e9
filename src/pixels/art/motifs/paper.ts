import { Field } from '../field';
import { Noise } from '../noise';
import { blendOver, scaleLight } from '../ramp';
import { cellValue } from '../../random';
import type { RowPainter, Scene } from '../scene';
import { clamp01, coverage, mix } from '../shaping';

/** Sheets of paper with a hole cut into each, deeper and deeper, lit from the upper left. */
export function paper(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, height, spanX, spanY } = scene;
  const noise = new Noise(random);
  const dark = spec.tone === 'dark';
  const count = 6 + Math.round(2 * spec.energy);
  const centreX = spanX * random.between(0.42, 0.58);
  const centreY = spanY * random.between(0.44, 0.56);
  const sheet = (x: number, y: number): number => {
    const dx = (x - centreX) / (spanX * 0.62);
    const dy = (y - centreY) / (spanY * 0.62);
    return 1.02 - Math.sqrt(dx * dx + dy * dy + 0.02) + 0.34 * noise.fractal(x * 1.5, y * 1.5, 2, 0.45);
  };
  const field = new Field(scene, 56, sheet);
  const value = new Float32Array(width);
  const slopeX = new Float32Array(width);
  const slopeY = new Float32Array(width);
  const lifted = new Float32Array(width);
  const levels = Array.from({ length: count }, (_, k) => mix(0.16, 0.86, k / count));
  const shadow = ramp.at(0);
  const fall = 0.016 * unit;
  const blur = 0.03 * unit;
  const fibre = random.below(1 << 30);

  return (y, row) => {
    field.readRow(y, value, slopeX, slopeY);
    field.readRow(y, lifted, undefined, undefined, -fall, -fall * 1.25);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const f = value[x] as number;
      const steep = Math.max(1e-9, Math.sqrt((slopeX[x] as number) * (slopeX[x] as number) + (slopeY[x] as number) * (slopeY[x] as number)));
      const above = lifted[x] as number;
      const u = (x + 0.5) / width + (y + 0.5) / height - 1;
      ramp.write((dark ? 0.1 : 0.97) - 0.03 * u, row, i);
      for (let k = 0; k < count; k++) {
        const level = levels[k] as number;
        const cover = coverage((level - f) / steep);
        if (cover === 0) break;
        const depth = (k + 1) / count;
        ramp.blend((dark ? mix(0.1, 0.92, depth) : mix(0.97, 0.12, depth)) - 0.04 * u, cover, row, i);
        // The sheet above throws its shadow where, looking towards the light, the hole's edge is near or passed.
        const open = (above - level) / steep;
        const shade = clamp01(0.5 - open / blur);
        blendOver(row, i, shadow, cover * 0.5 * shade * shade * (3 - 2 * shade));
      }
      // Fibres: faint, in 2x2 pixels so that it reads as paper and not as noise.
      scaleLight(row, i, 1 + 0.022 * (cellValue(x >> 1, y >> 1, fibre) - 0.5));
    }
  };
}
