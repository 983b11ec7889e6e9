import { coversOf, type Cover } from './cover';
import { subtract, type Rects } from './empty';
import { area, boundsOf, sameExtent, type Bounds, type Extent } from './geometry';
import { drawnFor, largestWindow } from './drawable';
import type { SizeRule } from './models';
import { withSteppingStones } from './steppingStone';
import { inOrder, LEAST_KNOWN, seeNeighbours, withoutNeedless } from './tileOrder';

/** More requests than anybody waits for; a plan beyond it is not looked for. */
export const MOST_TILES = 256;
/** How many windows a cover over the whole canvas may turn out to do without. */
const NEEDLESS = 4;
/** How many windows more than wanted a cover may have before those that it can do without are taken away. */
const SPARE = 2;
/** Up to as many windows, those that a cover can do without are looked for: that takes time with the third power of their number. */
const FEW = 16;
/** How many stepping stones a cover of few windows may take, and one of more: what needs as many is the wrong cover. */
const MOST_STONES = { few: 20, more: 4 };
/** How many covers of as many windows are tried. */
const MOST_TRIES = 60;
/** As much may be spent on covers with stepping stones. */
const STONE_EFFORT = 2000;
/** How much more than the bound the rest of a way is taken to cost: overlaps and edges make it more. */
const WEIGHT = 1.2;
/** Up to as many windows, plans of no fewer windows but of fewer pixels are looked for. */
const THOROUGH = 12;
/** About as many windows a search may look at, at some 5 µs each. Once it is spent the first plan is good enough, and what promises to be at the end soonest is tried first. */
const EFFORT = 6000;
/** A search that finds nothing within so much is given up. */
const MOST_EFFORT = 20 * EFFORT;
/** What a list of covers costs in windows looked at. */
const LIST_EFFORT = 20;

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

/** A growth that is still to be tried: from what some windows have made known to a larger rectangle. */
interface Growth {
  readonly from: Way;
  readonly column: number;
  readonly row: number;
  readonly inner: Bounds;
  readonly outer: Bounds;
  /** How many windows the rest of the way takes at least. */
  readonly onward: number;
  /** Its covers that are still to be tried, those of the fewest windows first; undefined while they have not been looked for. */
  readonly covers?: readonly Cover[];
  /** How many windows the whole way takes by what is known of it. */
  readonly rank: number;
}

/** What a search has at hand. */
interface Work {
  readonly rule: SizeRule;
  readonly drawn: DrawnAreas;
  /** How many windows it has looked at. */
  effort: number;
  /** How many of those with stepping stones. */
  stoneEffort: number;
}

/**
 * Windows that fill a canvas around what is known, as few as the search finds; undefined where it would take more than `most`.
 * The known rectangle grows over doublings of its width and its height to the canvas; each growth is the cheapest cover of the frame between
 * the two rectangles that has an order. Most canvases are one growth; a thin or tiny source takes several, since a tile can be no more than four times what is known, or one with
 * stepping stones. They are looked for in the growth over the whole canvas only, since that is what they save the others.
 * What promises the fewest windows is tried first (A* whose estimate is weighted, Pohl 1970), until nothing promises fewer or the search has cost what it may.
 */
export function tileAround(canvas: Extent, known: Bounds, rule: SizeRule, most = MOST_TILES): readonly Bounds[] | undefined {
  const columns = levels(known.x, known.width, canvas.width);
  const rows = levels(known.y, known.height, canvas.height);
  const largest = largestWindow(canvas, rule);
  const around = emptyAround(canvas, known);
  const work: Work = { rule, drawn: new Map(), effort: 0, stoneEffort: 0 };
  const reached = new Map<string, Way>();
  const open: Growth[] = [];
  let best: Way | undefined;

  const arrive = (way: Way, column: number, row: number): void => {
    if (isLast(columns, column) && isLast(rows, row)) {
      best = cheaper(best, way.windows.length <= FEW ? wayOf(withoutNeedless(way.windows, around, LEAST_KNOWN), work) : way);
      return;
    }
    const key = `${column},${row}`;
    if (cheaper(reached.get(key), way) !== way) return;
    reached.set(key, way);
    const inner = boxOf(columns, rows, column, row);
    for (const nextColumn of growths(columns, column)) {
      for (const nextRow of growths(rows, row)) {
        const outer = boxOf(columns, rows, nextColumn, nextRow);
        if (sameExtent(inner, outer)) continue;
        const leg = leastGrowth(area(inner), area(outer), largestWindow(outer, rule));
        const onward = leastGrowth(area(outer), area(canvas), largest);
        open.push({ from: way, column: nextColumn, row: nextRow, inner, outer, onward, rank: way.windows.length + WEIGHT * (leg + onward) });
      }
    }
  };
  arrive({ windows: [], pixels: 0 }, 0, 0);
  while (open.length > 0 && work.effort < (best ? EFFORT : MOST_EFFORT)) {
    const growth = takeLeast(open, work.effort < EFFORT ? 0 : 1);
    const { from, inner, outer, onward } = growth;
    const room = (best ? best.windows.length - Number(best.windows.length > THOROUGH) : most) - from.windows.length - onward;
    if (room < 1) continue;
    const stones = sameExtent(inner, known) && sameExtent(outer, canvas);
    const again = (covers: readonly Cover[]): void => {
      const [next] = covers;
      if (next) open.push({ ...growth, covers, rank: from.windows.length + next.count + WEIGHT * onward });
    };
    if (!growth.covers) {
      again(coversFor(outer, inner, work, room + (stones ? NEEDLESS : 0), stones));
      continue;
    }
    const count = growth.covers[0]?.count ?? 0;
    if (count > room + (stones ? NEEDLESS : 0)) continue;
    const equals = growth.covers.filter((cover) => cover.count === count);
    const leg = bestCover(outer, inner, equals, work, room, stones);
    if (leg) arrive({ windows: [...from.windows, ...leg.windows], pixels: from.pixels + leg.pixels }, growth.column, growth.row);
    if (!leg || leg.windows.length > count) again(growth.covers.slice(equals.length));
  }
  return best?.windows;
}

