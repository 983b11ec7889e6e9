import { BLOCK, CELL, MARGIN } from './cells';
import type { Cell } from './cells';
import { FIRST_BLOCK, OPEN, shiftOf } from './ground';
import type { Ground, Shift } from './ground';
import { Guide } from './guide';
import type { Random } from '../art/random';

/** Places looked at on the coarse guide for one block; where there are more, a random sample. */
const MAX_PLACES = 2048;
/** How many of them are looked at again on the fine guide, and then on the canvas. */
const FINE_PLACES = 10;
const FULL_PLACES = 3;
/** How far a block's source may lie above or below it where rows are locked, in coarse guide pixels (±24 px with a guide of 1/4). */
const ROW_LOCK = 3;
/** Mean squared difference, in levels², below which two places are as good as each other. */
const NOISE_FLOOR = 12;

/** A block's source on the canvas: its top left corner, and whether it is mirrored. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly mirrored: boolean;
  /** Weighted difference; lower is better. */
  cost: number;
}

/** What is already known in a block, as offsets into a picture and colours. */
interface Context {
  readonly count: number;
  readonly dx: Int32Array;
  readonly dy: Int32Array;
  /** Premultiplied RGBA. */
  readonly colour: Float32Array;
}

/** Finds for each cell the kept pixels that continue what stands around it best. */
export class SourceSearch {
  private readonly coarse: Guide;
  /** How often a coarse cell was a source. */
  private readonly used: Uint16Array;

  constructor(
    private readonly ground: Ground,
    private readonly fine: Guide,
    private readonly random: Random,
  ) {
    this.coarse = new Guide(ground, fine.factor * 2, fine.originX, fine.originY);
    this.used = new Uint16Array(this.coarse.width * this.coarse.height);
  }

  /** Whether the picture holds a whole block of kept pixels at all. */
  hasSource(): boolean {
    const size = Math.ceil(BLOCK / 2);
    for (let v = 0; v <= this.coarse.height - size; v++) {
      for (let u = 0; u <= this.coarse.width - size; u++) {
        if (this.coarse.isKept(u, v, u + size, v + size)) return true;
      }
    }
    return false;
  }

  /** The best source for a cell; undefined where the picture holds none. */
  find(cell: Cell): Shift | undefined {
    const rough = this.onCoarse(cell);
    const finer = this.onFine(cell, rough);
    const best = this.onCanvas(cell, finer);
    if (!best) return undefined;
    this.markUsed(best);
    return toShift(cell, best, this.side);
  }

  /** To be called when a block was drawn. */
  refresh(cell: Cell): void {
    this.fine.refresh(cell.x, cell.y, this.side, this.side);
    this.coarse.refresh(cell.x, cell.y, this.side, this.side);
  }

  private get side(): number {
    return BLOCK * this.fine.factor;
  }

  private onCoarse(cell: Cell): Place[] {
    const guide = this.coarse;
    const size = BLOCK / 2;
    const u = (cell.x - guide.originX) / guide.factor;
    const v = (cell.y - guide.originY) / guide.factor;
    const clip = clipOf(this.ground, cell, this.side);
    const part = {
      u0: Math.floor(clip.x0 / guide.factor),
      u1: Math.ceil(clip.x1 / guide.factor),
      v0: Math.floor(clip.y0 / guide.factor),
      v1: Math.ceil(clip.y1 / guide.factor),
    };
    const context = contextOf(guide, u, v, size);
    let places = this.places(cell, u, v, part, size);
    if (places.length === 0) places = this.places({ ...cell, reach: { kind: 'edge', top: 0, bottom: this.fine.height } }, u, v, part, size);
    const best = new Shortlist(FINE_PLACES);
    for (const place of places) {
      const weight = this.weigh(cell, place.u, place.v);
      const cost = difference(guide, context, place.u, place.v, place.mirrored, size, best.worst / weight - NOISE_FLOOR);
      if (cost < 0) continue;
      best.add({
        x: guide.originX + place.u * guide.factor,
        y: guide.originY + place.v * guide.factor,
        mirrored: place.mirrored,
        cost: (cost + NOISE_FLOOR) * weight,
      });
    }
    return best.places;
  }

