import { coversOf } from './cover';
import { subtract, type Rects } from './empty';
import { area, boundsOf, sameExtent, type Bounds, type Extent } from './geometry';
import { drawnFor, largestWindow } from './drawable';
import type { SizeRule } from './models';
import { withSteppingStones } from './steppingStone';
import { inOrder, LEAST_KNOWN, seeNeighbours, withoutNeedless } from './tileOrder';

/** More requests than anybody waits for; a plan beyond it is not looked for. */
export const MOST_TILES = 256;
/** How many windows more than wanted a cover may have before those that it can do without are taken away. */
const SPARE = 2;
/** Up to as many windows, those that a cover can do without are looked for: that takes time with the third power of their number. */
const FEW = 16;

/** A known rectangle of at least so much of the largest window's pixels, and so much of its edge (as a square), can be a quarter of each window: one growth to the whole canvas does as well as several. */
const AMPLE_PIXELS = 2 / 5;
const AMPLE_EDGE = 1 / 2;
/** Plans of up to so many windows are looked for by steps all the same, since that takes little time. */
const THOROUGH = 6;

/** Windows that fill a rectangle around a smaller one. */
interface Way {
  readonly windows: readonly Bounds[];
  readonly pixels: number;
}

/** What a model draws for windows of a size, in pixels, by width and height in one number: each is asked for again and again. */
type DrawnAreas = Map<number, number>;

/** One step of a known interval on its way to the whole edge. */
interface Level {
  readonly start: number;
  readonly length: number;
}

/**
 * Windows that fill a canvas around what is known, as few as the search finds; undefined where it would take more than `most`.
 * The known rectangle grows over doublings of its width and its height to the canvas (dynamic programming over both); each growth is the cheapest cover of the frame between
 * the two rectangles that has an order. Most canvases are one growth; a thin or tiny source takes several, since a tile can be no more than four times what is known, or one with
 * stepping stones. They are looked for in the growth over the whole canvas only, since that is what they save the others.
 */
export function tileAround(canvas: Extent, known: Bounds, rule: SizeRule, most = MOST_TILES): readonly Bounds[] | undefined {
  const columns = levels(known.x, known.width, canvas.width);
  const rows = levels(known.y, known.height, canvas.height);
  const largest = largestWindow(canvas, rule);
  const mostFresh = largest * (1 - LEAST_KNOWN);
  const memo = new Map<string, Way | undefined>();
  const drawn: DrawnAreas = new Map();

  const from = (column: number, row: number): Way | undefined => {
    const key = `${column},${row}`;
    if (memo.has(key)) return memo.get(key);
    const inner = boxOf(columns, rows, column, row);
    const isAmple = area(inner) >= AMPLE_PIXELS * largest && Math.min(inner.width, inner.height) >= AMPLE_EDGE * Math.sqrt(largest);
    let best: Way | undefined = isLast(columns, column) && isLast(rows, row) ? { windows: [], pixels: 0 } : undefined;
    for (const nextColumn of growths(columns, column)) {
      for (const nextRow of growths(rows, row)) {
        if (best && isAmple && best.windows.length > THOROUGH) continue;
        const outer = boxOf(columns, rows, nextColumn, nextRow);
        // What the leg and the way on from it take at least.
        const atLeast = Math.ceil((area(canvas) - area(outer)) / mostFresh);
        const room = (best ? best.windows.length : most) - atLeast;
        if ((area(outer) - area(inner)) / mostFresh > room) continue;
        const leg = bestCover(outer, inner, rule, room, sameExtent(inner, known) && sameExtent(outer, canvas), drawn);
        const onward = leg && from(nextColumn, nextRow);
        if (!onward) continue;
        best = cheaper(best, { windows: [...leg.windows, ...onward.windows], pixels: leg.pixels + onward.pixels });
      }
    }
    memo.set(key, best);
    return best;
  };
  return from(0, 0)?.windows;
}

