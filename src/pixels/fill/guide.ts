import { KEPT, OPEN } from './ground';
import type { Ground } from './ground';

/**
 * The canvas scaled down by a whole factor, on which patches are searched: each cell is the mean of the known pixels under it, alpha-premultiplied.
 * Cell (0, 0) covers the canvas from (`originX`, `originY`), both at most 0, so that cell edges can be laid on the edge of the kept area.
 */
export class Guide {
  readonly width: number;
  readonly height: number;
  /** Premultiplied RGBA of a cell. */
  readonly rgba: Uint8Array;
  /** 1 where at least half of a cell's pixels are known, kept or drawn. */
  readonly known: Uint8Array;
  /** Summed-area table of the cells that are wholly kept, one column and row larger than the guide. */
  private readonly keptSums: Int32Array;

  constructor(
    private readonly ground: Ground,
    readonly factor: number,
    readonly originX: number,
    readonly originY: number,
  ) {
    this.width = Math.ceil((ground.width - originX) / factor);
    this.height = Math.ceil((ground.height - originY) / factor);
    this.rgba = new Uint8Array(this.width * this.height * 4);
    this.known = new Uint8Array(this.width * this.height);
    const stride = this.width + 1;
    this.keptSums = new Int32Array(stride * (this.height + 1));
    for (let v = 0; v < this.height; v++) {
      let row = 0;
      for (let u = 0; u < this.width; u++) {
        row += this.measure(u, v);
        this.keptSums[(v + 1) * stride + u + 1] = (this.keptSums[v * stride + u + 1] as number) + row;
      }
    }
  }

  /** Whether all cells of a rectangle lie on the canvas and are kept. */
  isKept(u0: number, v0: number, u1: number, v1: number): boolean {
    if (u0 < 0 || v0 < 0 || u1 > this.width || v1 > this.height) return false;
    const stride = this.width + 1;
    const sums = this.keptSums;
    const sum =
      (sums[v1 * stride + u1] as number) -
      (sums[v0 * stride + u1] as number) -
      (sums[v1 * stride + u0] as number) +
      (sums[v0 * stride + u0] as number);
    return sum === (u1 - u0) * (v1 - v0);
  }

  /** How many cells of a rectangle, clipped to the canvas, are kept. */
  countKept(u0: number, v0: number, u1: number, v1: number): number {
    const left = Math.max(0, Math.min(this.width, u0));
    const right = Math.max(left, Math.min(this.width, u1));
    const top = Math.max(0, Math.min(this.height, v0));
    const bottom = Math.max(top, Math.min(this.height, v1));
    const stride = this.width + 1;
    const sums = this.keptSums;
    return (
      (sums[bottom * stride + right] as number) -
      (sums[top * stride + right] as number) -
      (sums[bottom * stride + left] as number) +
      (sums[top * stride + left] as number)
    );
  }

  /** Measures again all cells that touch a rectangle of the canvas. */
  refresh(x: number, y: number, width: number, height: number): void {
    const u1 = Math.min(this.width, Math.ceil((x + width - this.originX) / this.factor));
    const v1 = Math.min(this.height, Math.ceil((y + height - this.originY) / this.factor));
    for (let v = Math.max(0, Math.floor((y - this.originY) / this.factor)); v < v1; v++) {
      for (let u = Math.max(0, Math.floor((x - this.originX) / this.factor)); u < u1; u++) this.measure(u, v);
    }
  }

  /** Averages one cell; 1 where it is wholly kept, and on the canvas. */
  private measure(u: number, v: number): number {
    const { width, height, rgba, owner, opaque } = this.ground;
    const x0 = Math.max(0, this.originX + u * this.factor);
    const y0 = Math.max(0, this.originY + v * this.factor);
    const x1 = Math.min(width, this.originX + (u + 1) * this.factor);
    const y1 = Math.min(height, this.originY + (v + 1) * this.factor);
    let r = 0;
    let g = 0;
    let b = 0;
    let a = 0;
    let kept = 0;
    let known = 0;
    for (let y = y0; y < y1; y++) {
      for (let i = y * width + x0, end = y * width + x1; i < end; i++) {
        const who = owner[i] as number;
        if (who === OPEN) continue;
        known++;
        if (who === KEPT) kept++;
        const alpha = opaque ? 255 : (rgba[i * 4 + 3] as number);
        const weight = alpha / 255;
        r += (rgba[i * 4] as number) * weight;
        g += (rgba[i * 4 + 1] as number) * weight;
        b += (rgba[i * 4 + 2] as number) * weight;
        a += alpha;
      }
    }
    const area = (x1 - x0) * (y1 - y0);
    const cell = v * this.width + u;
    if (known * 2 >= area && known > 0) {
      this.known[cell] = 1;
      this.rgba[cell * 4] = r / known + 0.5;
      this.rgba[cell * 4 + 1] = g / known + 0.5;
      this.rgba[cell * 4 + 2] = b / known + 0.5;
      this.rgba[cell * 4 + 3] = a / known + 0.5;
    }
    return known > 0 && kept === area ? 1 : 0;
  }
}
