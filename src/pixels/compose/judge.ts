import type { Bounds } from '../../core/geometry';
import type { PyramidLevel, Overlap } from './overlap';
import { roughness } from './roughness';
import type { Similarity } from './similarity';
import { applyCurve } from './tone';
import type { Curve, Pairs } from './tone';

/** Side of the blocks that are compared, in pixels of the level. */
const BLOCK = 8;
/** Standard deviation within a block, in levels, up to which it is noise and no evidence, and above which more is not more evidence. */
const NOISE = 1.5;
const PLENTY = 16;

/** How far the canvas and an aligned answer show the same. */
export interface Agreement {
  /** Mean correlation of the blocks' structure, −1 to 1, each block weighted by its texture; 0 where none has texture. */
  readonly structure: number;
  /** Mean texture of the blocks, in levels above the noise: how much evidence the structure rests on. */
  readonly evidence: number;
  /** How many blocks of equal texture would say as much (Kish's effective sample size). */
  readonly blocks: number;
}

/** Compares a level of the overlap block by block. Each block has its own gain and bias, so that uneven light does not count against the answer. */
export function agreement(level: PyramidLevel, bounds: Bounds, at: Similarity): Agreement {
  const { width, height } = level.canvas;
  const sums = new Float64Array(6);
  let weights = 0;
  let squares = 0;
  let structure = 0;
  let blocks = 0;
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      sums.fill(0);
      for (let y = top; y < top + BLOCK; y++) addRow(level, bounds, at, left, y, sums);
      const n = sums[0] as number;
      if (n < (BLOCK * BLOCK) / 2) continue;
      const a = (sums[1] as number) / n;
      const b = (sums[2] as number) / n;
      const varA = Math.max(0, (sums[3] as number) / n - a ** 2);
      const varB = Math.max(0, (sums[4] as number) / n - b ** 2);
      const weight = Math.min(PLENTY, Math.max(0, Math.sqrt(Math.max(varA, varB)) - NOISE));
      blocks++;
      weights += weight;
      squares += weight * weight;
      structure += (weight * ((sums[5] as number) / n - a * b)) / Math.sqrt((varA + NOISE) * (varB + NOISE));
    }
  }
  return {
    structure: weights > 0 ? structure / weights : 0,
    evidence: blocks > 0 ? weights / blocks : 0,
    blocks: squares > 0 ? (weights * weights) / squares : 0,
  };
}

/** Adds a block's row to the sums over it: count, canvas, answer, their squares and their product. */
function addRow({ factor, known, canvas, answer }: PyramidLevel, bounds: Bounds, at: Similarity, left: number, y: number, sums: Float64Array): void {
  const { width, height } = canvas;
  const u = bounds.x + (left + 0.5) * factor - at.centreX;
  const v = bounds.y + (y + 0.5) * factor - at.centreY;
  let x = (at.cosine * u - at.sine * v + at.centreX + at.x - bounds.x) / factor - 0.5;
  let row = (at.sine * u + at.cosine * v + at.centreY + at.y - bounds.y) / factor - 0.5;
  for (let i = y * width + left; i < y * width + left + BLOCK; i++, x += at.cosine, row += at.sine) {
    if (known[i] === 0 || !(x >= 0 && row >= 0 && x < width - 1 && row < height - 1)) continue;
    const k = Math.floor(row) * width + Math.floor(x);
    const fx = x - Math.floor(x);
    const fy = row - Math.floor(row);
    const upper = (answer.data[k] as number) * (1 - fx) + (answer.data[k + 1] as number) * fx;
    const lower = (answer.data[k + width] as number) * (1 - fx) + (answer.data[k + width + 1] as number) * fx;
    const drawn = upper * (1 - fy) + lower * fy;
    const shown = canvas.data[i] as number;
    sums[0] = (sums[0] as number) + 1;
    sums[1] = (sums[1] as number) + shown;
    sums[2] = (sums[2] as number) + drawn;
    sums[3] = (sums[3] as number) + shown * shown;
    sums[4] = (sums[4] as number) + drawn * drawn;
    sums[5] = (sums[5] as number) + shown * drawn;
  }
}

