import { ImageError } from '../../core/errors';
import { boundsOf, contains, formatExtent, sameExtent, type Bounds, type Extent } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';

/** An image with nothing in it: transparent black. */
export function blank(extent: Extent): PixelImage {
  return { width: extent.width, height: extent.height, data: new Uint8ClampedArray(extent.width * extent.height * 4) };
}

/** The mask of a canvas: all is to be drawn but the rectangle of the source, and inside that what the source's own mask says. */
export function canvasMask(extent: Extent, source: Bounds, inside: Mask | undefined): Mask {
  const data = new Uint8Array(extent.width * extent.height).fill(255);
  for (let row = 0; row < source.height; row += 1) {
    const start = (source.y + row) * extent.width + source.x;
    if (inside) data.set(inside.data.subarray(row * source.width, (row + 1) * source.width), start);
    else data.fill(0, start, start + source.width);
  }
  return { width: extent.width, height: extent.height, data };
}

/** A mask that draws a rectangle. Rejects with `bad-argument` what is not wholly inside. */
export function maskOfBounds(extent: Extent, bounds: Bounds): Mask {
  if (!contains(boundsOf(extent), bounds)) {
    const { x, y, width, height } = bounds;
    throw new ImageError('bad-argument', `The region ${x},${y},${width},${height} does not lie wholly inside the picture of ${formatExtent(extent)}.`);
  }
  const data = new Uint8Array(extent.width * extent.height);
  for (let row = bounds.y; row < bounds.y + bounds.height; row += 1) data.fill(255, row * extent.width + bounds.x, row * extent.width + bounds.x + bounds.width);
  return { width: extent.width, height: extent.height, data };
}

/** Reads a mask picture: an alpha below 255 anywhere means that alpha decides (0 = draw), else luminance from 128 = draw. Rejects another size with `mask-size`. */
export function maskOfImage(extent: Extent, image: PixelImage): Mask {
  if (!sameExtent(extent, image)) {
    throw new ImageError('mask-size', `The mask is ${formatExtent(image)}, the picture ${formatExtent(extent)}: they must have the same size.`);
  }
  const { data } = image;
  const mask = new Uint8Array(extent.width * extent.height);
  const byAlpha = hasTransparency(data);
  for (let index = 0, at = 0; index < mask.length; index += 1, at += 4) {
    if (byAlpha) mask[index] = 255 - (data[at + 3] as number);
    else mask[index] = 0.2126 * (data[at] as number) + 0.7152 * (data[at + 1] as number) + 0.0722 * (data[at + 2] as number) >= 127.5 ? 255 : 0;
  }
  return { width: extent.width, height: extent.height, data: mask };
}

/** The mask as both conventions in one picture: draw = white with alpha 0, keep = black with alpha 255. What is soft counts as drawn. */
export function maskAsImage(mask: Mask): PixelImage {
  const image = blank(mask);
  const words = new Uint32Array(image.data.buffer);
  // Little-endian RGBA, as every platform of VS Code has it.
  for (let index = 0; index < words.length; index += 1) words[index] = mask.data[index] === 0 ? 0xff000000 : 0x00ffffff;
  return image;
}

/** The part of a mask inside a rectangle. */
export function cropMask(mask: Mask, bounds: Bounds): Mask {
  const data = new Uint8Array(bounds.width * bounds.height);
  for (let row = 0; row < bounds.height; row += 1) {
    const start = (bounds.y + row) * mask.width + bounds.x;
    data.set(mask.data.subarray(start, start + bounds.width), row * bounds.width);
  }
  return { width: bounds.width, height: bounds.height, data };
}

function hasTransparency(data: Uint8ClampedArray): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  return false;
}
