import { BLOCK } from './cells';
import type { Cell } from './cells';
import type { Ground, Shift } from './ground';
import type { Rect } from './rect';

/** How a source is turned: as it is, mirrored left to right, or upside down. */
export type Flip = 'none' | 'across' | 'down';

/** A block's source on the canvas by its top left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly flip: Flip;
  /** Weighted difference; lower is better. */
  readonly cost: number;
}

/** The part of a cell's block that lies on the canvas, in the block's pixels. */
export function partOnCanvas(ground: Ground, cell: Cell, side: number): Rect {
  return {
    x0: Math.max(0, -cell.x),
    x1: Math.min(side, ground.width - cell.x),
    y0: Math.max(0, -cell.y),
    y1: Math.min(side, ground.height - cell.y),
  };
}

/** Where a part of a block lies in its source. */
export function flipped(part: Rect, side: number, flip: Flip): Rect {
  const { x0, x1, y0, y1 } = part;
  if (flip === 'across') return { x0: side - x1, x1: side - x0, y0, y1 };
  if (flip === 'down') return { x0, x1, y0: side - y1, y1: side - y0 };
  return part;
}

export function shiftTo(cell: Cell, place: Place, factor: number): Shift {
  const last = BLOCK * factor - 1;
  const across = place.flip === 'across';
  const down = place.flip === 'down';
  return {
    x0: across ? place.x + last + cell.x : place.x - cell.x,
    y0: down ? place.y + last + cell.y : place.y - cell.y,
    stepX: across ? -1 : 1,
    stepY: down ? -1 : 1,
  };
}

/** The place that continues a shift for a cell. */
export function placeFrom(cell: Cell, shift: Shift, factor: number): Place {
  const last = BLOCK * factor - 1;
  return {
    x: shift.stepX === -1 ? shift.x0 - cell.x - last : shift.x0 + cell.x,
    y: shift.stepY === -1 ? shift.y0 - cell.y - last : shift.y0 + cell.y,
    flip: shift.stepX === -1 ? 'across' : shift.stepY === -1 ? 'down' : 'none',
    cost: 0,
  };
}

/** The n cheapest places seen so far, cheapest first. */
export class Shortlist {
  readonly places: Place[] = [];

  constructor(private readonly length: number) {}

  /** The cost that a further place must stay below. */
  get limit(): number {
    return this.places.length < this.length ? Infinity : (this.places[this.length - 1] as Place).cost;
  }

  add(place: Place): void {
    if (place.cost >= this.limit) return;
    let at = this.places.length;
    while (at > 0 && (this.places[at - 1] as Place).cost > place.cost) at--;
    this.places.splice(at, 0, place);
    if (this.places.length > this.length) this.places.pop();
  }
}
