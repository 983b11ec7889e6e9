import { linearToOklab, type Oklab } from '../../core/oklab';
import type { PixelImage } from '../../core/image';
import { solveSymmetric } from '../compose/linear';
import { TO_LINEAR } from '../transform/linearLight';

/** A background of one colour, which may change evenly over the picture. */
export interface PlainBackground {
  readonly shades: Shades;
  /** How far its own pixels lie from it, root mean square, in OKLab. */
  readonly noise: number;
}

/** Levels 0–255 of red, green and blue, each as the factors of 1, x, y, x², xy, y², with x and y from −1 to 1 over the picture. */
type Shades = readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];

/** The most pixels of the border that are looked at. */
const MOST_SAMPLES = 20_000;
/** How far a pixel of a plain background lies from its colour at most, in OKLab: 0.02 is just seen. */
const NEAR = 0.05;
/** Subjects may touch the border, but most of it must be background. */
const LEAST_SHARE = 0.6;
/** Above it the border is texture. */
const MOST_NOISE = 0.02;
/** Fewer pixels say nothing of a background. */
const LEAST_GROUND = 64;
const ROUNDS = 4;
/** How many factors make a slope, and a vault. */
const SLOPE = 3;
const VAULT = 6;

interface Sample {
  readonly x: number;
  readonly y: number;
  readonly rgb: readonly [number, number, number];
}

/** The plain background of a picture by its border, changing along a slope at most; undefined where the border is not plain, or where any of it is transparent. */
export function plainBackground(image: PixelImage): PlainBackground | undefined {
  const samples = borderSamples(image);
  return samples && plainAmong(samples);
}

/** The plain background of an opaque picture by the pixels where `where` is 1; undefined where they are not plain, or too few. */
export function backgroundWhere(image: PixelImage, where: Uint8Array): PlainBackground | undefined {
  const { width, height, data } = image;
  const count = where.reduce((sum, value) => sum + value, 0);
  const step = Math.max(1, Math.floor(count / MOST_SAMPLES));
  const samples: Sample[] = [];
  for (let at = where.indexOf(1), n = 0; at >= 0; at = where.indexOf(1, at + 1), n++) {
    if (n % step === 0) samples.push({ x: place(at % width, width), y: place(Math.floor(at / width), height), rgb: [data[4 * at] as number, data[4 * at + 1] as number, data[4 * at + 2] as number] });
  }
  return count < LEAST_GROUND ? undefined : plainAmong(samples);
}

/** The one colour, changing along a slope at most, of most of these; undefined where there is none. */
function plainAmong(samples: readonly Sample[]): PlainBackground | undefined {
  let shades = constant(commonest(samples));
  for (let round = 0; round < ROUNDS; round++) {
    const near = samples.filter((sample) => distance(shades, sample) < NEAR);
    if (near.length < samples.length * LEAST_SHARE * (round === 0 ? 0.5 : 1)) return undefined;
    shades = fit(near, SLOPE) ?? shades;
  }
  const near = samples.filter((sample) => distance(shades, sample) < NEAR);
  const noise = noiseOf(shades, near);
  return near.length < samples.length * LEAST_SHARE || noise > MOST_NOISE ? undefined : { shades, noise };
}

/** The background once more, by all pixels that were found to be its own: it may then be vaulted, as a lamp in the middle makes it. */
export function refinedBackground(image: PixelImage, isBackground: (at: number) => boolean, before: PlainBackground): PlainBackground {
  const { width, height, data } = image;
  const step = Math.max(1, Math.floor((width * height) / MOST_SAMPLES));
  const samples: Sample[] = [];
  for (let at = 0; at < width * height; at += step) {
    if (isBackground(at)) samples.push({ x: place(at % width, width), y: place(Math.floor(at / width), height), rgb: [data[at * 4] as number, data[at * 4 + 1] as number, data[at * 4 + 2] as number] });
  }
  const shades = fit(samples, VAULT);
  return shades ? { shades, noise: noiseOf(shades, samples) } : before;
}

/** The background's colour at a pixel, as levels. */
export function backgroundAt({ shades }: PlainBackground, image: PixelImage, x: number, y: number): readonly [number, number, number] {
  return colourAt(shades, place(x, image.width), place(y, image.height));
}

