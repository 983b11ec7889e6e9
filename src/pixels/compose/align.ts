import type { Bounds } from '../../core/geometry';
import { medianMagnitude, solveSymmetric } from './linear';
import type { PyramidLevel } from './overlap';
import { smoothed } from './plane';
import type { Plane } from './plane';
import { similarity } from './similarity';
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
export function align(level: PyramidLevel, bounds: Bounds, start: Similarity): Similarity {
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
    at = similarity(at.centreX, at.centreY, at.x + dx, at.y + dy, at.cosine + dScale / rim, at.sine + dTurn / rim);
    gain += dGain;
    if (Math.max(Math.hypot(dx, dy), Math.hypot(dScale, dTurn)) < SETTLED * level.factor) break;
  }
  return at;
}

/** The residuals, each cell's mean taken off; 0 where the point left the answer. */
function subtract(points: Points, warped: Float32Array, gain: number, mean: number, residuals: Float32Array): void {
  const sums = new Float64Array(points.cells);
  const counts = new Uint32Array(points.cells);
  sumByCell(points, warped, gain, mean, residuals, sums, counts);
  takeOffMeans(points, warped, residuals, sums, counts);
}

function sumByCell({ count, cell, value }: Points, warped: Float32Array, gain: number, mean: number, residuals: Float32Array, sums: Float64Array, counts: Uint32Array): void {
  for (let i = 0; i < count; i++) {
    const drawn = warped[i] as number;
    if (drawn === -Infinity) continue;
    const c = cell[i] as number;
    const residual = gain * (drawn - mean) + mean - (value[i] as number);
    residuals[i] = residual;
    sums[c] = (sums[c] as number) + residual;
    counts[c] = (counts[c] as number) + 1;
  }
}

function takeOffMeans({ count, cell }: Points, warped: Float32Array, residuals: Float32Array, sums: Float64Array, counts: Uint32Array): void {
  for (let i = 0; i < count; i++) {
    const c = cell[i] as number;
    residuals[i] = warped[i] === -Infinity ? 0 : (residuals[i] as number) - (sums[c] as number) / (counts[c] as number);
  }
}

/** The known points with the strongest gradients, at most `MOST_POINTS`. */
function pick(level: PyramidLevel, bounds: Bounds, centre: Similarity): Points {
  const { factor, known } = level;
  const { width, height, data } = smoothed(level.canvas);
  const stride = data.length > SPARSE_FROM ? 2 : 1;
  const room = Math.ceil(width / stride) * Math.ceil(height / stride);
  const places = new Int32Array(room);
  const strengths = new Float32Array(room);
  let candidates = 0;
  for (let y = 1; y < height - 1; y += stride) candidates = strengthsOfRow(data, known, width, y, stride, places, strengths, candidates);
  const least = candidates > MOST_POINTS ? threshold(strengths.subarray(0, candidates), MOST_POINTS) : 0;
  const count = strongest(places, strengths, candidates, least);
  const columns = Math.ceil(width / CELL);
  const [u, v, value, gradientX, gradientY] = [new Float32Array(count), new Float32Array(count), new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  const points = { count, u, v, value, gradientX, gradientY, cell: new Uint32Array(count), cells: columns * Math.ceil(height / CELL) };
  describe(points, places, data, width, factor, bounds.x - centre.centreX, bounds.y - centre.centreY, columns);
  return points;
}

/** Moves the places of at least some strength to the front, at most `MOST_POINTS`; returns how many they are. */
function strongest(places: Int32Array, strengths: Float32Array, candidates: number, least: number): number {
  let count = 0;
  for (let k = 0; k < candidates && count < MOST_POINTS; k++) if ((strengths[k] as number) >= least) places[count++] = places[k] as number;
  return count;
}

function describe({ count, u, v, value, gradientX, gradientY, cell }: Points, places: Int32Array, data: Float32Array, width: number, factor: number, left: number, top: number, columns: number): void {
  for (let k = 0; k < count; k++) {
    const i = places[k] as number;
    const y = Math.floor(i / width);
    const x = i - y * width;
    u[k] = left + (x + 0.5) * factor;
    v[k] = top + (y + 0.5) * factor;
    value[k] = data[i] as number;
    gradientX[k] = ((data[i + 1] as number) - (data[i - 1] as number)) / (2 * factor);
    gradientY[k] = ((data[i + width] as number) - (data[i - width] as number)) / (2 * factor);
    cell[k] = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
  }
}

/** Adds a row's known pixels and their gradients' strength to the candidates; returns how many there are then. */
function strengthsOfRow(data: Float32Array, known: Uint8Array, width: number, y: number, stride: number, places: Int32Array, strengths: Float32Array, count: number): number {
  for (let i = y * width + 1; i < (y + 1) * width - 1; i += stride) {
    if (!surrounded(known, i, width)) continue;
    places[count] = i;
    strengths[count] = Math.abs((data[i + 1] as number) - (data[i - 1] as number)) + Math.abs((data[i + width] as number) - (data[i - width] as number)) + 1e-6;
    count++;
  }
  return count;
}

/** The strength above which at most `most` of the values lie. */
function threshold(strengths: Float32Array, most: number): number {
  const top = maximum(strengths);
  const bins = new Uint32Array(4096);
  countBins(strengths, top, bins);
  let above = 0;
  for (let bin = 4095; bin > 0; bin--) {
    above += bins[bin] as number;
    if (above > most) return ((bin + 1) * top) / 4095;
  }
  return 0;
}

function maximum(values: Float32Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number;
  return most;
}

function countBins(values: Float32Array, top: number, bins: Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    const bin = (((values[i] as number) * 4095) / top) | 0;
    bins[bin] = (bins[bin] as number) + 1;
  }
}

/** Whether a pixel and the eight around it are known. */
export function surrounded(known: Uint8Array, i: number, width: number): boolean {
  const above = i - width;
  const below = i + width;
  const row = (known[i - 1] as number) & (known[i] as number) & (known[i + 1] as number);
  return (row & (known[above - 1] as number) & (known[above] as number) & (known[above + 1] as number) & (known[below - 1] as number) & (known[below] as number) & (known[below + 1] as number)) === 1;
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
  accumulate(points, warped, residuals, rim, mean, sigma, hessian, gradient);
  return { hessian, gradient };
}

function accumulate(points: Points, warped: Float32Array, residuals: Float32Array, rim: number, mean: number, sigma: number, hessian: Float64Array, gradient: Float64Array): void {
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
}
