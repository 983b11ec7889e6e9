import type { Bounds } from '../../core/geometry';
import type { Random } from '../art/random';
import { BLOCK } from './cells';
import type { Cell, Reach } from './cells';
import { FIRST_BLOCK, shiftOf } from './ground';
import type { Ground, Shift } from './ground';
import { Guide } from './guide';
import { canvasDifference, contextOf, guideDifference, samplesOf } from './match';
import { Shortlist, flipped, partOnCanvas, placeFrom, shiftTo } from './place';
import type { Flip, Part, Place } from './place';
import { Preference, costOf, differenceAt } from './preference';

/** Places looked at on the coarse guide for one block; where there are more, a random sample. */
const MAX_PLACES = 1800;
/** How many of them are looked at again on the fine guide, and then on the canvas. */
const FINE_PLACES = 10;
const FULL_PLACES = 4;
/** The side of a block on the coarse guide. */
const COARSE_BLOCK = BLOCK / 2;
/** How far a block's source may lie above or below it where rows are locked, in coarse cells (±24 px with a guide of 1/4). */
const ROW_LOCK = 3;
/** How far above and below a hole its sources are looked for, in blocks. */
const HOLE_REACH = 4;

const AROUND = [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [1, -1], [-1, 1]] as const;

/** Finds for each cell the kept pixels that continue what stands around it best: on a coarse guide, then on a fine one, then to the pixel on the canvas. */
export class SourceSearch {
  private readonly coarse: Guide;
  private readonly preference: Preference;
  /** The side of a block on the canvas. */
  private readonly side: number;

  constructor(
    private readonly ground: Ground,
    private readonly fine: Guide,
    kept: Bounds,
    private readonly random: Random,
  ) {
    this.coarse = new Guide(ground, fine.factor * 2, fine.originX, fine.originY);
    this.preference = new Preference(this.coarse, kept, random);
    this.side = BLOCK * fine.factor;
  }

  /** Whether the picture holds a whole block of kept pixels at all. */
  hasSource(): boolean {
    const { coarse } = this;
    for (let v = 0; v <= coarse.height - COARSE_BLOCK; v++) {
      for (let u = 0; u <= coarse.width - COARSE_BLOCK; u++) {
        if (coarse.isKept(u, v, u + COARSE_BLOCK, v + COARSE_BLOCK)) return true;
      }
    }
    return false;
  }

  /** The best source for a cell; undefined where the picture holds none. */
  find(cell: Cell): Shift | undefined {
    const already = this.preference.alreadyStandsOut(cell);
    const best = this.onCanvas(cell, this.onFine(cell, this.onCoarse(cell, already), already), already);
    if (!best) return undefined;
    this.preference.markUsed(cell, best);
    return shiftTo(cell, best, this.fine.factor);
  }

  /** To be called when a block was drawn. */
  refresh(cell: Cell): void {
    this.fine.refresh(cell.x, cell.y, this.side, this.side);
    this.coarse.refresh(cell.x, cell.y, this.side, this.side);
  }

  private onCoarse(cell: Cell, already: number): Place[] {
    const { coarse, preference } = this;
    const u = (cell.x - coarse.originX) / coarse.factor;
    const v = (cell.y - coarse.originY) / coarse.factor;
    const context = contextOf(coarse, u, v, COARSE_BLOCK, true);
    const best = new Shortlist(FINE_PLACES);
    const look = (atU: number, atV: number, flip: Flip): void => {
      const judgement = preference.judge(cell, atU, atV, flip, already);
      const difference = guideDifference(coarse, context, atU, atV, flip, differenceAt(best.limit, judgement));
      if (difference < 0) return;
      best.add({ x: coarse.originX + atU * coarse.factor, y: coarse.originY + atV * coarse.factor, flip, cost: costOf(difference, judgement) });
    };
    this.forPlaces(cell, this.area(cell.reach, v), look);
    if (best.places.length === 0) this.forPlaces(cell, this.area(undefined, v), look);
    return best.places;
  }

  /** Where the corner of a cell's source may lie on the coarse guide; `undefined`: anywhere. */
  private area(reach: Reach | undefined, v: number): Part {
    const all = { x0: -COARSE_BLOCK, x1: this.coarse.width, y0: -COARSE_BLOCK, y1: this.coarse.height };
    switch (reach?.kind) {
      case 'rows':
        return { ...all, y0: v - ROW_LOCK, y1: v + ROW_LOCK + 1 };
      case 'edge':
        return { ...all, y0: (reach.top >> 1) - COARSE_BLOCK, y1: reach.bottom >> 1 };
      case 'around':
        return { ...all, y0: Math.max(all.y0, v - COARSE_BLOCK * HOLE_REACH), y1: Math.min(all.y1, v + COARSE_BLOCK * HOLE_REACH) };
      default:
        return all;
    }
  }

