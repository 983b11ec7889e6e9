import { area, type Extent } from './geometry';
import type { SizeRule } from './models';
import { isLegalExtent } from './sizes';

/** How much a window and what is drawn for it may differ in ratio, and how much coarser than the canvas a tile may be at worst: less than a model's own blur. */
export const TOLERANCE = 1.02;

/** The widths, in whole pixels, that a window of some height may have. */
export interface Widths {
  readonly min: number;
  readonly max: number;
  /** The smallest one without distortion: a list's own ratio, any for a free model. */
  readonly natural: number;
}

/**
 * The legal size in which a model draws a window: its ratio within 2 %, at least `scale` times as many pixels along each edge where the model can, else at
 * least as many as the window has, and of those the fewest pixels; else up to 2 % fewer along an edge, then as many as can be. Undefined where the model cannot draw it.
 */
export function drawnFor(window: Extent, rule: SizeRule, scale = 1): Extent | undefined {
  return (scale > 1 ? smallestDrawn(window, rule, scale) : undefined) ?? smallestDrawn(window, rule, 1) ?? finestCoarser(window, rule);
}

/** The widths that a window of this height may have, at one drawn pixel or more for each of the window's: one interval for each form that the model draws. */
export function widthsFor(height: number, rule: SizeRule): readonly Widths[] {
  if (rule.kind === 'list') {
    return rule.extents
      .filter((extent) => height <= extent.height * TOLERANCE)
      .map((extent) => {
        const exact = (height * extent.width) / extent.height;
        const max = Math.floor(Math.min(exact, extent.width) * TOLERANCE);
        return { min: Math.ceil(exact / TOLERANCE), max, natural: Math.min(max, Math.round(exact)) };
      })
      .filter(({ min, max }) => max >= Math.max(1, min));
  }
  const { step, maxPixels, maxEdge, maxRatio } = rule;
  const drawnHeight = Math.min(Math.ceil(height / step), Math.floor(maxEdge / step)) * step;
  if (drawnHeight * TOLERANCE < height) return [];
  const widest = Math.floor(Math.min(maxEdge, maxPixels / drawnHeight) / step) * step;
  // Where the height is rounded up, the ratio's tolerance is spent on it.
  const max = Math.floor(Math.min(widest * TOLERANCE * Math.min(1, height / drawnHeight), height * maxRatio));
  const min = Math.max(1, Math.ceil(height / maxRatio));
  return max >= min ? [{ min, max, natural: min }] : [];
}

function smallestDrawn(window: Extent, rule: SizeRule, scale: number): Extent | undefined {
  const fits = (drawn: Extent): boolean => drawn.width >= window.width * scale && drawn.height >= window.height * scale && sameForm(drawn, window);
  if (rule.kind === 'list') return rule.extents.filter(fits).reduce<Extent | undefined>((a, b) => (a && area(a) <= area(b) ? a : b), undefined);

  const { step, minPixels, maxEdge, maxRatio } = rule;
  const up = (n: number): number => Math.max(step, Math.ceil(n / step) * step);
  const least = Math.max(window.width * scale, Math.sqrt((minPixels * window.width) / (window.height * TOLERANCE)));
  let found: Extent | undefined;
  let further = 0;
  for (let width = up(least); width <= maxEdge && further < 3; width += step) {
    const height = up(Math.max(window.height * scale, (width * window.height) / (window.width * TOLERANCE), minPixels / width, width / maxRatio));
    const drawn = { width, height };
    if (isLegalExtent(drawn, rule) && fits(drawn) && (!found || area(drawn) < area(found))) found = drawn;
    // A step or two further a better ratio may need fewer pixels; beyond that there are only more of them.
    if (found) further += 1;
  }
  return found;
}

/** The largest legal size of a window's form that is smaller than it along an edge, by the tolerance at most. */
function finestCoarser(window: Extent, rule: SizeRule): Extent | undefined {
  const scaleOf = (drawn: Extent): number => Math.min(drawn.width / window.width, drawn.height / window.height);
  return sizesAbout(window, rule)
    .filter((drawn) => isLegalExtent(drawn, rule) && sameForm(drawn, window) && scaleOf(drawn) >= 1 / TOLERANCE)
    .reduce<Extent | undefined>((a, b) => (a && scaleOf(a) >= scaleOf(b) ? a : b), undefined);
}

/** All sizes of a rule whose edges lie within the tolerance of a window's. */
function sizesAbout(window: Extent, rule: SizeRule): readonly Extent[] {
  if (rule.kind === 'list') return rule.extents;
  const edges = (edge: number): readonly number[] => {
    const first = Math.ceil(edge / TOLERANCE / rule.step);
    return Array.from({ length: Math.max(0, Math.floor((edge * TOLERANCE) / rule.step) - first + 1) }, (_, i) => (first + i) * rule.step);
  };
  const heights = edges(window.height);
  return edges(window.width).flatMap((width) => heights.map((height) => ({ width, height })));
}

/** Whether two sizes have the same ratio within the tolerance. */
export function sameForm(a: Extent, b: Extent): boolean {
  const across = a.width * b.height;
  const down = a.height * b.width;
  return Math.max(across, down) <= Math.min(across, down) * TOLERANCE;
}

/** The pixels of the largest window inside a canvas that a model can draw without losing more than the tolerance: no plan does with fewer tiles than this allows. */
export function largestWindow(canvas: Extent, rule: SizeRule): number {
  if (rule.kind === 'list') {
    const sizes = rule.extents.map((extent) => {
      const scale = Math.min(TOLERANCE, canvas.width / extent.width, canvas.height / extent.height);
      return area(extent) * scale * scale * TOLERANCE;
    });
    return Math.max(...sizes);
  }
  const edge = rule.maxEdge * TOLERANCE;
  return Math.min(rule.maxPixels * TOLERANCE * TOLERANCE, Math.min(edge, canvas.width) * Math.min(edge, canvas.height));
}
