import type { Bounds } from '../../core/geometry';
import type { Random } from '../random';
import { BlockMeans } from './blockMeans';
import { BLOCK, CELL, MARGIN } from './cells';
import type { Cell } from './cells';
import { LineField, slopeOf } from './lines';
import type { Lines } from './lines';
import type { Guide } from './guide';
import type { Flip, Place } from './place';
import { largestAround, saliency } from './saliency';
import type { ComparedRows } from './saliency';

/** Mean squared difference, in levels², below which two places are as good as each other. */
const NOISE_FLOOR = 12;
/** What each earlier use of a place adds to its weight. */
const REPEATED = 0.7;
/** What standing out wholly costs: levels², and times the usual cost of this picture's blocks. */
const REMARKABLE = 500;
const REMARKABLE_SHARE = 2;
/** What a block costs that shows nothing but what stands out elsewhere, in levels²: a thing that the picture's edge cuts ends there rather than be cloned. In a hole it goes on, and a mirror image from within so many blocks completes it. */
const AGAIN = 5000;
const COMPLETES = 2;
/** How far around a place, in coarse cells, it is looked at for what stands out: a block and something beyond, so that a thing is seen before it is half copied. */
const SEEN_AHEAD = 6;
/** Within how many blocks a copy, or a mirror image, next to its original would be seen, and what each block closer adds. */
const COPY_NEAR = 2;
const COPY_WEIGHT = 1;
const MIRROR_NEAR = 5;
const MIRROR_WEIGHT = 0.3;
/** What being upside down adds: grass hangs, light comes from below. */
const UPSIDE_DOWN = 1;
/** What a coarse cell (8 pixels of 1024x1024) above or below adds: pictures change from top to bottom more than from side to side. */
const OFF_ROW = 0.05;
/** What each unit of a kink (`LineField.kink`) costs: levels², and times the usual cost of this picture's blocks. */
const BENT = 500;
const BENT_SHARE = 3;
/** From which clearness on lines have a slope that sources follow, and the steepest. */
const CLEAR = 0.3;
const STEEPEST = 4;
/** Rows above and below, in coarse cells, that count as the same, and rows at an edge that what is drawn beyond it should be like. */
const SAME_ROWS = 5;
const EDGE_ROWS = 8;

/** What is known of a cell before a source is found for it. */
export interface Outlook {
  /** How much the most remarkable thing stands out that is known in its block. */
  readonly remarkable: number;
  /** Which way the lines around it run. */
  readonly lines: Lines;
  /** Their slope, dy/dx; undefined where there are no clear ones. */
  readonly slope: number | undefined;
}

/** How a place counts beside its difference d: it costs (d + floor) · weight + extra. */
export interface Judgement {
  readonly weight: number;
  readonly extra: number;
}

export function costOf(difference: number, { weight, extra }: Judgement): number {
  return (difference + NOISE_FLOOR) * weight + extra;
}

/** The difference at which a place would cost as much as `cost`. */
export function differenceAt(cost: number, { weight, extra }: Judgement): number {
  return (cost - extra) / weight - NOISE_FLOOR;
}

/** What a thing must stand out from to be remarkable: its own rows, or the rows at the picture's top or bottom edge, where the picture is continued beyond that. */
type Comparison = 'rows' | 'top' | 'bottom';

/** How much each coarse cell stands out, 0–1. */
interface Remarkable {
  /** By itself; what was drawn has it from its source. */
  readonly own: Float32Array;
  /** The most of it within `SEEN_AHEAD`. */
  readonly around: Float32Array;
  /** Means of it by itself over blocks, as it was at first. */
  readonly means: BlockMeans;
}

/** What is preferred among places that fit: not used before, nothing that stands out, not next to its copy, with lines that go on, near the cell's rows, its lines or its edge. */
export class Preference {
  /** How often a coarse cell was a source. */
  private readonly used: Uint16Array;
  private readonly remarkable = new Map<Comparison, Remarkable>();
  private readonly compared: Readonly<Record<Comparison, ComparedRows>>;
  private readonly lineField: LineField;
  /** Running mean of the costs of the chosen places. */
  private usual = 0;

  constructor(
    private readonly coarse: Guide,
    private readonly fine: Guide,
    kept: Bounds,
    private readonly random: Random,
  ) {
    this.lineField = new LineField(fine);
    this.used = new Uint16Array(coarse.width * coarse.height);
    const top = Math.round((kept.y - coarse.originY) / coarse.factor);
    const bottom = Math.round((kept.y + kept.height - coarse.originY) / coarse.factor);
    this.compared = {
      rows: (row) => ({ from: row - SAME_ROWS, to: row + SAME_ROWS + 1 }),
      top: () => ({ from: top, to: top + EDGE_ROWS }),
      bottom: () => ({ from: bottom - EDGE_ROWS, to: bottom }),
    };
  }

