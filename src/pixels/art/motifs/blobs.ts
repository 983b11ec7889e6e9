import { Field } from '../field';
import { addLight, blendOver, mixRgb } from '../ramp';
import type { RowPainter, Scene } from '../scene';
import { bell, clamp01, coverage, mix, smoothstep } from '../shaping';

interface Ball {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const EDGE = 0.2;

/** Glossy drops that melt into one another, over a soft ground, with their shadow. */
export function blobs(scene: Scene): RowPainter {
  const { random, ramp, accent, spec, unit, width, height, spanX, spanY } = scene;
  const dark = spec.tone === 'dark';
  const balls: Ball[] = [];
  const count = Math.round((6 + 5 * spec.energy) * Math.sqrt(spanX * spanY));
  for (let i = 0; i < count; i++) {
    const big = i < count * 0.4;
    balls.push({ x: random.between(0.04, 0.96) * spanX, y: random.between(0.06, 0.94) * spanY, radius: big ? random.between(0.3, 0.46) : random.between(0.1, 0.22) });
  }
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
  const shadow = ramp.at(0);
  const shine = mixRgb(ramp.at(1), [1, 1, 1], 0.6);
  const warmSide = random.next() < 0.5 ? 1 : -1;

  return (y, row) => {
    field.readRow(y, value, slopeX, slopeY);
    field.readRow(y, cast, undefined, undefined, -0.03 * unit, -0.055 * unit);
    for (let x = 0, i = 0; x < width; x++, i += 3) {
      const u = (x + 0.5) / width;
      const v = (y + 0.5) / height;
      ramp.write(dark ? 0.02 + 0.2 * (1 - v) * (0.4 + 0.6 * u) : 0.9 + 0.1 * (1 - v), row, i);
      const f = value[x] as number;
      const sx = slopeX[x] as number;
      const sy = slopeY[x] as number;
      const steep = Math.max(1e-6, Math.sqrt(sx * sx + sy * sy));
      const inside = coverage((EDGE - f) / steep);
      if (inside < 1) blendOver(row, i, shadow, (dark ? 0.5 : 0.3) * smoothstep(0, EDGE * 2.6, cast[x] as number) * (1 - inside));
      if (inside === 0) continue;
      // The drop's height is the root of the field above its edge: upright at the rim like a real drop, flat on top.
      const lift = Math.sqrt(Math.max(1e-4, Math.min(1.6, f - EDGE)));
      const nx = (-sx * unit * 0.17) / lift;
      const ny = (-sy * unit * 0.17) / lift;
      const length = Math.sqrt(nx * nx + ny * ny + 1);
      const facing = (-0.5 * nx * -1 * -1 - 0.62 * ny * -1 * -1 + 0.62) / length;
      const light = clamp01(0.5 + 0.5 * facing);
      const hue = clamp01(0.5 + 0.5 * warmSide * (u - 0.5) + 0.4 * (v - 0.5));
      const tone = mix(dark ? 0.2 : 0.34, dark ? 0.84 : 0.9, light * light * (3 - 2 * light));
      ramp.blend(tone, inside, row, i);
      const rim = 1 - 1 / length;
      blendOver(row, i, accent, inside * clamp01(0.55 * hue * (0.25 + rim)) );
      const gloss = Math.max(0, (-0.42 * nx - 0.56 * ny + 0.71) / length);
      const g2 = gloss * gloss;
      const g8 = g2 * g2 * g2 * g2;
      addLight(row, i, shine, inside * (0.34 * g8 * g8 * g8 + 0.05 * g8));
      addLight(row, i, mixRgb(accent, shine, 0.5), 0);
    }
  };
}
