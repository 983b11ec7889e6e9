import { ImageError } from './errors';
import type { Extent, Sides } from './geometry';
import type { ModelSpec } from './models';
import { planOutpaint } from './outpaint';

/** The first step of the search, in pixels. */
const FIRST = 16;
const MOST = 16_384;

/** How far each side can go, the others being as they are, so that the model draws the whole widening in one request; all as they are where it takes more already. */
export function outpaintReach(source: Extent, sides: Sides, model: ModelSpec): Sides {
  const isWidened = sides.left + sides.right + sides.top + sides.bottom > 0;
  if (isWidened && !isOneRequest(source, sides, model)) return sides;
  const reach = (side: keyof Sides): number => furthest(sides[side], (length) => isOneRequest(source, { ...sides, [side]: length }, model));
  return { left: reach('left'), right: reach('right'), top: reach('top'), bottom: reach('bottom') };
}

/** Plans of more than two tiles are not looked for: one of two may turn out needless. */
const NO_MORE = 2;

/** By steps that double until it is too far, then by halves: plans beyond the reach are the dear ones. */
function furthest(from: number, holds: (length: number) => boolean): number {
  let [good, step] = [from, FIRST];
  while (good + step <= MOST && holds(good + step)) {
    good += step;
    step *= 2;
  }
  while (step > 1) {
    step /= 2;
    if (good + step <= MOST && holds(good + step)) good += step;
  }
  return good;
}

function isOneRequest(source: Extent, sides: Sides, model: ModelSpec): boolean {
  try {
    return planOutpaint(source, { kind: 'sides', ...sides }, { x: 0, y: 0 }, model, NO_MORE).tiles.length === 1;
  } catch (error) {
    if (error instanceof ImageError) return false;
    throw error;
  }
}