  /** Measured when first asked for: by then what lies beside may be drawn already, and counts. */
  private remarkableFor(cell: Cell): Remarkable {
    const comparison = cell.reach.kind === 'edge' ? cell.reach.edge : 'rows';
    const known = this.remarkable.get(comparison);
    if (known) return known;
    const { width, height } = this.coarse;
    const own = saliency(this.coarse, this.random, this.compared[comparison]);
    const measured = { own, around: largestAround(own, width, height, SEEN_AHEAD), means: new BlockMeans(own, width, height) };
    this.remarkable.set(comparison, measured);
    return measured;
  }

  /** To be asked for when all that stands before a cell is drawn. */
  outlook(cell: Cell): Outlook {
    const { factor, originX, originY } = this.fine;
    const lines = this.lineField.around((cell.x - originX) / factor, (cell.y - originY) / factor);
    return { remarkable: this.alreadyStandsOut(cell), lines, slope: slopeOf(lines, CLEAR, STEEPEST) };
  }

  private alreadyStandsOut(cell: Cell): number {
    const { width, height, factor, originX, originY, known } = this.coarse;
    const u0 = (cell.x - originX) / factor;
    const v0 = (cell.y - originY) / factor;
    const { own } = this.remarkableFor(cell);
    let most = 0;
    for (let v = Math.max(0, v0); v < Math.min(height, v0 + BLOCK / 2); v++) {
      for (let u = Math.max(0, u0); u < Math.min(width, u0 + BLOCK / 2); u++) {
        if (known[v * width + u] === 1) most = Math.max(most, own[v * width + u] as number);
      }
    }
    return most;
  }

  /** Judges a place by its corner on the coarse guide. */
  judge(cell: Cell, u: number, v: number, flip: Flip, outlook: Outlook): Judgement {
    const { width, height, factor, originX, originY } = this.coarse;
    const size = BLOCK / 2;
    const shiftU = u - (cell.x - originX) / factor;
    const shiftV = v - (cell.y - originY) / factor;
    const du = Math.abs(shiftU);
    const dv = Math.abs(shiftV);
    const column = Math.max(0, Math.min(width - 1, u + (size >> 1)));
    const row = Math.max(0, Math.min(height - 1, v + (size >> 1)));
    const centre = row * width + column;
    let weight = 1 + REPEATED * (this.used[centre] as number);
    const blocksAway = Math.max(du, dv) / size;
    if (flip === 'none') weight += COPY_WEIGHT * Math.max(0, COPY_NEAR - blocksAway);
    else weight += MIRROR_WEIGHT * Math.max(0, MIRROR_NEAR - blocksAway);
    if (flip === 'down') weight += UPSIDE_DOWN;
    if (cell.reach.kind !== 'edge') weight += OFF_ROW * (outlook.slope === undefined ? dv : Math.min(dv, Math.abs(shiftV - outlook.slope * shiftU)));
    const { around, means } = this.remarkableFor(cell);
    const news = Math.max(0, (around[centre] as number) - outlook.remarkable);
    const completes = cell.reach.kind === 'around' || (flip !== 'none' && blocksAway < COMPLETES);
    const again = completes ? 0 : means.at(u, v, size);
    const bent = this.lineField.kink(outlook.lines, u, v, flip !== 'none');
    return {
      weight,
      extra: again * AGAIN + news * (REMARKABLE + REMARKABLE_SHARE * this.usual) + bent * (BENT + BENT_SHARE * this.usual),
    };
  }

  judgePlace(cell: Cell, place: Place, outlook: Outlook): Judgement {
    const { factor, originX, originY } = this.coarse;
    return this.judge(cell, Math.round((place.x - originX) / factor), Math.round((place.y - originY) / factor), place.flip, outlook);
  }

  /** Notes that a place was used, and lets the cell inherit how much it stands out. */
  markUsed(cell: Cell, place: Place): void {
    const { width, height, factor, originX, originY } = this.coarse;
    const { used, remarkable } = this;
    const inset = MARGIN / 2;
    const size = CELL / 2;
    const from = { u: Math.round((place.x - originX) / factor) + inset, v: Math.round((place.y - originY) / factor) + inset };
    const to = { u: (cell.x - originX) / factor + inset, v: (cell.y - originY) / factor + inset };
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const u = from.u + (place.flip === 'across' ? size - 1 - x : x);
        const v = from.v + (place.flip === 'down' ? size - 1 - y : y);
        if (u < 0 || v < 0 || u >= width || v >= height) continue;
        used[v * width + u] = (used[v * width + u] as number) + 1;
        if (to.u + x >= width || to.v + y >= height || to.u + x < 0 || to.v + y < 0) continue;
        for (const { own } of remarkable.values()) own[(to.v + y) * width + to.u + x] = own[v * width + u] as number;
      }
    }
    this.usual += (place.cost - this.usual) / 16;
  }
}
