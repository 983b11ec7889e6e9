import { sameExtent, type Extent } from '../../core/geometry';
import type { Draft, Offer, Wish } from '../../protocol/studio';

const SQUARE: Extent = { width: 1024, height: 1024 };
/** The edge of a drawn square, in CSS pixels: every ratio is drawn in its area. */
const SQUARE_EDGE = 17;
/** The longest edge of a drawn ratio, in CSS pixels. */
const BOX = 27;

/** What stands in the composer at the very first. */
export function firstDraft({ sizes }: Offer): Wish {
  return { prompt: '', extent: sizes[0]?.extent ?? SQUARE, count: 1 };
}

/** The draft that was typed last. */
export function newerDraft(a: Draft | undefined, b: Draft | undefined): Draft | undefined {
  return a && (!b || a.at >= b.at) ? a : b;
}

/** Whether the button may be pressed, as far as the words go: a variation needs none. */
export function hasWords(draft: Wish): boolean {
  return draft.vary !== undefined || draft.prompt.trim() !== '';
}

/** An extent drawn in proportion, all in one area, so that flat ones look flat and not small, as far as its box allows. A very flat one stays visible. */
export function drawnRatio({ width, height }: Extent): Extent {
  const scale = Math.min(SQUARE_EDGE / Math.sqrt(width * height), BOX / Math.max(width, height));
  return { width: Math.max(4, Math.round(width * scale)), height: Math.max(4, Math.round(height * scale)) };
}

/** The index of the purpose that a size is for: the chosen one while it has that size, else the first with it unless it is a usual size of the model. -1 where there is none. */
export function purposeOf({ purposes, sizes }: Offer, extent: Extent, chosen: number): number {
  const fits = (index: number): boolean => purposes[index] !== undefined && sameExtent(purposes[index].extent, extent);
  if (fits(chosen)) return chosen;
  return sizes.some((size) => sameExtent(size.extent, extent)) ? -1 : purposes.findIndex((_, index) => fits(index));
}

/** The longest edge that can be typed, in pixels: what a message holds. The plan knows what can be drawn. */
export const MOST_EDGE = 65_535;

/** A typed edge in pixels; undefined where it is no whole number from 1 to `MOST_EDGE`. */
export function parseEdge(text: string): number | undefined {
  const edge = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return edge >= 1 && edge <= MOST_EDGE ? edge : undefined;
}
