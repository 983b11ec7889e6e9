import type { PixelImage } from '../../core/image';
import { imageOf, wordsOf } from './words';

/** Rows that are turned together, so that a turned picture's columns stay in the cache. */
const BAND = 32;

/** How each EXIF orientation stores the upright picture: whether its sides are swapped, then whether x and y run backwards in what is stored. */
const STORED: Record<number, { readonly swap: boolean; readonly backX: boolean; readonly backY: boolean }> = {
  2: { swap: false, backX: true, backY: false },
  3: { swap: false, backX: true, backY: true },
  4: { swap: false, backX: false, backY: true },
  5: { swap: true, backX: false, backY: false },
  6: { swap: true, backX: false, backY: true },
  7: { swap: true, backX: true, backY: true },
  8: { swap: true, backX: true, backY: false },
};

/** Turns and mirrors a picture that is stored with an EXIF orientation (1–8) upright; the same picture where it is so already. */
export function orient(image: PixelImage, orientation: number): PixelImage {
  const stored = STORED[orientation];
  if (!stored) return image;
  const width = stored.swap ? image.height : image.width;
  const height = stored.swap ? image.width : image.height;
  const source = wordsOf(image);
  const target = new Uint32Array(width * height);

  const alongX = stored.backX ? -1 : 1;
  const alongY = (stored.backY ? -1 : 1) * image.width;
  const first = (stored.backX ? image.width - 1 : 0) + (stored.backY ? (image.height - 1) * image.width : 0);
  const stepX = stored.swap ? alongY : alongX;
  const stepY = stored.swap ? alongX : alongY;
  for (let top = 0; top < height; top += BAND) {
    const bottom = Math.min(height, top + BAND);
    for (let x = 0; x < width; x++) {
      for (let y = top; y < bottom; y++) target[y * width + x] = source[first + x * stepX + y * stepY] as number;
    }
  }
  return imageOf(width, height, target);
}
