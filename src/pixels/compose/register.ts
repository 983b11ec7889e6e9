import { align } from './align';
import { correlate } from './correlate';
import { agreement } from './judge';
import type { Overlap } from './overlap';
import { rotationOf, scaleOf, translation } from './similarity';
import type { Similarity } from './similarity';

/** The largest shift a redraw is believed to have, in window pixels of a window of `USUAL` pixels, and the largest change of scale and rotation. */
const REACH = 24;
const USUAL = 1024;
const MOST_SCALE = 0.03;
const MOST_ROTATION = 0.03;

/**
 * Finds where the overlap's points lie in the answer: the peak of the phase correlation that agrees best for a start, unless no shift at all agrees better, then Gauss-Newton from the coarse levels to the finest.
 * What leaves the bounds falls back to its start.
 */
export function register(overlap: Overlap): Similarity {
  const { bounds, levels } = overlap;
  const reach = REACH * Math.max(1, Math.max(bounds.width, bounds.height) / USUAL);
  const rest = translation(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2, 0, 0);
  const coarse = levels[Math.min(2, levels.length - 1)];
  if (!coarse) return rest;
  let start = rest;
  let structure = agreement(coarse, bounds, rest).structure;
  for (const shift of correlate(coarse, reach)) {
    const moved = translation(rest.centreX, rest.centreY, shift.x, shift.y);
    const found = agreement(coarse, bounds, moved).structure;
    if (found > structure) [start, structure] = [moved, found];
  }
  let at = start;
  for (const level of levels.slice(0, 3).toReversed()) at = align(level, bounds, at);
  const believable = Math.max(Math.abs(at.x), Math.abs(at.y)) <= reach && Math.abs(scaleOf(at) - 1) <= MOST_SCALE && Math.abs(rotationOf(at)) <= MOST_ROTATION;
  return believable && agreement(coarse, bounds, at).structure >= structure - 0.02 ? at : start;
}
