import { TOLERANCE, widthsFor, type Widths } from './drawable';
import type { Bounds, Extent } from './geometry';
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

/** Windows of one width in a row, or rows of one height: a pitch apart. */
interface Series {
  readonly start: number;
  readonly pitch: number;
  readonly size: number;
  readonly count: number;
}

/** The overlap that neighbours of this size share: at least a pixel, unless they have but one. */
export function overlapFor(size: number): number {
  return Math.min(OVERLAP, size - 1, Math.max(1, Math.floor(size / 8)));
}

/** One way to cover a frame: what its windows come to is known before they are made, since few of many ways are ever looked at. */
export interface Cover {
  /** How many windows. */
  readonly count: number;
  /** Their pixels, together. */
  readonly seen: number;
  /** The edges of the smallest of them. */
  readonly smallest: Extent;
  readonly windows: () => readonly Bounds[];
}

/**
 * Ways to cover a frame with at most `most` windows that the model can draw, each a grid in rows or in columns whose windows have an empty part. Whether
 * enough is known of each at its turn is not looked at here. Rows lie evenly, and so do the windows in a row; in a row that meets the frame's sides only,
 * they go outward from the inner rectangle to each side instead where that is the way.
 */
export function coversOf(frame: Frame, rule: SizeRule, most: number): readonly Cover[] {
  const columns = rowCovers(transposeFrame(frame), transposeRule(rule), most);
  return [...rowCovers(frame, rule, most), ...columns.map((cover) => ({ ...cover, smallest: { width: cover.smallest.height, height: cover.smallest.width }, windows: () => cover.windows().map(transpose) }))];
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

function rowCovers(frame: Frame, rule: SizeRule, most: number): readonly Cover[] {
  const { outer } = frame;
  return [...rowHeights(outer.height, rule)].flatMap((height) => {
    const rows = evenly(outer.y, outer.height, height, countFor(outer.height, height));
    if (rows.count > most) return [];
    return widthsFor(height, rule).flatMap((widths) => {
      if (widths.min > outer.width) return [];
      return WAYS.flatMap((way) => rowCover(frame, rows, widths, way, most) ?? []);
    });
  });
}

function rowCover({ outer, inner }: Frame, rows: Series, widths: Widths, way: RowWay, most: number): Cover | undefined {
  const besides = countInside(rows, inner.y, inner.height);
  if (way.outward && besides === 0) return undefined;
  const even = evenWindows(outer, widths, way);
  const outward = way.outward ? sideWindows(outer, inner, widths) : undefined;
  const besideCount = outward ? outward.reduce((sum, { count }) => sum + count, 0) : even.count - countInside(even, inner.x, inner.width);
  const beside = besides * besideCount;
  const others = (rows.count - besides) * even.count;
  if (beside + others > most) return undefined;
  const width = outward?.reduce((least, { size, count }) => (count > 0 ? Math.min(least, size) : least), others > 0 ? even.size : Infinity) ?? even.size;
  const besideWidth = outward ? outward.reduce((sum, { size, count }) => sum + size * count, 0) : besideCount * even.size;
  return {
    count: beside + others,
    seen: rows.size * (besides * besideWidth + (rows.count - besides) * even.count * even.size),
    smallest: { width, height: rows.size },
    windows: () =>
      placesIn(rows, outer.y, outer.height).flatMap((y) => {
        const isBeside = y >= inner.y && y + rows.size <= inner.y + inner.height;
        return (isBeside && outward ? outward : [even]).flatMap((series) =>
          placesIn(series, outer.x, outer.width)
            .filter((x) => !isBeside || x < inner.x || x + series.size > inner.x + inner.width)
            .map((x) => ({ x, y, width: series.size, height: rows.size })),
        );
      }),
  };
}

/** Heights worth trying for the rows that cover a height: for each form of the model its own and the least for the same number of rows. */
function rowHeights(height: number, rule: SizeRule): ReadonlySet<number> {
  const largest =
    rule.kind === 'list'
      ? rule.extents.map((extent) => extent.height)
      : [rule.maxEdge, rule.maxPixels / rule.maxEdge, Math.sqrt(rule.maxPixels), Math.sqrt(rule.maxPixels / rule.maxRatio), rule.maxEdge / rule.maxRatio];
  const heights = new Set<number>([height]);
  for (const edge of largest.flatMap((most) => [Math.floor(most), Math.floor(most * TOLERANCE)])) {
    if (edge >= height) continue;
    heights.add(edge);
    const rows = countFor(height, edge);
    heights.add(Math.min(edge, Math.ceil((height + (rows - 1) * overlapFor(edge)) / rows)));
  }
  return heights;
}

/** Windows in a row that lie evenly over the whole width. */
function evenWindows(outer: Bounds, widths: Widths, { wide, more }: RowWay): Series {
  const widest = Math.min(widths.max, outer.width);
  const least = countFor(outer.width, widest);
  const count = least === 1 ? 1 : least + more;
  const needed = Math.ceil((outer.width + (count - 1) * overlapFor(widest)) / count);
  const size = wide ? widest : Math.min(widest, Math.max(widths.natural, needed));
  return evenly(outer.x, outer.width, size, count);
}

/** Windows in a row that go outward from the inner rectangle to the left and to the right end. */
function sideWindows(outer: Bounds, inner: Bounds, widths: Widths): readonly Series[] {
  const left = chain(inner.x - outer.x, outer.width, widths);
  const right = chain(outer.x + outer.width - inner.x - inner.width, outer.width, widths);
  return [
    { start: outer.x, ...left },
    { ...right, start: outer.x + outer.width - right.size - Math.max(0, right.count - 1) * right.pitch },
  ];
}

/** Windows that fill the first `depth` pixels of a row and reach into what is known, each drawing as much as the others; half of each is known where the model's widths allow. */
function chain(depth: number, room: number, widths: Widths): Omit<Series, 'start'> {
  const widest = Math.min(widths.max, room);
  const count = Math.ceil(depth / (widest * MAX_FRESH));
  const pitch = depth / Math.max(1, count);
  return { pitch, size: Math.min(widest, Math.max(widths.natural, Math.ceil(pitch) * 2)), count };
}

/** How many windows of a size cover a length with their overlaps. */
function countFor(length: number, size: number): number {
  if (size >= length) return 1;
  const overlap = overlapFor(size);
  return Math.ceil((length - overlap) / (size - overlap));
}

/** So many windows of a size that cover a length evenly. */
function evenly(start: number, length: number, size: number, count: number): Series {
  return { start, pitch: count === 1 ? 0 : (length - size) / (count - 1), size, count };
}

function placeOf({ start, pitch }: Series, index: number): number {
  return Math.round(start + index * pitch);
}

/** Where the windows of a series start, inside a room. */
function placesIn(series: Series, from: number, room: number): readonly number[] {
  return Array.from({ length: series.count }, (_, i) => Math.max(from, Math.min(from + room - series.size, placeOf(series, i))));
}

/** How many of a series lie wholly inside an interval. */
function countInside(series: Series, from: number, length: number): number {
  let count = 0;
  for (let i = 0; i < series.count; i++) {
    const at = placeOf(series, i);
    if (at >= from && at + series.size <= from + length) count += 1;
  }
  return count;
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