  /** All places where a whole block is kept and that the cell may reach; a random sample where there are too many. */
  private places(cell: Cell, u: number, v: number, part: Part, size: number): { u: number; v: number; mirrored: boolean }[] {
    const guide = this.coarse;
    let top = 0 - size;
    let bottom = guide.height;
    let left = 0 - size;
    let right = guide.width;
    if (cell.reach.kind === 'rows') {
      top = v - ROW_LOCK;
      bottom = v + ROW_LOCK;
    } else if (cell.reach.kind === 'edge') {
      top = Math.floor(cell.reach.top / 2) - size;
      bottom = Math.ceil(cell.reach.bottom / 2);
    } else {
      const radius = size * 6;
      top = Math.max(top, v - radius);
      bottom = Math.min(bottom, v + radius);
      left = Math.max(left, u - radius);
      right = Math.min(right, u + radius);
    }
    const found: { u: number; v: number; mirrored: boolean }[] = [];
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        if (guide.isKept(x + part.u0, y + part.v0, x + part.u1, y + part.v1)) found.push({ u: x, v: y, mirrored: false });
        if (guide.isKept(x + size - part.u1, y + part.v0, x + size - part.u0, y + part.v1)) found.push({ u: x, v: y, mirrored: true });
      }
    }
    if (found.length <= MAX_PLACES) return found;
    const share = MAX_PLACES / found.length;
    return found.filter(() => this.random.next() < share);
  }

  /** How much worse a place counts because it was used before, lies next to its copy, or far from the cell's rows. */
  private weigh(cell: Cell, u: number, v: number): number {
    const guide = this.coarse;
    const size = BLOCK / 2;
    const du = Math.abs(u - (cell.x - guide.originX) / guide.factor);
    const dv = Math.abs(v - (cell.y - guide.originY) / guide.factor);
    let weight = 1;
    const column = Math.max(0, Math.min(guide.width - 1, u + (size >> 1)));
    const row = Math.max(0, Math.min(guide.height - 1, v + (size >> 1)));
    weight += 0.5 * (this.used[row * guide.width + column] as number);
    if (Math.max(du, dv) < size * 1.5) weight += 1.5 - Math.max(du, dv) / size;
    if (cell.reach.kind === 'rows') weight += 0.05 * dv;
    return weight;
  }

  private onFine(cell: Cell, rough: readonly Place[]): Place[] {
    const guide = this.fine;
    const context = contextOf(guide, (cell.x - guide.originX) / guide.factor, (cell.y - guide.originY) / guide.factor, BLOCK);
    const best = new Shortlist(FULL_PLACES);
    for (const place of rough) {
      const u = (place.x - guide.originX) / guide.factor;
      const v = (place.y - guide.originY) / guide.factor;
      const weight = this.weightOf(cell, place);
      let winner: Place | undefined;
      for (let dv = -1; dv <= 1; dv++) {
        for (let du = -1; du <= 1; du++) {
          if (!this.mayUse(cell, (u + du) * guide.factor + guide.originX, (v + dv) * guide.factor + guide.originY, place.mirrored)) continue;
          const limit = (winner ? winner.cost : best.worst) / weight - NOISE_FLOOR;
          const cost = difference(guide, context, u + du, v + dv, place.mirrored, BLOCK, limit);
          if (cost < 0) continue;
          winner = {
            x: guide.originX + (u + du) * guide.factor,
            y: guide.originY + (v + dv) * guide.factor,
            mirrored: place.mirrored,
            cost: (cost + NOISE_FLOOR) * weight,
          };
        }
      }
      if (winner) best.add(winner);
    }
    return best.places;
  }

  private onCanvas(cell: Cell, finer: readonly Place[]): Place | undefined {
    const samples = canvasSamples(this.ground, cell, this.side, this.fine.factor);
    let best: Place | undefined;
    const consider = (place: Place): Place | undefined => {
      if (!this.mayUse(cell, place.x, place.y, place.mirrored)) return undefined;
      const cost = canvasDifference(this.ground, samples, place, this.side);
      const weighed = { ...place, cost: (cost + NOISE_FLOOR) * this.weightOf(cell, place) };
      if (!best || weighed.cost < best.cost) best = weighed;
      return weighed;
    };
    for (const place of this.continuations(cell)) consider(place);
    for (const place of finer) {
      let centre = consider(place);
      for (let step = this.fine.factor >> 1; step >= 1 && centre; step >>= 1) {
        const around: Place[] = [];
        for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [1, -1], [-1, 1]] as const) {
          const tried = consider({ ...centre, x: centre.x + dx * step, y: centre.y + dy * step });
          if (tried) around.push(tried);
        }
        for (const tried of around) if (tried.cost < centre.cost) centre = tried;
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
      const px = cell.x + x;
      const py = cell.y + y;
      if (px < 0 || py < 0 || px >= ground.width || py >= ground.height) continue;
      const who = ground.owner[py * ground.width + px] as number;
      if (who < FIRST_BLOCK) continue;
      const shift = shiftOf(ground, who);
      const mirrored = shift.step === -1;
      found.push({ x: mirrored ? shift.x0 - cell.x - side + 1 : shift.x0 + cell.x, y: shift.y0 + cell.y, mirrored, cost: 0 });
    }
    return found;
  }

  private weightOf(cell: Cell, place: Place): number {
    const { factor, originX, originY } = this.coarse;
    return this.weigh(cell, Math.round((place.x - originX) / factor), Math.round((place.y - originY) / factor));
  }

  /** Whether all that a block shows of a place is kept. */
  private mayUse(cell: Cell, x: number, y: number, mirrored: boolean): boolean {
    const { ground, fine, side } = this;
    const clip = clipOf(ground, cell, side);
    const left = mirrored ? x + side - clip.x1 : x + clip.x0;
    const right = mirrored ? x + side - clip.x0 : x + clip.x1;
    if (left < 0 || y + clip.y0 < 0 || right > ground.width || y + clip.y1 > ground.height) return false;
    return fine.isKept(
      Math.floor((left - fine.originX) / fine.factor),
      Math.floor((y + clip.y0 - fine.originY) / fine.factor),
      Math.ceil((right - fine.originX) / fine.factor),
      Math.ceil((y + clip.y1 - fine.originY) / fine.factor),
    );
  }

  private markUsed(place: Place): void {
    const { coarse, used } = this;
    const inset = MARGIN / 2;
    const u0 = Math.round((place.x - coarse.originX) / coarse.factor) + inset;
    const v0 = Math.round((place.y - coarse.originY) / coarse.factor) + inset;
    for (let v = Math.max(0, v0); v < Math.min(coarse.height, v0 + CELL / 2); v++) {
      for (let u = Math.max(0, u0); u < Math.min(coarse.width, u0 + CELL / 2); u++) {
        used[v * coarse.width + u] = (used[v * coarse.width + u] as number) + 1;
      }
    }
  }
}

