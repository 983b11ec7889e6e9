import { TOLERANCE } from './drawable';
import { boundingBox, type Rects } from './empty';
import { area, intersect, type Bounds } from './geometry';
import type { Tile } from './pixels';

/** Parts of a mask with no more than so many pixels between them are one area from the start; with twice as many, and again, where there would be too many areas. */
const NEAR = 64;
/** How many areas there are at the start at most: which of them to join takes time with the square of their number. */
const MOST_AREAS = 8;
/** More pixels than a plan ever draws. */
const REQUEST = 1e12;

/** One of a mask's areas, with the tiles that draw it. */
export interface PlannedArea {
  /** All that is to be drawn of it, and little else. */
  readonly parts: Rects;
  readonly box: Bounds;
  /** Each draws something of it; their `after` counts among themselves. */
  readonly tiles: readonly Tile[];
}

/** Two areas as one. */
interface Pair {
  /** Whether they can't be apart: a tile of one would draw a piece of the other. */
  readonly must: boolean;
  /** Undefined where there is no such plan, or none of fewer tiles. */
  readonly one: PlannedArea | undefined;
}

/** The tiles for one area; undefined where it would take more than `most`, or more than a plan may have. */
export type AreaPlanner = (parts: Rects, most: number) => readonly Tile[] | undefined;

/**
 * Divides what is to be drawn into areas, each with tiles of its own, so that the gaps between far ones are neither sent nor paid. Areas are joined, two by two or all at once, where that takes fewer requests.
 * No tile of an area sees what is to be drawn of another one. Undefined where there is no plan.
 */
export function planAreas(parts: Rects, planFor: AreaPlanner): readonly PlannedArea[] | undefined {
  const planned = (those: Rects, most = Infinity): PlannedArea | undefined => {
    const tiles = planFor(those, most);
    return tiles && { parts: those, box: boundingBox(those), tiles };
  };
  const together = planned(parts);
  const apart = groupsOf(parts);
  if (apart.length === 1) return together && [together];
  const areas = apart.map((group) => planned(group));
  const joined = areas.every((one) => one !== undefined) ? join(areas, planned) : undefined;
  return together && (!joined || savingOf(joined, together) > 0) ? [together] : joined;
}

/** Joins, as long as there are such, the two areas of which one sees the other, else the two that save the most by it. Undefined where two that must be have no plan. */
function join(areas: readonly PlannedArea[], planned: (parts: Rects, most?: number) => PlannedArea | undefined): readonly PlannedArea[] | undefined {
  const pairs = new Map<PlannedArea, Map<PlannedArea, Pair>>();
  const pairOf = (a: PlannedArea, b: PlannedArea): Pair => {
    const known = pairs.get(a)?.get(b);
    if (known) return known;
    const must = seesPartOf(a, b) || seesPartOf(b, a);
    const pair = { must, one: planned([...a.parts, ...b.parts], must ? Infinity : a.tiles.length + b.tiles.length - 1) };
    pairs.set(a, (pairs.get(a) ?? new Map<PlannedArea, Pair>()).set(b, pair));
    return pair;
  };
  for (let all = areas; ; ) {
    let best: { readonly apart: readonly PlannedArea[]; readonly one: PlannedArea | undefined } | undefined;
    let most = 0;
    for (const [index, a] of all.entries()) {
      for (const b of all.slice(index + 1)) {
        const { must, one } = pairOf(a, b);
        const saving = must ? Infinity : one ? savingOf([a, b], one) : 0;
        if (saving > most) [best, most] = [{ apart: [a, b], one }, saving];
      }
    }
    if (!best) return all;
    const { apart, one } = best;
    if (!one) return undefined;
    all = [...all.filter((other) => !apart.includes(other)), one];
  }
}

function seesPartOf({ tiles }: PlannedArea, { parts }: PlannedArea): boolean {
  return tiles.some(({ window }) => parts.some((part) => intersect(window, part)));
}

/** What drawing areas as one saves: requests, and among as many of them pixels. Nothing where it takes as many requests, since several tiles of one area see less around them, nor where it makes the drawing coarser. */
function savingOf(apart: readonly PlannedArea[], { tiles }: PlannedArea): number {
  const before = apart.flatMap((one) => one.tiles);
  if (tiles.length >= before.length || (tiles.some(isCoarse) && !before.some(isCoarse))) return 0;
  return (before.length - tiles.length) * REQUEST + drawnPixels(before) - drawnPixels(tiles);
}

/** Whether the model draws fewer pixels than the picture has there, by more than a window's form may differ from the model's. */
function isCoarse({ window, asked }: Tile): boolean {
  return Math.min(asked.width / window.width, asked.height / window.height) < 1 / TOLERANCE;
}

function drawnPixels(tiles: readonly Tile[]): number {
  return tiles.reduce((sum, { asked }) => sum + area(asked), 0);
}

/** The parts, put together where little is between them. */
function groupsOf(parts: Rects): readonly Rects[] {
  let groups: readonly Rects[] = parts.map((part) => [part]);
  for (let near = NEAR; near === NEAR || groups.length > MOST_AREAS; near *= 2) groups = linked(groups, near);
  return groups;
}

/** The groups, put together where two have parts that are near. */
function linked(groups: readonly Rects[], near: number): readonly Rects[] {
  let all: readonly Rects[] = [];
  for (const group of groups) {
    const mates = all.filter((other) => other.some((a) => group.some((b) => distance(a, b) <= near)));
    all = [...all.filter((other) => !mates.includes(other)), [...mates.flat(), ...group]];
  }
  return all;
}

/** How many pixels are between two rectangles, along the axis on which they are further apart. */
function distance(a: Bounds, b: Bounds): number {
  const gap = (start: number, length: number, other: number, otherLength: number): number => Math.max(start - other - otherLength, other - start - length);
  return Math.max(0, gap(a.x, a.width, b.x, b.width), gap(a.y, a.height, b.y, b.height));
}
