import { intersect } from '../../../core/geometry';
import type { PixelImage } from '../../../core/image';
import type { LinearRgb } from '../../../core/oklab';
import { squaredDistances } from '../../../core/squaredDistances';
import { clamp01, smoothstep } from '../shaping';
import type { CoverageMap } from './coverageMap';
import { luminance, luminanceAt } from './luminance';
import { blendPixel } from './overlay';

/** Shades what lies close behind the letters where it does not stand out from them, as a moon behind white ones: with the `veil` colour, by what each pixel lacks, fading out `reach` pixels from the letters. */
export function shadeBehind(image: PixelImage, letters: CoverageMap, ink: LinearRgb, veil: LinearRgb, contrast: number, reach: number): void {
  const { x, y, width, height } = letters.bounds;
  const around = intersect({ x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach }, { x: 0, y: 0, width: image.width, height: image.height });
  if (!around) return;
  const set = new Uint8Array(around.width * around.height);
  for (let row = 0; row < height; row++) {
    const to = (y + row - around.y) * around.width + x - around.x;
    for (let column = 0; column < width; column++) if ((letters.data[row * width + column] as number) > 0) set[to + column] = 1;
  }
  const distances = squaredDistances(set, around.width, around.height, reach);
  for (let k = 0; k < set.length; k++) {
    const squared = distances[k] as number;
    if (squared >= reach * reach) continue;
    const o = 4 * ((around.y + Math.floor(k / around.width)) * image.width + around.x + (k % around.width));
    const lack = veilNeeded(luminanceAt(image, o), ink, veil, contrast);
    if (lack > 0) blendPixel(image, o, veil, lack * (1 - smoothstep(0.25, 1, Math.sqrt(squared) / reach)));
  }
}

/** How much of a veil, 0–1, a ground of this luminance needs for an ink to stand out from it by a contrast (WCAG 2). Blending in linear light blends luminance in proportion, so that it follows directly. */
export function veilNeeded(ground: number, ink: LinearRgb, veil: LinearRgb, contrast: number): number {
  const [inked, veiled] = [luminance(ink), luminance(veil)];
  if (inked > veiled) return clamp01((ground - (inked + 0.05) / contrast + 0.05) / Math.max(0.01, ground - veiled));
  return clamp01(((inked + 0.05) * contrast - 0.05 - ground) / Math.max(0.01, veiled - ground));
}
