import type { PixelImage } from '../../core/image';
import { hexToLinear, linearToOklab, linearToSrgb, oklabToLinear, type LinearRgb, type Oklab } from '../../core/oklab';
import type { Checkpoint } from '../steps';
import { isDrawing } from './isDrawing';

/** OKLab's lightness of white and of black in the dark twin: neither glares, and neither is a hole in a dark page. */
const OF_WHITE = 0.17;
const OF_BLACK = 0.97;
/** How much of white's lightness a photograph loses. */
const DIMMED = 0.34;
/** Halvings on the way to the most chroma that sRGB shows. */
const STEPS = 10;
/** How far out of 0–1 a channel may be and still be rounded to a level of its own. */
const TOLERANCE = 0.0005;
/** Colours that are remembered; a power of two. */
const REMEMBERED = 1 << 16;

/**
 * The picture for a dark page, alpha untouched. Drawings, diagrams and logos get their lightness upside down in OKLab, hues as they were, chroma as far as sRGB shows it at the new lightness; what
 * has tones all over would become a negative and is dimmed.
 */
export async function darkTwin(image: PixelImage, checkpoint: Checkpoint): Promise<PixelImage> {
  const { width, height, data } = image;
  const out = new Uint8ClampedArray(data.length);
  const remembered = new Remembered(isDrawing(image) ? darkColour : dimColour);
  for (let y = 0; y < height; y++) {
    for (let o = y * width * 4; o < (y + 1) * width * 4; o += 4) {
      const hex = remembered.darkOf(((data[o] as number) << 16) | ((data[o + 1] as number) << 8) | (data[o + 2] as number));
      out[o] = hex >> 16;
      out[o + 1] = (hex >> 8) & 255;
      out[o + 2] = hex & 255;
      out[o + 3] = data[o + 3] as number;
    }
    await checkpoint();
  }
  return { width, height, data: out };
}

/** The twin of one colour of a drawing, both 0xRRGGBB. */
export function darkColour(hex: number): number {
  const [l, a, b] = linearToOklab(hexToLinear(hex));
  const lightness = OF_BLACK + (OF_WHITE - OF_BLACK) * Math.min(1, Math.max(0, l));
  const at = (chroma: number): Oklab => [lightness, a * chroma, b * chroma];
  let inside = 1;
  if (!shows(oklabToLinear(at(1)))) {
    inside = 0;
    for (let step = 0, outside = 1; step < STEPS; step++) {
      const middle = (inside + outside) / 2;
      if (shows(oklabToLinear(at(middle)))) inside = middle;
      else outside = middle;
    }
  }
  const [red, green, blue] = oklabToLinear(at(inside)).map(level) as [number, number, number];
  return (red << 16) | (green << 8) | blue;
}

/** The twin of one colour of a photograph, both 0xRRGGBB: darker the lighter it is. All of OKLab's coordinates shrink alike, so that it keeps hue and saturation and stays within sRGB. */
export function dimColour(hex: number): number {
  const [l, a, b] = linearToOklab(hexToLinear(hex));
  const factor = 1 - DIMMED * Math.min(1, Math.max(0, l));
  const [red, green, blue] = oklabToLinear([l * factor, a * factor, b * factor]).map(level) as [number, number, number];
  return (red << 16) | (green << 8) | blue;
}

function shows(colour: LinearRgb): boolean {
  return colour.every((channel) => channel >= -TOLERANCE && channel <= 1 + TOLERANCE);
}

function level(linear: number): number {
  return Math.round(linearToSrgb(Math.min(1, Math.max(0, linear))) * 255);
}

/** What was reckoned once: drawings have few colours. Two colours of one place push each other out. */
class Remembered {
  readonly #twinOf: (hex: number) => number;
  readonly #colours = new Int32Array(REMEMBERED).fill(-1);
  readonly #twins = new Int32Array(REMEMBERED);

  constructor(twinOf: (hex: number) => number) {
    this.#twinOf = twinOf;
  }

  darkOf(hex: number): number {
    const place = (hex ^ (hex >>> 9)) & (REMEMBERED - 1);
    if (this.#colours[place] === hex) return this.#twins[place] as number;
    const twin = this.#twinOf(hex);
    this.#colours[place] = hex;
    this.#twins[place] = twin;
    return twin;
  }
}
