import { widthsFor, type Widths } from './drawable';
import type { Bounds } from './geometry';
import type { SizeRule } from './models';

/** How far two neighbouring tiles overlap at least, in pixels, so that the later one continues the earlier one. */
const OVERLAP = 64;
/** The most of a window that a chain of tiles draws anew: a quarter of each must be known. */
const MAX_FRESH = 3 / 4;

/** What is to be covered: everything of `outer` but `inner`, which lies inside it. */
export interface Frame {
  readonly outer: Bounds;
  readonly inner: Bounds;
}

/** A window's place in its row. */
interface Segment {
  readonly x: number;
  readonly width: number;
}

/** The overlap that neighbours of this size share: at least a pixel, unless they have but one. */
export function overlapFor(size: number): number {
  return Math.min(OVERLAP, size - 1, Math.max(1, Math.floor(size / 8)));
}

/**
 * Ways to cover a frame with at most `most` windows that the model can draw, each a grid in rows or in columns whose windows have an empty part. Whether
 * enough is known of each at its turn is not looked at here. Rows lie evenly, and so do the windows in a row; in a row that meets the frame's sides only,
 * they go outward from the inner rectangle to each side instead where that is the way.
 */
export function coversOf(frame: Frame, rule: SizeRule, most: number): readonly (readonly Bounds[])[] {
  return [...rowCovers(frame, rule, most), ...rowCovers(transposeFrame(frame), transposeRule(rule), most).map((windows) => windows.map(transpose))];
}

/** How windows fill their rows. */
interface RowWay {
  /** Whether windows that meet the frame's sides only go outward from the inner rectangle; else they lie evenly over the whole row. */
  readonly outward: boolean;
  /** Whether windows that lie evenly are as wide as the model draws, so that they know more of each other; else as narrow as their number allows. */
  readonly wide: boolean;
  /** How many more of them than it takes, to the same end. */
  readonly more: number;
}

const WAYS: readonly RowWay[] = [
  { outward: false, wide: false, more: 0 },
  { outward: false, wide: true, more: 0 },
  { outward: false, wide: true, more: 1 },
  { outward: true, wide: false, more: 0 },
  { outward: true, wide: true, more: 1 },
];

function rowCovers(frame: Frame, rule: SizeRule, most: number): readonly (readonly Bounds[])[] {
  const { outer } = frame;
  return [...rowHeights(outer.height, rule)].flatMap((height) => {
    if (countFor(outer.height, height) > most) return [];
    return widthsFor(height, rule).flatMap((widths) => {
      if (widths.min > outer.width) return [];
      return WAYS.flatMap((way) => {
        const windows = rowCover(frame, height, widths, way, most);
        return windows ? [windows] : [];
      });
    });
  });
}

function rowCover({ outer, inner }: Frame, height: number, widths: Widths, way: RowWay, most: number): readonly Bounds[] | undefined {
  const windows: Bounds[] = [];
  const even = evenWindows(outer, widths, way, most);
  const outward = way.outward ? sideWindows(outer, inner, widths, most) : undefined;
  for (const top of spread(outer.height, height)) {
    const y = outer.y + top;
    const sidesOnly = y >= inner.y && y + height <= inner.y + inner.height;
    const row = sidesOnly && way.outward ? outward : even;
    if (!row) return undefined;
    for (const { x, width } of row) {
      const window = { x, y, width, height };
      if (!holds(inner, window)) windows.push(window);
    }
    if (windows.length > most) return undefined;
  }
  return windows;
}

/** Whether a window lies wholly inside a rectangle: of so many as are tried, without looking at what whole pixels are. */
function holds(outer: Bounds, { x, y, width, height }: Bounds): boolean {
  return x >= outer.x && y >= outer.y && x + width <= outer.x + outer.width && y + height <= outer.y + outer.height;
}

/** Heights worth trying for the rows that cover a height: for each form of the model its own and the least for the same number of rows. */
function rowHeights(height: number, rule: SizeRule): ReadonlySet<number> {
  const largest =
    rule.kind === 'list'
      ? rule.extents.map((extent) => extent.height)
      : [rule.maxEdge, rule.maxPixels / rule.maxEdge, Math.sqrt(rule.maxPixels), Math.sqrt(rule.maxPixels / rule.maxRatio), rule.maxEdge / rule.maxRatio];
  const heights = new Set<number>([height]);
  for (const edge of largest.map(Math.floor)) {
    if (edge >= height) continue;
    heights.add(edge);
    const rows = countFor(height, edge);
    heights.add(Math.min(edge, Math.ceil((height + (rows - 1) * overlapFor(edge)) / rows)));
  }
  return heights;
}

/** Windows in a row that lie evenly over the whole width. */
function evenWindows(outer: Bounds, widths: Widths, { wide, more }: RowWay, most: number): readonly Segment[] | undefined {
  const widest = Math.min(widths.max, outer.width);
  const least = countFor(outer.width, widest);
  const count = least === 1 ? 1 : least + more;
  if (count > most) return undefined;
  const needed = Math.ceil((outer.width + (count - 1) * overlapFor(widest)) / count);
  const width = wide ? widest : Math.min(widest, Math.max(widths.natural, needed));
  return spread(outer.width, width, count).map((x) => ({ x: outer.x + x, width }));
}

/** Windows in a row that go outward from the inner rectangle to the left and to the right end. */
function sideWindows(outer: Bounds, inner: Bounds, widths: Widths, most: number): readonly Segment[] | undefined {
  const end = outer.x + outer.width;
  const left = chain(inner.x - outer.x, outer.width, widths, most)?.map(({ x, width }) => ({ x: outer.x + x, width }));
  const right = chain(end - inner.x - inner.width, outer.width, widths, most)?.map(({ x, width }) => ({ x: end - x - width, width }));
  return left && right && [...left, ...right];
}

/** Windows that fill the first `depth` pixels of a row, the innermost first, each drawing as much as the others; half of each is known where the model's widths allow. */
function chain(depth: number, room: number, widths: Widths, most: number): readonly Segment[] | undefined {
  if (depth === 0) return [];
  const widest = Math.min(widths.max, room);
  const count = Math.ceil(depth / (widest * MAX_FRESH));
  if (count > most) return undefined;
  const width = Math.min(widest, Math.max(widths.natural, Math.ceil(depth / count) * 2));
  return Array.from({ length: count }, (_, i) => ({ x: Math.min(room - width, Math.floor((depth * (count - 1 - i)) / count)), width }));
}

/** How many windows of a size cover a length with their overlaps. */
function countFor(length: number, size: number): number {
  if (size >= length) return 1;
  const overlap = overlapFor(size);
  return Math.ceil((length - overlap) / (size - overlap));
}

/** Where so many windows of a size start that cover a length evenly. */
function spread(length: number, size: number, count = countFor(length, size)): readonly number[] {
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (length - size)) / (count - 1))));
}

function transpose({ x, y, width, height }: Bounds): Bounds {
  return { x: y, y: x, width: height, height: width };
}

function transposeFrame({ outer, inner }: Frame): Frame {
  return { outer: transpose(outer), inner: transpose(inner) };
}

/** A free rule treats both edges alike. */
function transposeRule(rule: SizeRule): SizeRule {
  return rule.kind === 'free' ? rule : { kind: 'list', extents: rule.extents.map(({ width, height }) => ({ width: height, height: width })) };
}
