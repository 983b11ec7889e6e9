import type { Mask, PixelImage } from '../../src/core/image';

/** Cells of this side, in pixels, are where tones are compared; the tone of one reaches this many cells far into what is drawn (standard deviation). */
const CELL = 16;
const REACH = 2;
/** Levels that are added to both sides of a ratio of tones, so that what is nearly black says little of what is not. */
const DARK = 24;
/** How much the tone of all that is known counts beside that of the cells around a point: it decides where these are far. */
const OVERALL = 0.002;
/** So far, in pixels, what was sent is looked for around its place in the truth, and so deep the known pixels along the border are compared. */
const SEARCH = 4;
const BORDER = 40;
/** How much better than its own place, as a share of the squared differences, another must fit to be believed. */
const BETTER = 0.9;

/**
 * The picture that a model has in mind which goes on from what it was sent: the known pixels of its input are as they were sent, whatever earlier tiles made of them, and what is still to be drawn
 * is the truth, laid where the known pixels lead to and brought to the tone that they have, near by and on the whole. `redraw` of it is such a model's answer.
 *
 * The difference to redrawing the truth, which is right for a first tile only: in a chain, that would show a model the picture as it never was, so that each tile would be drawn from a true one again and no
 * drift of place or tone could pile up; and a tile's overlap would show other pixels than the canvas has, as no model's does that sees it. What this still takes for granted: the model never draws another continuation than the
 * truth's, and it draws that as sharp as the truth is. What a mask draws in part is drawn. All three are of one size; clear pixels say nothing of place or tone.
 */
export function goOn(sent: PixelImage, pending: Mask, truth: PixelImage): PixelImage {
  const known = Float32Array.from(pending.data, (value, i) => (value === 0 ? Math.min(sent.data[4 * i + 3] ?? 0, truth.data[4 * i + 3] ?? 0) / 255 : 0));
  const led = displaced(truth, placeOf(sent, pending, truth));
  const tone = toneOf(sent, led, known);
  const data = sent.data.slice();
  for (let i = 0; i < known.length; i++) {
    if (pending.data[i] === 0) continue;
    for (let c = 0; c < 3; c++) data[4 * i + c] = tone(c, i);
    data[4 * i + 3] = led.data[4 * i + 3] ?? 0;
  }
  return { ...sent, data };
}

/** A shift in whole pixels. */
interface Shift {
  readonly x: number;
  readonly y: number;
}

/** By how much the known pixels along the border of what is to be drawn lie beside their place in the truth: the best match of their luma's gradients. */
function placeOf(sent: PixelImage, pending: Mask, truth: PixelImage): Shift {
  const { width, height } = sent;
  const near = nearDrawn(pending);
  const [a, b] = [lumaOf(sent), lumaOf(truth)];
  const slope = (plane: Float32Array, i: number, step: number): number => (plane[i + step] ?? 0) - (plane[i - step] ?? 0);
  const mismatch = ({ x: shiftX, y: shiftY }: Shift): number => {
    let sum = 0;
    for (let y = SEARCH + 1; y < height - SEARCH - 1; y++) {
      for (let x = SEARCH + 1; x < width - SEARCH - 1; x++) {
        const i = y * width + x;
        if (near[i] === 0) continue;
        const k = i - shiftY * width - shiftX;
        sum += (slope(a, i, 1) - slope(b, k, 1)) ** 2 + (slope(a, i, width) - slope(b, k, width)) ** 2;
      }
    }
    return sum;
  };
  const span = Array.from({ length: 2 * SEARCH + 1 }, (_, k) => k - SEARCH);
  let best = { x: 0, y: 0 };
  let least = BETTER * mismatch(best);
  for (const shift of span.flatMap((y) => span.map((x) => ({ x, y })))) {
    const found = mismatch(shift);
    if (found < least) [best, least] = [shift, found];
  }
  return best;
}

/** 1 for each fully known pixel within `BORDER` of what is to be drawn, along its row or column, whose neighbours are known, too. */
function nearDrawn({ width, height, data }: Mask): Uint8Array {
  const near = new Uint8Array(data.length);
  const walk = (start: number, step: number, count: number): void => {
    let since = Infinity;
    for (let k = 0, i = start; k < count; k++, i += step) {
      since = data[i] === 0 ? since + 1 : 0;
      if (since > 1 && since <= BORDER) near[i] = 1;
    }
  };
  for (let y = 0; y < height; y++) {
    walk(y * width, 1, width);
    walk((y + 1) * width - 1, -1, width);
  }
  for (let x = 0; x < width; x++) {
    walk(x, width, height);
    walk((height - 1) * width + x, -width, height);
  }
  for (let i = 0; i < near.length; i++) if ([i - 1, i + 1, i - width, i + width].some((k) => (data[k] ?? 0) !== 0)) near[i] = 0;
  return near;
}

