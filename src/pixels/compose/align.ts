import type { Bounds } from '../../core/geometry';
import { medianMagnitude, solveSymmetric } from './linear';
import type { Level } from './overlap';
import { smoothed } from './plane';
import type { Plane } from './plane';
import type { Similarity } from './similarity';

/** Enough points for a hundredth of a pixel; more only take time. */
const MOST_POINTS = 16_000;
/** From this many pixels on only every second pixel of every second row is looked at. */
const SPARSE_FROM = 1 << 17;
/** Side of the cells that have a bias of their own, in pixels of the level: light that changes slowly must not look like a shift. */
const CELL = 48;
const ITERATIONS = 6;
/** An update below this many window pixels at the rim ends the search on a level, times the level's factor. */
const SETTLED = 0.01;
/** Huber's constant: 95 % efficient on Gaussian noise. */
const HUBER = 1.345;
/** Neighbouring pixels are not independent: what share of them counts as evidence against the prior. */
const INDEPENDENT = 0.1;

/** Points of a level that say something about the alignment. */
interface Points {
  readonly count: number;
  /** Window pixels from the centre of the similarity. */
  readonly u: Float32Array;
  readonly v: Float32Array;
  /** The canvas and its gradient per window pixel. */
  readonly value: Float32Array;
  readonly gradientX: Float32Array;
  readonly gradientY: Float32Array;
  /** Which cell each lies in, and how many cells there are. */
  readonly cell: Uint32Array;
  readonly cells: number;
}

/**
 * Refines a similarity on one level of the overlap by Gauss-Newton over shift, scale, rotation and gain, with a bias for each cell (Lucas and Kanade; Baker and Matthews 2004),
 * Huber's loss on the residuals, and a weak prior that keeps a textureless overlap where it started. `bounds` is the overlap's rectangle in window pixels.
 */
export function align(level: Level, bounds: Bounds, start: Similarity): Similarity {
  const points = pick(level, bounds, start);
  if (points.count < 32) return start;
  const answer = smoothed(level.answer);
  const rim = 0.5 * Math.hypot(bounds.width, bounds.height);
  const priors = [8, 8, 0.01 * rim, 0.005 * rim, 0.2];
  const mean = points.value.subarray(0, points.count).reduce((a, b) => a + b, 0) / points.count;
  let at = start;
  let gain = 1;
  const warped = new Float32Array(points.count);
  const residuals = new Float32Array(points.count);
  for (let round = 0; round < ITERATIONS; round++) {
    sampleAnswer(answer, level.factor, bounds, points, at, warped);
    subtract(points, warped, gain, mean, residuals);
    const sigma = Math.max(0.5, 1.4826 * medianMagnitude(residuals, points.count, 128));
    const normal = normalEquations(points, warped, residuals, rim, mean, sigma);
    const deviation = [at.x - start.x, at.y - start.y, (at.cosine - 1) * rim, at.sine * rim, gain - 1];
    deviation.forEach((value, k) => {
      const precision = 1 / (priors[k] as number) ** 2;
      normal.hessian[k * 6] = (normal.hessian[k * 6] as number) + precision;
      normal.gradient[k] = (normal.gradient[k] as number) - precision * value;
    });
    const step = solveSymmetric(normal.hessian, normal.gradient);
    if (!step) return start;
    const [dx, dy, dScale, dTurn, dGain] = [...step] as [number, number, number, number, number];
    at = { ...at, x: at.x + dx, y: at.y + dy, cosine: at.cosine + dScale / rim, sine: at.sine + dTurn / rim };
    gain += dGain;
    if (Math.max(Math.hypot(dx, dy), Math.hypot(dScale, dTurn)) < SETTLED * level.factor) break;
  }
  return at;
}

/** The residuals, each cell's mean taken off; 0 where the point left the answer. */
function subtract(points: Points, warped: Float32Array, gain: number, mean: number, residuals: Float32Array): void {
  const sums = new Float64Array(points.cells);
  const counts = new Uint32Array(points.cells);
  for (let i = 0; i < points.count; i++) {
    const value = warped[i] as number;
    if (value === -Infinity) continue;
    const cell = points.cell[i] as number;
    const residual = gain * (value - mean) + mean - (points.value[i] as number);
    residuals[i] = residual;
    sums[cell] = (sums[cell] as number) + residual;
    counts[cell] = (counts[cell] as number) + 1;
  }
  for (let i = 0; i < points.count; i++) {
    const cell = points.cell[i] as number;
    residuals[i] = warped[i] === -Infinity ? 0 : (residuals[i] as number) - (sums[cell] as number) / (counts[cell] as number);
  }
}