  /** Visits the places of an area from which a whole block is kept, turned in each way that suits the cell; about `MAX_PLACES` where there are more. */
  private forPlaces(cell: Cell, area: Part, visit: (u: number, v: number, flip: Flip) => void): void {
    const { coarse, ground, random } = this;
    const onCanvas = partOnCanvas(ground, cell, this.side);
    const part = {
      x0: Math.floor(onCanvas.x0 / coarse.factor),
      x1: Math.ceil(onCanvas.x1 / coarse.factor),
      y0: Math.floor(onCanvas.y0 / coarse.factor),
      y1: Math.ceil(onCanvas.y1 / coarse.factor),
    };
    const flips: readonly Flip[] = cell.reach.kind === 'edge' ? ['none', 'across', 'down'] : ['none', 'across'];
    const parts = flips.map((flip) => flipped(part, COARSE_BLOCK, flip));
    const columns = area.x1 - area.x0;
    const count = columns * (area.y1 - area.y0) * flips.length;
    const stride = Math.max(1, count / MAX_PLACES);
    for (let position = stride > 1 ? random.next() * stride : 0; position < count; position += stride > 1 ? stride * (0.5 + random.next()) : 1) {
      const n = Math.floor(position);
      const which = n % flips.length;
      const at = Math.floor(n / flips.length);
      const u = area.x0 + (at % columns);
      const v = area.y0 + Math.floor(at / columns);
      const { x0, x1, y0, y1 } = parts[which] as Part;
      if (coarse.isKept(u + x0, v + y0, u + x1, v + y1)) visit(u, v, flips[which] as Flip);
    }
  }

  private onFine(cell: Cell, rough: readonly Place[], already: number): Place[] {
    const { fine, preference } = this;
    const context = contextOf(fine, (cell.x - fine.originX) / fine.factor, (cell.y - fine.originY) / fine.factor, BLOCK, false);
    const best = new Shortlist(FULL_PLACES);
    for (const place of rough) {
      const judgement = preference.judgePlace(cell, place, already);
      let winner: Place | undefined;
      for (let dv = -1; dv <= 1; dv++) {
        for (let du = -1; du <= 1; du++) {
          const x = place.x + du * fine.factor;
          const y = place.y + dv * fine.factor;
          if (!this.mayUse(cell, x, y, place.flip)) continue;
          const limit = differenceAt(winner?.cost ?? best.limit, judgement);
          const difference = guideDifference(fine, context, (x - fine.originX) / fine.factor, (y - fine.originY) / fine.factor, place.flip, limit);
          if (difference >= 0) winner = { x, y, flip: place.flip, cost: costOf(difference, judgement) };
        }
      }
      if (winner) best.add(winner);
    }
    return best.places;
  }

  private onCanvas(cell: Cell, finer: readonly Place[], already: number): Place | undefined {
    const { ground, preference, side } = this;
    const samples = samplesOf(ground, cell, side, this.fine.factor);
    let best: Place | undefined;
    /** The place with its cost, where that is below the limit. */
    const consider = (place: Place, limit: number): Place | undefined => {
      if (!this.mayUse(cell, place.x, place.y, place.flip)) return undefined;
      const judgement = preference.judgePlace(cell, place, already);
      const difference = canvasDifference(ground, samples, place, side, differenceAt(limit, judgement));
      if (difference < 0) return undefined;
      const judged = { ...place, cost: costOf(difference, judgement) };
      if (!best || judged.cost < best.cost) best = judged;
      return judged;
    };
    for (const place of this.continuations(cell)) consider(place, Infinity);
    for (const place of finer) {
      let centre = consider(place, Infinity);
      for (let step = this.fine.factor >> 1; step >= 1 && centre; step >>= 1) {
        const from: Place = centre;
        for (const [dx, dy] of AROUND) centre = consider({ ...from, x: from.x + dx * step, y: from.y + dy * step }, centre.cost) ?? centre;
      }
    }
    return best;
  }

  /** The places that continue the blocks around a cell without a seam (Ashikhmin 2001). */
  private continuations(cell: Cell): Place[] {
    const { ground, side } = this;
    const found: Place[] = [];
    const middle = side >> 1;
    for (const [x, y] of [[0, middle], [side - 1, middle], [middle, 0], [middle, side - 1]] as const) {
      const column = cell.x + x;
      const row = cell.y + y;
      if (column < 0 || row < 0 || column >= ground.width || row >= ground.height) continue;
      const who = ground.owner[row * ground.width + column] as number;
      if (who >= FIRST_BLOCK) found.push(placeFrom(cell, shiftOf(ground, who), this.fine.factor));
    }
    return found;
  }

  /** Whether all that a block shows of a place is kept. */
  private mayUse(cell: Cell, x: number, y: number, flip: Flip): boolean {
    const { ground, fine, side } = this;
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
}