/** How many windows at least make `known` pixels as many as `wanted`: each is no larger than `largest` and than four times what is known. */
function leastGrowth(known: number, wanted: number, largest: number): number {
  let all = known;
  let count = 0;
  while (all < wanted && all / LEAST_KNOWN < largest) {
    all /= LEAST_KNOWN;
    count += 1;
  }
  return all < wanted ? count + Math.ceil((wanted - all) / (largest * (1 - LEAST_KNOWN))) : count;
}

function wayOf(windows: readonly Bounds[], { rule, drawn }: Work): Way {
  return { windows, pixels: drawnPixels(windows, rule, drawn) };
}

/** Takes the growth of the least rank, the first of several, out of those; in haste what is left after it counts more. */
function takeLeast(open: Growth[], haste: number): Growth {
  const rankOf = ({ rank, onward }: Growth): number => rank + haste * onward;
  const at = open.reduce((least, growth, index) => (rankOf(growth) < rankOf(open[least] as Growth) ? index : least), 0);
  return open.splice(at, 1)[0] as Growth;
}

/** Covers of a frame with at most `most` windows that may have an order, those of the fewest windows first. */
function coversFor(outer: Bounds, inner: Bounds, work: Work, most: number, stones: boolean): readonly Cover[] {
  work.effort += LIST_EFFORT;
  const fresh = area(outer) - area(inner);
  const canBegin = ({ width, height }: Extent): boolean => stones || Math.min(inner.width, width) * Math.min(inner.height, height) >= width * height * LEAST_KNOWN;
  return coversOf({ outer, inner }, work.rule, most)
    .filter(({ seen, smallest }) => seen * (1 - LEAST_KNOWN) >= fresh && canBegin(smallest))
    .toSorted((a, b) => a.count - b.count);
}

/** The cover, of some with as many windows, with the fewest drawn pixels, then the most context, of those that can be drawn in some order, where wanted with stepping stones. */
function bestCover(outer: Bounds, inner: Bounds, covers: readonly Cover[], work: Work, most: number, stones: boolean): Way | undefined {
  const { rule, drawn } = work;
  const empty = subtract([outer], inner);
  const equals = covers
    .map(({ seen, count, windows: make }) => {
      work.effort += count / 4;
      const windows = make();
      return { windows, seen, pixels: drawnPixels(windows, rule, drawn) };
    })
    .filter(({ pixels }) => Number.isFinite(pixels))
    .sort((a, b) => a.pixels - b.pixels || b.seen - a.seen);
  let best: Way | undefined;
  for (const { windows } of equals.slice(0, MOST_TRIES)) {
    if (stones && work.stoneEffort > STONE_EFFORT) return best;
    const effort = (stones ? 6 : 2) * windows.length;
    work.effort += effort;
    work.stoneEffort += stones ? effort : 0;
    best = cheaper(best, orderly(windows, empty, outer, rule, best ? best.windows.length : most, stones, drawn));
    if (best && best.windows.length <= windows.length) return best;
  }
  return best;
}

/** A cover without what it can do without; undefined where it has no order or takes more than `most` windows. */
function orderly(cover: readonly Bounds[], empty: Rects, room: Bounds, rule: SizeRule, most: number, stones: boolean, drawn: DrawnAreas): Way | undefined {
  const ordered = stones ? withSteppingStones(cover, empty, room, rule, Math.min(most + SPARE, cover.length + (cover.length <= FEW ? MOST_STONES.few : MOST_STONES.more))) : inOrder(cover, empty, LEAST_KNOWN) && cover;
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
  return new Set([last, at, at + 1, at + 2].filter((level) => level <= last));
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
