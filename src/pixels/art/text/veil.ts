import type { Bounds } from '../../../core/geometry';
import type { PixelImage } from '../../../core/image';
import type { LinearRgb } from '../../../core/oklab';
import { bell, mix } from '../shaping';
import type { CoverageMap } from './coverageMap';
import { luminanceAt } from './luminance';
import { blendPixel } from './overlay';
import { shadeBehind, veilNeeded } from './shade';

/** WCAG 2 asks for 3 to 1 for large letters; a little more for comfort. */
const CONTRAST = 3.6;

/**
 * Chooses the light or the dark ink by what lies behind the letters and, where the contrast falls short, lays a veil of the opposite end over the picture: over all
 * of it, strongest at the text's height, for a box around the words looks like a mistake; what is too small to ask for that is shaded by itself, within `reach` pixels
 * of the letters. `preferLight` holds unless it takes a much stronger veil.
 */
export function readableInk(image: PixelImage, letters: CoverageMap, light: LinearRgb, dark: LinearRgb, preferLight: boolean, reach: number): LinearRgb {
  const { bounds } = letters;
  const seen = sampleLuminance(image, bounds);
  const forLight = veilNeeded(seen[Math.floor(seen.length * 0.92)] as number, light, dark, CONTRAST);
  const forDark = veilNeeded(seen[Math.floor(seen.length * 0.08)] as number, dark, light, CONTRAST);
  const useLight = forLight <= forDark + (preferLight ? 0.6 : 0);
  const [ink, veil, strength] = useLight ? [light, dark, forLight] : [dark, light, forDark];
  if (strength > 0) veilOver(image, bounds, veil, strength);
  shadeBehind(image, letters, ink, veil, CONTRAST, reach);
  return ink;
}

/** Luminances behind the text, sorted. */
function sampleLuminance(image: PixelImage, bounds: Bounds): number[] {
  const seen: number[] = [];
  const stepX = Math.max(1, Math.floor(bounds.width / 64));
  const stepY = Math.max(1, Math.floor(bounds.height / 32));
  for (let y = bounds.y; y < bounds.y + bounds.height; y += stepY) {
    for (let x = bounds.x; x < bounds.x + bounds.width; x += stepX) seen.push(luminanceAt(image, 4 * (y * image.width + x)));
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
