import { BLOCK } from './cells';
import type { Cell } from './cells';
import type { Link } from './chain';
import type { Ground } from './ground';
import type { Guide } from './guide';
import { canvasDifference, samplesOf } from './match';
import type { Samples } from './match';
import { Shortlist, flipped, partOnCanvas, placeFrom, shiftTo } from './place';
import type { Flip, Place } from './place';
import { costOf, differenceAt } from './preference';
import type { Outlook, Preference } from './preference';

/** The most places kept for a cell. */
const MOST = 16;

const AROUND = [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [1, -1], [-1, 1]] as const;

/** The places that a cell may come from, judged to the pixel by what is drawn around it by now; cheapest first. */
export class Candidates implements Link {
  private readonly list = new Shortlist(MOST);
  private readonly samples: Samples;
  private readonly side: number;

  constructor(
    readonly cell: Cell,
    private readonly ground: Ground,
    private readonly fine: Guide,
    private readonly preference: Preference,
    private readonly outlook: Outlook,
  ) {
    this.side = BLOCK * fine.factor;
    this.samples = samplesOf(ground, cell, this.side, fine.factor);
  }

  get places(): readonly Place[] {
    return this.list.places;
  }

  consider(place: Place): void {
    this.keep(this.judged(place, Infinity));
  }

  /** Considers the cheapest place that is found from one on the fine guide by ever smaller steps. */
  refine(place: Place): void {
    let centre = this.judged(place, Infinity);
    for (let step = this.fine.factor >> 1; step >= 1 && centre; step >>= 1) {
      const from: Place = centre;
      for (const [dx, dy] of AROUND) centre = this.judged({ ...from, x: from.x + dx * step, y: from.y + dy * step }, centre.cost) ?? centre;
    }
    this.keep(centre);
  }

  /** Considers the place that continues another cell's. */
  offer(from: Link, place: Place): void {
    const { factor } = this.fine;
    this.consider(placeFrom(this.cell, shiftTo(from.cell, place, factor), factor));
  }

  private keep(place: Place | undefined): void {
    if (place && !this.places.some(({ x, y, flip }) => x === place.x && y === place.y && flip === place.flip)) this.list.add(place);
  }

  /** A place with its cost, where it may be used and that is below the limit. */
  private judged(place: Place, limit: number): Place | undefined {
    const { cell, ground, fine, side, samples } = this;
    if (!mayUse(ground, fine, cell, place.x, place.y, place.flip)) return undefined;
    const judgement = this.preference.judgePlace(cell, place, this.outlook);
    const difference = canvasDifference(ground, samples, place, side, differenceAt(limit, judgement));
    return difference < 0 ? undefined : { ...place, cost: costOf(difference, judgement) };
  }
}

/** Whether all that a cell's block shows of a place is kept. */
export function mayUse(ground: Ground, fine: Guide, cell: Cell, x: number, y: number, flip: Flip): boolean {
  const side = BLOCK * fine.factor;
  const part = flipped(partOnCanvas(ground, cell, side), side, flip);
  const left = x + part.x0;
  const right = x + part.x1;
  const top = y + part.y0;
  const bottom = y + part.y1;
  if (left < 0 || top < 0 || right > ground.width || bottom > ground.height) return false;
  return fine.isKept(
    Math.floor((left - fine.originX) / fine.factor),
    Math.floor((top - fine.originY) / fine.factor),
    Math.ceil((right - fine.originX) / fine.factor),
    Math.ceil((bottom - fine.originY) / fine.factor),
  );
}
