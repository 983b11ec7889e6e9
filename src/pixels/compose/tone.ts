import { medianMagnitude, solveSymmetric } from './linear';

/** Steps of a curve's table per level. */
const STEPS = 4;
const TABLE = 255 * STEPS + 1;

/** How a channel's levels in the answer become the canvas's: a table of `STEPS` entries a level. */
export type Curve = Float32Array;

/** Pairs of levels of one channel, the answer's and the canvas's, from places that show the same. */
export interface Pairs {
  readonly count: number;
  readonly answer: Float32Array;
  readonly canvas: Float32Array;
}

/** How far the coefficients of the cubic may stray before evidence says so, in levels at both ends of the range (t = ±1). */
const PRIOR = [16, 14, 8, 5];
/** Neighbouring pairs are not independent: at most so many count as evidence against the prior. */
const MOST_EVIDENCE = 1500;
/** Tukey's constant: 95 % efficient on Gaussian noise. */
const TUKEY = 4.685;
/** Levels nearer to the ends than this may have been cut off there and say nothing of the curve. */
const CLIPPED = 2;
const LEAST_SLOPE = 0.6;
const MOST_SLOPE = 1.6;

/**
 * Fits a cubic from the answer's levels to the canvas's, three times, each time with less of the outliers of the one before (Tukey's biweight). A prior draws it to the identity, so that few or
 * flat pairs give an offset or a gain and not a wild curve; beyond the levels that were seen it goes on straight. It never falls.
 */
export function fitCurve(pairs: Pairs): Curve {
  const { count } = pairs;
  let coefficients: Float64Array = Float64Array.of(0, 0, 0, 0);
  if (count > 0) {
    const weights = new Float32Array(count);
    const residuals = new Float32Array(count);
    let sigma = 8;
    weigh(pairs, residuals, Infinity, weights);
    for (let pass = 0; pass < 3; pass++) {
      coefficients = fit(pairs, weights, sigma) ?? coefficients;
      leave(pairs, coefficients, residuals);
      sigma = Math.max(0.5, 1.4826 * medianMagnitude(residuals, count, 64));
      weigh(pairs, residuals, TUKEY * sigma, weights);
    }
  }
  return table(coefficients, range(pairs));
}

/** What a cubic leaves of the pairs' differences. */
function leave({ count, answer, canvas }: Pairs, coefficients: Float64Array, residuals: Float32Array): void {
  for (let i = 0; i < count; i++) {
    const level = answer[i] as number;
    residuals[i] = (canvas[i] as number) - level - polynomial(coefficients, level);
  }
}

/** Tukey's weights of residuals, 0 from `most` on; pairs with a clipped level have none. */
function weigh({ count, answer, canvas }: Pairs, residuals: Float32Array, most: number, weights: Float32Array): void {
  for (let i = 0; i < count; i++) {
    const ratio = (residuals[i] as number) / most;
    const counts = Math.abs(ratio) < 1 && !isClipped(answer[i] as number) && !isClipped(canvas[i] as number);
    weights[i] = counts ? (1 - ratio * ratio) ** 2 : 0;
  }
}

/** The canvas's level for a level of the answer, both fractional. */
export function applyCurve(curve: Curve, level: number): number {
  if (level <= 0) return (curve[0] as number) + level;
  if (level >= 255) return (curve[TABLE - 1] as number) + level - 255;
  return curve[(level * STEPS + 0.5) | 0] as number;
}

function isClipped(level: number): boolean {
  return level < CLIPPED || level > 255 - CLIPPED;
}

/** What the cubic adds to a level. */
function polynomial(c: Float64Array, level: number): number {
  const t = (level - 127.5) / 127.5;
  return (c[0] as number) + t * ((c[1] as number) + t * ((c[2] as number) + t * (c[3] as number)));
}

function fit({ count, answer, canvas }: Pairs, weights: Float32Array, sigma: number): Float64Array | undefined {
  const normal = new Float64Array(16);
  const right = new Float64Array(4);
  const powers = new Float64Array(4);
  const unit = Math.min(1, MOST_EVIDENCE / count) / (sigma * sigma);
  for (let i = 0; i < count; i++) {
    const weight = unit * (weights[i] as number);
    if (weight === 0) continue;
    const level = answer[i] as number;
    const t = (level - 127.5) / 127.5;
    powers[0] = 1;
    powers[1] = t;
    powers[2] = t * t;
    powers[3] = t * t * t;
    for (let a = 0; a < 4; a++) {
      const scaled = weight * (powers[a] as number);
      right[a] = (right[a] as number) + scaled * ((canvas[i] as number) - level);
      for (let b = 0; b <= a; b++) normal[a * 4 + b] = (normal[a * 4 + b] as number) + scaled * (powers[b] as number);
    }
  }
  PRIOR.forEach((spread, k) => {
    normal[k * 5] = (normal[k * 5] as number) + 1 / (spread * spread);
  });
  return solveSymmetric(normal, right);
}

/** The levels between which all but a hundredth of the pairs lie, at each end. */
function range({ count, answer }: Pairs): { low: number; high: number } {
  const bins = new Uint32Array(256);
  for (let i = 0; i < count; i++) {
    const bin = Math.min(255, Math.max(0, Math.round(answer[i] as number)));
    bins[bin] = (bins[bin] as number) + 1;
  }
  const beyond = count / 100;
  let low = 0;
  for (let seen = bins[0] as number; low < 255 && seen <= beyond; seen += bins[low] as number) low++;
  let high = 255;
  for (let seen = bins[255] as number; high > low && seen <= beyond; seen += bins[high] as number) high--;
  return { low, high };
}

function table(coefficients: Float64Array, { low, high }: { low: number; high: number }): Curve {
  const curve = new Float32Array(TABLE);
  const value = (level: number): number => level + polynomial(coefficients, level);
  const slopeAt = (level: number): number => Math.min(MOST_SLOPE, Math.max(LEAST_SLOPE, value(level + 0.5) - value(level - 0.5)));
  const slopeLow = slopeAt(low);
  const slopeHigh = slopeAt(high);
  for (let k = 0; k < TABLE; k++) {
    const level = k / STEPS;
    if (level < low) curve[k] = value(low) + (level - low) * slopeLow;
    else if (level > high) curve[k] = value(high) + (level - high) * slopeHigh;
    else curve[k] = value(level);
  }
  for (let k = 1; k < TABLE; k++) curve[k] = Math.max(curve[k] as number, curve[k - 1] as number);
  return curve;
}
