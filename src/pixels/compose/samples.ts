import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Overlap } from './overlap';
import type { Similarity } from './similarity';
import type { Pairs } from './tone';

/** Side of the patches whose means are compared: it averages out noise and what is left of misalignment. */
const PATCH = 4;
const MOST_PATCHES = 2_500;

/** The mean colours of patches that canvas and aligned answer both show, and where in the window these lie. */
export interface Samples {
  readonly count: number;
  /** How far each patch begins from the next, in pixels. */
  readonly stride: number;
  /** The middle of each patch, in window pixels. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** For red, green and blue. */
  readonly channels: readonly [Pairs, Pairs, Pairs];
}

/** Takes samples of an overlap on an even grid. */
export function samplesOf(canvas: PixelImage, window: Bounds, answer: PixelImage, overlap: Overlap, at: Similarity): Samples {
  const { bounds, known } = overlap;
  const stride = Math.max(PATCH, Math.ceil(Math.sqrt(overlap.count / MOST_PATCHES)));
  const most = Math.ceil(bounds.width / stride) * Math.ceil(bounds.height / stride);
  const middleX = new Float32Array(most);
  const middleY = new Float32Array(most);
  const room = (): Float32Array => new Float32Array(most);
  const there = [room(), room(), room()] as const;
  const redrawn = [room(), room(), room()] as const;
  let count = 0;
  const shown = new Float32Array(3);
  const drawn = new Float32Array(3);
  for (let y = bounds.y; y + PATCH <= bounds.y + bounds.height; y += stride) {
    for (let x = bounds.x; x + PATCH <= bounds.x + bounds.width; x += stride) {
      if (!whole(known, window.width, x, y)) continue;
      if (!answerMean(answer, at, x, y, drawn)) continue;
      canvasMean(canvas, window.x + x, window.y + y, shown);
      middleX[count] = x + PATCH / 2;
      middleY[count] = y + PATCH / 2;
      there.forEach((channel, c) => (channel[count] = shown[c] as number));
      redrawn.forEach((channel, c) => (channel[count] = drawn[c] as number));
      count++;
    }
  }
  const pairs = (c: 0 | 1 | 2): Pairs => ({ count, answer: redrawn[c], canvas: there[c] });
  return { count, stride, x: middleX, y: middleY, channels: [pairs(0), pairs(1), pairs(2)] };
}

function whole(known: Uint8Array, stride: number, x: number, y: number): boolean {
  for (let j = y; j < y + PATCH; j++) {
    for (let i = x; i < x + PATCH; i++) if (known[j * stride + i] === 0) return false;
  }
  return true;
}

function canvasMean({ width, data }: PixelImage, x: number, y: number, to: Float32Array): void {
  to.fill(0);
  for (let j = y; j < y + PATCH; j++) {
    for (let i = x; i < x + PATCH; i++) {
      const k = 4 * (j * width + i);
      for (let c = 0; c < 3; c++) to[c] = (to[c] as number) + (data[k + c] as number) / (PATCH * PATCH);
    }
  }
}

/** The mean over the patch's image in the answer, bilinear at each of its pixels (its own turn within the patch is too small to matter); false where that leaves the answer. */
function answerMean({ width, height, data }: PixelImage, at: Similarity, patchX: number, patchY: number, to: Float32Array): boolean {
  const u = patchX + PATCH / 2 - at.centreX;
  const v = patchY + PATCH / 2 - at.centreY;
  const x = at.cosine * u - at.sine * v + at.centreX + at.x - PATCH / 2;
  const y = at.sine * u + at.cosine * v + at.centreY + at.y - PATCH / 2;
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left + PATCH >= width || top + PATCH >= height) return false;
  const fx = x - left;
  const fy = y - top;
  to.fill(0);
  for (let j = 0; j <= PATCH; j++) {
    const down = j === 0 ? 1 - fy : j === PATCH ? fy : 1;
    for (let i = 0; i <= PATCH; i++) {
      const weight = (down * (i === 0 ? 1 - fx : i === PATCH ? fx : 1)) / (PATCH * PATCH);
      const k = 4 * ((top + j) * width + left + i);
      for (let c = 0; c < 3; c++) to[c] = (to[c] as number) + weight * (data[k + c] as number);
    }
  }
  return true;
}
