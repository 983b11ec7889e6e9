import type { Random } from '../random';

/** Eight directions of about unit length, in fixed decimals so that no sine decides. */
const GRADIENT_X = [1, 0.7071, 0, -0.7071, -1, -0.7071, 0, 0.7071] as const;
const GRADIENT_Y = [0, 0.7071, 1, 0.7071, 0, -0.7071, -1, -0.7071] as const;

/** Gradient noise in the plane (Ken Perlin, 2002: quintic fade), repeating after 256 cells; values about −1 to 1, mean 0. */
export class Noise {
  private readonly gradientX = new Float64Array(256);
  private readonly gradientY = new Float64Array(256);
  private readonly order = new Uint8Array(512);

  constructor(random: Random) {
    const order = Uint8Array.from({ length: 256 }, (_, i) => i);
    for (let i = 255; i > 0; i--) {
      const j = random.below(i + 1);
      const swapped = order[i] as number;
      order[i] = order[j] as number;
      order[j] = swapped;
    }
    this.order.set(order);
    this.order.set(order, 256);
    for (let i = 0; i < 256; i++) {
      const direction = random.below(8);
      this.gradientX[i] = GRADIENT_X[direction] as number;
      this.gradientY[i] = GRADIENT_Y[direction] as number;
    }
  }

  at(x: number, y: number): number {
    const cellX = Math.floor(x);
    const cellY = Math.floor(y);
    return this.between(cellX & 255, (cellX + 1) & 255, x - cellX, cellY & 255, (cellY + 1) & 255, y - cellY);
  }

  /** The same, but repeating after whole periods of cells, from 1 to 256. */
  tiled(x: number, y: number, periodX: number, periodY: number): number {
    const cellX = Math.floor(x);
    const cellY = Math.floor(y);
    const left = wrapped(cellX, periodX);
    const top = wrapped(cellY, periodY);
    return this.between(left, left + 1 === periodX ? 0 : left + 1, x - cellX, top, top + 1 === periodY ? 0 : top + 1, y - cellY);
  }

  /** A sum of octaves, each twice as fine and `gain` as strong as the one before; about −1 to 1. */
  fractal(x: number, y: number, octaves: number, gain = 0.5): number {
    let sum = 0;
    let strength = 1;
    let total = 0;
    let scale = 1;
    for (let i = 0; i < octaves; i++) {
      sum += strength * this.at(x * scale + i * 17.3, y * scale + i * 9.7);
      total += strength;
      strength *= gain;
      scale *= 2.03;
    }
    return sum / total;
  }

  /** Octaves folded at zero into sharp crests (Musgrave's ridged multifractal); 0 to 1, crests at 1. */
  ridged(x: number, y: number, octaves: number, gain = 0.5): number {
    let sum = 0;
    let strength = 1;
    let total = 0;
    let scale = 1;
    let weight = 1;
    for (let i = 0; i < octaves; i++) {
      const crest = 1 - Math.min(1, Math.abs(this.at(x * scale + i * 31.7, y * scale + i * 11.3)) * 1.25);
      const signal = crest * crest;
      sum += signal * strength * weight;
      total += strength;
      weight = Math.min(1, signal * 1.6);
      strength *= gain;
      scale *= 2.07;
    }
    return sum / total;
  }

  /** Blends the gradients at a cell's four corners; `fx` and `fy` are the place in it. */
  private between(column: number, nextColumn: number, fx: number, y0: number, y1: number, fy: number): number {
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const left = this.order[column] as number;
    const right = this.order[nextColumn] as number;
    const a = this.corner(left + y0, fx, fy);
    const b = this.corner(right + y0, fx - 1, fy);
    const c = this.corner(left + y1, fx, fy - 1);
    const d = this.corner(right + y1, fx - 1, fy - 1);
    const top = a + (b - a) * u;
    return 1.5 * (top + (c + (d - c) * u - top) * v);
  }

  private corner(index: number, dx: number, dy: number): number {
    const i = this.order[index] as number;
    return (this.gradientX[i] as number) * dx + (this.gradientY[i] as number) * dy;
  }
}

function wrapped(cell: number, period: number): number {
  const rest = cell % period;
  return rest < 0 ? rest + period : rest;
}
