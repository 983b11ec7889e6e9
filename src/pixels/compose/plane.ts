import type { Bounds, Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { wordsOf } from '../transform/words';
import { filtered } from './bands';

/** One channel of a rectangle of a picture: 32-bit floats in levels (0–255), rows from the top. */
export interface Plane extends Extent {
  readonly data: Float32Array;
}

/** The luma (Rec. 601 weights on the encoded values) of a rectangle, each plane pixel the mean of `factor` x `factor` pixels; what is left over at right and bottom is dropped. */
export function lumaOf(image: PixelImage, bounds: Bounds, factor: number): Plane {
  const width = Math.floor(bounds.width / factor);
  const height = Math.floor(bounds.height / factor);
  const data = new Float32Array(width * height);
  const norm = 1 / (factor * factor);
  const words = wordsOf(image);
  for (let y = 0; y < height * factor; y++) addLuma(words, (bounds.y + y) * image.width + bounds.x, factor, norm, data, Math.floor(y / factor) * width, width);
  return { width, height, data };
}

function addLuma(words: Uint32Array, from: number, factor: number, norm: number, data: Float32Array, to: number, count: number): void {
  for (let x = 0, at = from; x < count; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let i = 0; i < factor; i++, at++) {
      const word = words[at] as number;
      red += word & 255;
      green += (word >>> 8) & 255;
      blue += (word >>> 16) & 255;
    }
    data[to + x] = (data[to + x] as number) + norm * (0.299 * red + 0.587 * green + 0.114 * blue);
  }
}

/** A plane at half the size, each pixel the mean of four. */
export function halved(plane: Plane): Plane {
  const width = plane.width >> 1;
  const height = plane.height >> 1;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) halveRow(plane.data, 2 * y * plane.width, plane.width, data, y * width, width);
  return { width, height, data };
}

function halveRow(from: Float32Array, start: number, stride: number, data: Float32Array, to: number, count: number): void {
  for (let x = 0, at = start; x < count; x++, at += 2) {
    data[to + x] = 0.25 * ((from[at] as number) + (from[at + 1] as number) + (from[at + stride] as number) + (from[at + stride + 1] as number));
  }
}

/** A plane under the 3x3 binomial filter, the edge repeated. */
export function smoothed({ width, height, data }: Plane): Plane {
  return { width, height, data: filtered(data, { width, height }, 1) };
}
