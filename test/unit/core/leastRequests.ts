import { area, type Bounds, type Extent } from '../../../src/core/geometry';
import type { SizeRule } from '../../../src/core/models';

/** How much a window and its drawing may differ in ratio, and how much coarser a drawing may be. */
const TOLERANCE = 1.02;
/** The least share of a window that is known at its turn. */
const KNOWN = 1 / 4;
/** How finely the empty area is sampled for `byDistance`: lines of points, and points on a line. */
const LINES = 5;
const POINTS = 96;

/** How many times larger along an edge the window of an edit's only tile may be than what is drawn for it: it may be drawn at three quarters, and is a whole number of pixels. */
const COARSER = 1.001 / 0.75;
const NOTHING: Bounds = { x: 0, y: 0, width: 0, height: 0 };

/** Windows of one form that a model can draw: their largest edges and pixels, and their ratios, width over height. */
interface Form {
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
  readonly leastRatio: number;
  readonly mostRatio: number;
  /** The pixels drawn for the smallest of them. */
  readonly drawn: number;
}

/**
 * How many requests a widening takes at least, whoever plans it: the most of three bounds. Nothing here is taken from the planner, and each bound holds for every plan in which each
 * window lies inside the canvas, has a form of the model's, and is known for a quarter at its turn; what neighbours must overlap is left out, so that a plan may be the best there is and still be above it.
 */
export function leastRequests(canvas: Extent, known: Bounds, rule: SizeRule): number {
  const forms = formsOf(canvas, rule);
  return Math.max(Number.isFinite(leastOfOne(canvas, known, forms)) ? 1 : 2, byGrowth(canvas, known, forms), byDistance(canvas, known, forms));
}

/**
 * How many requests an edit of a region takes at least, whoever plans it: one where a window can hold it all, drawn at three quarters of the picture's resolution if need be; else the most of two bounds for windows that are
 * drawn at all of it: together they hold the region's pixels, each at most those of the largest window; and empty pixels no two of which fit into one window want a window each. That neighbours overlap is left out.
 */
export function leastEditRequests(picture: Extent, region: Extent, rule: SizeRule): number {
  if (formsOf(picture, rule, COARSER).some((form) => holds(form, region))) return 1;
  const forms = formsOf(picture, rule);
  return Math.max(2, Math.ceil((area(region) * (1 - KNOWN)) / gain(Infinity, region, forms)), byDistance(region, NOTHING, forms));
}

export function formsOf(canvas: Extent, rule: SizeRule, coarser = 1): readonly Form[] {
  const sizes = rule.kind === 'list' ? rule.extents : [{ width: rule.maxEdge, height: rule.maxEdge }];
  const most = TOLERANCE * coarser;
  return sizes.map((size) => ({
    width: Math.min(canvas.width, size.width * most),
    height: Math.min(canvas.height, size.height * most),
    pixels: rule.kind === 'list' ? Infinity : rule.maxPixels * most ** 2,
    leastRatio: (rule.kind === 'list' ? size.width / size.height : 1 / rule.maxRatio) / TOLERANCE,
    mostRatio: (rule.kind === 'list' ? size.width / size.height : rule.maxRatio) * TOLERANCE,
    drawn: rule.kind === 'list' ? area(size) : rule.minPixels,
  }));
}

/** The fewest pixels drawn for one window that holds all that is empty, and a third as much of what is known: tried for every width. Infinite where there is no such window. */
export function leastOfOne(canvas: Extent, known: Bounds, forms: readonly Form[]): number {
  const sides = known.x > 0 || known.x + known.width < canvas.width;
  const ends = known.y > 0 || known.y + known.height < canvas.height;
  const span = (start: number, length: number, room: number): number => (start > 0 && start + length < room ? room : room - length);
  const width = ends ? canvas.width : span(known.x, known.width, canvas.width);
  const height = sides ? canvas.height : span(known.y, known.height, canvas.height);
  const pixels = (area(canvas) - area(known)) / (1 - KNOWN);
  let fewest = Infinity;
  for (const form of forms) {
    for (let w = width; w <= form.width; w++) {
      const h = Math.max(height, w / form.mostRatio, pixels / w);
      if (h <= tallest(w, form)) fewest = Math.min(fewest, Math.max(form.drawn, (w * h) / TOLERANCE ** 2));
    }
  }
  return fewest;
}