/** The part of a block that lies on the canvas, in block coordinates. */
interface Clip {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}
interface Part {
  readonly u0: number;
  readonly u1: number;
  readonly v0: number;
  readonly v1: number;
}

function clipOf(ground: Ground, cell: Cell, side: number): Clip {
  return {
    x0: Math.max(0, -cell.x),
    x1: Math.min(side, ground.width - cell.x),
    y0: Math.max(0, -cell.y),
    y1: Math.min(side, ground.height - cell.y),
  };
}

function toShift(cell: Cell, place: Place, side: number): Shift {
  return place.mirrored
    ? { x0: place.x + side - 1 + cell.x, y0: place.y - cell.y, step: -1 }
    : { x0: place.x - cell.x, y0: place.y - cell.y, step: 1 };
}

function contextOf(guide: Guide, u: number, v: number, size: number): Context {
  const dx = new Int32Array(size * size);
  const dy = new Int32Array(size * size);
  const colour = new Float32Array(size * size * 4);
  let count = 0;
  for (let y = Math.max(0, -v); y < Math.min(size, guide.height - v); y++) {
    for (let x = Math.max(0, -u); x < Math.min(size, guide.width - u); x++) {
      const cell = (v + y) * guide.width + u + x;
      if (guide.known[cell] === 0) continue;
      dx[count] = x;
      dy[count] = y;
      for (let channel = 0; channel < 4; channel++) colour[count * 4 + channel] = guide.rgba[cell * 4 + channel] as number;
      count++;
    }
  }
  return { count, dx, dy, colour };
}

