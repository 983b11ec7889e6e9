import type { Cell } from './cells';
import { KEPT, OPEN } from './ground';
import type { Ground } from './ground';
import type { Guide } from './guide';
import { partOnCanvas } from './place';
import type { Flip, Place } from './place';

/** How much more a guide cell at the kept area's edge counts than one inside: no cut can hide a difference there. */
const EDGE_COUNT = 3;
/** The largest even offset that is forgiven, in levels² over the channels, and how much of it. */
const FORGIVEN = 400;
const FORGIVEN_SHARE = 0.7;

/** What is already known in a block on a guide: offsets from a place's corner, for each flip, and colours. */
interface Context {
  readonly count: number;
  readonly offsets: Readonly<Record<Flip, Int32Array>>;
  /** Premultiplied RGBA. */
  readonly colour: Uint8Array;
}

/** `thin`: of two neighbouring cells only one, as on a chessboard. */
export function contextOf(guide: Guide, u: number, v: number, size: number, thin: boolean): Context {
  const { width, height, known, rgba } = guide;
  const room = size * size * EDGE_COUNT;
  const offsets = { none: new Int32Array(room), across: new Int32Array(room), down: new Int32Array(room) };
  const colour = new Uint8Array(room * 4);
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
        offsets.none[count] = (y * width + x) * 4;
        offsets.across[count] = (y * width + size - 1 - x) * 4;
        offsets.down[count] = ((size - 1 - y) * width + x) * 4;
        for (let channel = 0; channel < 4; channel++) colour[count * 4 + channel] = rgba[cell * 4 + channel] as number;
        count++;
      }
    }
  }
  return { count, offsets, colour };
}

/** Mean squared difference a cell between a context and a place on the guide, without what is forgiven for an even offset; -1 once it is above the limit. */
export function guideDifference(guide: Guide, context: Context, u: number, v: number, flip: Flip, limit: number): number {
  const { count, colour } = context;
  const offsets = context.offsets[flip];
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
    if ((k & 7) === 7 && squares - ofOffset(red, green, blue, k + 1) > stop) return -1;
  }
  const sum = squares - forgiven(red, green, blue, count);
  return sum > stop ? -1 : sum / count;
}

/** The part of summed squares that comes from an even offset between two areas, which the correction over the seams takes up; a large one is a different thing, not another light. */
function forgiven(red: number, green: number, blue: number, count: number): number {
  return Math.min(FORGIVEN_SHARE * FORGIVEN * count, ofOffset(red, green, blue, count));
}

/** The most that may be forgiven of an offset of whatever size: what is left of the squares only grows with more samples, so that a match can be given up early by it. */
function ofOffset(red: number, green: number, blue: number, count: number): number {
  return (FORGIVEN_SHARE * (red * red + green * green + blue * blue)) / count;
}

/** Pixels of a block that are known on the canvas itself, thinned out: for each its index on the canvas and its place in the block. */
export interface Samples {
  readonly inside: Int32Array;
  /** Kept pixels at the very edge of what is to be drawn. */
  readonly edge: Int32Array;
}

/** Of the canvas a pixel for each guide cell, and of its edge every `factor / 2`-th. */
export function samplesOf(ground: Ground, cell: Cell, side: number, factor: number): Samples {
  const { width, height, owner } = ground;
  const part = partOnCanvas(ground, cell, side);
  const inside: number[] = [];
  for (let y = part.y0; y < part.y1; y += factor) {
    for (let x = part.x0; x < part.x1; x += factor) {
      const i = (cell.y + y) * width + cell.x + x;
      if (owner[i] !== OPEN) inside.push(i, x, y);
    }
  }
  const edge: number[] = [];
  const stride = Math.max(1, factor >> 1);
  let n = 0;
  for (let y = part.y0; y < part.y1; y++) {
    for (let x = part.x0; x < part.x1; x++) {
      const column = cell.x + x;
      const row = cell.y + y;
      const i = row * width + column;
      if (owner[i] !== KEPT) continue;
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

/** Mean squared difference a pixel between a block's surroundings and a place on the canvas; the edge counts as much as all the rest, and no offset is forgiven there. -1 once it is above the limit. */
export function canvasDifference(ground: Ground, samples: Samples, place: Place, side: number, limit: number): number {
  const hasEdge = samples.edge.length > 0;
  const edge = hasEdge ? meanDifference(ground, samples.edge, place, side, false, 2 * limit) : 0;
  if (edge < 0) return -1;
  const inside = meanDifference(ground, samples.inside, place, side, true, hasEdge ? 2 * limit - edge : limit);
  if (inside < 0) return -1;
  return hasEdge ? (inside + edge) / 2 : inside;
}

function meanDifference(ground: Ground, samples: Int32Array, place: Place, side: number, forgiving: boolean, limit: number): number {
  const { rgba, width, opaque } = ground;
  const count = samples.length / 3;
  if (count === 0) return 0;
  const stop = limit * count;
  const last = side - 1;
  const across = place.flip === 'across';
  const down = place.flip === 'down';
  let squares = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let k = 0; k < samples.length; k += 3) {
    const to = (samples[k] as number) * 4;
    const x = samples[k + 1] as number;
    const y = samples[k + 2] as number;
    const from = ((place.y + (down ? last - y : y)) * width + place.x + (across ? last - x : x)) * 4;
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
    if (k % 48 === 45 && squares - (forgiving ? ofOffset(red, green, blue, k / 3 + 1) : 0) > stop) return -1;
  }
  const sum = squares - (forgiving ? forgiven(red, green, blue, count) : 0);
  return sum > stop ? -1 : sum / count;
}
