import type { Cell } from './cells';
import type { Ground } from './ground';
import type { Flip, Place } from './place';

/** How many of the best ends of the chain so far are offered to the next cell to be continued. */
const OFFERED = 2;

/** A cell of a run, and the places that it may come from. */
export interface Link {
  readonly cell: Cell;
  /** May grow by what is offered to it. */
  readonly places: readonly Place[];
  /** Considers continuing another link's place. */
  readonly offer: (from: Link, place: Place) => void;
}

/** A chain's end: what it costs up to a place of a link at least, and by which place of the link before. */
interface End {
  readonly place: Place;
  readonly total: number;
  readonly before: End | undefined;
}

/**
 * For each cell of a run the place by which the run costs least in all: what each place costs by itself, and how much neighbours differ where their blocks of `side` pixels overlap, every `factor`-th pixel of it
 * (dynamic programming: Viterbi 1967). Cell by cell each would be the best for itself, and the one after would have to live with it. Undefined for a cell that has no place.
 */
export function cheapestChain(ground: Ground, links: readonly Link[], side: number, factor: number): (Place | undefined)[] {
  const chosen: (Place | undefined)[] = [];
  let ends: End[] = [];
  let last: Link | undefined;
  const close = (): void => {
    let cheapest: End | undefined;
    for (const end of ends) if (!cheapest || end.total < cheapest.total) cheapest = end;
    const places: Place[] = [];
    for (let end = cheapest; end; end = end.before) places.push(end.place);
    chosen.push(...places.reverse());
    ends = [];
  };
  for (const link of links) {
    if (last) for (const end of ends.toSorted((a, b) => a.total - b.total).slice(0, OFFERED)) link.offer(last, end.place);
    if (link.places.length === 0) {
      close();
      chosen.push(undefined);
      last = undefined;
      continue;
    }
    ends = link.places.map((place) => {
      let best: End | undefined;
      for (const before of ends) {
        const total = before.total + place.cost + (last ? overlapDifference(ground, last.cell, before.place, link.cell, place, side, factor) : 0);
        if (!best || total < best.total) best = { place, total, before };
      }
      return best ?? { place, total: place.cost, before: undefined };
    });
    last = link;
  }
  close();
  return chosen;
}

/** Mean squared difference, in levels² over the channels, between the sources of two blocks where these overlap on the canvas. */
export function overlapDifference(ground: Ground, a: Cell, from: Place, b: Cell, to: Place, side: number, factor: number): number {
  const { width, height, rgba, opaque } = ground;
  const x0 = Math.max(0, a.x, b.x);
  const y0 = Math.max(0, a.y, b.y);
  const x1 = Math.min(width, Math.min(a.x, b.x) + side);
  const y1 = Math.min(height, Math.min(a.y, b.y) + side);
  let squares = 0;
  let count = 0;
  for (let y = y0; y < y1; y += factor) {
    for (let x = x0; x < x1; x += factor) {
      const i = sourceOf(width, from, x - a.x, y - a.y, side) * 4;
      const k = sourceOf(width, to, x - b.x, y - b.y, side) * 4;
      let p = 1;
      let q = 1;
      if (!opaque) {
        p = (rgba[i + 3] as number) / 255;
        q = (rgba[k + 3] as number) / 255;
        squares += (p - q) * (p - q) * 65025;
      }
      const red = (rgba[i] as number) * p - (rgba[k] as number) * q;
      const green = (rgba[i + 1] as number) * p - (rgba[k + 1] as number) * q;
      const blue = (rgba[i + 2] as number) * p - (rgba[k + 2] as number) * q;
      squares += red * red + green * green + blue * blue;
      count++;
    }
  }
  return count === 0 ? 0 : squares / count;
}

/** The canvas index of a block's pixel's source. */
function sourceOf(width: number, place: Place, x: number, y: number, side: number): number {
  return (place.y + turned(y, side, place.flip, 'down')) * width + place.x + turned(x, side, place.flip, 'across');
}

function turned(offset: number, side: number, flip: Flip, by: Flip): number {
  return flip === by ? side - 1 - offset : offset;
}
