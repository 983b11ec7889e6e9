import type { Bounds } from '../../../core/geometry';
import type { PixelImage } from '../../../core/image';
import { hexToLinear, linearToSrgb, srgbToLinear } from '../../../core/oklab';
import type { LinearRgb } from '../../../core/oklab';
import { mixRgb } from '../ramp';
import type { Scene } from '../scene';
import { bell, clamp01 } from '../shaping';
import type { CoverageMap } from './coverageMap';
import { drawCoverage } from './coverageMap';
import type { Layout } from './layout';
import { layOut } from './layout';

/** Half the pen's width against a cap height of 100: a bold headline. */
const PEN = 7.6;

/**
 * Sets text into a drawn picture: flush left and large on a card, centred on everything else. Its colour is the light or the dark end of the palette, whichever
 * stands out more; where the picture behind is restless or of middle brightness, a soft veil quiets it until the contrast is at least about 4.5 to 1.
 */
export async function setText(image: PixelImage, text: string, scene: Scene, checkpoint: () => void | Promise<void>): Promise<void> {
  const { width, height } = image;
  const onCard = scene.spec.motif === 'card';
  const layout = layOut(text, width * (onCard ? 0.8 : 0.78), height * (onCard ? 0.66 : 0.5), scene.unit * (onCard ? 0.2 : 0.15), PEN);
  if (!layout) return;
  const place = placeText(layout, image, scene, onCard);
  const map = drawCoverage(layout, place.bounds, place.left, place.baseline, onCard ? 0 : 0.5);
  await checkpoint();
  const veil = layVeil(image, map, scene);
  await checkpoint();
  ink(image, map, veil.ink);
  if (onCard) accentBar(image, place, layout, scene);
}

interface Place {
  readonly bounds: Bounds;
  readonly left: number;
  readonly baseline: number;
}

function placeText(layout: Layout, image: PixelImage, scene: Scene, onCard: boolean): Place {
  const { scale, pen, leading, lines } = layout;
  const wide = Math.max(...lines.map((line) => line.width)) * scale;
  const tall = (100 + (lines.length - 1) * leading) * scale;
  const left = onCard ? image.width * 0.08 + pen * scale : (image.width - wide) / 2;
  const outdoors = ['mountains', 'sea', 'forest', 'desert', 'city'].includes(scene.spec.motif);
  const top = outdoors ? Math.max(image.height * 0.1, image.height * 0.36 - tall / 2) : (image.height - tall) / 2;
  const baseline = top + 100 * scale;
  const margin = Math.ceil((pen + 2) * scale) + 2;
  const x = Math.max(0, Math.floor(left - margin));
  const y = Math.max(0, Math.floor(top - 40 * scale - margin));
  const right = Math.min(image.width, Math.ceil(left + wide + margin));
  const bottom = Math.min(image.height, Math.ceil(top + tall + 36 * scale + margin));
  return { bounds: { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) }, left, baseline };
}

