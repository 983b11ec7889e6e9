import type { Extent } from '../../core/geometry';
import { surrounded } from './align';
import type { PyramidLevel, Overlap } from './overlap';
import type { Similarity } from './similarity';

/** Distance of the nodes in window pixels, larger where the window would hold more than `MOST_NODES` along a side. */
const SPACING = 64;
const MOST_NODES = 24;
const ROUNDS = 3;
const SWEEPS = 80;
/** No node is moved further than this share of the distance between them, so that nothing folds over. */
const MOST = 1 / 4;
/** How much neighbouring nodes and all nodes may differ from each other and from the similarity, in pixels (standard deviation of the prior). */
const ROUGHNESS = 0.25;
const REACH = 4;
/** Neighbouring pixels are not independent. */
const INDEPENDENT = 0.15;
/** Only every second pixel of every second row is looked at. */
const STRIDE = 2;

/** Displacements on top of a similarity, in pixels, at the nodes of a grid over the window; between them bilinear. */
export interface Deformation {
  /** Distance of the nodes in pixels; node (0, 0) lies at the window's corner. */
  readonly spacing: number;
  readonly columns: number;
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Sums over the pixels of a cell of (gradient x, gradient y, canvas, residual) and of their products. */
const FIRST = 4;
const MOMENTS = 1 + FIRST + 10;
/** Numbers in a cell's equation, and the points it needs to have one. */
const EQUATION = 5;
const LEAST_POINTS = 32;

/**
 * The slow warp that is left when the similarity has been undone, as shifts at the nodes of a grid: Lucas-Kanade in the cell around each node, each cell with its own gain and bias,
 * joined by a prior of smoothness that carries the shifts on into what is still to be drawn.
 */
export function deform(overlap: Overlap, window: Extent, at: Similarity): Deformation {
  const field = undeformed(window);
  const level = overlap.levels[Math.min(1, overlap.levels.length - 1)];
  if (!level) return field;
  for (let round = 0; round < ROUNDS; round++) {
    const moments = measure(level, overlap, at, field);
    relax(field, moments);
  }
  return field;
}

/** A field without displacements over a window. */
export function undeformed(window: Extent): Deformation {
  const spacing = Math.max(SPACING, Math.ceil(Math.max(window.width, window.height) / MOST_NODES));
  const columns = Math.ceil(window.width / spacing) + 1;
  const rows = Math.ceil(window.height / spacing) + 1;
  return { spacing, columns, rows, x: new Float32Array(columns * rows), y: new Float32Array(columns * rows) };
}

/** The moments of each node's cell under the present field. */
function measure(level: PyramidLevel, { bounds }: Overlap, at: Similarity, field: Deformation): Float64Array {
  const { factor, known } = level;
  const { width, height, data: canvas } = level.canvas;
  const answer = level.answer.data;
  const moments = new Float64Array(field.x.length * MOMENTS);
  const row = new Float64Array(FIRST);
  for (let y = 1; y < height - 1; y += STRIDE) {
    const windowY = bounds.y + (y + 0.5) * factor;
    const v = windowY - at.centreY;
    const nodeY = Math.min(field.rows - 1, Math.round(windowY / field.spacing));
    for (let x = 1; x < width - 1; x += STRIDE) {
      const i = y * width + x;
      if (known[i] === 0 || !surrounded(known, i, width)) continue;
      const windowX = bounds.x + (x + 0.5) * factor;
      const u = windowX - at.centreX;
      const node = nodeY * field.columns + Math.min(field.columns - 1, Math.round(windowX / field.spacing));
      const px = (at.cosine * u - at.sine * v + at.centreX + at.x + (field.x[node] as number) - bounds.x) / factor - 0.5;
      const py = (at.sine * u + at.cosine * v + at.centreY + at.y + (field.y[node] as number) - bounds.y) / factor - 0.5;
      if (!(px >= 0 && py >= 0 && px < width - 1 && py < height - 1)) continue;
      const k = Math.floor(py) * width + Math.floor(px);
      const fx = px - Math.floor(px);
      const fy = py - Math.floor(py);
      const upper = (answer[k] as number) * (1 - fx) + (answer[k + 1] as number) * fx;
      const lower = (answer[k + width] as number) * (1 - fx) + (answer[k + width + 1] as number) * fx;
      row[0] = ((canvas[i + 1] as number) - (canvas[i - 1] as number)) / (2 * factor);
      row[1] = ((canvas[i + width] as number) - (canvas[i - width] as number)) / (2 * factor);
      row[2] = canvas[i] as number;
      row[3] = upper * (1 - fy) + lower * fy - row[2];
      const base = node * MOMENTS;
      moments[base] = (moments[base] as number) + 1;
      let product = base + 1 + FIRST;
      for (let a = 0; a < FIRST; a++) {
        const value = row[a] as number;
        moments[base + 1 + a] = (moments[base + 1 + a] as number) + value;
        for (let b = 0; b <= a; b++, product++) moments[product] = (moments[product] as number) + value * (row[b] as number);
      }
    }
  }
  return moments;
}

/** One Gauss-Newton step for all nodes together, by Gauss and Seidel's method. */
function relax(field: Deformation, moments: Float64Array): void {
  const { x, y } = field;
  const equations = new Float64Array(x.length * EQUATION);
  for (let node = 0; node < x.length; node++) {
    const cell = moments.subarray(node * MOMENTS, (node + 1) * MOMENTS);
    if ((cell[0] as number) >= LEAST_POINTS) equations.set(cellEquation(cell, x[node] as number, y[node] as number), node * EQUATION);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) relaxOnce(field, equations);
}

function relaxOnce({ columns, rows, spacing, x, y }: Deformation, equations: Float64Array): void {
  const most = MOST * spacing;
  const stiffness = 1 / ROUGHNESS ** 2;
  const anchor = 1 / (REACH * REACH * x.length);
  for (let node = 0; node < x.length; node++) {
    const column = node % columns;
    let neighbours = 0;
    let sumX = 0;
    let sumY = 0;
    if (column > 0) {
      neighbours++;
      sumX += x[node - 1] as number;
      sumY += y[node - 1] as number;
    }
    if (column < columns - 1) {
      neighbours++;
      sumX += x[node + 1] as number;
      sumY += y[node + 1] as number;
    }
    if (node >= columns) {
      neighbours++;
      sumX += x[node - columns] as number;
      sumY += y[node - columns] as number;
    }
    if (node < (rows - 1) * columns) {
      neighbours++;
      sumX += x[node + columns] as number;
      sumY += y[node + columns] as number;
    }
    const at = node * EQUATION;
    const xx = anchor + stiffness * neighbours + (equations[at] as number);
    const xy = equations[at + 1] as number;
    const yy = anchor + stiffness * neighbours + (equations[at + 2] as number);
    const rightX = stiffness * sumX + (equations[at + 3] as number);
    const rightY = stiffness * sumY + (equations[at + 4] as number);
    const determinant = xx * yy - xy * xy;
    x[node] = Math.max(-most, Math.min(most, (rightX * yy - rightY * xy) / determinant));
    y[node] = Math.max(-most, Math.min(most, (rightY * xx - rightX * xy) / determinant));
  }
}

/** What a cell says of its shift, as normal equations (xx, xy, yy, right-hand x and y) in units of its own noise; gain and bias are projected out. */
function cellEquation(moments: Float64Array, x: number, y: number): number[] {
  const n = moments[0] as number;
  const covariance = (a: number, b: number): number => (moments[1 + FIRST + (a * (a + 1)) / 2 + b] as number) / n - ((moments[1 + a] as number) / n) * ((moments[1 + b] as number) / n);
  const spread = covariance(2, 2) + 1;
  const without = (a: number, b: number): number => covariance(Math.max(a, b), Math.min(a, b)) - (covariance(Math.max(a, 2), Math.min(a, 2)) * covariance(Math.max(b, 2), Math.min(b, 2))) / spread;
  const unit = (INDEPENDENT * n) / Math.max(1, without(3, 3));
  const xx = unit * without(0, 0);
  const xy = unit * without(1, 0);
  const yy = unit * without(1, 1);
  return [xx, xy, yy, xx * x + xy * y - unit * without(0, 3), xy * x + yy * y - unit * without(1, 3)];
}
