import type { Bounds, Extent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { wordsOf } from '../transform/words';

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
  for (let y = 0; y < height; y++) {
    for (let j = 0; j < factor; j++) {
      let at = (bounds.y + y * factor + j) * image.width + bounds.x;
      for (let x = 0; x < width; x++) {
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let i = 0; i < factor; i++, at++) {
          const word = words[at] as number;
          red += word & 255;
          green += (word >>> 8) & 255;
          blue += (word >>> 16) & 255;
        }
        data[y * width + x] = (data[y * width + x] as number) + norm * (0.299 * red + 0.587 * green + 0.114 * blue);
      }
    }
  }
  return { width, height, data };
}

/** A plane at half the size, each pixel the mean of four. */
export function halved(plane: Plane): Plane {
  const width = plane.width >> 1;
  const height = plane.height >> 1;
  const data = new Float32Array(width * height);
  const from = plane.data;
  for (let y = 0; y < height; y++) {
    let at = 2 * y * plane.width;
    for (let x = 0; x < width; x++, at += 2) {
      data[y * width + x] = 0.25 * ((from[at] as number) + (from[at + 1] as number) + (from[at + plane.width] as number) + (from[at + plane.width + 1] as number));
    }
  }
  return { width, height, data };
}

/** A plane under the 3x3 binomial filter, the edge repeated. */
export function smoothed(plane: Plane): Plane {
  const { width, height, data: from } = plane;
  const rows = new Float32Array(from.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? x - 1 : 0;
      const right = x < width - 1 ? x + 1 : x;
      rows[row + x] = 0.25 * (from[row + left] as number) + 0.5 * (from[row + x] as number) + 0.25 * (from[row + right] as number);
    }
  }
  const data = new Float32Array(from.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = y > 0 ? row - width : row;
    const below = y < height - 1 ? row + width : row;
    for (let x = 0; x < width; x++) {
      data[row + x] = 0.25 * (rows[above + x] as number) + 0.5 * (rows[row + x] as number) + 0.25 * (rows[below + x] as number);
    }
  }
  return { width, height, data };
}