/** The cover of a frame with the fewest windows, then the fewest drawn pixels, then the most context, of those that can be drawn in some order, where wanted with stepping stones. */
function bestCover(outer: Bounds, inner: Bounds, rule: SizeRule, most: number, stones: boolean, drawn: DrawnAreas): Way | undefined {
  const empty = subtract([outer], inner);
  if (empty.length === 0) return undefined;
  const fresh = area(outer) - area(inner);
  const covers = coversOf({ outer, inner }, rule, most)
    .map((windows) => ({ windows, seen: windows.reduce((sum, window) => sum + area(window), 0) }))
    .filter(({ seen }) => seen * (1 - LEAST_KNOWN) >= fresh);
  let best: Way | undefined;
  for (const count of [...new Set(covers.map(({ windows }) => windows.length))].toSorted((a, b) => a - b)) {
    // Only for covers whose turn comes it is reckoned what the model draws for them: that takes longest.
    const equals = covers
      .filter(({ windows }) => windows.length === count)
      .map((cover) => ({ ...cover, pixels: drawnPixels(cover.windows, rule, drawn) }))
      .filter(({ pixels }) => Number.isFinite(pixels))
      .sort((a, b) => a.pixels - b.pixels || b.seen - a.seen);
    for (const { windows } of equals) {
      if (best && count >= best.windows.length) return best;
      best = cheaper(best, orderly(windows, empty, outer, rule, best ? best.windows.length : most, stones, drawn));
    }
  }
  return best;
}

/** A cover without what it can do without; undefined where it has no order or takes more than `most` windows. */
function orderly(cover: readonly Bounds[], empty: Rects, room: Bounds, rule: SizeRule, most: number, stones: boolean, drawn: DrawnAreas): Way | undefined {
  const ordered = stones ? withSteppingStones(cover, empty, room, rule, most + SPARE) : inOrder(cover, empty, LEAST_KNOWN) && cover;
  const windows = ordered && cover.length <= FEW ? withoutNeedless(ordered, empty, LEAST_KNOWN) : ordered;
  const steps = windows && windows.length <= most ? inOrder(windows, empty, LEAST_KNOWN) : undefined;
  return windows && steps && seeNeighbours(steps) ? { windows, pixels: drawnPixels(windows, rule, drawn) } : undefined;
}

/** What windows cost in drawn pixels; infinite where the model cannot draw one of them. */
export function drawnPixels(windows: readonly Bounds[], rule: SizeRule, known: DrawnAreas = new Map()): number {
  let sum = 0;
  for (const window of windows) {
    const size = window.width * 2 ** 20 + window.height;
    let pixels = known.get(size);
    if (pixels === undefined) {
      const drawn = drawnFor(window, rule);
      pixels = drawn ? area(drawn) : Infinity;
      known.set(size, pixels);
    }
    sum += pixels;
  }
  return sum;
}

function cheaper(a: Way | undefined, b: Way | undefined): Way | undefined {
  if (!a || !b) return a ?? b;
  return (a.windows.length - b.windows.length || a.pixels - b.pixels) <= 0 ? a : b;
}

/** The known interval doubled again and again, in proportion to the room on its two sides, up to the whole edge. */
function levels(start: number, length: number, room: number): readonly Level[] {
  const all: Level[] = [];
  for (let size = length; size < room; size *= 2) all.push({ start: start - Math.floor(((size - length) * start) / (room - length)), length: size });
  all.push({ start: 0, length: room });
  return all;
}

/** Where a growth may lead: nowhere in this direction, one or two doublings, or all the way, but not far from a tiny edge: no tile is more than four times what is known. */
function growths(all: readonly Level[], at: number): ReadonlySet<number> {
  const last = all.length - 1;
  const near = last - at <= 4 || (all[at] as Level).length >= 256;
  return new Set([...(near ? [last] : []), at, at + 1, at + 2].filter((level) => level <= last));
}

function isLast(all: readonly Level[], at: number): boolean {
  return at === all.length - 1;
}

function boxOf(columns: readonly Level[], rows: readonly Level[], column: number, row: number): Bounds {
  const across = columns[column] as Level;
  const down = rows[row] as Level;
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

/** The whole canvas, empty but for what is known. */
export function emptyAround(canvas: Extent, known: Bounds): readonly Bounds[] {
  return subtract([boundsOf(canvas)], known);
}
