import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import { wordsOf } from '../transform/words';
import { halved, lumaOf } from './plane';
import type { Plane } from './plane';

/** From this alpha on a pixel's colour is evidence of what the picture shows; alpha is a word's highest byte. */
const VISIBLE = 128 * 2 ** 24;

/** The finest level of an overlap has at most this many pixels; a larger one is looked at in a smaller scale. */
const MOST_PIXELS = 1 << 18;

/** Canvas and answer side by side at one scale. */
export interface PyramidLevel {
  /** Window pixels per pixel of this level. */
  readonly factor: number;
  readonly canvas: Plane;
  readonly answer: Plane;
  /** 1 where every window pixel under this one is known and visible in both, else 0. */
  readonly known: Uint8Array;
}

/** What canvas and answer both show of a window: the rectangle around the known pixels as a pyramid of luma. */
export interface Overlap {
  /** In window pixels. */
  readonly bounds: Bounds;
  /** How many window pixels are known and visible in both. */
  readonly count: number;
  /** One byte a window pixel: 1 where it is known and visible in both, else 0. */
  readonly known: Uint8Array;
  /** Finest first, each half the size of the one before. */
  readonly levels: readonly PyramidLevel[];
}

/** Takes the known pixels of a window together with the answer's; undefined where there are none. */
export function overlapOf(canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage): Overlap | undefined {
  const { width, height } = window;
  const known = new Uint8Array(width * height);
  const shown = wordsOf(canvas);
  const drawn = wordsOf(answer);
  let count = 0;
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const inRow = knownOfRow(pending.data, shown, (window.y + y) * canvas.width + window.x, drawn, y * width, width, known);
    if (inRow === 0) continue;
    const row = known.subarray(y * width, (y + 1) * width);
    count += inRow;
    left = Math.min(left, row.indexOf(1));
    right = Math.max(right, row.lastIndexOf(1));
    top = Math.min(top, y);
    bottom = y;
  }
  if (count === 0) return undefined;
  const bounds = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  return { bounds, count, known, levels: pyramid(canvas, window, answer, known, bounds) };
}

/** Marks the known pixels of a row that begins at `at` on the canvas and at `start` in the window; returns how many there are. */
function knownOfRow(pending: Uint8Array, shown: Uint32Array, at: number, drawn: Uint32Array, start: number, width: number, known: Uint8Array): number {
  let count = 0;
  for (let x = 0; x < width; x++) {
    if (pending[at + x] !== 0 || (shown[at + x] as number) < VISIBLE || (drawn[start + x] as number) < VISIBLE) continue;
    known[start + x] = 1;
    count++;
  }
  return count;
}

function pyramid(canvas: PixelImage, window: Bounds, answer: PixelImage, known: Uint8Array, bounds: Bounds): PyramidLevel[] {
  let factor = 1;
  while ((bounds.width / factor) * (bounds.height / factor) > MOST_PIXELS) factor *= 2;
  let level: PyramidLevel = {
    factor,
    canvas: lumaOf(canvas, { x: window.x + bounds.x, y: window.y + bounds.y, width: bounds.width, height: bounds.height }, factor),
    answer: lumaOf(answer, bounds, factor),
    known: allKnown(known, window.width, bounds, factor),
  };
  const levels = [level];
  while (levels.length < 4 && Math.min(level.canvas.width, level.canvas.height) >= 16) {
    const { width, height } = level.canvas;
    level = {
      factor: 2 * level.factor,
      canvas: halved(level.canvas),
      answer: halved(level.answer),
      known: allKnown(level.known, width, { x: 0, y: 0, width, height }, 2),
    };
    levels.push(level);
  }
  return levels;
}

/** 1 for each block of `factor` x `factor` pixels that is known throughout. */
function allKnown(known: Uint8Array, stride: number, bounds: Bounds, factor: number): Uint8Array {
  const width = Math.floor(bounds.width / factor);
  const height = Math.floor(bounds.height / factor);
  const all = new Uint8Array(width * height).fill(1);
  for (let y = 0; y < height * factor; y++) keepKnown(known, (bounds.y + y) * stride + bounds.x, factor, all, Math.floor(y / factor) * width, width);
  return all;
}

function keepKnown(known: Uint8Array, from: number, factor: number, all: Uint8Array, to: number, count: number): void {
  for (let x = 0; x < count; x++) {
    for (let i = from + x * factor; i < from + (x + 1) * factor; i++) if (known[i] === 0) all[to + x] = 0;
  }
}
