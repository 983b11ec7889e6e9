import { ImageError } from '../../core/errors';
import { area, formatExtent } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Checkpoint } from '../steps';
import { backgroundAt, labDistance, labOf, backgroundWhere, plainBackground, refinedBackground, type PlainBackground } from './background';
import { BACKGROUND, SUBJECT } from './kinds';
import { matte } from './matte';

/** How far from the background's colour still is background, in OKLab, and how many times its noise. */
const TOLERANCE = { least: 0.025, most: 0.06, noises: 4 };
/** A speck that differs from the background by less than this many tolerances is noise of a codec, no subject. */
const FAINT = 2.5;
/** A speck is smaller than this share of the picture. */
const SPECK = 0.0005;
/** Shares of the picture below which there is no subject or no background. */
const LEAST_PART = 0.002;
/** What keeps memory within bounds. */
const MOST_PIXELS = 24e6;
const ROWS_PER_STEP = 64;
/** How often the background is told anew from what was found to be it: each time it reaches further. */
const REFINEMENTS = 3;
/** How many pixels the background's shade is taken for. */
const SHADE_RUN = 8;

/**
 * Cuts a subject out of a plain background: the background's colour is told by the border (it may change evenly), flooded from there within a tolerance,
 * and pixels along the edge get the alpha, and the colour without background, of which they are mixed. What is enclosed by the subject stays, unless `enclosed` says that it goes, too.
 * Rejects with `unsupported` where the background is not plain, or nothing but background is there, and with `too-large` above 24 megapixels.
 */
export async function cutOut(image: PixelImage, enclosed: boolean, checkpoint: Checkpoint): Promise<PixelImage> {
  if (area(image) > MOST_PIXELS) throw new ImageError('too-large', `${formatExtent(image)} is more than the 24 megapixels that can be cut out: make the picture smaller first, with "easel.convert".`);
  const plain = plainBackground(image);
  if (!plain) throw new ImageError('unsupported', 'The background is not of one colour, so it cannot be cut out on this machine. Draw the picture again on a plain background, or crop it to one.');
  const { kinds, distances, tolerance, background } = await tellApart(image, plain, border(image), checkpoint);
  if (enclosed) for (let at = 0; at < kinds.length; at++) if ((distances[at] as number) < tolerance) kinds[at] = BACKGROUND;
  await checkpoint();
  removeSpecks(image, kinds, distances, tolerance * FAINT);
  requireBoth(kinds);
  await checkpoint();
  return matte(image, kinds, background);
}

/**
 * Cuts a picture out of the plain background that it shows where `where` is 1 (one byte a pixel), and of what hangs together with that within the tolerance. It may be background all over.
 * Undefined where those pixels are of no one colour, or are too few.
 */
export async function cutOutWhere(image: PixelImage, where: Uint8Array, checkpoint: Checkpoint): Promise<PixelImage | undefined> {
  const plain = backgroundWhere(image, where);
  if (!plain) return undefined;
  const seeds = [...where.keys()].filter((at) => where[at] === 1);
  const { kinds, distances, tolerance, background } = await tellApart(image, plain, seeds, checkpoint);
  await checkpoint();
  removeSpecks(image, kinds, distances, tolerance * FAINT);
  await checkpoint();
  return matte(image, kinds, background);
}

/** Tells background and subject apart, and the background anew from what was found to be it. */
async function tellApart(image: PixelImage, plain: PlainBackground, seeds: Iterable<number>, checkpoint: Checkpoint): Promise<{ kinds: Uint8Array; distances: Float32Array; tolerance: number; background: PlainBackground }> {
  const starts = [...seeds];
  let background = plain;
  const tolerance = Math.min(TOLERANCE.most, Math.max(TOLERANCE.least, background.noise * TOLERANCE.noises));
  let distances = await distancesFrom(image, background, checkpoint);
  let kinds = flood(image, distances, tolerance, starts);
  for (let round = 0; round < REFINEMENTS; round++) {
    const found = kinds;
    background = refinedBackground(image, (at) => found[at] === BACKGROUND, background);
    distances = await distancesFrom(image, background, checkpoint);
    kinds = flood(image, distances, tolerance, starts);
  }
  return { kinds, distances, tolerance, background };
}

/** The pixels of the outermost ring. */
function* border({ width, height }: PixelImage): Generator<number> {
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) yield y * width + x;
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) yield y * width + x;
}

/** How different each pixel looks from the background behind it. */
async function distancesFrom(image: PixelImage, background: PlainBackground, checkpoint: Checkpoint): Promise<Float32Array> {
  const { width, height, data } = image;
  const distances = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    if (y % ROWS_PER_STEP === 0) await checkpoint();
    let behind = labOf(backgroundAt(background, image, 0, y));
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      if (x % SHADE_RUN === 0) behind = labOf(backgroundAt(background, image, x, y));
      distances[y * width + x] = labDistance(labOf([data[i] as number, data[i + 1] as number, data[i + 2] as number]), behind);
    }
  }
  return distances;
}

/** Background is what hangs together with the seeds within the tolerance. */
function flood({ width, height }: PixelImage, distances: Float32Array, tolerance: number, seeds: readonly number[]): Uint8Array {
  const kinds = new Uint8Array(width * height).fill(SUBJECT);
  const stack: number[] = [];
  const visit = (at: number): void => {
    if (kinds[at] === BACKGROUND || (distances[at] as number) >= tolerance) return;
    kinds[at] = BACKGROUND;
    stack.push(at);
  };
  for (const at of seeds) visit(at);
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return kinds;
}

/** Turns small parts that hardly differ from the background into background. */
function removeSpecks({ width, height }: PixelImage, kinds: Uint8Array, distances: Float32Array, faint: number): void {
  const seen = new Uint8Array(kinds.length);
  const most = Math.max(4, kinds.length * SPECK);
  for (let start = 0; start < kinds.length; start++) {
    if (kinds[start] === BACKGROUND || seen[start]) continue;
    const part = [start];
    seen[start] = 1;
    let largest = 0;
    for (let next = 0; next < part.length; next++) {
      const at = part[next] as number;
      largest = Math.max(largest, distances[at] as number);
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const neighbour = ny * width + nx;
          if (kinds[neighbour] === BACKGROUND || seen[neighbour]) continue;
          seen[neighbour] = 1;
          part.push(neighbour);
        }
      }
    }
    if (part.length <= most && largest < faint) for (const at of part) kinds[at] = BACKGROUND;
  }
}

function requireBoth(kinds: Uint8Array): void {
  const subject = kinds.reduce((sum, kind) => sum + kind, 0) / kinds.length;
  if (subject < LEAST_PART) throw new ImageError('unsupported', 'Nothing stands out from the background.');
  if (subject > 1 - LEAST_PART) throw new ImageError('unsupported', 'There is hardly any background to cut away.');
}
