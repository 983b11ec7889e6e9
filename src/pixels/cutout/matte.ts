import type { PixelImage } from '../../core/image';
import { backgroundAt, type PlainBackground } from './background';
import { BACKGROUND } from './kinds';

/** How far into the subject a pixel may be mixed with background, in pixels. */
const BAND = 3;
/** How far around the pure colour of the subject is looked for, in pixels. */
const REACH = BAND + 2;
/** Where subject and background differ by less, in levels, no mixture can be told: the pixel stays as it is. */
const LEAST_CONTRAST = 12;
/** Below this alpha the colour is made of noise. */
const LEAST_ALPHA = 4 / 255;
/** An alpha that the background's noise makes on its own is none: so many times its noise counts as noise, a unit of OKLab being about so many levels. */
const FAINT = 3;
const LEVELS = 300;
/** The depth of what is background all around. */
const OUTSIDE = 255;

type Rgb = readonly [number, number, number];

/**
 * The picture without its background. Within the band along the edge a pixel C is taken for the mixture αF + (1 − α)B of the background B behind it and the subject's
 * colour F nearby (Smith and Blinn 1996, with both colours known): α by projection on the line from B to F, and the colour is what remains without B's share.
 */
export function matte(image: PixelImage, kinds: Uint8Array, background: PlainBackground): PixelImage {
  const { width, height, data } = image;
  const depths = depthsInside(image, kinds);
  const result = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (depths[at] === OUTSIDE) continue;
      const i = at * 4;
      const colour: Rgb = [data[i] as number, data[i + 1] as number, data[i + 2] as number];
      const alpha = depths[at] === 0 ? 1 : alphaOf(image, depths, kinds, x, y, colour, background);
      if (alpha === 0) continue;
      const behind = alpha < 1 ? backgroundAt(background, image, x, y) : colour;
      for (const channel of [0, 1, 2] as const) result[i + channel] = behind[channel] + (colour[channel] - behind[channel]) / alpha;
      result[i + 3] = 255 * alpha;
    }
  }
  return { width, height, data: result };
}

/** How near each pixel is to the edge, in steps from neighbour to neighbour, as the matte is solved along them: 1 on both sides of it, to `BAND` inside the subject, 0 deeper in there, `OUTSIDE` where all is background. */
function depthsInside({ width, height }: PixelImage, kinds: Uint8Array): Uint8Array {
  const depths = new Uint8Array(kinds.length);
  let front: number[] = [];
  for (let at = 0; at < kinds.length; at++) {
    if (kinds[at] !== BACKGROUND) continue;
    depths[at] = OUTSIDE;
    front.push(at);
  }
  for (let depth = 1; depth <= BAND; depth++) {
    const next: number[] = [];
    for (const at of front) {
      const x = at % width;
      for (const neighbour of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (neighbour < 0 || neighbour >= width * height || kinds[neighbour] === BACKGROUND || depths[neighbour] !== 0) continue;
        depths[neighbour] = depth;
        if (depth === 1) depths[at] = 1;
        next.push(neighbour);
      }
    }
    front = next;
  }
  return depths;
}

function alphaOf(image: PixelImage, depths: Uint8Array, kinds: Uint8Array, x: number, y: number, colour: Rgb, background: PlainBackground): number {
  const behind = backgroundAt(background, image, x, y);
  const subject = subjectNear(image, depths, kinds, x, y, behind);
  const line = minus(subject, behind);
  const contrast = dot(line, line);
  if (contrast < LEAST_CONTRAST ** 2) return kinds[y * image.width + x] === BACKGROUND ? 0 : 1;
  const alpha = Math.min(1, dot(minus(colour, behind), line) / contrast);
  const least = Math.max(LEAST_ALPHA, (FAINT * background.noise * LEVELS) / Math.sqrt(contrast));
  return alpha < least ? 0 : alpha;
}

/** The subject's own colour around a pixel: the mean of what lies deeper than the band, the nearer the more; in a thin part the pixel that differs most from the background. */
function subjectNear({ width, height, data }: PixelImage, depths: Uint8Array, kinds: Uint8Array, x: number, y: number, behind: Rgb): Rgb {
  const sum = [0, 0, 0];
  let weights = 0;
  let farthest: Rgb = behind;
  let most = -1;
  for (let ny = Math.max(0, y - REACH); ny <= Math.min(height - 1, y + REACH); ny++) {
    for (let nx = Math.max(0, x - REACH); nx <= Math.min(width - 1, x + REACH); nx++) {
      const at = ny * width + nx;
      if (kinds[at] === BACKGROUND) continue;
      const colour: Rgb = [data[at * 4] as number, data[at * 4 + 1] as number, data[at * 4 + 2] as number];
      if (depths[at] === 0) {
        const weight = 1 / ((nx - x) ** 2 + (ny - y) ** 2);
        weights += weight;
        for (const channel of [0, 1, 2] as const) sum[channel] = (sum[channel] as number) + weight * colour[channel];
      }
      const difference = (colour[0] - behind[0]) ** 2 + (colour[1] - behind[1]) ** 2 + (colour[2] - behind[2]) ** 2;
      if (difference <= most) continue;
      most = difference;
      farthest = colour;
    }
  }
  return weights > 0 ? [(sum[0] as number) / weights, (sum[1] as number) / weights, (sum[2] as number) / weights] : farthest;
}

function minus(a: Rgb, b: Rgb): Rgb {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