/** OKLab of levels, which need not be whole. */
export function labOf(rgb: readonly [number, number, number]): Oklab {
  return linearToOklab([linearOf(rgb[0]), linearOf(rgb[1]), linearOf(rgb[2])]);
}

/** How different two colours look: 0.02 is just seen, black and white are 1 apart. */
export function labDistance(a: Oklab, b: Oklab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function linearOf(level: number): number {
  return TO_LINEAR[Math.min(255, Math.max(0, Math.round(level)))] as number;
}

/** Pixels of the outermost rings, evenly taken; undefined where one is not opaque. */
function borderSamples(image: PixelImage): Sample[] | undefined {
  const { width, height, data } = image;
  const rings = Math.min(4, Math.ceil(Math.min(width, height) / 2));
  const step = Math.max(1, Math.ceil((2 * rings * (width + height)) / MOST_SAMPLES));
  const samples: Sample[] = [];
  let count = 0;
  for (let y = 0; y < height; y++) {
    const whole = y < rings || y >= height - rings;
    for (let x = 0; x < width; x++) {
      if (!whole && x === rings && width > 2 * rings) x = width - rings;
      const i = (y * width + x) * 4;
      if (data[i + 3] !== 255) return undefined;
      if (count++ % step === 0) samples.push({ x: place(x, width), y: place(y, height), rgb: [data[i] as number, data[i + 1] as number, data[i + 2] as number] });
    }
  }
  return samples;
}

function place(at: number, size: number): number {
  return size === 1 ? 0 : (2 * at) / (size - 1) - 1;
}

/** The mean of the fullest of 4096 boxes of colours. */
function commonest(samples: readonly Sample[]): readonly [number, number, number] {
  const counts = new Uint32Array(4096);
  const boxOf = ({ rgb: [r, g, b] }: Sample): number => ((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4);
  for (const sample of samples) counts[boxOf(sample)] = (counts[boxOf(sample)] as number) + 1;
  const fullest = counts.reduce((best, count, box) => (count > (counts[best] as number) ? box : best), 0);
  const inside = samples.filter((sample) => boxOf(sample) === fullest);
  const mean = (channel: 0 | 1 | 2): number => inside.reduce((sum, { rgb }) => sum + rgb[channel], 0) / inside.length;
  return [mean(0), mean(1), mean(2)];
}

function constant([r, g, b]: readonly [number, number, number]): Shades {
  return [[r, 0, 0, 0, 0, 0], [g, 0, 0, 0, 0, 0], [b, 0, 0, 0, 0, 0]];
}

function distance(shades: Shades, { x, y, rgb }: Sample): number {
  return labDistance(labOf(rgb), labOf(colourAt(shades, x, y)));
}

function noiseOf(shades: Shades, samples: readonly Sample[]): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + distance(shades, sample) ** 2, 0) / samples.length);
}

function colourAt(shades: Shades, x: number, y: number): readonly [number, number, number] {
  const level = (f: ArrayLike<number>): number =>
    (f[0] as number) + (f[1] as number) * x + (f[2] as number) * y + (f[3] as number) * x * x + (f[4] as number) * x * y + (f[5] as number) * y * y;
  return [level(shades[0]), level(shades[1]), level(shades[2])];
}

/** Least squares in the first `terms`, with a weak pull to a constant colour where the samples do not tell. */
function fit(samples: readonly Sample[], terms: number): Shades | undefined {
  const normal = new Float64Array(terms * terms);
  const right = [new Float64Array(terms), new Float64Array(terms), new Float64Array(terms)] as const;
  for (const { x, y, rgb } of samples) {
    const row = [1, x, y, x * x, x * y, y * y];
    for (let i = 0; i < terms; i++) {
      for (let j = 0; j < terms; j++) normal[i * terms + j] = (normal[i * terms + j] as number) + (row[i] as number) * (row[j] as number);
      for (const channel of [0, 1, 2] as const) right[channel][i] = (right[channel][i] as number) + (row[i] as number) * rgb[channel];
    }
  }
  for (let i = 1; i < terms; i++) normal[i * terms + i] = (normal[i * terms + i] as number) + samples.length * 1e-3;
  const [r, g, b] = right.map((sums) => solveSymmetric(normal, sums)).map((factors) => factors && Float64Array.from({ length: VAULT }, (_, i) => factors[i] ?? 0));
  return r && g && b ? [r, g, b] : undefined;
}
