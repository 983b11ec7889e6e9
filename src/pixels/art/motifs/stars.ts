import { linearToOklab, oklabToLinear } from '../../../core/oklab';
import { companionOf } from '../companion';
import { Field } from '../field';
import { Noise } from '../noise';
import { addLight, scaleLight } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { clamp01, smoothstep } from '../shaping';
import { placeStars } from '../starlight';

/** Deep space: glowing clouds of gas, dark lanes of dust, and stars from faint to dazzling. */
export function stars(scene: Scene): RowPainter {
  const { random, ramp, spec, width, spanX, spanY } = scene;
  const noise = new Noise(random);
  const centreX = spanX * random.between(0.35, 0.65);
  const slant = random.between(-0.5, 0.5);
  const band = (x: number, y: number): number => {
    const off = (y - spanY / 2 - slant * (x - centreX) * (spanY / spanX)) / (0.42 * spanY);
    return 0.3 + 0.7 / (1 + off * off * 1.6);
  };
  const gas = new Field(scene, 150, (x, y) => {
    const warpX = noise.fractal(x * 1.2 + 3, y * 1.2, 3);
    const warpY = noise.fractal(x * 1.2, y * 1.2 + 6, 3);
    const cloud = 0.56 + 0.8 * noise.fractal(x * 1.5 + warpX * 0.9, y * 1.5 + warpY * 0.9, 5, 0.55);
    return cloud * band(x, y);
  });
  const hot = new Field(scene, 110, (x, y) => {
    const warp = noise.fractal(x * 1.7 + 13, y * 1.7, 3);
    return (0.46 + 1.0 * noise.fractal(x * 1.1 + 40 + 0.7 * warp, y * 1.1 - 0.7 * warp, 4)) * band(x, y);
  });
  const dust = new Field(scene, 150, (x, y) => {
    const warp = noise.fractal(x * 2 + 50, y * 2, 3);
    return noise.ridged(x * 1.25 + 0.4 * warp + 60, y * 1.25 - 0.4 * warp, 4, 0.55) * band(x, y);
  });
  const faint = placeStars(scene, { perUnit: 900 + 900 * spec.energy, brightest: 0.55, below: spanY });
  const bright = placeStars(scene, { perUnit: 70, brightest: 1.6, below: spanY, crosses: 0.12 });
  const warm = oklabToLinear(companionOf(linearToOklab(scene.accent), ramp.lab(0.6)));
  const [g, h, d] = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];

  return (y, row) => {
    gas.readRow(y, g);
    hot.readRow(y, h);
    dust.readRow(y, d);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const density = smoothstep(0.1, 0.92, g[x] as number);
      ramp.write(0.03 + 0.72 * density * (0.4 + 0.6 * density), row, i);
      scaleLight(row, i, 0.5 + 0.5 * density);
      const heat = smoothstep(0.3, 0.95, h[x] as number);
      addLight(row, i, warm, 0.34 * heat * (0.3 + 0.7 * density));
      scaleLight(row, i, 1 - 0.72 * smoothstep(0.35, 0.8, d[x] as number) * clamp01(density * 2.2));
    }
    faint.addRow(y, row, 1);
    bright.addRow(y, row, 1);
  };
}
