import type { Bounds } from '../../../core/geometry';
import type { PixelImage } from '../../../core/image';
import type { LinearRgb } from '../../../core/oklab';
import { bell, clamp01, mix } from '../shaping';
import { blendPixel, linearLevels } from './overlay';

/** WCAG 2 asks for 3 to 1 for large letters; a little more for comfort. */
const CONTRAST = 3.6;

/**
 * Chooses the light or the dark ink by what lies behind the text and, where the contrast falls short, lays a veil of the opposite end over the picture: over all
 * of it, strongest at the text's height, for a box around the words looks like a mistake. `preferLight` holds unless it takes a much stronger veil.
 */
export function readableInk(image: PixelImage, bounds: Bounds, light: LinearRgb, dark: LinearRgb, preferLight: boolean): LinearRgb {
  const seen = sampleLuminance(image, bounds);
  const bright = seen[Math.floor(seen.length * 0.92)] as number;
  const dim = seen[Math.floor(seen.length * 0.08)] as number;
  // Blending in linear light blends luminance in proportion, so the veil that is needed follows directly.
  const ceiling = (luminance(light) + 0.05) / CONTRAST - 0.05;
  const floor = (luminance(dark) + 0.05) * CONTRAST - 0.05;
  const forLight = clamp01((bright - ceiling) / Math.max(0.01, bright - luminance(dark)));
  const forDark = clamp01((floor - dim) / Math.max(0.01, luminance(light) - dim));
  const useLight = forLight <= forDark + (preferLight ? 0.6 : 0);
  const strength = useLight ? forLight : forDark;
  if (strength > 0) veilOver(image, bounds, useLight ? dark : light, strength);
  return useLight ? light : dark;
}

/** Relative luminance as WCAG 2 defines it. */
function luminance([red, green, blue]: LinearRgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Luminances behind the text, sorted. */
function sampleLuminance(image: PixelImage, bounds: Bounds): number[] {
  const linear = linearLevels();
  const light = (o: number): number => linear[image.data[o] as number] as number;
  const seen: number[] = [];
  const stepX = Math.max(1, Math.floor(bounds.width / 64));
  const stepY = Math.max(1, Math.floor(bounds.height / 32));
  for (let y = bounds.y; y < bounds.y + bounds.height; y += stepY) {
    for (let x = bounds.x; x < bounds.x + bounds.width; x += stepX) {
      const o = (y * image.width + x) * 4;
      seen.push(luminance([light(o), light(o + 1), light(o + 2)]));
    }
  }
  return seen.sort((a, b) => a - b);
}

function veilOver(image: PixelImage, bounds: Bounds, colour: LinearRgb, strength: number): void {
  const fade = image.height * 0.75;
  for (let y = 0; y < image.height; y++) {
    const away = Math.max(bounds.y - y, 0, y - bounds.y - bounds.height) / fade;
    const alpha = strength * mix(0.25, 1, bell(away));
    for (let x = 0, o = y * image.width * 4; x < image.width; x++, o += 4) blendPixel(image, o, colour, alpha);
  }
}
