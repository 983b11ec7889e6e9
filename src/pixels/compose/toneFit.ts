import type { Extent } from '../../core/geometry';
import { bendEnds } from './cutOff';
import { gainsOf, heightsAt, spreadsOf, wavesOf } from './light';
import type { Light } from './light';
import { choleskySolve, medianMagnitude } from './linear';
import type { Samples } from './samples';
import { curveOf, isClipped, IDENTITY, polynomial, POWERS, powersOf } from './tone';
import type { Curve, Pairs } from './tone';
import { curvePrecision } from './tonePrior';

/** What misalignment and texture drawn anew leave is alike over some ten pixels: what lies so densely counts as evidence once for each such area, in square pixels, and at most so many times in all. */
const ALIKE = 200;
const MOST_EVIDENCE = 1500;
/** Tukey's constant: 95 % efficient on Gaussian noise. */
const TUKEY = 4.685;
/** Passes of the cubics alone, then of the cubics with the light. */
const PLAIN_PASSES = 3;
const LIT_PASSES = 2;
/** Cells along the longer side of the window in which the light is taken for one. */
const CELLS = 16;
const CHANNELS = 3;
const CUBICS = CHANNELS * POWERS;
const PRECISION = curvePrecision(CHANNELS);
/** Sums over a cell's samples: of the squares of the levels that the light multiplies, of these times what the canvas differs by, and of these times each channel's powers. */
const SUMS = 2 + CUBICS;

/** How an answer's colours become the canvas's: each channel by its curve, and all of them by the light. */
export interface Tone {
  readonly curves: readonly [Curve, Curve, Curve];
  readonly light: Light;
  /** The curves that fit best if the light is the same: what an answer is judged by. */
  readonly unlit: readonly [Curve, Curve, Curve];
}

/** The tone of an answer of which nothing is known. */
export const UNTONED: Tone = { curves: [IDENTITY, IDENTITY, IDENTITY], light: { waves: [], shares: new Float64Array(0) }, unlit: [IDENTITY, IDENTITY, IDENTITY] };

/** The prior under which the light does not differ. */
const NO_LIGHT = new Float64Array(0);

/** What a fit has of one channel, one number a sample: the level that the light multiplies, the canvas's difference from what was fitted, and the weight. */
interface Channel {
  readonly pairs: Pairs;
  readonly levels: Float32Array;
  readonly residuals: Float32Array;
  readonly weights: Float32Array;
  /** Standard deviation of the residuals, in levels. */
  sigma: number;
}

/**
 * Fits a cubic for each channel, and one light for all of them, from the answer's levels to the canvas's: together, since a sky that lies in another light would else pass for another curve,
 * and that curve be used where the light is not. The cubics alone come first, for the outliers, of which each pass takes less (Tukey's biweight). The priors draw both to the identity, so that few
 * or flat samples give a gain and nothing wild.
 */