/** From this much texture on the structure decides; below it the colours do. */
const TEXTURED = 0.5;
/** What unrelated pictures do not reach: their structure correlates by chance, and more where the best of many shifts was chosen. Honest redraws of photographs stay above 0.75. */
const SURE_STRUCTURE = 0.6;
/** Below this no colours make up for it. */
const LEAST_STRUCTURE = 0.3;
/** The share of the canvas's variance that a redraw's re-toned colours explain: what a doubtful structure needs, and what no honest one falls below. Honest redraws reach 0.7 where the canvas varies enough. */
const SURE_SHARE = 0.5;
const LEAST_SHARE = 0.25;
/** So much of a canvas that varies no stranger's colours explain, whatever the structure. */
const SURE_COLOURS = 0.9;
/** Standard deviation of the canvas's colours, in levels, below which uneven light can hide what they explain. */
const LEAST_SPREAD = 12;
/** Further apart than this in any channel, in levels, no redraw of a picture is, whatever its structure. */
const FAR_TONE = 72;
/** Further apart than this, a plain overlap is of another colour. */
const MOST_TONE = 48;
/** The same where the structure of a plain overlap does not agree at all: as rough as each other, both sides may be the same plain, in another light. */
const NEAR_TONE = 26;
const ALIKE_TONE = 36;
const ALIKE = 3;
/** Roughness, in levels, of both sides up to which there is nothing but even light, and up to which an overlap counts as plain: grain is drawn anew each time and is no evidence, but plain areas of one tone are. */
const EVEN = 1.5;
const PLAIN = 6;

/**
 * Whether an aligned answer shows the same picture as the canvas; `pairs` are the colours of both, `curves` what was fitted to them. Plain areas are no evidence against it as long as
 * their colours are near, whatever their grain and however their light falls off: laid there, no seam would show.
 */
export function sameScene(overlap: Overlap, at: Similarity, pairs: readonly Pairs[], curves: readonly Curve[]): boolean {
  const level = overlap.levels.findLast((each) => Math.min(each.canvas.width, each.canvas.height) >= 2 * BLOCK) ?? overlap.levels[0];
  if (!level) return true;
  const { structure, evidence } = agreement(level, overlap.bounds, at);
  const apart = Math.max(...pairs.map(meanDifference));
  if (apart > FAR_TONE) return false;
  if (evidence < TEXTURED) return apart <= MOST_TONE;
  const { share, spread, answerSpread } = explained(pairs, curves);
  if (structure >= SURE_STRUCTURE) return share >= LEAST_SHARE || spread < LEAST_SPREAD;
  if (structure >= LEAST_STRUCTURE && share >= SURE_SHARE) return true;
  if (share >= SURE_COLOURS && spread >= LEAST_SPREAD && apart <= NEAR_TONE) return true;
  const rough = [roughness(level.canvas, level.known), roughness(level.answer, level.known)];
  const [least, most] = [Math.min(...rough), Math.max(...rough)];
  if (most < EVEN) return apart <= MOST_TONE;
  if (most >= PLAIN && Math.max(spread, answerSpread) >= LEAST_SPREAD) return false;
  if (structure >= LEAST_STRUCTURE) return apart <= MOST_TONE;
  return apart <= (most <= ALIKE * least ? ALIKE_TONE : NEAR_TONE);
}

function meanDifference({ count, answer, canvas }: Pairs): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.abs((answer[i] as number) - (canvas[i] as number));
  return count > 0 ? sum / count : 0;
}

/** The share of the variance of the canvas's colours that the re-toned answer explains, at most 1 and below 0 where it explains nothing, and the standard deviations of both, in levels. */
function explained(pairs: readonly Pairs[], curves: readonly Curve[]): { readonly share: number; readonly spread: number; readonly answerSpread: number } {
  let all = 0;
  let left = 0;
  let drawn = 0;
  let total = 0;
  pairs.forEach(({ count, answer, canvas }, c) => {
    const curve = curves[c];
    if (!curve || count === 0) return;
    const mean = meanOf(canvas, count);
    const answerMean = meanOf(answer, count);
    for (let i = 0; i < count; i++) {
      all += ((canvas[i] as number) - mean) ** 2;
      drawn += ((answer[i] as number) - answerMean) ** 2;
      left += ((canvas[i] as number) - applyCurve(curve, answer[i] as number)) ** 2;
    }
    total += count;
  });
  return { share: all > 0 ? 1 - left / all : 1, spread: Math.sqrt(all / Math.max(1, total)), answerSpread: Math.sqrt(drawn / Math.max(1, total)) };
}

function meanOf(values: Float32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] as number;
  return sum / count;
}
