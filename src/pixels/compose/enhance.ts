import type { Bounds } from '../../core/geometry';
import { filtered } from './bands';
import { luma } from './detail';
import type { Detail } from './detail';
import type { Scratch } from './scratch';

/** How far beyond the pixels that are written the filters look. */
export const ENHANCE_REACH = 3;

/**
 * Gives drawn colours (three floats a pixel of `bounds`) the detail they lack, in place: their luma's bands are lifted and grain is added, the same to all three channels.
 * The grain depends on the place alone, so that the same call gives the same pixels.
 */
export function enhance(drawn: Float32Array, bounds: Bounds, wanted: Uint8Array, detail: Detail, scratch: Scratch): void {
  const floats = (use: 'plane' | 'first' | 'second'): Float32Array => scratch.floats(use, wanted.length);
  const plane = floats('plane');
  lumaOfWanted(drawn, wanted, plane);
  if (detail.fine > 1 || detail.coarse > 1) {
    const first = filtered(plane, bounds, 1, floats('first'));
    const second = filtered(first, bounds, 2, floats('second'));
    lift(plane, first, second, detail.fine - 1, detail.coarse - 1);
  } else plane.fill(0);
  if (detail.white > 0) add(plane, detail.white, noise(bounds, 1, floats('first')));
  if (detail.soft > 0) add(plane, detail.soft, filtered(noise(bounds, 2, floats('first')), bounds, 1, floats('second')));
  addToWanted(drawn, wanted, plane);
}

/** Where nothing was drawn the last drawn value stands in, so that no filter sees a black edge. */
function lumaOfWanted(drawn: Float32Array, wanted: Uint8Array, plane: Float32Array): void {
  let last = 0;
  for (let i = 0; i < plane.length; i++) {
    if (wanted[i] === 1) last = luma(drawn[3 * i] as number, drawn[3 * i + 1] as number, drawn[3 * i + 2] as number);
    plane[i] = last;
  }
}

/** Puts a plane's two finest bands, each times its gain, in the place of it; `first` and `second` are the plane under one filter and under both. */
function lift(plane: Float32Array, first: Float32Array, second: Float32Array, fine: number, coarse: number): void {
  for (let i = 0; i < plane.length; i++) {
    const once = first[i] as number;
    plane[i] = fine * Math.fround((plane[i] as number) - once) + coarse * Math.fround(once - (second[i] as number));
  }
}

function addToWanted(drawn: Float32Array, wanted: Uint8Array, plane: Float32Array): void {
  for (let i = 0, k = 0; i < plane.length; i++, k += 3) {
    if (wanted[i] === 0) continue;
    const more = plane[i] as number;
    drawn[k] = (drawn[k] as number) + more;
    drawn[k + 1] = (drawn[k + 1] as number) + more;
    drawn[k + 2] = (drawn[k + 2] as number) + more;
  }
}

function add(plane: Float32Array, scale: number, more: Float32Array): void {
  for (let i = 0; i < plane.length; i++) plane[i] = (plane[i] as number) + scale * (more[i] as number);
}

/** Noise of mean 0 and variance 1 by a hash of the place (the sum of four bytes is near enough to a normal distribution). */
function noise({ x, y, width, height }: Bounds, seed: number, out: Float32Array): Float32Array {
  for (let row = 0; row < height; row++) noiseOfRow(x, Math.imul(y + row, 0x85ebca6b) ^ Math.imul(seed, 0xc2b2ae35), out, row * width, width);
  return out;
}

const DEVIATION = Math.sqrt((4 * (256 * 256 - 1)) / 12);

function noiseOfRow(x: number, row: number, out: Float32Array, to: number, count: number): void {
  for (let k = 0; k < count; k++) {
    let hash = Math.imul(x + k, 0x9e3779b1) ^ row;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    hash ^= hash >>> 15;
    out[to + k] = ((hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + (hash >>> 24) - 510) / DEVIATION;
  }
}