/** The known points with the strongest gradients, at most `MOST_POINTS`. */
function pick(level: Level, bounds: Bounds, centre: Similarity): Points {
  const { width, height, data } = smoothed(level.canvas);
  const strength = new Float32Array(data.length);
  const stride = data.length > SPARSE_FROM ? 2 : 1;
  let candidates = 0;
  let strongest = 0;
  for (let y = 1; y < height - 1; y += stride) {
    for (let x = 1; x < width - 1; x += stride) {
      const i = y * width + x;
      if (!surrounded(level.known, i, width)) continue;
      const gx = (data[i + 1] as number) - (data[i - 1] as number);
      const gy = (data[i + width] as number) - (data[i - width] as number);
      const value = Math.abs(gx) + Math.abs(gy) + 1e-6;
      strength[i] = value;
      if (value > strongest) strongest = value;
      candidates++;
    }
  }
  const least = candidates > MOST_POINTS ? threshold(strength, strongest, MOST_POINTS) : 0;
  const most = Math.min(candidates, MOST_POINTS);
  const points = {
    u: new Float32Array(most),
    v: new Float32Array(most),
    value: new Float32Array(most),
    gradientX: new Float32Array(most),
    gradientY: new Float32Array(most),
    cell: new Uint32Array(most),
    cells: Math.ceil(width / CELL) * Math.ceil(height / CELL),
  };
  const { factor } = level;
  let count = 0;
  for (let y = 1; y < height - 1 && count < most; y += stride) {
    for (let x = 1; x < width - 1 && count < most; x += stride) {
      const i = y * width + x;
      const value = strength[i] as number;
      if (value === 0 || value < least) continue;
      points.u[count] = bounds.x + (x + 0.5) * factor - centre.centreX;
      points.v[count] = bounds.y + (y + 0.5) * factor - centre.centreY;
      points.value[count] = data[i] as number;
      points.gradientX[count] = ((data[i + 1] as number) - (data[i - 1] as number)) / (2 * factor);
      points.gradientY[count] = ((data[i + width] as number) - (data[i - width] as number)) / (2 * factor);
      points.cell[count] = Math.floor(y / CELL) * Math.ceil(width / CELL) + Math.floor(x / CELL);
      count++;
    }
  }
  return { count, ...points };
}

/** The strength above which at most `most` of the values lie. */
function threshold(strength: Float32Array, strongest: number, most: number): number {
  const bins = new Uint32Array(4096);
  for (let i = 0; i < strength.length; i++) {
    const bin = Math.floor(((strength[i] as number) * 4095) / strongest);
    bins[bin] = (bins[bin] as number) + 1;
  }
  let above = 0;
  for (let bin = 4095; bin > 0; bin--) {
    above += bins[bin] as number;
    if (above > most) return ((bin + 1) * strongest) / 4095;
  }
  return 0;
}

/** Whether a pixel and the eight around it are known. */
export function surrounded(known: Uint8Array, i: number, width: number): boolean {
  for (let row = i - width; row <= i + width; row += width) {
    if (((known[row - 1] as number) & (known[row] as number) & (known[row + 1] as number)) === 0) return false;
  }
  return true;
}

/** The answer at each point's image, bilinear; −Infinity where that lies outside. */
function sampleAnswer({ width, height, data }: Plane, factor: number, bounds: Bounds, points: Points, at: Similarity, to: Float32Array): void {
  const offsetX = at.centreX + at.x - bounds.x;
  const offsetY = at.centreY + at.y - bounds.y;
  for (let i = 0; i < points.count; i++) {
    const u = points.u[i] as number;
    const v = points.v[i] as number;
    const x = (at.cosine * u - at.sine * v + offsetX) / factor - 0.5;
    const y = (at.sine * u + at.cosine * v + offsetY) / factor - 0.5;
    if (!(x >= 0 && y >= 0 && x < width - 1 && y < height - 1)) {
      to[i] = -Infinity;
      continue;
    }
    const left = Math.floor(x);
    const top = Math.floor(y);
    const fx = x - left;
    const fy = y - top;
    const k = top * width + left;
    const upper = (data[k] as number) * (1 - fx) + (data[k + 1] as number) * fx;
    const lower = (data[k + width] as number) * (1 - fx) + (data[k + width + 1] as number) * fx;
    to[i] = upper * (1 - fy) + lower * fy;
  }
}

/** JᵀWJ and −JᵀWe over shift, scale and rotation (as pixels at the rim) and gain. */
function normalEquations(points: Points, warped: Float32Array, residuals: Float32Array, rim: number, mean: number, sigma: number): { hessian: Float64Array; gradient: Float64Array } {
  const hessian = new Float64Array(25);
  const gradient = new Float64Array(5);
  const row = new Float64Array(5);
  const limit = HUBER * sigma;
  const unit = INDEPENDENT / (sigma * sigma);
  for (let i = 0; i < points.count; i++) {
    const value = warped[i] as number;
    if (value === -Infinity) continue;
    const e = residuals[i] as number;
    const magnitude = Math.abs(e);
    const weight = magnitude > limit ? (unit * limit) / magnitude : unit;
    const gx = points.gradientX[i] as number;
    const gy = points.gradientY[i] as number;
    const u = (points.u[i] as number) / rim;
    const v = (points.v[i] as number) / rim;
    row[0] = gx;
    row[1] = gy;
    row[2] = gx * u + gy * v;
    row[3] = gy * u - gx * v;
    row[4] = value - mean;
    for (let a = 0; a < 5; a++) {
      const scaled = weight * (row[a] as number);
      gradient[a] = (gradient[a] as number) - scaled * e;
      for (let b = 0; b <= a; b++) hessian[a * 5 + b] = (hessian[a * 5 + b] as number) + scaled * (row[b] as number);
    }
  }
  return { hessian, gradient };
}
