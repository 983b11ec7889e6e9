import { widthsFor } from './drawable';
import { areaInside, subtract, type Rects } from './empty';
import { area, intersect, type Bounds } from './geometry';
import type { SizeRule } from './models';
import { LEAST_KNOWN, Turns } from './tileOrder';

/** How many heights are tried for a stone, from what is known to four times as much. */
const HEIGHTS = 8;

/**
 * Windows whose order comes to a halt because too little is known of the next one, with stepping stones: smaller windows that draw enough of it first. So a strip of 9000x200 grows
 * in one place, and large windows go on from there.
 * Undefined where that would take more than `most` windows or where no stone helps.
 */
export function withSteppingStones(windows: readonly Bounds[], empty: Rects, room: Bounds, rule: SizeRule, most: number): readonly Bounds[] | undefined {
  const turns = new Turns(windows, empty);
  let all = windows;
  for (;;) {
    turns.take(LEAST_KNOWN);
    if (turns.rest.length === 0) return all;
    const [next] = turns.waiting();
    const stone = next && all.length < most ? stoneFor(next, turns.rest, room, rule) : undefined;
    if (!stone) return undefined;
    all = [...all, stone];
    turns.insert(stone);
  }
}

/** The window around the known part of another one that draws the most of it; undefined where none can be drawn. */
function stoneFor(next: Bounds, rest: Rects, room: Bounds, rule: SizeRule): Bounds | undefined {
  const known = knownPart(next, rest);
  let best: Bounds | undefined;
  let most = 0;
  for (const stone of known ? stonesAround(known, room, rule) : []) {
    const part = intersect(stone, next);
    const drawn = part && area(part) > most ? areaInside(rest, part) : 0;
    if (drawn > most && areaInside(rest, stone) <= area(stone) * (1 - LEAST_KNOWN)) [best, most] = [stone, drawn];
  }
  return best;
}

/** Windows inside the room around what is known: as high as that or up to four times as high, and as wide as may be. */
function stonesAround(known: Bounds, room: Bounds, rule: SizeRule): readonly Bounds[] {
  const stones: Bounds[] = [];
  for (let i = 0; i <= HEIGHTS; i++) {
    const height = Math.min(room.height, Math.floor(known.height * (1 / LEAST_KNOWN) ** (i / HEIGHTS)));
    for (const { min, max, natural } of widthsFor(height, rule)) {
      const widest = Math.min(max, room.width);
      if (min > widest) continue;
      const wanted = [natural, known.width, Math.floor(area(known) / LEAST_KNOWN / height), widest];
      for (const width of new Set(wanted.map((value) => Math.max(min, Math.min(widest, value))))) {
        for (const x of startsAround(known.x, known.width, width, room.x, room.width)) {
          for (const y of startsAround(known.y, known.height, height, room.y, room.height)) stones.push({ x, y, width, height });
        }
      }
    }
  }
  return stones;
}

/** The largest rectangle, of those that cutting off what is empty leaves, of what is known of a window. */
function knownPart(window: Bounds, empty: Rects): Bounds | undefined {
  const known = empty.reduce<Rects>((left, rect) => subtract(left, rect), [window]);
  return known.reduce<Bounds | undefined>((a, b) => (a && area(a) >= area(b) ? a : b), undefined);
}

/** Where a stone of this size may start: at either end of what is known, or with that in its middle; inside the room. */
function startsAround(start: number, length: number, size: number, from: number, room: number): ReadonlySet<number> {
  const all = [start, start + length - size, Math.round(start + (length - size) / 2)];
  return new Set(all.map((value) => Math.max(from, Math.min(from + room - size, value))));
}