function lumaOf({ data }: PixelImage): Float32Array {
  return Float32Array.from({ length: data.length / 4 }, (_, i) => 0.299 * (data[4 * i] ?? 0) + 0.587 * (data[4 * i + 1] ?? 0) + 0.114 * (data[4 * i + 2] ?? 0));
}

/** The picture moved by a shift, its edge repeated. */
function displaced({ width, height, data }: PixelImage, shift: Shift): PixelImage {
  if (shift.x === 0 && shift.y === 0) return { width, height, data };
  const moved = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (Math.min(height - 1, Math.max(0, y - shift.y)) * width + Math.min(width - 1, Math.max(0, x - shift.x)));
      moved.set(data.subarray(from, from + 4), 4 * (y * width + x));
    }
  }
  return { width, height, data: moved };
}

/** The truth's level at a point in the tone that the known pixels have: the ratio of their sums over cells, blurred, and near by what is then left, which fades out further off; between the cells bilinear. */
function toneOf(sent: PixelImage, truth: PixelImage, known: Float32Array): (channel: number, i: number) => number {
  const { width, height } = sent;
  const grid = { columns: Math.ceil(width / CELL), rows: Math.ceil(height / CELL) };
  const cellOf = (i: number): number => Math.floor(i / width / CELL) * grid.columns + Math.floor((i % width) / CELL);
  const sumsOf = (value: (i: number) => number): Float64Array => {
    const sums = new Float64Array(grid.columns * grid.rows);
    known.forEach((weight, i) => (sums[cellOf(i)] = (sums[cellOf(i)] ?? 0) + weight * value(i)));
    return sums;
  };
  const counts = sumsOf(() => 1);
  const near = blurred(counts, grid);
  const fields = [0, 1, 2].map((c) => {
    const seen = sumsOf((i) => DARK + (sent.data[4 * i + c] ?? 0));
    const meant = sumsOf((i) => DARK + (truth.data[4 * i + c] ?? 0));
    const [allSeen, allMeant] = [seen, meant].map((sums) => 1 + sums.reduce((a, b) => a + b, 0)) as [number, number];
    const [nearSeen, nearMeant] = [blurred(seen, grid), blurred(meant, grid)];
    const gains = nearSeen.map((value, k) => (value + OVERALL * allSeen) / ((nearMeant[k] ?? 0) + OVERALL * allMeant));
    const left = blurred(sumsOf((i) => (sent.data[4 * i + c] ?? 0) - between(gains, grid, i % width, Math.floor(i / width)) * (truth.data[4 * i + c] ?? 0)), grid);
    return { gains, offsets: left.map((value, k) => value / ((near[k] ?? 0) + CELL * CELL)) };
  });
  return (channel, i) => {
    const { gains, offsets } = fields[channel] as (typeof fields)[number];
    const [x, y] = [i % width, Math.floor(i / width)];
    return between(gains, grid, x, y) * (truth.data[4 * i + channel] ?? 0) + between(offsets, grid, x, y);
  };
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** A field over cells at a pixel, bilinear. */
function between(field: Float64Array, { columns, rows }: Grid, x: number, y: number): number {
  const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / CELL - 0.5));
  const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / CELL - 0.5));
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const across = (row: number): number => {
    const from = Math.min(rows - 1, row) * columns;
    const value = field[from + left] ?? 0;
    return value + (u - left) * ((field[from + Math.min(columns - 1, left + 1)] ?? 0) - value);
  };
  return across(top) + (v - top) * (across(top + 1) - across(top));
}

/** A field over cells under a Gaussian that is 1 in its middle. */
function blurred(cells: Float64Array, { columns, rows }: Grid): Float64Array {
  const weight = (d: number): number => Math.exp(-(d * d) / (2 * REACH * REACH));
  const across = cells.map((_, i) => {
    let sum = 0;
    for (let x = 0; x < columns; x++) sum += weight(x - (i % columns)) * (cells[i - (i % columns) + x] ?? 0);
    return sum;
  });
  return cells.map((_, i) => {
    let sum = 0;
    for (let y = 0; y < rows; y++) sum += weight(y - Math.floor(i / columns)) * (across[y * columns + (i % columns)] ?? 0);
    return sum;
  });
}
