import { BLOCK } from './cells';
import type { Guide } from './guide';

/** How far around a block its surroundings tell which way lines run, in guide cells. */
const SURROUNDINGS = BLOCK / 2;
/** Mean squared gradient, in levels² over the channels, of an area whose lines count half. */
const FAINT = 40;
/** Grain has gradients in all directions: this much of it is no line. */
const GRAIN = 4;

/**
 * Which way the lines of an area run, by its structure tensor (Bigün and Granlund 1987), in double angles: (`upright`, `slant`) is (cos 2α, sin 2α) for lines whose gradients all have the direction α,
 * and shorter the less they agree. A mirror image has the slant with the other sign.
 */
export interface Lines {
  readonly upright: number;
  readonly slant: number;
  /** How much the lines show, 0–1. */
  readonly strength: number;
}

/** Sums over an area: of gx² + gy², gx² − gy² and 2·gx·gy over the channels, and of how many cells they are. */
type Tensor = [energy: number, upright: number, slant: number, count: number];

/** The lines of a guide. */
export class LineField {
  /** For each place of a block's corner, every second cell from `-BLOCK` on: upright and slant of the block there, as it was at first. */
  private readonly sources: Float32Array;
  private readonly columns: number;

  constructor(private readonly guide: Guide) {
    const { width, height } = guide;
    const sums = new Float64Array(4 * (width + 1) * (height + 1));
    for (let v = 0; v < height; v++) addRow(guide, v, sums);
    this.columns = ((width + BLOCK) >> 1) + 1;
    const rows = ((height + BLOCK) >> 1) + 1;
    this.sources = new Float32Array(2 * this.columns * rows);
    for (let row = 0; row < rows; row++) linesOfRow(sums, width, height, row, this.sources.subarray(2 * row * this.columns, 2 * (row + 1) * this.columns));
  }

  /** The lines in and around the block with its corner at (u, v), as far as they are known by now. */
  around(u: number, v: number): Lines {
    const { width, height } = this.guide;
    const tensor: Tensor = [0, 0, 0, 0];
    for (let y = Math.max(0, v - SURROUNDINGS); y < Math.min(height, v + BLOCK + SURROUNDINGS); y++) {
      for (let x = Math.max(0, u - SURROUNDINGS); x < Math.min(width, u + BLOCK + SURROUNDINGS); x++) addGradient(this.guide, x, y, tensor);
    }
    return linesOf(tensor);
  }

  /** How little a source with its corner at (2·`u`, 2·`v`), mirrored or not, continues lines: 0–4, the squared distance of the directions by how much the lines show. */
  kink(known: Lines, u: number, v: number, mirrored: boolean): number {
    const at = 2 * ((v + BLOCK / 2) * this.columns + u + BLOCK / 2);
    const upright = known.upright - (this.sources[at] as number);
    const source = this.sources[at + 1] as number;
    const slant = known.slant - (mirrored ? -source : source);
    return (upright * upright + slant * slant) * known.strength;
  }
}

/** Adds a row to summed-area tables of tensors, one column and row larger than the guide. */
function addRow(guide: Guide, v: number, sums: Float64Array): void {
  const stride = 4 * (guide.width + 1);
  const tensor: Tensor = [0, 0, 0, 0];
  for (let u = 0, at = (v + 1) * stride + 4; u < guide.width; u++, at += 4) {
    addGradient(guide, u, v, tensor);
    sums[at] = (sums[at - stride] as number) + tensor[0];
    sums[at + 1] = (sums[at + 1 - stride] as number) + tensor[1];
    sums[at + 2] = (sums[at + 2 - stride] as number) + tensor[2];
    sums[at + 3] = (sums[at + 3 - stride] as number) + tensor[3];
  }
}

/** Upright and slant of each block of a row of places. */
function linesOfRow(sums: Float64Array, width: number, height: number, row: number, into: Float32Array): void {
  const stride = 4 * (width + 1);
  const top = Math.max(0, 2 * row - BLOCK) * stride;
  const bottom = Math.min(height, 2 * row) * stride;
  const tensor: Tensor = [0, 0, 0, 0];
  for (let k = 0; k < into.length; k += 2) {
    const left = 4 * Math.max(0, k - BLOCK);
    const right = 4 * Math.min(width, k);
    for (let n = 0; n < 4; n++) {
      tensor[n] = (sums[bottom + right + n] as number) - (sums[bottom + left + n] as number) - (sums[top + right + n] as number) + (sums[top + left + n] as number);
    }
    const all = allOf(tensor);
    into[k] = tensor[1] / all;
    into[k + 1] = tensor[2] / all;
  }
}

function linesOf(tensor: Tensor): Lines {
  const [energy, upright, slant, count] = tensor;
  const all = allOf(tensor);
  return { upright: upright / all, slant: slant / all, strength: energy / (energy + FAINT * Math.max(1, count)) };
}

/** What sums are related to: all gradients, grain included. */
function allOf([energy, , , count]: Tensor): number {
  return energy + GRAIN * Math.max(1, count);
}

/** Adds a cell's gradient, where its neighbours are known. */
function addGradient({ width, height, known, rgba }: Guide, u: number, v: number, into: Tensor): void {
  if (u < 1 || v < 1 || u >= width - 1 || v >= height - 1) return;
  const i = v * width + u;
  if (known[i - 1] === 0 || known[i + 1] === 0 || known[i - width] === 0 || known[i + width] === 0) return;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let k = 0; k < 3; k++) {
    const x = ((rgba[(i + 1) * 4 + k] as number) - (rgba[(i - 1) * 4 + k] as number)) / 2;
    const y = ((rgba[(i + width) * 4 + k] as number) - (rgba[(i - width) * 4 + k] as number)) / 2;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  into[0] += xx + yy;
  into[1] += xx - yy;
  into[2] += 2 * xy;
  into[3]++;
}

/** The slope dy/dx of lines; undefined where they are less clear than `clear` (0–1) or steeper than `steepest`. */
export function slopeOf({ upright, slant, strength }: Lines, clear: number, steepest: number): number | undefined {
  const length = Math.sqrt(upright * upright + slant * slant);
  // The gradient has the direction (slant, across), the line that at right angles to it.
  const across = length - upright;
  return length * strength < clear || Math.abs(slant) >= steepest * across ? undefined : -slant / across;
}
