import { ImageError } from '../../core/errors';
import { sameExtent } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { Steps } from '../steps';
import { OPAQUE, writableWordsOf } from '../transform/words';

/** One step of the pyramid: colours multiplied by their weight, four floats a pixel (red, green, blue, weight). */
interface Layer {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** What is shown where a picture has no visible pixel at all. */
const GREY = 128;

/**
 * A quick fill of what is still to be drawn (mask above 0), in place, so that a model sees no void: each empty pixel takes the mean of the known ones around it, the nearer the finer
 * (push-pull; Gortler et al. 1996). Known pixels keep their colour; half-transparent ones stand on the fill. The picture is opaque then. A row and a layer is a step.
 * Throws `bad-argument` unless both are of one size.
 */
export function* infilling(window: PixelImage, pending: Mask): Steps<void> {
  if (!sameExtent(window, pending)) throw new ImageError('bad-argument', 'Picture and mask are not of one size.');
  const words = writableWordsOf(window);
  const finest = yield* gathered(words, pending);
  const layers = [finest];
  for (let last = finest; last.width > 1 || last.height > 1; ) {
    last = push(last);
    layers.push(last);
    yield;
  }
  for (let k = layers.length - 2; k >= 0; k--) {
    pull(layers[k] as Layer, layers[k + 1] as Layer);
    yield;
  }
  const row = new Float32Array(4 * finest.width);
  for (let y = 0; y < window.height; y++) {
    const from = firstToFill(words, pending, y);
    const to = endToFill(words, pending, y, from);
    if (from === to) continue;
    blendRows(finest, y, row, Math.max(0, (from >> 1) - 1), Math.min(finest.width, (to >> 1) + 2));
    fillRow(words, pending, y, from, to, row);
    yield;
  }
}

/** The first pixel of a row that is pending or not opaque, and the end of those; both the row's end where there is none. */
function firstToFill(words: Uint32Array, { width, data }: Mask, y: number): number {
  let x = 0;
  while (x < width && data[y * width + x] === 0 && (words[y * width + x] as number) >= OPAQUE) x++;
  return x;
}

function endToFill(words: Uint32Array, { width, data }: Mask, y: number, from: number): number {
  let x = width;
  while (x > from && data[y * width + x - 1] === 0 && (words[y * width + x - 1] as number) >= OPAQUE) x--;
  return x;
}

/** The finest layer, at half the size of the picture: between known pixels nothing is filled, and within a void no finer detail comes from them. */
function* gathered(words: Uint32Array, pending: Mask): Steps<Layer> {
  const layer = emptyLayer(pending);
  for (let y = 0; y < layer.height; y++) {
    gatherRow(words, pending, y, layer);
    yield;
  }
  return layer;
}

/** A row of the finest layer: the means of its cells' known pixels. */
function gatherRow(words: Uint32Array, { width, height, data }: Mask, y: number, layer: Layer): void {
  const to = layer.data;
  const below = 2 * y + 1 < height ? width : 0;
  const end = (2 * y + 1) * width;
  for (let i = 2 * y * width, at = 4 * y * layer.width; i < end; i += 2, at += 4) {
    if (below > 0 && i + 1 < end && isWhole(words, data, i, i + below)) takeMean(words[i] as number, words[i + 1] as number, words[i + below] as number, words[i + below + 1] as number, to, at);
    else gatherCell(words, data, i, end, below, to, at);
  }
}

/** Whether the pixels `i` and `below`, and those right of them, are known and opaque. */
function isWhole(words: Uint32Array, pending: Uint8Array, i: number, below: number): boolean {
  if (((pending[i] as number) | (pending[i + 1] as number) | (pending[below] as number) | (pending[below + 1] as number)) !== 0) return false;
  return (words[i] as number) >= OPAQUE && (words[i + 1] as number) >= OPAQUE && (words[below] as number) >= OPAQUE && (words[below + 1] as number) >= OPAQUE;
}

function takeMean(a: number, b: number, c: number, d: number, to: Float32Array, at: number): void {
  to[at] = 0.25 * ((a & 255) + (b & 255) + (c & 255) + (d & 255));
  to[at + 1] = 0.25 * (((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255));
  to[at + 2] = 0.25 * (((a >>> 16) & 255) + ((b >>> 16) & 255) + ((c >>> 16) & 255) + ((d >>> 16) & 255));
  to[at + 3] = 1;
}

/** A cell at the edge of what is known: pixels `i` and the next, where that comes before `end`, and those `below` them, where that is not 0. */
function gatherCell(words: Uint32Array, pending: Uint8Array, i: number, end: number, below: number, to: Float32Array, at: number): void {
  const right = i + 1 < end;
  if (pending[i] === 0) gather(words[i] as number, to, at);
  if (right && pending[i + 1] === 0) gather(words[i + 1] as number, to, at);
  if (below > 0 && pending[i + below] === 0) gather(words[i + below] as number, to, at);
  if (below > 0 && right && pending[i + below + 1] === 0) gather(words[i + below + 1] as number, to, at);
  limit(to, at);
}

function gather(word: number, to: Float32Array, at: number): void {
  const weight = word >= OPAQUE ? 1 : (word >>> 24) / 255;
  to[at] = (to[at] as number) + weight * (word & 255);
  to[at + 1] = (to[at + 1] as number) + weight * ((word >>> 8) & 255);
  to[at + 2] = (to[at + 2] as number) + weight * ((word >>> 16) & 255);
  to[at + 3] = (to[at + 3] as number) + weight;
}

function emptyLayer({ width, height }: { readonly width: number; readonly height: number }): Layer {
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  return { width: halfWidth, height: halfHeight, data: new Float32Array(halfWidth * halfHeight * 4) };
}

/** Half the size: the sums of four, their weight no more than 1. */
function push(fine: Layer): Layer {
  const coarse = emptyLayer(fine);
  for (let y = 0; y < fine.height; y++) pushRow(fine, y, coarse);
  for (let y = 0; y < coarse.height; y++) for (let x = 0; x < coarse.width; x++) limit(coarse.data, 4 * (y * coarse.width + x));
  return coarse;
}

function pushRow(fine: Layer, y: number, coarse: Layer): void {
  const from = fine.data;
  const to = coarse.data;
  const row = 4 * (y >> 1) * coarse.width;
  for (let x = 0, i = 4 * y * fine.width; x < fine.width; x++, i += 4) {
    if (from[i + 3] === 0) continue;
    const at = row + 4 * (x >> 1);
    to[at] = (to[at] as number) + (from[i] as number);
    to[at + 1] = (to[at + 1] as number) + (from[i + 1] as number);
    to[at + 2] = (to[at + 2] as number) + (from[i + 2] as number);
    to[at + 3] = (to[at + 3] as number) + (from[i + 3] as number);
  }
}

/** Brings a cell's weight down to at most 1, its colour unchanged. */
function limit(data: Float32Array, at: number): void {
  const weight = data[at + 3] as number;
  if (weight <= 1) return;
  data[at] = (data[at] as number) / weight;
  data[at + 1] = (data[at + 1] as number) / weight;
  data[at + 2] = (data[at + 2] as number) / weight;
  data[at + 3] = 1;
}

/** Fills what a layer lacks of its full weight from the coarser one. */
function pull(fine: Layer, coarse: Layer): void {
  const row = new Float32Array(4 * coarse.width);
  for (let y = 0; y < fine.height; y++) {
    blendRows(coarse, y, row, 0, coarse.width);
    pullRow(fine, y, row);
  }
}

function pullRow({ width, data }: Layer, y: number, row: Float32Array): void {
  for (let x = 0, at = 4 * y * width; x < width; x++, at += 4) {
    const missing = 1 - (data[at + 3] as number);
    if (missing <= 0) continue;
    const near = 4 * (x >> 1);
    const far = beside(x, row.length);
    data[at] = (data[at] as number) + missing * (0.75 * (row[near] as number) + 0.25 * (row[far] as number));
    data[at + 1] = (data[at + 1] as number) + missing * (0.75 * (row[near + 1] as number) + 0.25 * (row[far + 1] as number));
    data[at + 2] = (data[at + 2] as number) + missing * (0.75 * (row[near + 2] as number) + 0.25 * (row[far + 2] as number));
    data[at + 3] = (data[at + 3] as number) + missing * (0.75 * (row[near + 3] as number) + 0.25 * (row[far + 3] as number));
  }
}

/** What the cells `from` to `to` of a layer show on row `y` of what is twice its size. */
function blendRows({ width, height, data }: Layer, y: number, row: Float32Array, from: number, to: number): void {
  const near = 4 * width * (y >> 1);
  const far = 4 * width * Math.min(height - 1, Math.max(0, (y >> 1) + ((y & 1) === 0 ? -1 : 1)));
  for (let k = 4 * from; k < 4 * to; k++) row[k] = 0.75 * (data[near + k] as number) + 0.25 * (data[far + k] as number);
}

/** Where in a row of `length` floats the neighbour stands that is on the side of pixel `x` of what is twice its size. */
function beside(x: number, length: number): number {
  return Math.min(length - 4, Math.max(0, 4 * ((x >> 1) + ((x & 1) === 0 ? -1 : 1))));
}

/** Lays the known part of the pixels `from` to `to` of a row on the fill. */
function fillRow(words: Uint32Array, { width, data }: Mask, y: number, from: number, to: number, row: Float32Array): void {
  for (let x = from, i = y * width + from; x < to; x++, i++) {
    const drawn = data[i] as number;
    const word = words[i] as number;
    if (drawn === 0 && word >= OPAQUE) continue;
    const near = 4 * (x >> 1);
    const far = beside(x, row.length);
    const weight = 0.75 * (row[near + 3] as number) + 0.25 * (row[far + 3] as number);
    const share = ((255 - drawn) * (word >>> 24)) / (255 * 255);
    const scale = weight > 0 ? (1 - share) / weight : 0;
    const base = 0.5 + (weight > 0 ? 0 : (1 - share) * GREY);
    const red = (share * (word & 255) + scale * (0.75 * (row[near] as number) + 0.25 * (row[far] as number)) + base) | 0;
    const green = (share * ((word >>> 8) & 255) + scale * (0.75 * (row[near + 1] as number) + 0.25 * (row[far + 1] as number)) + base) | 0;
    const blue = (share * ((word >>> 16) & 255) + scale * (0.75 * (row[near + 2] as number) + 0.25 * (row[far + 2] as number)) + base) | 0;
    words[i] = OPAQUE | (blue << 16) | (green << 8) | red;
  }
}
