import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { SOFT, split, WHITE } from './bands';
import type { Bands } from './bands';
import type { Fit } from './fit';
import type { Overlap } from './overlap';
import { warp } from './warp';

/** Side of the patches that are compared, and the margin in which their filters are not whole. */
const PATCH = 24;
const MARGIN = 3;
const MOST_PATCHES = 64;
const WHOLE_PATCH = new Uint8Array(PATCH * PATCH).fill(1);
/** Below this many whole patches nothing is said of sharpness or grain. */
const LEAST_PATCHES = 6;
/** A gain below the first is not worth its noise; one above the second would show halos. */
const LEAST_GAIN = 1.06;
const MOST_GAIN = 2;
/** The share of the quietest patches that is taken for flat: what varies there is grain. */
const FLAT = 0.25;
/** Grain below this, in levels, is not seen; where at least `LACKING` of its energy is missing, `SHARE` of what is missing is added. */
const LEAST_GRAIN = 0.8;
const LACKING = 0.5;
const SHARE = 0.8;

/** What an answer lacks of the photograph's detail. */
export interface Detail {
  /** By how much its finest and second finest band are to be multiplied, from 1 on. */
  readonly fine: number;
  readonly coarse: number;
  /** Standard deviation of the grain to add, in levels: white, and white under the 3x3 binomial filter. */
  readonly white: number;
  readonly soft: number;
}

/** Mean squares of a band in canvas and answer, and the mean of their product. */
interface Moments {
  readonly canvas: number;
  readonly answer: number;
  readonly both: number;
}

interface Patch {
  readonly fine: Moments;
  readonly coarse: Moments;
  /** How much the canvas varies here beyond its finest band. */
  readonly activity: number;
}

/**
 * Compares sharpness and grain of the canvas and the aligned, re-toned answer on patches of the overlap. A band's gain is the least-squares one, which never adds error on the overlap:
 * noise and misalignment make it smaller, not larger. Grain is what the flattest patches of the canvas have and the answer's have not. Undefined where nothing is lacking.
 */
export function lackingDetail(canvas: PixelImage, window: Bounds, answer: PixelImage, overlap: Overlap, fit: Fit): Detail | undefined {
  const patches = wholePatches(overlap, window.width).map((bounds) => compare(canvas, window, answer, bounds, fit));
  if (patches.length < LEAST_PATCHES) return undefined;
  const mean = (list: readonly Patch[], pick: (patch: Patch) => number): number => list.reduce((sum, patch) => sum + pick(patch), 0) / list.length;
  const gain = (band: 'fine' | 'coarse'): number => {
    const value = mean(patches, (patch) => patch[band].both) / (mean(patches, (patch) => patch[band].answer) + 1e-6);
    return value < LEAST_GAIN ? 1 : Math.min(MOST_GAIN, value);
  };
  const fine = gain('fine');
  const coarse = gain('coarse');
  const flat = patches.toSorted((a, b) => a.activity - b.activity).slice(0, Math.ceil(FLAT * patches.length));
  const there = mean(flat, (patch) => patch.fine.canvas);
  const missing = there - fine * fine * mean(flat, (patch) => patch.fine.answer);
  const missingCoarse = Math.max(0, mean(flat, (patch) => patch.coarse.canvas - coarse * coarse * patch.coarse.answer));
  const grain = there > LEAST_GRAIN ** 2 * WHITE.fine && missing > LACKING * there ? mixGrain(missing, missingCoarse) : { white: 0, soft: 0 };
  return fine > 1 || coarse > 1 || grain.white > 0 || grain.soft > 0 ? { fine, coarse, ...grain } : undefined;
}

/** How much white and soft noise together have the missing energy in both bands. */
function mixGrain(fine: number, coarse: number): { white: number; soft: number } {
  const determinant = WHITE.fine * SOFT.coarse - SOFT.fine * WHITE.coarse;
  const white = Math.max(0, (fine * SOFT.coarse - coarse * SOFT.fine) / determinant);
  const soft = Math.max(0, (fine - white * WHITE.fine) / SOFT.fine);
  return { white: SHARE * Math.sqrt(white), soft: SHARE * Math.sqrt(soft) };
}

/** Patches on an even grid that are known throughout. */
function wholePatches({ bounds, known }: Overlap, stride: number): Bounds[] {
  const step = Math.max(PATCH, Math.floor(Math.sqrt((bounds.width * bounds.height) / MOST_PATCHES)));
  const patches: Bounds[] = [];
  for (let y = bounds.y; y + PATCH <= bounds.y + bounds.height; y += step) {
    for (let x = bounds.x; x + PATCH <= bounds.x + bounds.width; x += step) {
      let whole = true;
      for (let row = y; whole && row < y + PATCH; row++) whole = !known.subarray(row * stride + x, row * stride + x + PATCH).includes(0);
      if (whole) patches.push({ x, y, width: PATCH, height: PATCH });
    }
  }
  return patches;
}

function compare(canvas: PixelImage, window: Bounds, answer: PixelImage, bounds: Bounds, fit: Fit): Patch {
  const drawn = warp(answer, bounds, WHOLE_PATCH, fit);
  const there = new Float32Array(PATCH * PATCH);
  const redrawn = new Float32Array(PATCH * PATCH);
  for (let y = 0; y < PATCH; y++) {
    let at = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x);
    for (let i = y * PATCH; i < (y + 1) * PATCH; i++, at += 4) {
      there[i] = luma(canvas.data[at] as number, canvas.data[at + 1] as number, canvas.data[at + 2] as number);
      redrawn[i] = luma(drawn[3 * i] as number, drawn[3 * i + 1] as number, drawn[3 * i + 2] as number);
    }
  }
  const a = split(there, bounds);
  const b = split(redrawn, bounds);
  const coarse = moments(a.coarse, b.coarse);
  const rest = withoutMean(there, a);
  return { fine: moments(a.fine, b.fine), coarse, activity: coarse.canvas + moments(rest, rest).canvas };
}

/** What is left of a patch without its bands and its mean. */
function withoutMean(patch: Float32Array, { fine, coarse }: Bands): Float32Array {
  const rest = new Float32Array(patch.length);
  let sum = 0;
  for (let i = 0; i < rest.length; i++) {
    rest[i] = (patch[i] as number) - (fine[i] as number) - (coarse[i] as number);
    sum += rest[i] as number;
  }
  const mean = sum / rest.length;
  for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - mean;
  return rest;
}

function moments(a: Float32Array, b: Float32Array): Moments {
  let canvas = 0;
  let answer = 0;
  let both = 0;
  for (let y = MARGIN; y < PATCH - MARGIN; y++) {
    for (let i = y * PATCH + MARGIN; i < (y + 1) * PATCH - MARGIN; i++) {
      const p = a[i] as number;
      const q = b[i] as number;
      canvas += p * p;
      answer += q * q;
      both += p * q;
    }
  }
  const count = (PATCH - 2 * MARGIN) ** 2;
  return { canvas: canvas / count, answer: answer / count, both: both / count };
}

/** Rec. 601. */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
