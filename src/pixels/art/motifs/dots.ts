import { cosTurns, sinTurns } from '../../../core/exactMath';
import { linearToOklab } from '../../../core/oklab';
import { Field } from '../field';
import { Noise } from '../noise';
import { blendOver, mixLab } from '../ramp';
import { oklabToLinear } from '../../../core/oklab';
import type { RowPainter, Scene } from '../scene';
import { clamp01, coverage, mix, smoothstep } from '../shaping';

/** A halftone: dots on a slanted lattice that swell and shrink with slow waves, coloured along them. */
export function dots(scene: Scene): RowPainter {
  const { random, ramp, accent, spec, unit, width, spanX, spanY } = scene;
  const noise = new Noise(random);
  const dark = spec.tone === 'dark';
  const pitch = Math.max(3, unit * mix(0.034, 0.022, spec.energy));
  const angle = random.pick([0.125, 0.0417, 0.0833]);
  const cos = cosTurns(angle);
  const sin = sinTurns(angle);
  const lean = random.pick([-1, 1]);
  const size = new Field(scene, 32, (x, y) => {
    const slant = lean * (x / spanX - 0.5) * 0.7 + (y / spanY - 0.5) * 0.75;
    return 0.46 + slant + 0.5 * noise.fractal(x * 0.85, y * 0.85, 2) + 0.16 * sinTurns(0.8 * y + 0.6 * noise.at(x * 0.7, y * 0.5 + 4));
  });
  const tint = new Field(scene, 16, (x, y) => 0.5 + 0.75 * noise.fractal(x * 0.6 + 20, y * 0.6, 2) + 0.35 * lean * (0.5 - x / spanX));
  const swell = new Float32Array(width);
  const tone = new Float32Array(width);
  const accentLab = linearToOklab(accent);
  const colours = Array.from({ length: 65 }, (_, i) => {
    const t = i / 64;
    const own = ramp.lab(dark ? mix(0.55, 1, t) : mix(0.62, 0.12, t));
    return oklabToLinear(mixLab(own, accentLab, 0.85 * smoothstep(0.55, 0.95, t)));
  });

  return (y, row) => {
    size.readRow(y, swell);
    tint.readRow(y, tone);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      ramp.write(dark ? 0.03 + 0.1 * (tone[x] as number) * (1 - y / scene.height) : 0.97 + 0.03 * (tone[x] as number), row, i);
      const u = ((x + 0.5) * cos + (y + 0.5) * sin) / pitch;
      const v = ((y + 0.5) * cos - (x + 0.5) * sin) / pitch;
      const du = u - Math.floor(u) - 0.5;
      const dv = v - Math.floor(v) - 0.5;
      const s = clamp01(swell[x] as number);
      const radius = 0.47 * Math.sqrt(s) * pitch;
      const cover = coverage(Math.sqrt(du * du + dv * dv) * pitch - radius) * smoothstep(0.2, 1, radius);
      if (cover > 0) blendOver(row, i, colours[Math.round(64 * clamp01(tone[x] as number))] as (typeof colours)[0], cover);
    }
  };
}
