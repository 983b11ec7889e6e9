import type { Bounds } from '../../core/geometry';
import type { Level, Overlap } from './overlap';
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
  /** Mean correlation of the blocks' structure, −1 to 1, each block weighted by its texture; 0 where nothing has any. */
  readonly structure: number;
  /** Mean texture of the blocks, in levels above the noise: how much evidence the structure rests on. */
  readonly evidence: number;
}

/** Compares a level of the overlap block by block. Each block has its own gain and bias, so that uneven light does not count against the answer. */
export function agreement(level: Level, bounds: Bounds, at: Similarity): Agreement {
  const { factor, known } = level;
  const { width, height, data: canvas } = level.canvas;
  const answer = level.answer.data;
  const stepX = at.cosine;
  const stepY = at.sine;
  let weights = 0;
  let structure = 0;
  let blocks = 0;
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      let n = 0;
      let a = 0;
      let b = 0;
      let aa = 0;
      let bb = 0;
      let ab = 0;
      for (let y = top; y < top + BLOCK; y++) {
        const u = bounds.x + (left + 0.5) * factor - at.centreX;
        const v = bounds.y + (y + 0.5) * factor - at.centreY;
        let px = (at.cosine * u - at.sine * v + at.centreX + at.x - bounds.x) / factor - 0.5;
        let py = (at.sine * u + at.cosine * v + at.centreY + at.y - bounds.y) / factor - 0.5;
        for (let i = y * width + left; i < y * width + left + BLOCK; i++, px += stepX, py += stepY) {
          if (known[i] === 0 || !(px >= 0 && py >= 0 && px < width - 1 && py < height - 1)) continue;
          const k = Math.floor(py) * width + Math.floor(px);
          const fx = px - Math.floor(px);
          const fy = py - Math.floor(py);
          const upper = (answer[k] as number) * (1 - fx) + (answer[k + 1] as number) * fx;
          const lower = (answer[k + width] as number) * (1 - fx) + (answer[k + width + 1] as number) * fx;
          const q = upper * (1 - fy) + lower * fy;
          const p = canvas[i] as number;
          n++;
          a += p;
          b += q;
          aa += p * p;
          bb += q * q;
          ab += p * q;
        }
      }
      if (n < (BLOCK * BLOCK) / 2) continue;
      const varA = Math.max(0, aa / n - (a / n) ** 2);
      const varB = Math.max(0, bb / n - (b / n) ** 2);
      const weight = Math.min(PLENTY, Math.max(0, Math.sqrt(Math.max(varA, varB)) - NOISE));
      blocks++;
      weights += weight;
      structure += (weight * (ab / n - (a / n) * (b / n))) / Math.sqrt((varA + NOISE) * (varB + NOISE));
    }
  }
  return {
    structure: weights > 0 ? structure / weights : 0,
    evidence: blocks > 0 ? weights / blocks : 0,
  };
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
/** Standard deviation of the canvas's colours, in levels, below which uneven light can hide what they explain. */
const LEAST_SPREAD = 12;
/** Further apart than this in any channel, in levels, a flat overlap is another colour. */
const MOST_TONE = 48;

/**
 * Whether an aligned answer shows the same picture as the canvas; `pairs` are the colours of both, `curves` what was fitted to them. Flat areas are no evidence against it as long as
 * their colours are near.
 */
export function sameScene(overlap: Overlap, at: Similarity, pairs: readonly Pairs[], curves: readonly Curve[]): boolean {
  const level = overlap.levels.findLast((each) => Math.min(each.canvas.width, each.canvas.height) >= 2 * BLOCK) ?? overlap.levels[0];
  if (!level) return true;
  const { structure, evidence } = agreement(level, overlap.bounds, at);
  if (evidence < TEXTURED) return pairs.every((channel) => meanDifference(channel) <= MOST_TONE);
  const { share, spread } = explained(pairs, curves);
  return structure >= SURE_STRUCTURE ? share >= LEAST_SHARE || spread < LEAST_SPREAD : structure >= LEAST_STRUCTURE && share >= SURE_SHARE;
}

function meanDifference({ count, answer, canvas }: Pairs): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.abs((answer[i] as number) - (canvas[i] as number));
  return count > 0 ? sum / count : 0;
}

/** The share of the variance of the canvas's colours that the re-toned answer explains, at most 1 and below 0 where it explains nothing, and their standard deviation in levels. */
function explained(pairs: readonly Pairs[], curves: readonly Curve[]): { readonly share: number; readonly spread: number } {
  let all = 0;
  let left = 0;
  let total = 0;
  pairs.forEach(({ count, answer, canvas }, c) => {
    const curve = curves[c];
    if (!curve || count === 0) return;
    const mean = canvas.subarray(0, count).reduce((sum, value) => sum + value, 0) / count;
    for (let i = 0; i < count; i++) {
      all += ((canvas[i] as number) - mean) ** 2;
      left += ((canvas[i] as number) - applyCurve(curve, answer[i] as number)) ** 2;
    }
    total += count;
  });
  return { share: all > 0 ? 1 - left / all : 1, spread: total > 0 ? Math.sqrt(all / total) : 0 };
}
