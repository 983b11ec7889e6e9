import { overlapFor } from './cover';
import { drawnFor, widthsFor } from './drawable';
import { areaInside, boundingBox, shareOutside, subtract, type Rects } from './empty';
import { area, contains, sameExtent, type Bounds, type Extent } from './geometry';
import type { SizeRule } from './models';
import type { Tile } from './pixels';
import type { Step } from './tileOrder';

/** How much of a tile should be known where that costs no further request. */
const ENOUGH_KNOWN = 1 / 2;
/** Differences in what is known below this are not worth a pixel. */
const KNOWN_STEP = 1 / 20;
const GROWTHS = [1, 4 / 3, 3 / 2, 2];

interface Choice {
  readonly window: Bounds;
  readonly drawn: Extent;
  readonly known: number;
  /** In steps of `KNOWN_STEP` up to `ENOUGH_KNOWN`. */
  readonly knownSteps: number;
  /** 1 where the model draws at least one pixel for each of the window's, else 0. */
  readonly sharp: number;
  /** 1 where it draws exactly one, so that nothing is resampled, else 0. */
  readonly exact: number;
}

/**
 * Turns steps into tiles: each window is moved and resized so that the tile still draws the same pixels and waits for no further tile, with half of it known
 * where that can be had, drawn as fine as the canvas, and of the fewest pixels. `scale` enlarges those that see the source alone, where the model can.
 */
export function toTiles(steps: readonly Step[], canvas: Extent, empty: Rects, rule: SizeRule, scale = 1): readonly Tile[] {
  let rest = empty;
  return steps.map((step, index) => {
    const { window } = bestWindow(step, steps.slice(0, index), canvas, rest, rule);
    rest = subtract(rest, window);
    const asked = drawnFor(window, rule, step.after.length === 0 ? scale : 1) ?? window;
    return { window, asked, after: step.after };
  });
}

function bestWindow(step: Step, earlier: readonly Step[], canvas: Extent, rest: Rects, rule: SizeRule): Choice {
  const needed = neededPart(step);
  const fresh = areaInside(rest, step.window);
  const unseen = earlier.filter((_, index) => !step.after.includes(index)).flatMap((other) => other.fresh);
  const choiceOf = (window: Bounds, drawn: Extent): Choice => {
    const known = shareOutside(rest, window);
    return {
      window,
      drawn,
      known,
      knownSteps: Math.floor(Math.min(known, ENOUGH_KNOWN) / KNOWN_STEP),
      sharp: Number(drawn.width >= window.width && drawn.height >= window.height),
      exact: Number(sameExtent(drawn, window)),
    };
  };
  let best = choiceOf(step.window, drawnFor(step.window, rule) ?? step.window);
  for (const size of sizesAround(needed, step.window, canvas, rule, fresh / (1 - ENOUGH_KNOWN))) {
    const drawn = drawnFor(size, rule);
    if (!drawn) continue;
    for (const x of startsAround(needed.x, needed.width, size.width, canvas.width)) {
      for (const y of startsAround(needed.y, needed.height, size.height, canvas.height)) {
        const window = { x, y, ...size };
        if (!contains(window, needed) || areaInside(rest, window) !== fresh || areaInside(unseen, window) > 0) continue;
        const choice = choiceOf(window, drawn);
        if (isBetter(choice, best)) best = choice;
      }
    }
  }
  return best;
}

/** What a tile must see: what it is to draw, and of its planned window the overlap around that, for the sake of its neighbours. */
function neededPart({ window, fresh }: Step): Bounds {
  const freshBox = boundingBox(fresh);
  const margin = overlapFor(Math.min(window.width, window.height));
  const x = Math.max(window.x, freshBox.x - margin);
  const y = Math.max(window.y, freshBox.y - margin);
  const right = Math.min(window.x + window.width, freshBox.x + freshBox.width + margin);
  const bottom = Math.min(window.y + window.height, freshBox.y + freshBox.height + margin);
  return { x, y, width: right - x, height: bottom - y };
}

function isBetter(a: Choice, b: Choice): boolean {
  const order = a.knownSteps - b.knownSteps || a.sharp - b.sharp || area(b.drawn) - area(a.drawn) || a.exact - b.exact || a.known - b.known;
  return order > 0;
}

/**
 * Sizes worth trying for a window inside a canvas that holds `needed`: up to twice as large, as planned, of an area of `pixels`, or as large as can be, as
 * a list's forms come to be when they are just as wide as what is needed or as the canvas; in whole steps of the model, so that nothing is resampled, where they fit.
 */
export function sizesAround(needed: Extent, planned: Extent, canvas: Extent, rule: SizeRule, pixels = area(needed)): readonly Extent[] {
  const snapped = (size: number, room: number): number => {
    const step = rule.kind === 'free' ? rule.step : 1;
    const up = Math.ceil(size / step) * step;
    return up <= room ? up : Math.min(Math.ceil(size), room);
  };
  const ofTheModel =
    rule.kind === 'list'
      ? rule.extents.flatMap(({ width, height }) => [height, (canvas.width * height) / width, (needed.width * height) / width])
      : [needed.width / rule.maxRatio, Math.floor((needed.width * rule.maxRatio) / rule.step) * rule.step];
  const heights = [...GROWTHS.map((growth) => needed.height * growth), planned.height, canvas.height, pixels / needed.width, pixels / canvas.width, ...ofTheModel].filter((height) => height >= needed.height);
  const sizes: Extent[] = [];
  for (const height of new Set(heights.map((value) => snapped(value, canvas.height)))) {
    for (const { min, max, natural } of widthsFor(height, rule)) {
      const least = Math.max(min, needed.width);
      const most = Math.min(max, canvas.width);
      const widths = [...GROWTHS.map((growth) => needed.width * growth), planned.width, pixels / height, natural, least, most].map((value) => snapped(value, most));
      for (const width of new Set(widths)) if (width >= least && width <= most) sizes.push({ width, height });
    }
  }
  return sizes;
}

/** Where a window may start so as to hold the needed part: at its one end, at its other, in the middle; inside the canvas. */
function startsAround(start: number, length: number, size: number, room: number): ReadonlySet<number> {
  const starts = [start, start + length - size, Math.round(start + (length - size) / 2)];
  return new Set(starts.map((value) => Math.max(0, Math.min(room - size, value))));
}
