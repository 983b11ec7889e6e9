import type { Scene } from './scene';

/** How far outside the picture a field may be read, in units. */
const MARGIN = 0.15;

/**
 * A smooth function over the picture, computed on a coarse grid and read through a uniform cubic B-spline: its value and gradient at every pixel cost a dozen
 * multiplications whatever the function costs, and its level lines have no corners.
 */
export class Field {
  private readonly cell: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly origin: number;
  private readonly values: Float32Array;
  private readonly line: Float32Array;
  private readonly lineSlope: Float32Array;

  /** `at` is asked in units from the top left corner; `fineness` is how many cells a unit gets, fewer where they would be smaller than pixels. */
  constructor(scene: Scene, fineness: number, at: (x: number, y: number) => number) {
    const cellsPerUnit = Math.min(fineness, Math.max(8, scene.unit / 1.5));
    this.cell = scene.unit / cellsPerUnit;
    const margin = Math.ceil(MARGIN * cellsPerUnit) + 2;
    this.origin = -margin;
    this.columns = Math.ceil(scene.spanX * cellsPerUnit) + 2 * margin + 1;
    this.rows = Math.ceil(scene.spanY * cellsPerUnit) + 2 * margin + 1;
    this.values = new Float32Array(this.columns * this.rows);
    this.line = new Float32Array(this.columns);
    this.lineSlope = new Float32Array(this.columns);
    for (let j = 0, k = 0; j < this.rows; j++) {
      for (let i = 0; i < this.columns; i++, k++) this.values[k] = at((i - margin) / cellsPerUnit, (j - margin) / cellsPerUnit);
    }
  }

  /** Writes the values along row `y` (pixels), shifted by so many pixels; with `slopeX` and `slopeY` also the gradient, per pixel. */
  readRow(y: number, value: Float32Array, slopeX?: Float32Array, slopeY?: Float32Array, shiftX = 0, shiftY = 0): void {
    this.prepareLine((y + 0.5 + shiftY) / this.cell - this.origin);
    const { line, lineSlope, cell, columns } = this;
    const perPixel = 1 / cell;
    for (let x = 0; x < value.length; x++) {
      const place = Math.min(Math.max((x + 0.5 + shiftX) * perPixel - this.origin, 1), columns - 3);
      const i = Math.floor(place);
      const f = place - i;
      const g = 1 - f;
      const w0 = (g * g * g) / 6;
      const w3 = (f * f * f) / 6;
      const w1 = 2 / 3 - 0.5 * f * f * (2 - f);
      const w2 = 1 - w0 - w1 - w3;
      const a = line[i - 1] as number;
      const b = line[i] as number;
      const c = line[i + 1] as number;
      const d = line[i + 2] as number;
      value[x] = a * w0 + b * w1 + c * w2 + d * w3;
      if (slopeX) slopeX[x] = 0.5 * (g * g * (b - a) + (1 + 2 * f * g) * (c - b) + f * f * (d - c)) * perPixel;
      if (slopeY)
        slopeY[x] = ((lineSlope[i - 1] as number) * w0 + (lineSlope[i] as number) * w1 + (lineSlope[i + 1] as number) * w2 + (lineSlope[i + 2] as number) * w3) * perPixel;
    }
  }

  private prepareLine(at: number): void {
    const place = Math.min(Math.max(at, 1), this.rows - 3);
    const j = Math.floor(place);
    const f = place - j;
    const g = 1 - f;
    const w0 = (g * g * g) / 6;
    const w3 = (f * f * f) / 6;
    const w1 = 2 / 3 - 0.5 * f * f * (2 - f);
    const w2 = 1 - w0 - w1 - w3;
    const start = (j - 1) * this.columns;
    for (let i = 0, k = start; i < this.columns; i++, k++) {
      const a = this.values[k] as number;
      const b = this.values[k + this.columns] as number;
      const c = this.values[k + 2 * this.columns] as number;
      const d = this.values[k + 3 * this.columns] as number;
      this.line[i] = a * w0 + b * w1 + c * w2 + d * w3;
      this.lineSlope[i] = 0.5 * (g * g * (b - a) + (1 + 2 * f * g) * (c - b) + f * f * (d - c));
    }
  }
}
