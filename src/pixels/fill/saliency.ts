import type { Random } from '../random';
import type { Guide } from './guide';

/** A cell is described by the mean colour and the mean contrast of the cells within this distance. */
const RADIUS = 2;
/** Cells that a cell is compared with, and how many of them must be alike for it to be ordinary. */
const COMPARED = 24;
const ALIKE = 3;
/** Difference between descriptions, in levels, that is never remarkable. */
const ORDINARY = 10;

/** The rows, ends exclusive, that a row's cells are compared with. */
export type ComparedRows = (row: number) => { readonly from: number; readonly to: number };

/**
 * How much each known cell stands out from what else lies in some rows, 0–1: the distance to its nearest likes elsewhere, against the median of those rows (the idea of Goferman, Zelnik-Manor and Tal,
 * *Context-Aware Saliency Detection*, 2010). A kite in the sky stands out; one boat in a row of boats does not. Copies of what stands out are what betrays a fill.
 */
export function saliency(guide: Guide, random: Random, rows: ComparedRows): Float32Array {
  const { width, height } = guide;
  const descriptors = describe(guide);
  const rarity = new Float32Array(width * height);
  const measured: number[] = [];
  const nearest = new Float32Array(ALIKE);
  for (let v = 0; v < height; v++) {
    const { from, to } = rows(v);
    for (let u = 0; u < width; u++) {
      const cell = v * width + u;
      if (guide.known[cell] === 0) continue;
      nearest.fill(Infinity);
      for (let n = 0; n < COMPARED; n++) {
        const otherRow = Math.max(0, Math.min(height - 1, from + random.below(to - from)));
        const otherColumn = random.below(width);
        const other = otherRow * width + otherColumn;
        if (guide.known[other] === 0 || Math.abs(otherColumn - u) <= 2 * RADIUS) continue;
        insert(nearest, difference(descriptors, cell, other));
      }
      const value = nearest[ALIKE - 1] as number;
      if (value === Infinity) continue;
      rarity[cell] = value;
      if (v >= from && v < to) measured.push(value);
    }
  }
  measured.sort((a, b) => a - b);
  const usual = ORDINARY + 2 * (measured[measured.length >> 1] ?? 0);
  const raw = rarity.map((value) => Math.max(0, Math.min(1, (value - usual) / (2 * usual))));
  return filter(raw, width, height, 1, (a, b) => a + b).map((sum) => sum / 9);
}

const FEATURES = 4;

/** Mean red, green, blue (premultiplied) and contrast around each cell, of its known neighbours. */
function describe(guide: Guide): Float32Array {
  const { width, height, rgba, known } = guide;
  const descriptors = new Float32Array(width * height * FEATURES);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      if (known[v * width + u] === 0) continue;
      let r = 0;
      let g = 0;
      let b = 0;
      let squares = 0;
      let count = 0;
      for (let y = Math.max(0, v - RADIUS); y <= Math.min(height - 1, v + RADIUS); y++) {
        for (let x = Math.max(0, u - RADIUS); x <= Math.min(width - 1, u + RADIUS); x++) {
          const i = y * width + x;
          if (known[i] === 0) continue;
          const green = rgba[i * 4 + 1] as number;
          r += rgba[i * 4] as number;
          g += green;
          b += rgba[i * 4 + 2] as number;
          squares += green * green;
          count++;
        }
      }
      const at = (v * width + u) * FEATURES;
      descriptors[at] = r / count;
      descriptors[at + 1] = g / count;
      descriptors[at + 2] = b / count;
      descriptors[at + 3] = Math.sqrt(Math.max(0, squares / count - (g / count) * (g / count)));
    }
  }
  return descriptors;
}

function difference(descriptors: Float32Array, a: number, b: number): number {
  let sum = 0;
  for (let f = 0; f < FEATURES; f++) {
    const step = (descriptors[a * FEATURES + f] as number) - (descriptors[b * FEATURES + f] as number);
    sum += step * step;
  }
  return Math.sqrt(sum);
}

/** Puts a value into an ascending list, whose last falls out. */
function insert(list: Float32Array, value: number): void {
  if (value >= (list[list.length - 1] as number)) return;
  let at = list.length - 1;
  while (at > 0 && (list[at - 1] as number) > value) {
    list[at] = list[at - 1] as number;
    at--;
  }
  list[at] = value;
}

/** The largest value of a map within a distance of each cell. */
export function largestAround(map: Float32Array, width: number, height: number, reach: number): Float32Array {
  return filter(map, width, height, reach, Math.max);
}

/** Combines the values within a distance of each cell, by rows and then by columns. */
function filter(map: Float32Array, width: number, height: number, reach: number, combine: (a: number, b: number) => number): Float32Array {
  const rows = new Float32Array(map.length);
  const both = new Float32Array(map.length);
  for (let v = 0, i = 0; v < height; v++) {
    for (let u = 0; u < width; u++, i++) {
      let value = 0;
      for (let x = Math.max(0, u - reach); x <= Math.min(width - 1, u + reach); x++) value = combine(value, map[v * width + x] as number);
      rows[i] = value;
    }
  }
  for (let v = 0, i = 0; v < height; v++) {
    for (let u = 0; u < width; u++, i++) {
      let value = 0;
      for (let y = Math.max(0, v - reach); y <= Math.min(height - 1, v + reach); y++) value = combine(value, rows[y * width + u] as number);
      both[i] = value;
    }
  }
  return both;
}