/** Mean squared difference a pixel between a context and a place on the guide; -1 once it is above the limit. */
function difference(guide: Guide, context: Context, u: number, v: number, mirrored: boolean, size: number, limit: number): number {
  const { count, dx, dy, colour } = context;
  const { rgba, width } = guide;
  if (count === 0) return 0;
  const stop = limit * count;
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const x = dx[k] as number;
    const from = ((v + (dy[k] as number)) * width + u + (mirrored ? size - 1 - x : x)) * 4;
    const r = (rgba[from] as number) - (colour[k * 4] as number);
    const g = (rgba[from + 1] as number) - (colour[k * 4 + 1] as number);
    const b = (rgba[from + 2] as number) - (colour[k * 4 + 2] as number);
    const a = (rgba[from + 3] as number) - (colour[k * 4 + 3] as number);
    sum += r * r + g * g + b * b + a * a;
    if (sum > stop) return -1;
  }
  return sum / count;
}

/** What is known of a block on the canvas itself, thinned out. */
function canvasSamples(ground: Ground, cell: Cell, side: number, factor: number): Int32Array {
  const step = Math.max(1, Math.round(factor * 0.75));
  const clip = clipOf(ground, cell, side);
  const samples: number[] = [];
  for (let y = clip.y0; y < clip.y1; y += step) {
    for (let x = clip.x0; x < clip.x1; x += step) {
      const i = (cell.y + y) * ground.width + cell.x + x;
      if (ground.owner[i] !== OPEN) samples.push(i, x, y);
    }
  }
  return Int32Array.from(samples);
}

/** Mean squared difference a pixel between a block's surroundings and a place on the canvas; an even offset counts half, as it will be evened out. */
function canvasDifference(ground: Ground, samples: Int32Array, place: Place, side: number): number {
  const { rgba, width, opaque } = ground;
  let sum = 0;
  for (let k = 0; k < samples.length; k += 3) {
    const to = (samples[k] as number) * 4;
    const x = samples[k + 1] as number;
    const from = ((place.y + (samples[k + 2] as number)) * width + place.x + (place.mirrored ? side - 1 - x : x)) * 4;
    let p = 1;
    let q = 1;
    if (!opaque) {
      p = (rgba[to + 3] as number) / 255;
      q = (rgba[from + 3] as number) / 255;
      sum += (p - q) * (p - q) * 65025;
    }
    const r = (rgba[from] as number) * q - (rgba[to] as number) * p;
    const g = (rgba[from + 1] as number) * q - (rgba[to + 1] as number) * p;
    const b = (rgba[from + 2] as number) * q - (rgba[to + 2] as number) * p;
    sum += r * r + g * g + b * b;
  }
  return samples.length === 0 ? 0 : (sum * 3) / samples.length;
}

/** The n cheapest places seen so far, cheapest first. */
class Shortlist {
  readonly places: Place[] = [];

  constructor(private readonly length: number) {}

  /** The cost that a further place must stay below. */
  get worst(): number {
    return this.places.length < this.length ? Infinity : (this.places[this.length - 1] as Place).cost;
  }

  add(place: Place): void {
    if (place.cost >= this.worst) return;
    let at = this.places.length;
    while (at > 0 && (this.places[at - 1] as Place).cost > place.cost) at--;
    this.places.splice(at, 0, place);
    if (this.places.length > this.length) this.places.pop();
  }
}
