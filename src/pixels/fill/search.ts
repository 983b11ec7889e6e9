import type { Random } from '../art/random';
import { BLOCK, CELL, MARGIN } from './cells';
import type { Cell } from './cells';
import { FIRST_BLOCK, KEPT, OPEN, shiftOf } from './ground';
import type { Ground, Shift } from './ground';
import { Guide } from './guide';
import { largestAround, saliency } from './saliency';

/** Places looked at on the coarse guide for one block; where there are more, a random sample. */
const MAX_PLACES = 2048;
/** How many of them are looked at again on the fine guide, and then on the canvas. */
const FINE_PLACES = 10;
const FULL_PLACES = 4;
/** How far a block's source may lie above or below it where rows are locked, in coarse guide pixels (±24 px with a guide of 1/4). */
const ROW_LOCK = 3;
/** Mean squared difference, in levels², below which two places are as good as each other. */
const NOISE_FLOOR = 12;

/** The largest even offset that is forgiven, in levels² over the channels. */
const FORGIVEN = 400;
/** How much more a cell at the kept area's edge counts than one inside. */
const EDGE_COUNT = 3;
/** What each earlier use of a place adds to its weight. */
const REPEATED = 0.7;
/** What standing out wholly costs: levels², and times the usual difference of this picture's blocks. */
const REMARKABLE = 150;
const REMARKABLE_SHARE = 2;
/** The side, in coarse cells, of the area in which a place is looked at for what stands out. */
const SEEN_AHEAD = 13;
/** Within how many blocks a copy, or a mirror image, next to its original would be seen. */
const COPY_NEAR = 2;
const MIRROR_NEAR = 5;
const MIRROR_WEIGHT = 0.3;

/** A block's source on the canvas: its top left corner, and whether it is mirrored. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly mirrored: boolean;
  /** Weighted difference; lower is better. */
  cost: number;
}

/** How a place counts beside its difference: (difference + floor) · weight + extra. */
interface Judgement {
  readonly weight: number;
  readonly extra: number;
}

/** What is already known in a block, as offsets into a guide from a place's corner, and colours. */
interface Context {
  readonly count: number;
  readonly offsets: Int32Array;
  readonly mirroredOffsets: Int32Array;
  /** Premultiplied RGBA. */
  readonly colour: Uint8Array;
}

/** Finds for each cell the kept pixels that continue what stands around it best. */
export class SourceSearch {
  private readonly coarse: Guide;
  /** How often a coarse cell was a source. */
  private readonly used: Uint16Array;
  /** How much each coarse cell stands out from the picture, 0–1; what was drawn has it from its source. */
  private readonly standsOut: Float32Array;
  /** The most of it in a block around each cell and something beyond, so that a thing is seen before it is half copied. */
  private readonly standsOutAround: Float32Array;

  /** Running mean of the costs of the chosen places. */
  private usual = 0;

