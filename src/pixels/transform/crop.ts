import { ImageError } from '../../core/errors';
import { boundsOf, contains } from '../../core/geometry';
import type { Bounds, Point } from '../../core/geometry';
import type { PixelImage } from '../../core/image';

/** A copy of a part of the picture. Throws `bad-argument` where the part does not lie wholly inside. */
export function crop(image: PixelImage, bounds: Bounds): PixelImage {
  requireInside(image, bounds);
  const data = new Uint8ClampedArray(bounds.width * bounds.height * 4);
  copyRows(image, bounds.x, bounds.y, { width: bounds.width, height: bounds.height, data }, 0, 0, bounds.width, bounds.height);
  return { width: bounds.width, height: bounds.height, data };
}

/** Copies a whole picture onto another in place, alpha included, its top left corner at `at`. Throws `bad-argument` where it does not lie wholly inside. */
export function paste(target: PixelImage, image: PixelImage, at: Point): void {
  requireInside(target, { x: at.x, y: at.y, width: image.width, height: image.height });
  copyRows(image, 0, 0, target, at.x, at.y, image.width, image.height);
}

function copyRows(from: PixelImage, fromX: number, fromY: number, to: PixelImage, toX: number, toY: number, width: number, height: number): void {
  for (let y = 0; y < height; y++) {
    const start = ((fromY + y) * from.width + fromX) * 4;
    to.data.set(from.data.subarray(start, start + width * 4), ((toY + y) * to.width + toX) * 4);
  }
}

function requireInside(image: PixelImage, bounds: Bounds): void {
  if (!contains(boundsOf(image), bounds)) {
    const part = `${bounds.width}x${bounds.height} at ${bounds.x},${bounds.y}`;
    throw new ImageError('bad-argument', `The part ${part} does not lie inside the picture of ${image.width}x${image.height}.`);
  }
}
