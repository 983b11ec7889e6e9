import { sameForm } from './drawable';
import type { WrongSize } from './errors';
import type { Extent } from './geometry';
import type { Tile } from './pixels';

/** Of a tile's window, the least share of each edge that an answer must have in pixels: below it the new side would be a blur beside the old. */
const LEAST_EDGE = 1 / 2;

/**
 * What is wrong with the size of an answer to a tile; undefined where it can be scaled to the tile's window: its ratio is the one that was asked for, within 2 %, and along each edge it has at least half of the
 * window's pixels, or of those that were asked for where these are fewer. A picture of another ratio is cut or stretched in a way that nobody knows, and plain areas would agree with anything.
 */
export function wrongSizeFor({ window, asked }: Tile, drawn: Extent): WrongSize | undefined {
  const isFine = drawn.width >= LEAST_EDGE * Math.min(window.width, asked.width) && drawn.height >= LEAST_EDGE * Math.min(window.height, asked.height);
  return isFine && sameForm(drawn, asked) ? undefined : { drawn, asked };
}
