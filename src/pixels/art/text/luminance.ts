import type { PixelImage } from '../../../core/image';
import type { LinearRgb } from '../../../core/oklab';
import { linearLevels } from './overlay';

/** Relative luminance as WCAG 2 defines it, 0–1. */
export function luminance([red, green, blue]: LinearRgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** That of the pixel at byte `o`. */
export function luminanceAt({ data }: PixelImage, o: number): number {
  const linear = linearLevels();
  const light = (at: number): number => linear[data[at] as number] as number;
  return luminance([light(o), light(o + 1), light(o + 2)]);
}
