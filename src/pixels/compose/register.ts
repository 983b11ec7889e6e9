import { align } from './align';
import { correlate } from './correlate';
import { agreement } from './judge';
import type { Agreement } from './judge';
import type { Overlap } from './overlap';
import { rotationOf, scaleOf, translation } from './similarity';
import type { Similarity } from './similarity';

/** The largest shift a redraw is believed to have, in window pixels of a window of `USUAL` pixels, and the largest change of scale and rotation. */
const REACH = 24;
const USUAL = 1024;
const MOST_SCALE = 0.03;
const MOST_ROTATION = 0.03;

/** How many independent samples a block of the agreement is worth: neighbouring pixels are not. */
const SAMPLES = 6;
/** Standard deviation of a redraw's shift along each axis, in pixels of a window of `USUAL`: a prior that only decides where hardly anything speaks for a shift. */
const SPREAD = 12;
/** How much more than staying where it is a shift must explain, as a log-likelihood: of many shifts, one agrees by chance. */
const LEAST_GAIN = 1;

/**
 * Finds where the overlap's points lie in the answer: the likeliest of the peaks of the phase correlation for a start, unless staying is as likely, then Gauss-Newton from the coarse levels to the finest.
 * What leaves the bounds or agrees less falls back to its start.
 */
export function register(overlap: Overlap): Similarity {
  const { bounds, levels } = overlap;
  const size = Math.max(1, Math.max(bounds.width, bounds.height) / USUAL);
  const reach = REACH * size;
  const rest = translation(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2, 0, 0);
  const coarse = levels[Math.min(2, levels.length - 1)];
  const fine = levels[Math.min(1, levels.length - 1)];
  if (!coarse || !fine) return rest;
  let start = rest;
  let likelihood = likelihoodOf(agreement(fine, bounds, rest)) + LEAST_GAIN;
  for (const shift of correlate(coarse, reach)) {
    const moved = translation(rest.centreX, rest.centreY, shift.x, shift.y);
    const found = likelihoodOf(agreement(fine, bounds, moved)) - Math.hypot(shift.x, shift.y) ** 2 / (2 * (SPREAD * size) ** 2);
    if (found > likelihood) [start, likelihood] = [moved, found];
  }
  let at = start;
  for (const level of levels.slice(0, 3).toReversed()) at = align(level, bounds, at);
  const believable = Math.max(Math.abs(at.x), Math.abs(at.y)) <= reach && Math.abs(scaleOf(at) - 1) <= MOST_SCALE && Math.abs(rotationOf(at)) <= MOST_ROTATION;
  return believable && agreement(coarse, bounds, at).structure >= agreement(coarse, bounds, start).structure - 0.02 ? at : start;
}

/** The logarithm of how much likelier an agreement is than by chance: of n pairs of normal variables that correlate by r, −n/2·ln(1 − r²). */
function likelihoodOf({ structure, blocks }: Agreement): number {
  const r = Math.min(0.999, Math.max(0, structure));
  return (-SAMPLES * blocks * Math.log(1 - r * r)) / 2;
}
