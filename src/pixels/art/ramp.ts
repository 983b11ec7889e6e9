import type { LinearRgb, Oklab } from '../../core/oklab';
import { hexToLinear, linearToOklab, oklabToLinear } from '../../core/oklab';
import { clamp01 } from './shaping';

const STEPS = 1024;

/** A palette as a continuous scale from its first colour (0) to its last (1), blended in OKLab so that no mixture turns grey or dark. */
export class Ramp {
  private readonly stops: readonly Oklab[];
  /** Linear light, three floats a step. */
  private readonly table = new Float32Array((STEPS + 1) * 3);

  constructor(palette: readonly number[]) {
    this.stops = palette.map((hex) => linearToOklab(hexToLinear(hex)));
    for (let i = 0; i <= STEPS; i++) this.table.set(toLinear(this.lab(i / STEPS)), i * 3);
  }

  /** The colour at `t` in OKLab. */
  lab(t: number): Oklab {
    const place = clamp01(t) * (this.stops.length - 1);
    const below = Math.min(Math.floor(place), this.stops.length - 2);
    return mixLab(this.stops[below] as Oklab, this.stops[below + 1] as Oklab, place - below);
  }

  /** The colour at `t` in linear light. */
  at(t: number): LinearRgb {
    return toLinear(this.lab(t));
  }

  /** Writes the colour at `t` to three floats of a row. */
  write(t: number, row: Float32Array, index: number): void {
    const i = 3 * Math.round(clamp01(t) * STEPS);
    row[index] = this.table[i] as number;
    row[index + 1] = this.table[i + 1] as number;
    row[index + 2] = this.table[i + 2] as number;
  }

  /** Blends the colour at `t` over three floats of a row. */
  blend(t: number, alpha: number, row: Float32Array, index: number): void {
    const i = 3 * Math.round(clamp01(t) * STEPS);
    row[index] = (row[index] as number) + ((this.table[i] as number) - (row[index] as number)) * alpha;
    row[index + 1] = (row[index + 1] as number) + ((this.table[i + 1] as number) - (row[index + 1] as number)) * alpha;
    row[index + 2] = (row[index + 2] as number) + ((this.table[i + 2] as number) - (row[index + 2] as number)) * alpha;
  }
}

export function mixLab(a: Oklab, b: Oklab, t: number): Oklab {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** Two colours of linear light, blended in OKLab: for the composition; too slow for every pixel. */
export function mixRgb(a: LinearRgb, b: LinearRgb, t: number): LinearRgb {
  return toLinear(mixLab(linearToOklab(a), linearToOklab(b), t));
}

/** Sets three floats of a row. */
export function put(row: Float32Array, index: number, colour: LinearRgb): void {
  row[index] = colour[0];
  row[index + 1] = colour[1];
  row[index + 2] = colour[2];
}

/** Blends a colour over three floats of a row. */
export function blendOver(row: Float32Array, index: number, colour: LinearRgb, alpha: number): void {
  row[index] = (row[index] as number) + (colour[0] - (row[index] as number)) * alpha;
  row[index + 1] = (row[index + 1] as number) + (colour[1] - (row[index + 1] as number)) * alpha;
  row[index + 2] = (row[index + 2] as number) + (colour[2] - (row[index + 2] as number)) * alpha;
}

/** Adds light to three floats of a row. */
export function addLight(row: Float32Array, index: number, colour: LinearRgb, strength: number): void {
  row[index] = (row[index] as number) + colour[0] * strength;
  row[index + 1] = (row[index + 1] as number) + colour[1] * strength;
  row[index + 2] = (row[index + 2] as number) + colour[2] * strength;
}

/** Multiplies three floats of a row. */
export function scaleLight(row: Float32Array, index: number, factor: number): void {
  row[index] = (row[index] as number) * factor;
  row[index + 1] = (row[index + 1] as number) * factor;
  row[index + 2] = (row[index + 2] as number) * factor;
}

function toLinear(lab: Oklab): LinearRgb {
  const [red, green, blue] = oklabToLinear(lab);
  return [clamp01(red), clamp01(green), clamp01(blue)];
}
