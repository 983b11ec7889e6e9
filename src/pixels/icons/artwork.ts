import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { backgroundAt, labDistance, labOf, plainBackground } from '../cutout/background';
import { crop, paste } from '../transform/crop';
import { resize } from '../transform/resize';

/** A colour as levels. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A picture made square, and what is known of it. */
export interface Artwork {
  readonly square: PixelImage;
  /** What lies behind the subject: nothing, one colour, or a picture that fills the square. */
  readonly background: 'transparent' | Colour | 'full';
  /** The smallest rectangle of the square that holds the subject. */
  readonly bounds: Bounds;
  /** The subject's farthest point from the middle of the square, in edges of the square. */
  readonly radius: number;
}

/** An alpha below this is not seen. */
const SEEN = 16;
/** A pixel that differs by less from a plain background belongs to it, in OKLab. */
const PLAIN = 0.06;
/** The lightness above which a subject is lost on white. */
const LIGHT = 0.85;
/** How much of a plain background is left around a trimmed subject, in edges of the subject. */
const MARGIN = 0.08;
const WHITE: Colour = [255, 255, 255];
const DARK: Colour = [31, 35, 40];

/** Makes a picture square: one with transparency or a plain background is padded with that, every other is cropped around its middle. */
export function artworkOf(image: PixelImage): Artwork {
  const background = backgroundOf(image);
  const square = background === 'full' ? middle(image) : padded(image, background);
  const { bounds, radius } = subjectOf(square, background);
  return { square, background, bounds, radius };
}

/** The picture scaled by `scale` (1 fills the edge) in the middle of a square of one colour, or of nothing. */
export function mounted(art: PixelImage, edge: number, scale: number, background: Colour | 'transparent'): PixelImage {
  const inner = Math.max(1, Math.round(edge * scale));
  const small = resize(art, { width: inner, height: inner });
  const at = Math.floor((edge - inner) / 2);
  const result = filled(edge, edge, 'transparent');
  paste(result, small, { x: at, y: at });
  return background === 'transparent' ? result : onColour(result, background);
}

/** A colour on which the subject can be seen. */
export function contrasting({ square }: Artwork): Colour {
  const { data } = square;
  let sum = 0;
  let weights = 0;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    if (alpha < SEEN) continue;
    sum += alpha * labOf([data[i] as number, data[i + 1] as number, data[i + 2] as number])[0];
    weights += alpha;
  }
  return sum > LIGHT * weights ? DARK : WHITE;
}

/** The subject alone, in the smallest square around it, on a plain background with a little of that: where pixels are few none is spent on margins. */
export function trimmed({ square, background, bounds }: Artwork): PixelImage {
  if (background === 'full') return square;
  const longer = Math.max(bounds.width, bounds.height);
  if (background !== 'transparent') {
    const edge = Math.min(square.width, Math.ceil(longer * (1 + 2 * MARGIN)));
    const start = (at: number, size: number): number => Math.min(square.width - edge, Math.max(0, Math.round(at + (size - edge) / 2)));
    return crop(square, { x: start(bounds.x, bounds.width), y: start(bounds.y, bounds.height), width: edge, height: edge });
  }
  const edge = longer;
  const result = filled(edge, edge, 'transparent');
  paste(result, crop(square, bounds), { x: Math.floor((edge - bounds.width) / 2), y: Math.floor((edge - bounds.height) / 2) });
  return result;
}

function backgroundOf(image: PixelImage): Artwork['background'] {
  const { data } = image;
  for (let i = 3; i < data.length; i += 4) if ((data[i] as number) < 255 - SEEN) return 'transparent';
  const plain = plainBackground(image);
  if (!plain) return 'full';
  const [r, g, b] = backgroundAt(plain, image, (image.width - 1) / 2, (image.height - 1) / 2);
  return [Math.round(r), Math.round(g), Math.round(b)];
}

function middle(image: PixelImage): PixelImage {
  const edge = Math.min(image.width, image.height);
  return crop(image, { x: Math.floor((image.width - edge) / 2), y: Math.floor((image.height - edge) / 2), width: edge, height: edge });
}

function padded(image: PixelImage, background: Colour | 'transparent'): PixelImage {
  const edge = Math.max(image.width, image.height);
  const result = filled(edge, edge, background);
  paste(result, image, { x: Math.floor((edge - image.width) / 2), y: Math.floor((edge - image.height) / 2) });
  return result;
}

function subjectOf(square: PixelImage, background: Artwork['background']): { readonly bounds: Bounds; readonly radius: number } {
  const { width: edge, data } = square;
  const behind = typeof background === 'string' ? undefined : labOf(background);
  const isSubject = (i: number): boolean =>
    behind ? labDistance(labOf([data[i] as number, data[i + 1] as number, data[i + 2] as number]), behind) > PLAIN : (data[i + 3] as number) >= SEEN;
  let [left, top, right, bottom, farthest] = [edge, edge, -1, -1, 0];
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      if (!isSubject((y * edge + x) * 4)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
      farthest = Math.max(farthest, Math.hypot(x + 0.5 - edge / 2, y + 0.5 - edge / 2));
    }
  }
  if (right < 0) return { bounds: { x: 0, y: 0, width: edge, height: edge }, radius: Math.SQRT1_2 };
  return { bounds: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, radius: farthest / edge };
}

function filled(width: number, height: number, background: Colour | 'transparent'): PixelImage {
  const data = new Uint8ClampedArray(width * height * 4);
  if (background !== 'transparent') for (let i = 0; i < data.length; i += 4) data.set([...background, 255], i);
  return { width, height, data };
}

function onColour(image: PixelImage, background: Colour): PixelImage {
  const data = new Uint8ClampedArray(image.data);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] as number) / 255;
    for (const channel of [0, 1, 2] as const) data[i + channel] = (data[i + channel] as number) * alpha + background[channel] * (1 - alpha);
    data[i + 3] = 255;
  }
  return { width: image.width, height: image.height, data };
}