/** Relative luminance as WCAG 2 defines it. */
function luminance([red, green, blue]: LinearRgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Chooses the ink by what lies behind the text and quiets that with a veil of the opposite end where the contrast falls short. */
function layVeil(image: PixelImage, { bounds }: CoverageMap, scene: Scene): { readonly ink: LinearRgb } {
  const light = mixRgb(scene.ramp.at(1), [1, 1, 1], 0.7);
  const dark = mixRgb(scene.ramp.at(0), [0, 0, 0], 0.3);
  const linear = Float32Array.from({ length: 256 }, (_, level) => srgbToLinear(level / 255));
  const seen: number[] = [];
  const stepX = Math.max(1, Math.floor(bounds.width / 64));
  const stepY = Math.max(1, Math.floor(bounds.height / 32));
  for (let y = bounds.y; y < bounds.y + bounds.height; y += stepY) {
    for (let x = bounds.x; x < bounds.x + bounds.width; x += stepX) {
      const o = (y * image.width + x) * 4;
      seen.push(luminance([linear[image.data[o] as number] as number, linear[image.data[o + 1] as number] as number, linear[image.data[o + 2] as number] as number]));
    }
  }
  seen.sort((a, b) => a - b);
  const bright = seen[Math.floor(seen.length * 0.9)] as number;
  const dim = seen[Math.floor(seen.length * 0.1)] as number;
  const forLight = (luminance(light) + 0.05) / (bright + 0.05);
  const forDark = (dim + 0.05) / (luminance(dark) + 0.05);
  const useLight = forLight >= forDark * 0.8;
  const short = 4.5 / Math.max(1, useLight ? forLight : forDark);
  if (short > 1) veilOver(image, bounds, useLight ? dark : light, clamp01(0.25 + 0.75 * (1 - 1 / short)), linear);
  return { ink: useLight ? light : dark };
}

/** A veil that is strongest on the text's box and fades out over half its height around it. */
function veilOver(image: PixelImage, bounds: Bounds, colour: LinearRgb, strength: number, linear: Float32Array): void {
  const fade = Math.max(bounds.height * 0.9, bounds.width * 0.2);
  const top = Math.max(0, Math.floor(bounds.y - fade));
  const bottom = Math.min(image.height, Math.ceil(bounds.y + bounds.height + fade));
  const from = Math.max(0, Math.floor(bounds.x - fade));
  const to = Math.min(image.width, Math.ceil(bounds.x + bounds.width + fade));
  for (let y = top; y < bottom; y++) {
    const dy = Math.max(bounds.y - y, 0, y - bounds.y - bounds.height) / fade;
    for (let x = from; x < to; x++) {
      const dx = Math.max(bounds.x - x, 0, x - bounds.x - bounds.width) / fade;
      const alpha = strength * bell(Math.sqrt(dx * dx + dy * dy));
      if (alpha > 0) blendPixel(image, (y * image.width + x) * 4, colour, alpha, linear);
    }
  }
}

function ink(image: PixelImage, { bounds, data }: CoverageMap, colour: LinearRgb): void {
  const linear = Float32Array.from({ length: 256 }, (_, level) => srgbToLinear(level / 255));
  for (let y = 0, k = 0; y < bounds.height; y++) {
    let o = ((y + bounds.y) * image.width + bounds.x) * 4;
    for (let x = 0; x < bounds.width; x++, k++, o += 4) {
      const cover = data[k] as number;
      if (cover > 0) blendPixel(image, o, colour, cover / 255, linear);
    }
  }
}

/** A short bar in the accent colour above the first line. */
function accentBar(image: PixelImage, place: Place, layout: Layout, scene: Scene): void {
  const linear = Float32Array.from({ length: 256 }, (_, level) => srgbToLinear(level / 255));
  const { scale } = layout;
  const half = 4 * scale;
  const y0 = place.baseline - 146 * scale;
  const colour = hexToLinear(scene.spec.accent);
  for (let y = Math.max(0, Math.floor(y0 - half - 1)); y <= Math.min(image.height - 1, y0 + half + 1); y++) {
    for (let x = Math.max(0, Math.floor(place.left - half - 1)); x <= Math.min(image.width - 1, place.left + 64 * scale + half); x++) {
      const dx = Math.max(place.left - x - 0.5, 0, x + 0.5 - place.left - 56 * scale);
      const dy = y + 0.5 - y0;
      const cover = clamp01(half - Math.sqrt(dx * dx + dy * dy) + 0.5);
      if (cover > 0) blendPixel(image, (y * image.width + x) * 4, colour, cover, linear);
    }
  }
}

function blendPixel(image: PixelImage, o: number, colour: LinearRgb, alpha: number, linear: Float32Array): void {
  for (let c = 0; c < 3; c++) {
    const below = linear[image.data[o + c] as number] as number;
    image.data[o + c] = 255 * linearToSrgb(below + ((colour[c] as number) - below) * alpha);
  }
}