  constructor(
    private readonly ground: Ground,
    private readonly fine: Guide,
    private readonly random: Random,
  ) {
    this.coarse = new Guide(ground, fine.factor * 2, fine.originX, fine.originY);
    this.used = new Uint16Array(this.coarse.width * this.coarse.height);
    this.standsOut = saliency(this.coarse, random);
    this.standsOutAround = largestAround(this.standsOut, this.coarse.width, this.coarse.height, SEEN_AHEAD >> 1);
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
    const already = this.alreadyStandsOut(cell);
    const rough = this.onCoarse(cell, already);
    const finer = this.onFine(cell, rough, already);
    const best = this.onCanvas(cell, finer, already);
    if (!best) return undefined;
    this.markUsed(cell, best);
    this.usual += (best.cost - this.usual) / 16;
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

  private onCoarse(cell: Cell, already: number): Place[] {
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
    const context = contextOf(guide, u, v, size, true);
    let places = this.places(cell, u, v, part, size);
    if (places.length === 0) places = this.places({ ...cell, reach: { kind: 'edge', top: 0, bottom: this.fine.height } }, u, v, part, size);
    const best = new Shortlist(FINE_PLACES);
    for (const place of places) {
      const { weight, extra } = this.judge(cell, place.u, place.v, place.mirrored, already);
      const cost = difference(guide, context, place.u, place.v, place.mirrored, (best.worst - extra) / weight - NOISE_FLOOR);
      if (cost < 0) continue;
      best.add({
        x: guide.originX + place.u * guide.factor,
        y: guide.originY + place.v * guide.factor,
        mirrored: place.mirrored,
        cost: (cost + NOISE_FLOOR) * weight + extra,
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

  /** How much worse a place counts because it was used before, stands out more than what it continues (`already`), lies next to its copy, or far from the cell's rows. */
  private judge(cell: Cell, u: number, v: number, mirrored: boolean, already: number): Judgement {
    const guide = this.coarse;
    const size = BLOCK / 2;
    const du = Math.abs(u - (cell.x - guide.originX) / guide.factor);
    const dv = Math.abs(v - (cell.y - guide.originY) / guide.factor);
    const column = Math.max(0, Math.min(guide.width - 1, u + (size >> 1)));
    const row = Math.max(0, Math.min(guide.height - 1, v + (size >> 1)));
    const centre = row * guide.width + column;
    let weight = 1 + REPEATED * (this.used[centre] as number);
    const blocksAway = Math.max(du, dv) / size;
    const near = mirrored ? MIRROR_NEAR : COPY_NEAR;
    if (blocksAway < near) weight += (mirrored ? MIRROR_WEIGHT : 1) * (near - blocksAway);
    if (cell.reach.kind === 'rows') weight += 0.05 * dv;
    const news = Math.max(0, (this.standsOutAround[centre] as number) - already);
    return { weight, extra: news * (REMARKABLE + REMARKABLE_SHARE * this.usual) };
  }

  private onFine(cell: Cell, rough: readonly Place[], already: number): Place[] {
    const guide = this.fine;
    const context = contextOf(guide, (cell.x - guide.originX) / guide.factor, (cell.y - guide.originY) / guide.factor, BLOCK, false);
    const best = new Shortlist(FULL_PLACES);
    for (const place of rough) {
      const u = (place.x - guide.originX) / guide.factor;
      const v = (place.y - guide.originY) / guide.factor;
      const { weight, extra } = this.judgePlace(cell, place, already);
      let winner: Place | undefined;
      for (let dv = -1; dv <= 1; dv++) {
        for (let du = -1; du <= 1; du++) {
          if (!this.mayUse(cell, (u + du) * guide.factor + guide.originX, (v + dv) * guide.factor + guide.originY, place.mirrored)) continue;
          const limit = ((winner ? winner.cost : best.worst) - extra) / weight - NOISE_FLOOR;
          const cost = difference(guide, context, u + du, v + dv, place.mirrored, limit);
          if (cost < 0) continue;
          winner = {
            x: guide.originX + (u + du) * guide.factor,
            y: guide.originY + (v + dv) * guide.factor,
            mirrored: place.mirrored,
            cost: (cost + NOISE_FLOOR) * weight + extra,
          };
        }
      }
      if (winner) best.add(winner);
    }
    return best.places;
  }

  private onCanvas(cell: Cell, finer: readonly Place[], already: number): Place | undefined {
    const samples = canvasSamples(this.ground, cell, this.side, this.fine.factor);
    let best: Place | undefined;
    const consider = (place: Place): Place | undefined => {
      if (!this.mayUse(cell, place.x, place.y, place.mirrored)) return undefined;
      const cost = canvasDifference(this.ground, samples, place, this.side);
      const { weight, extra } = this.judgePlace(cell, place, already);
      const weighed = { ...place, cost: (cost + NOISE_FLOOR) * weight + extra };
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

  private judgePlace(cell: Cell, place: Place, already: number): Judgement {
    const { factor, originX, originY } = this.coarse;
    return this.judge(cell, Math.round((place.x - originX) / factor), Math.round((place.y - originY) / factor), place.mirrored, already);
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

  /** How much the most remarkable thing stands out that is known in a block. */
  private alreadyStandsOut(cell: Cell): number {
    const { width, height, factor, originX, originY, known } = this.coarse;
    const u0 = (cell.x - originX) / factor;
    const v0 = (cell.y - originY) / factor;
    let most = 0;
    for (let v = Math.max(0, v0); v < Math.min(height, v0 + BLOCK / 2); v++) {
      for (let u = Math.max(0, u0); u < Math.min(width, u0 + BLOCK / 2); u++) {
        if (known[v * width + u] === 1) most = Math.max(most, this.standsOut[v * width + u] as number);
      }
    }
    return most;
  }

  /** Notes that a place was used, and lets the cell inherit how much it stands out. */
  private markUsed(cell: Cell, place: Place): void {
    const { coarse, used, standsOut } = this;
    const { width, height, factor, originX, originY } = coarse;
    const from = { u: Math.round((place.x - originX) / factor) + MARGIN / 2, v: Math.round((place.y - originY) / factor) + MARGIN / 2 };
    const to = { u: (cell.x - originX) / factor + MARGIN / 2, v: (cell.y - originY) / factor + MARGIN / 2 };
    const size = CELL / 2;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const u = from.u + (place.mirrored ? size - 1 - x : x);
        const v = from.v + y;
        if (u < 0 || v < 0 || u >= width || v >= height) continue;
        used[v * width + u] = (used[v * width + u] as number) + 1;
        if (to.u + x < width && to.v + y < height && to.u + x >= 0 && to.v + y >= 0) standsOut[(to.v + y) * width + to.u + x] = standsOut[v * width + u] as number;
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

/** `thin`: of two neighbouring cells only one, as on a chessboard. Kept cells next to what is open count `EDGE_COUNT` times: no cut can hide a difference there. */
function contextOf(guide: Guide, u: number, v: number, size: number, thin: boolean): Context {
  const offsets = new Int32Array(size * size * EDGE_COUNT);
  const mirroredOffsets = new Int32Array(offsets.length);
  const colour = new Uint8Array(offsets.length * 4);
  const { width, height, known, rgba } = guide;
  let count = 0;
  for (let y = Math.max(0, -v); y < Math.min(size, height - v); y++) {
    for (let x = Math.max(0, -u); x < Math.min(size, width - u); x++) {
      const column = u + x;
      const cell = (v + y) * width + column;
      if (known[cell] === 0) continue;
      const open =
        (column > 0 && known[cell - 1] === 0) ||
        (column < width - 1 && known[cell + 1] === 0) ||
        (v + y > 0 && known[cell - width] === 0) ||
        (v + y < height - 1 && known[cell + width] === 0);
      const edge = open && guide.isKept(column, v + y, column + 1, v + y + 1);
      if (thin && !edge && ((x + y) & 1) === 1) continue;
      for (let times = edge ? EDGE_COUNT : 1; times > 0; times--) {
        offsets[count] = (y * width + x) * 4;
        mirroredOffsets[count] = (y * width + size - 1 - x) * 4;
        for (let channel = 0; channel < 4; channel++) colour[count * 4 + channel] = rgba[cell * 4 + channel] as number;
        count++;
      }
    }
  }
  return { count, offsets, mirroredOffsets, colour };
}

/** Mean squared difference a pixel between a context and a place on the guide, without what is forgiven for an even offset; -1 once it is above the limit. */
function difference(guide: Guide, context: Context, u: number, v: number, mirrored: boolean, limit: number): number {
  const { count, colour } = context;
  const offsets = mirrored ? context.mirroredOffsets : context.offsets;
  const { rgba } = guide;
  if (count === 0) return 0;
  const stop = limit * count;
  const corner = (v * guide.width + u) * 4;
  let squares = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let k = 0; k < count; k++) {
    const from = corner + (offsets[k] as number);
    const r = (rgba[from] as number) - (colour[k * 4] as number);
    const g = (rgba[from + 1] as number) - (colour[k * 4 + 1] as number);
    const b = (rgba[from + 2] as number) - (colour[k * 4 + 2] as number);
    const a = (rgba[from + 3] as number) - (colour[k * 4 + 3] as number);
    red += r;
    green += g;
    blue += b;
    squares += r * r + g * g + b * b + a * a;
    // What is not forgiven only grows with more samples, so that it can be given up early.
    if ((k & 7) === 7 && squares - forgiven(red, green, blue, k + 1) > stop) return -1;
  }
  const sum = squares - forgiven(red, green, blue, count);
  return sum > stop ? -1 : sum / count;
}

/** The part of summed squares that comes from an even offset between two areas, which the correction over the seams takes up; a large one is a different thing, not another light. */
function forgiven(red: number, green: number, blue: number, count: number): number {
  return 0.7 * Math.min(FORGIVEN * count, (red * red + green * green + blue * blue) / count);
}

/** Pixels of a block that are known on the canvas itself, thinned out. */
interface Samples {
  /** For each sample its index on the canvas and its place in the block. */
  readonly inside: Int32Array;
  /** The same for kept pixels at the very edge of what is to be drawn, where no cut can hide a difference. */
  readonly edge: Int32Array;
}

function canvasSamples(ground: Ground, cell: Cell, side: number, factor: number): Samples {
  const { width, height, owner } = ground;
  const step = factor;
  const clip = clipOf(ground, cell, side);
  const inside: number[] = [];
  for (let y = clip.y0; y < clip.y1; y += step) {
    for (let x = clip.x0; x < clip.x1; x += step) {
      const i = (cell.y + y) * width + cell.x + x;
      if (owner[i] !== OPEN) inside.push(i, x, y);
    }
  }
  const edge: number[] = [];
  const stride = Math.max(1, factor >> 1);
  let n = 0;
  for (let y = clip.y0; y < clip.y1; y++) {
    for (let x = clip.x0; x < clip.x1; x++) {
      const i = (cell.y + y) * width + cell.x + x;
      if (owner[i] !== KEPT) continue;
      const column = cell.x + x;
      const row = cell.y + y;
      const open =
        (column > 0 && owner[i - 1] === OPEN) ||
        (column < width - 1 && owner[i + 1] === OPEN) ||
        (row > 0 && owner[i - width] === OPEN) ||
        (row < height - 1 && owner[i + width] === OPEN);
      if (open && n++ % stride === 0) edge.push(i, x, y);
    }
  }
  return { inside: Int32Array.from(inside), edge: Int32Array.from(edge) };
}

/** Mean squared difference a pixel between a block's surroundings and a place on the canvas; the edge counts as much as all the rest. */
function canvasDifference(ground: Ground, samples: Samples, place: Place, side: number): number {
  const inside = meanDifference(ground, samples.inside, place, side, true);
  return samples.edge.length === 0 ? inside : (inside + meanDifference(ground, samples.edge, place, side, false)) / 2;
}

function meanDifference(ground: Ground, samples: Int32Array, place: Place, side: number, forgiving: boolean): number {
  const { rgba, width, opaque } = ground;
  if (samples.length === 0) return 0;
  let squares = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let k = 0; k < samples.length; k += 3) {
    const to = (samples[k] as number) * 4;
    const x = samples[k + 1] as number;
    const from = ((place.y + (samples[k + 2] as number)) * width + place.x + (place.mirrored ? side - 1 - x : x)) * 4;
    let p = 1;
    let q = 1;
    if (!opaque) {
      p = (rgba[to + 3] as number) / 255;
      q = (rgba[from + 3] as number) / 255;
      squares += (p - q) * (p - q) * 65025;
    }
    const r = (rgba[from] as number) * q - (rgba[to] as number) * p;
    const g = (rgba[from + 1] as number) * q - (rgba[to + 1] as number) * p;
    const b = (rgba[from + 2] as number) * q - (rgba[to + 2] as number) * p;
    red += r;
    green += g;
    blue += b;
    squares += r * r + g * g + b * b;
  }
  const count = samples.length / 3;
  return (squares - (forgiving ? forgiven(red, green, blue, count) : 0)) / count;
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

