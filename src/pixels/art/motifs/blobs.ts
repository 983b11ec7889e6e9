import { linearToOklab, oklabToLinear } from '../../../core/oklab';
import { companionOf } from '../companion';
import { Field } from '../field';
import { addLight, blendOver, mixRgb } from '../ramp';
import type { Random } from '../../random';
import type { RowPainter, Scene } from '../scene';
import { bell, clamp01, coverage, mix, smoothstep } from '../shaping';

interface Ball {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The field's level at a drop's edge. */
const EDGE = 0.2;

/** Glossy drops that melt into one another, over a soft ground, with their shadow. */
export function blobs(scene: Scene): RowPainter {
  const { random, ramp, spec, unit, width, height } = scene;
  const dark = spec.tone === 'dark';
  const balls = placeBalls(scene, random);
  const field = new Field(scene, 80, (x, y) => {
    let sum = 0;
    for (const ball of balls) {
      const dx = (x - ball.x) / ball.radius;
      const dy = (y - ball.y) / ball.radius;
      const q = dx * dx + dy * dy;
      if (q < 1) sum += bell(Math.sqrt(q));
    }
    return sum;
  });
  const value = new Float32Array(width);
  const slopeX = new Float32Array(width);
  const slopeY = new Float32Array(width);
  const cast = new Float32Array(width);
  const tint = oklabToLinear(companionOf(linearToOklab(scene.accent), ramp.lab(0.6)));
  const shadow = ramp.at(0);
  const shine = mixRgb(ramp.at(1), [1, 1, 1], 0.6);
  const warmSide = random.next() < 0.5 ? 1 : -1;

  return (y, row) => {
    field.readRow(y, value, slopeX, slopeY);
    field.readRow(y, cast, undefined, undefined, -0.03 * unit, -0.055 * unit);
    const v = (y + 0.5) / height;
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const u = (x + 0.5) / width;
      ramp.write(dark ? 0.02 + 0.2 * (1 - v) * (0.4 + 0.6 * u) : 0.9 + 0.1 * (1 - v), row, i);
      const f = value[x] as number;
      const sx = slopeX[x] as number;
      const sy = slopeY[x] as number;
      const steep = Math.max(1e-6, Math.sqrt(sx * sx + sy * sy));
      const inside = coverage((EDGE - f) / steep);
      if (inside < 1) blendOver(row, i, shadow, (dark ? 0.5 : 0.28) * smoothstep(0, EDGE * 2.6, cast[x] as number) * (1 - inside));
      if (inside === 0) continue;
      // The drop's height is the root of the field above its edge: upright at the rim like a real drop, flat on top.
      const lift = Math.sqrt(Math.max(1e-4, f - EDGE));
      const nx = (-sx * unit * 0.17) / lift;
      const ny = (-sy * unit * 0.17) / lift;
      const length = Math.sqrt(nx * nx + ny * ny + 1);
      const light = clamp01(0.5 + (0.5 * (0.62 - 0.5 * nx - 0.62 * ny)) / length);
      const hue = clamp01(0.5 + 0.5 * warmSide * (u - 0.5) + 0.4 * (v - 0.5));
      ramp.blend(mix(dark ? 0.2 : 0.34, dark ? 0.84 : 0.9, light * light * (3 - 2 * light)), inside, row, i);
      blendOver(row, i, tint, inside * clamp01(0.55 * hue * (1.25 - 1 / length)));
      const gloss = Math.max(0, (-0.42 * nx - 0.56 * ny + 0.71) / length);
      const g2 = gloss * gloss;
      const g8 = g2 * g2 * g2 * g2;
      addLight(row, i, shine, inside * (0.3 * g8 * g8 * g8 + 0.05 * g8));
    }
  };
}

/** Large balls first, then small ones beside them: none is swallowed by another, where it would only dent it. */
function placeBalls({ spec, spanX, spanY }: Scene, random: Random): Ball[] {
  const balls: Ball[] = [];
  const count = Math.round((7 + 6 * spec.energy) * Math.sqrt(spanX * spanY));
  for (let i = 0; i < count; i++) {
    const radius = i < count * 0.4 ? random.between(0.3, 0.48) : random.between(0.1, 0.2);
    for (let attempt = 0; attempt < 24; attempt++) {
      const x = random.between(0.02, 0.98) * spanX;
      const y = random.between(0.02, 0.98) * spanY;
      const free = balls.every((o) => {
        const apart = 0.72 * Math.max(radius, o.radius) + 0.35 * Math.min(radius, o.radius);
        return (o.x - x) * (o.x - x) + (o.y - y) * (o.y - y) > apart * apart;
      });
      if (!free) continue;
      balls.push({ x, y, radius });
      break;
    }
  }
  return balls;
}
