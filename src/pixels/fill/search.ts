import type { Bounds } from '../../core/geometry';
import type { Random } from '../random';
import { Candidates, mayUse } from './candidates';
import { BLOCK } from './cells';
import type { Cell, Reach } from './cells';
import { cheapestChain } from './chain';
import { FIRST_BLOCK, shiftOf } from './ground';
import type { Ground, Shift } from './ground';
import { Guide } from './guide';
import { contextOf, guideDifference } from './match';
import { Shortlist, flipped, partOnCanvas, placeFrom, shiftTo } from './place';
import type { Flip, Place } from './place';
import { Preference, costOf, differenceAt } from './preference';
import type { Outlook } from './preference';
import type { Rect } from './rect';

/** Places looked at on the coarse guide for one block, unless told otherwise. */
const PLACES = 1800;
/** How many of them are looked at again on the fine guide, and then on the canvas. */
const FINE_PLACES = 16;
const FULL_PLACES = 6;
/** Of all places at most one in so many is looked at, so that another seed gives another picture. */
const LEAST_STRIDE = 1.5;
/** The side of a block on the coarse guide. */
const COARSE_BLOCK = BLOCK / 2;
/** How far a block's source may lie above or below it where rows are locked, in coarse cells (±24 px with a guide of 1/4). */
const ROW_LOCK = 3;
/** How far above and below a hole its sources are looked for, in blocks. */
const HOLE_REACH = 4;
/** How many of a cell's places its neighbours in a run consider continuing. */
const PASSED_ON = 3;

/** Finds for the cells of a run the kept pixels that continue what stands around them best, and each other: on a coarse guide, then on a fine one, then to the pixel on the canvas. */
export class SourceSearch {
  private readonly coarse: Guide;
  private readonly preference: Preference;
  /** The bounds of the kept cells of the coarse guide. */
  private readonly kept: Rect;
  /** The side of a block on the canvas. */
  private readonly side: number;