/**
 * By area, with growth. Of a window of A pixels at most 3/4 A are new, so at least A/4 are known: of those at most w·h' are the picture's (the part of it that a window so large can hold), and
 * the others were drawn before, at most as many as all tiles before it drew. So the t-th tile draws at most `gain(D)`, D being what the t − 1 before it drew; `gain` does not fall with D, and by induction the
 * sum of these gains is the most that t tiles draw. A thin or tiny picture must grow before a large window may be drawn.
 */
function byGrowth(canvas: Extent, known: Bounds, forms: readonly Form[]): number {
  const empty = area(canvas) - area(known);
  const most = gain(Infinity, known, forms);
  let drawn = 0;
  let tiles = 0;
  while (drawn < empty) {
    const next = gain(drawn, known, forms);
    if (next === 0) return tiles + 1;
    if (next >= most) return tiles + Math.ceil((empty - drawn) / most);
    drawn += next;
    tiles += 1;
  }
  return tiles;
}

/** The most that a tile draws after others have drawn so many pixels, in pixels. */
function gain(drawn: number, known: Extent, forms: readonly Form[]): number {
  let most = 0;
  for (const form of forms) {
    for (let width = 1; width <= form.width; width++) {
      const seen = Math.min(width, known.width);
      let height = tallest(width, form);
      if (width * height * KNOWN > seen * Math.min(height, known.height) + drawn) {
        const beyond = (seen * known.height + drawn) / (width * KNOWN);
        // No taller than the picture, it sees the more of it the taller it is.
        const within = width * KNOWN > seen ? Math.min(known.height, drawn / (width * KNOWN - seen)) : known.height;
        height = Math.min(height, beyond >= known.height ? beyond : within);
      }
      if (height >= width / form.mostRatio) most = Math.max(most, width * height * (1 - KNOWN));
    }
  }
  return most;
}

function tallest(width: number, form: Form): number {
  return Math.min(form.height, form.pixels / width, width / form.leastRatio);
}

/** By distance: of empty pixels no two of which fit into one window, each wants a tile of its own. Such a set is gathered along lines, first come, first in; any of them is a bound. */
function byDistance(canvas: Extent, known: Bounds, forms: readonly Form[]): number {
  const fitTogether = (a: Point, b: Point): boolean => {
    const width = Math.abs(a.x - b.x) + 1;
    const height = Math.abs(a.y - b.y) + 1;
    return forms.some((form) => holds(form, { width, height }));
  };
  const isEmpty = ({ x, y }: Point): boolean => x < known.x || y < known.y || x >= known.x + known.width || y >= known.y + known.height;
  const gathered = (points: readonly Point[]): number =>
    points.filter(isEmpty).reduce<readonly Point[]>((apart, point) => (apart.some((other) => fitTogether(point, other)) ? apart : [...apart, point]), []).length;
  const [xs, ys] = [fine(canvas.width, known.x, known.width), fine(canvas.height, known.y, known.height)];
  return Math.max(
    ...Array.from({ length: LINES }, (_, lines) => lines + 1).flatMap((lines) => {
      const columns = spread(canvas.width, lines);
      const rows = spread(canvas.height, lines);
      const down = [ys, ys.toReversed()].map((all) => gathered(all.flatMap((y) => columns.map((x) => ({ x, y })))));
      const across = [xs, xs.toReversed()].map((all) => gathered(all.flatMap((x) => rows.map((y) => ({ x, y })))));
      return [...down, ...across];
    }),
  );
}

/** Whether a window of a form can hold a rectangle. */
function holds(form: Form, { width, height }: Extent): boolean {
  const needed = { width: Math.max(width, height * form.leastRatio), height: Math.max(height, width / form.mostRatio) };
  return needed.width <= form.width && needed.height <= form.height && area(needed) <= form.pixels;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Places along an edge, those beside the picture among them. */
function fine(edge: number, start: number, length: number): readonly number[] {
  return [...new Set([...spread(edge, POINTS), start - 1, start + length])].filter((at) => at >= 0 && at < edge).toSorted((a, b) => a - b);
}

function spread(edge: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (edge - 1)) / (count - 1))));
}