export function fitTone(samples: Samples, window: Extent): Tone {
  const { count, stride, channels: given } = samples;
  if (count === 0) return UNTONED;
  // An answer is judged by curves that follow the samples as they are; what is laid goes on where there are none, and must not follow by what is left over.
  const plain = Math.min(1, MOST_EVIDENCE / count);
  const lit = Math.min(plain, stride ** 2 / ALIKE);
  const waves = wavesOf(window);
  const side = Math.max(window.width, window.height) / CELLS;
  const columns = Math.ceil(window.width / side);
  const cells = [...new Array(columns * Math.ceil(window.height / side)).keys()];
  const cellOf = Uint16Array.from({ length: count }, (_, i) => Math.floor((samples.y[i] as number) / side) * columns + Math.floor((samples.x[i] as number) / side));
  const heights = heightsAt(waves, window, cells.map((cell) => ((cell % columns) + 0.5) * side), cells.map((cell) => (Math.floor(cell / columns) + 0.5) * side));
  const channels = given.map((pairs) => ({ pairs, levels: pairs.answer.slice(), residuals: new Float32Array(count), weights: new Float32Array(count), sigma: 8 }));
  for (const channel of channels) weigh(channel, Infinity);
  let cubics: Float64Array = new Float64Array(CUBICS);
  let light: Light = { waves, shares: new Float64Array(waves.length) };
  let gains = gainsOf(light, heights, cells.length);
  const curve = (c: 0 | 1 | 2): Curve => curveOf(cubics.subarray(c * POWERS, (c + 1) * POWERS), given[c]);
  let unlit = UNTONED.unlit;
  let priors: readonly Float64Array[] = [NO_LIGHT];
  for (let pass = 0; pass < PLAIN_PASSES + LIT_PASSES; pass++) {
    if (pass === PLAIN_PASSES) {
      unlit = [curve(0), curve(1), curve(2)];
      priors = [NO_LIGHT, ...spreadsOf(waves, window)];
    }
    const { solution, prior } = likeliest(equationsOf(channels, pass < PLAIN_PASSES ? plain : lit, cellOf, heights, pass < PLAIN_PASSES ? 0 : waves.length, cells.length), priors);
    priors = [prior];
    cubics = solution.subarray(0, CUBICS);
    if (pass >= PLAIN_PASSES) light = { waves, shares: solution.subarray(CUBICS) };
    gains = gainsOf(light, heights, cells.length);
    channels.forEach((channel, c) => {
      leave(channel, cubics.subarray(c * POWERS, (c + 1) * POWERS), cellOf, gains);
      channel.sigma = Math.max(0.5, 1.4826 * medianMagnitude(channel.residuals, count, 64));
      weigh(channel, TUKEY * channel.sigma);
    });
  }
  const bent = (c: 0 | 1 | 2): Curve => {
    const whole = curve(c);
    bendEnds(whole, given[c], (i) => gains[cellOf[i] as number] as number);
    return whole;
  };
  return { curves: [bent(0), bent(1), bent(2)], light, unlit };
}

/** The normal equations of all cubics' coefficients and, after these, the waves' shares, without what is thought of them before. */
interface Equations {
  readonly normal: Float64Array;
  readonly right: Float64Array;
}

/** What the samples say by their present weights, of the cubics and so many waves; `evidence` is what one counts for. */
function equationsOf(channels: readonly Channel[], evidence: number, cellOf: Uint16Array, heights: Float64Array, waves: number, cells: number): Equations {
  const unknowns = CUBICS + waves;
  const normal = new Float64Array(unknowns * unknowns);
  const right = new Float64Array(unknowns);
  const sums = new Float64Array(cells * SUMS);
  channels.forEach(({ pairs, levels, weights, sigma }, c) => accumulate(pairs, levels, weights, evidence / (sigma * sigma), cellOf, c * POWERS, normal, right, sums));
  for (let cell = 0; cell < cells && waves > 0; cell++) addCell(sums, cell * SUMS, heights, cell * waves, waves, normal, right);
  return { normal, right };
}

/**
 * The solution under the prior that explains the samples best by its marginal likelihood (MacKay 1992): a light is only there where the samples speak for it. A prior has the standard
 * deviations of the waves' shares; the one that has none takes them for 0.
 */
function likeliest({ normal, right }: Equations, priors: readonly Float64Array[]): { readonly solution: Float64Array; readonly prior: Float64Array } {
  const unknowns = right.length;
  const best = new Float64Array(unknowns);
  let prior: Float64Array = NO_LIGHT;
  let most = -Infinity;
  for (const spreads of priors) {
    const size = CUBICS + spreads.length;
    const matrix = new Float64Array(size * size);
    let surprise = 0;
    for (let k = 0; k < size; k++) {
      matrix.set(normal.subarray(k * unknowns, k * unknowns + k + 1), k * size);
      if (k < CUBICS) {
        for (let l = 0; l <= k; l++) matrix[k * size + l] = (matrix[k * size + l] as number) + (PRECISION[k * CUBICS + l] as number);
        continue;
      }
      const spread = spreads[k - CUBICS] as number;
      matrix[k * size + k] = (matrix[k * size + k] as number) + 1 / (spread * spread);
      surprise += 2 * Math.log(spread);
    }
    const solution = new Float64Array(size);
    const logDeterminant = choleskySolve(matrix, right.subarray(0, size), solution);
    if (logDeterminant === undefined) continue;
    const likelihood = solution.reduce((sum, value, k) => sum + value * (right[k] as number), 0) - logDeterminant - surprise;
    if (likelihood <= most) continue;
    most = likelihood;
    prior = spreads;
    best.fill(0);
    best.set(solution);
  }
  return { solution: best, prior };
}