  /** `places`: how many are looked at on the coarse guide for one block; where there are more, a random sample of them. */
  constructor(
    private readonly ground: Ground,
    private readonly fine: Guide,
    kept: Bounds,
    private readonly random: Random,
    private readonly places = PLACES,
  ) {
    this.coarse = new Guide(ground, fine.factor * 2, fine.originX, fine.originY);
    this.preference = new Preference(this.coarse, fine, kept, random);
    this.side = BLOCK * fine.factor;
    const { factor, originX, originY } = this.coarse;
    this.kept = {
      x0: Math.ceil((kept.x - originX) / factor),
      x1: Math.floor((kept.x + kept.width - originX) / factor),
      y0: Math.ceil((kept.y - originY) / factor),
      y1: Math.floor((kept.y + kept.height - originY) / factor),
    };
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

  /** For each cell of a run its source, such that they go together; undefined where the picture holds none. */
  find(run: readonly Cell[]): (Shift | undefined)[] {
    const { ground, fine, side, preference } = this;
    const links = run.map((cell) => this.candidatesFor(cell));
    const found = links.map(({ places }) => places.slice(0, PASSED_ON));
    for (const [n, link] of links.entries()) {
      for (const neighbour of [n - 1, n + 1]) {
        const from = links[neighbour];
        for (const place of found[neighbour] ?? []) if (from) link.offer(from, place);
      }
    }
    return cheapestChain(ground, links, side, fine.factor).map((place, n) => {
      const cell = run[n];
      if (!place || !cell) return undefined;
      preference.markUsed(cell, place);
      return shiftTo(cell, place, fine.factor);
    });
  }

  /** To be called when a block was drawn. */
  refresh(cell: Cell): void {
    this.fine.refresh(cell.x, cell.y, this.side, this.side);
    this.coarse.refresh(cell.x, cell.y, this.side, this.side);
  }

  private candidatesFor(cell: Cell): Candidates {
    const outlook = this.preference.outlook(cell);
    const candidates = new Candidates(cell, this.ground, this.fine, this.preference, outlook);
    for (const place of this.continuations(cell)) candidates.consider(place);
    for (const place of this.onFine(cell, this.onCoarse(cell, outlook), outlook)) candidates.refine(place);
    return candidates;
  }

  private onCoarse(cell: Cell, outlook: Outlook): Place[] {
    const { coarse, preference } = this;
    const u = (cell.x - coarse.originX) / coarse.factor;
    const v = (cell.y - coarse.originY) / coarse.factor;
    const context = contextOf(coarse, u, v, COARSE_BLOCK, true);
    const best = new Shortlist(FINE_PLACES);
    const look = (atU: number, atV: number, flip: Flip): void => {
      const judgement = preference.judge(cell, atU, atV, flip, outlook);
      const difference = guideDifference(coarse, context, atU, atV, flip, differenceAt(best.limit, judgement));
      if (difference < 0) return;
      best.add({ x: coarse.originX + atU * coarse.factor, y: coarse.originY + atV * coarse.factor, flip, cost: costOf(difference, judgement) });
    };
    const { from, to } = this.rowsOf(cell.reach, v);
    this.forPlaces(cell, from, to, look);
    if (cell.reach.kind === 'rows' && outlook.slope !== undefined) this.alongLines(cell, u, v, outlook.slope, look);
    if (best.places.length === 0) this.forPlaces(cell, -Infinity, Infinity, look);
    return best.places;
  }

  /** The rows of the coarse guide, ends exclusive, in which the corner of a cell's source may lie. */
  private rowsOf(reach: Reach, v: number): { readonly from: number; readonly to: number } {
    switch (reach.kind) {
      case 'rows':
        return { from: v - ROW_LOCK, to: v + ROW_LOCK + 1 };
      case 'edge':
        return { from: (reach.top >> 1) - COARSE_BLOCK, to: reach.bottom >> 1 };
      case 'around':
        return { from: v - COARSE_BLOCK * HOLE_REACH, to: v + COARSE_BLOCK * HOLE_REACH };
    }
  }

  /** Visits the places in some rows from which a whole block is kept, turned in each way that suits the cell; about `places` where there are more. */
  private forPlaces(cell: Cell, from: number, to: number, visit: (u: number, v: number, flip: Flip) => void): void {
    const { coarse, kept, random } = this;
    const part = this.partOf(cell);
    const flips: readonly Flip[] = cell.reach.kind === 'edge' ? ['none', 'across', 'down'] : ['none', 'across'];
    const parts = flips.map((flip) => flipped(part, COARSE_BLOCK, flip));
    const left = kept.x0 - Math.max(...parts.map(({ x0 }) => x0));
    const columns = Math.max(0, kept.x1 - Math.min(...parts.map(({ x1 }) => x1)) + 1 - left);
    const top = Math.max(from, kept.y0 - Math.max(...parts.map(({ y0 }) => y0)));
    const bottom = Math.min(to, kept.y1 - Math.min(...parts.map(({ y1 }) => y1)) + 1);
    const count = columns * Math.max(0, bottom - top) * flips.length;
    const stride = Math.max(LEAST_STRIDE, count / this.places);
    for (let position = random.next() * stride; position < count; position += stride * (0.5 + random.next())) {
      const n = Math.floor(position);
      const which = n % flips.length;
      const at = Math.floor(n / flips.length);
      const u = left + (at % columns);
      const v = top + Math.floor(at / columns);
      const { x0, x1, y0, y1 } = parts[which] as Rect;
      if (coarse.isKept(u + x0, v + y0, u + x1, v + y1)) visit(u, v, flips[which] as Flip);
    }
  }

  /** Visits the places that lie from a cell at (u, v) in the direction of its lines and outside of the rows that are searched anyway. */
  private alongLines(cell: Cell, u: number, v: number, slope: number, visit: (u: number, v: number, flip: Flip) => void): void {
    const { coarse, kept } = this;
    const { x0, x1, y0, y1 } = this.partOf(cell);
    for (let atU = kept.x0 - x0; atU <= kept.x1 - x1; atU++) {
      const middle = v + Math.round(slope * (atU - u));
      for (let atV = middle - ROW_LOCK; atV <= middle + ROW_LOCK; atV++) {
        if (Math.abs(atV - v) > ROW_LOCK && coarse.isKept(atU + x0, atV + y0, atU + x1, atV + y1)) visit(atU, atV, 'none');
      }
    }
  }

  /** The part of a block on the coarse guide that lies on the canvas. */
  private partOf(cell: Cell): Rect {
    const { coarse, ground } = this;
    const onCanvas = partOnCanvas(ground, cell, this.side);
    return {
      x0: Math.floor(onCanvas.x0 / coarse.factor),
      x1: Math.ceil(onCanvas.x1 / coarse.factor),
      y0: Math.floor(onCanvas.y0 / coarse.factor),
      y1: Math.ceil(onCanvas.y1 / coarse.factor),
    };
  }

  private onFine(cell: Cell, rough: readonly Place[], outlook: Outlook): Place[] {
    const { ground, fine, preference } = this;
    const context = contextOf(fine, (cell.x - fine.originX) / fine.factor, (cell.y - fine.originY) / fine.factor, BLOCK, false);
    const best = new Shortlist(FULL_PLACES);
    for (const place of rough) {
      const judgement = preference.judgePlace(cell, place, outlook);
      let winner: Place | undefined;
      for (let dv = -1; dv <= 1; dv++) {
        for (let du = -1; du <= 1; du++) {
          const x = place.x + du * fine.factor;
          const y = place.y + dv * fine.factor;
          if (!mayUse(ground, fine, cell, x, y, place.flip)) continue;
          const limit = differenceAt(winner?.cost ?? best.limit, judgement);
          const difference = guideDifference(fine, context, (x - fine.originX) / fine.factor, (y - fine.originY) / fine.factor, place.flip, limit);
          if (difference >= 0) winner = { x, y, flip: place.flip, cost: costOf(difference, judgement) };
        }
      }
      if (winner) best.add(winner);
    }
    return best.places;
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
}
