import { cosTurns, sinTurns } from '../../../core/exactMath';
import type { Oklab } from '../../../core/oklab';
import { linearToOklab, oklabToLinear } from '../../../core/oklab';
import { companionOf } from '../companion';
import { Field } from '../field';
import { Noise } from '../noise';
import type { RowPainter, Scene } from '../scene';

interface Light {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
  readonly colour: Oklab;
}

/** Soft lights of the palette's colours that flow into each other along silky folds: a mesh gradient. */
export function gradient(scene: Scene): RowPainter {
  const { random, ramp, spec, width } = scene;
  const noise = new Noise(random);
  const lights = placeLights(scene);
  const ground = ramp.lab(spec.tone === 'dark' ? 0.12 : 0.82);
  const phase = random.next();
  const folds = 0.025 + 0.045 * spec.energy;
  // Noise has the directions of its lattice; turned by an odd angle they show no more.
  const cos = cosTurns(0.087);
  const sin = sinTurns(0.087);

  const colourAt = (x: number, y: number): Oklab => {
    const u = 0.62 * (x * cos - y * sin);
    const v = 0.62 * (x * sin + y * cos);
    const warpX = noise.fractal(u + 3.1, v + 0.3, 2, 0.35);
    const warpY = noise.fractal(u + 0.7, v + 8.4, 2, 0.35);
    const px = x + 0.6 * warpX;
    const py = y + 0.6 * warpY;
    let weights = 0.1;
    let l = ground[0] * weights;
    let a = ground[1] * weights;
    let b = ground[2] * weights;
    for (const light of lights) {
      const dx = (px - light.x) / light.reach;
      const dy = (py - light.y) / light.reach;
      const q = 1 / (0.35 + dx * dx + dy * dy);
      const w = q * q * q;
      weights += w;
      l += w * light.colour[0];
      a += w * light.colour[1];
      b += w * light.colour[2];
    }
    const fold = sinTurns(phase + 0.75 * (px * 0.6 + py * 0.8) + 0.9 * warpX) * folds;
    return [l / weights + fold, a / weights, b / weights];
  };
  const channel = (index: 0 | 1 | 2) => new Field(scene, 40, (x, y) => colourAt(x, y)[index]);
  const fields = [channel(0), channel(1), channel(2)] as const;
  const [l, a, b] = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];
  return (y, row) => {
    fields[0].readRow(y, l);
    fields[1].readRow(y, a);
    fields[2].readRow(y, b);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const colour = oklabToLinear([l[x] as number, a[x] as number, b[x] as number]);
      row[i] = colour[0];
      row[i + 1] = colour[1];
      row[i + 2] = colour[2];
    }
  };
}

/**
 * A companion for a dark ground, where a bright one would be the picture's subject. A yellow that is not bright is olive: there `instead` takes its place. An orange
 * that is not bright is brown: it keeps more of its light and all of its colour.
 */
function dimmed([l, a, b]: Oklab, instead: Oklab): Oklab {
  if (b > 0.04 && a < 0.05) return instead;
  return b > 0.04 ? [Math.min(l, 0.7), a, b] : [Math.min(l, 0.6), 0.85 * a, 0.85 * b];
}

/** Lights spread over the picture by farthest choice, so that no two colours fall on one place. */
function placeLights({ random, ramp, spanX, spanY, spec, accent }: Scene): Light[] {
  const dark = spec.tone === 'dark';
  const tones = dark ? [0.02, 0.36, 0.5, 0.1, 0.62, 0.24] : [1, 0.66, 0.8, 0.94, 0.6, 0.87];
  const beside = companionOf(linearToOklab(accent), ramp.lab(0.6));
  const companion = dark ? dimmed(beside, ramp.lab(0.72)) : beside;
  const lights: Light[] = [];
  const count = Math.min(28, Math.round((5.4 + 2 * spec.energy) * Math.sqrt(Math.max(spanX, spanY))));
  for (let i = 0; i < count; i++) {
    let best = { x: 0, y: 0, far: -1 };
    for (let attempt = 0; attempt < 16; attempt++) {
      const x = random.between(-0.1, spanX + 0.1);
      const y = random.between(-0.1, spanY + 0.1);
      const far = Math.min(9, ...lights.map((o) => (o.x - x) * (o.x - x) + (o.y - y) * (o.y - y)));
      if (far > best.far) best = { x, y, far };
    }
    const colour = i % 6 === 2 ? companion : ramp.lab((tones[i % tones.length] as number) + random.between(-0.05, 0.05));
    lights.push({ x: best.x, y: best.y, reach: random.between(0.42, 0.7), colour });
  }
  return lights;
}