/** Adds a channel's samples to its cubic's equations (which start at row `first`) and to the sums of their cells. */
function accumulate({ count, answer, canvas }: Pairs, levels: Float32Array, weights: Float32Array, unit: number, cellOf: Uint16Array, first: number, normal: Float64Array, right: Float64Array, sums: Float64Array): void {
  const unknowns = right.length;
  const powers = new Float64Array(POWERS);
  for (let i = 0; i < count; i++) {
    const weight = unit * (weights[i] as number);
    if (weight === 0) continue;
    const level = answer[i] as number;
    const difference = (canvas[i] as number) - level;
    powersOf(level, powers);
    const lit = weight * (levels[i] as number);
    const cell = (cellOf[i] as number) * SUMS;
    sums[cell] = (sums[cell] as number) + lit * (levels[i] as number);
    sums[cell + 1] = (sums[cell + 1] as number) + lit * difference;
    for (let a = 0; a < POWERS; a++) {
      const power = powers[a] as number;
      const row = (first + a) * unknowns + first;
      for (let b = 0; b <= a; b++) normal[row + b] = (normal[row + b] as number) + weight * power * (powers[b] as number);
      right[first + a] = (right[first + a] as number) + weight * power * difference;
      sums[cell + 2 + first + a] = (sums[cell + 2 + first + a] as number) + lit * power;
    }
  }
}

/** Adds a cell's sums to the equations of the waves, whose heights there start at `from`. */
function addCell(sums: Float64Array, cell: number, heights: Float64Array, from: number, waves: number, normal: Float64Array, right: Float64Array): void {
  const unknowns = right.length;
  const energy = sums[cell] as number;
  if (energy === 0) return;
  for (let k = 0; k < waves; k++) {
    const height = heights[from + k] as number;
    const row = (CUBICS + k) * unknowns;
    right[CUBICS + k] = (right[CUBICS + k] as number) + height * (sums[cell + 1] as number);
    for (let a = 0; a < CUBICS; a++) normal[row + a] = (normal[row + a] as number) + height * (sums[cell + 2 + a] as number);
    for (let l = 0; l <= k; l++) normal[row + CUBICS + l] = (normal[row + CUBICS + l] as number) + height * energy * (heights[from + l] as number);
  }
}

/** What a cubic and the cells' light leave of a channel's differences; its levels become those of the cubic. */
function leave({ pairs: { count, answer, canvas }, levels, residuals }: Channel, cubic: Float64Array, cellOf: Uint16Array, gains: Float32Array): void {
  for (let i = 0; i < count; i++) {
    const level = (answer[i] as number) + polynomial(cubic, answer[i] as number);
    levels[i] = level;
    residuals[i] = (canvas[i] as number) - level * (gains[cellOf[i] as number] as number);
  }
}

/** Tukey's weights of a channel's residuals, 0 from `most` on; pairs with a clipped level have none. */
function weigh({ pairs: { count, answer, canvas }, residuals, weights }: Channel, most: number): void {
  for (let i = 0; i < count; i++) {
    const ratio = (residuals[i] as number) / most;
    const counts = Math.abs(ratio) < 1 && !isClipped(answer[i] as number) && !isClipped(canvas[i] as number);
    weights[i] = counts ? (1 - ratio * ratio) ** 2 : 0;
  }
}
