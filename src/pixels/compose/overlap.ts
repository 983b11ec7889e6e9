import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import { wordsOf } from '../transform/words';
import { halved, lumaOf } from './plane';
import type { Plane } from './plane';

/** From this alpha on a pixel's colour is evidence of what the picture shows. */
const VISIBLE = 128;

/** The finest level of an overlap has at most this many pixels; a larger one is looked at in a smaller scale. */
const MOST_PIXELS = 1 << 18;

/** Canvas and answer side by side at one scale. */
export interface Level {
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
  readonly levels: readonly Level[];
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
    let at = (window.y + y) * canvas.width + window.x;
    for (let x = 0; x < width; x++, at++) {
      const i = y * width + x;
      // Alpha is a word's highest byte.
      if (pending.data[at] !== 0 || (shown[at] as number) >>> 24 < VISIBLE || (drawn[i] as number) >>> 24 < VISIBLE) continue;
      known[i] = 1;
      count++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (count === 0) return undefined;
  const bounds = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  return { bounds, count, known, levels: pyramid(canvas, window, answer, known, bounds) };
}

function pyramid(canvas: PixelImage, window: Bounds, answer: PixelImage, known: Uint8Array, bounds: Bounds): Level[] {
  let factor = 1;
  while ((bounds.width / factor) * (bounds.height / factor) > MOST_PIXELS) factor *= 2;
  let level: Level = {
    factor,
    canvas: lumaOf(canvas, { ...bounds, x: window.x + bounds.x, y: window.y + bounds.y }, factor),
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
  for (let y = 0; y < height * factor; y++) {
    const row = Math.floor(y / factor) * width;
    const from = (bounds.y + y) * stride + bounds.x;
    for (let x = 0; x < width * factor; x++) {
      if (known[from + x] === 0) all[row + Math.floor(x / factor)] = 0;
    }
  }
  return all;
}
