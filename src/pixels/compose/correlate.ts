import { transform } from './fft';
import type { ComplexField } from './fft';
import type { PyramidLevel } from './overlap';
import type { Plane } from './plane';

/** A shift in window pixels: what the canvas shows at a point, the answer shows at that point plus the shift. */
export interface Translation {
  readonly x: number;
  readonly y: number;
}

/** How many peaks are looked at. */
const CANDIDATES = 4;
/** Frequencies weaker than this share of the mean are noise; full whitening would lift them. */
const FLOOR = 0.1;

/**
 * Phase correlation of the complex gradients under a Hann window (Argyriou and Vlachos 2003): the shifts of the highest peaks, best first, each refined by the centroid around it.
 * Gradients ignore tone, and only those inside the known area count, so that a mask of any shape will do. `reach` bounds each axis, in window pixels.
 */
export function correlate(level: PyramidLevel, reach: number): Translation[] {
  const canvas = gradients(level.canvas, level.known);
  const answer = gradients(level.answer, level.known);
  transform(canvas, -1);
  transform(answer, -1);
  whiten(canvas, answer);
  transform(canvas, 1);
  const { width, height, re } = canvas;
  const at = (x: number, y: number): number => Math.max(0, re[((y + height) % height) * width + ((x + width) % width)] as number);
  const most = Math.floor(reach / level.factor);
  const mostX = Math.min(most, (width >> 1) - 2);
  const mostY = Math.min(most, (height >> 1) - 2);
  const peaks: { x: number; y: number; value: number }[] = [];
  for (let y = -mostY; y <= mostY; y++) {
    for (let x = -mostX; x <= mostX; x++) {
      const value = at(x, y);
      if (value > 0 && value >= Math.max(at(x - 1, y), at(x + 1, y), at(x, y - 1), at(x, y + 1))) peaks.push({ x, y, value });
    }
  }
  const highest = peaks.sort((a, b) => b.value - a.value).slice(0, CANDIDATES);
  return highest.map((peak) => {
    let total = 0;
    let sumX = 0;
    let sumY = 0;
    for (let y = peak.y - 1; y <= peak.y + 1; y++) {
      for (let x = peak.x - 1; x <= peak.x + 1; x++) {
        total += at(x, y);
        sumX += x * at(x, y);
        sumY += y * at(x, y);
      }
    }
    return { x: (sumX / total) * level.factor, y: (sumY / total) * level.factor };
  });
}

/** Puts the normalised cross power of both spectra into the first. */
function whiten(canvas: ComplexField, answer: ComplexField): void {
  const { re, im } = canvas;
  let total = 0;
  for (let i = 0; i < re.length; i++) {
    const ar = answer.re[i] as number;
    const ai = answer.im[i] as number;
    const cr = re[i] as number;
    const ci = im[i] as number;
    re[i] = ar * cr + ai * ci;
    im[i] = ai * cr - ar * ci;
    total += Math.hypot(re[i] as number, im[i] as number);
  }
  const floor = (FLOOR * total) / re.length + 1e-9;
  for (let i = 0; i < re.length; i++) {
    const norm = 1 / (Math.hypot(re[i] as number, im[i] as number) + floor);
    re[i] = (re[i] as number) * norm;
    im[i] = (im[i] as number) * norm;
  }
}

/** The gradient as a complex number at each known pixel with known neighbours, under a Hann window, padded with zeros to powers of two. */
function gradients({ width, height, data }: Plane, known: Uint8Array): ComplexField {
  const size = (length: number): number => 2 ** Math.ceil(Math.log2(Math.max(8, length)));
  const fieldWidth = size(width);
  const fieldHeight = size(height);
  const re = new Float32Array(fieldWidth * fieldHeight);
  const im = new Float32Array(fieldWidth * fieldHeight);
  const across = hann(width);
  const down = hann(height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (((known[i - 1] as number) & (known[i + 1] as number) & (known[i - width] as number) & (known[i + width] as number)) === 0) continue;
      const weight = (across[x] as number) * (down[y] as number);
      re[y * fieldWidth + x] = weight * ((data[i + 1] as number) - (data[i - 1] as number));
      im[y * fieldWidth + x] = weight * ((data[i + width] as number) - (data[i - width] as number));
    }
  }
  return { width: fieldWidth, height: fieldHeight, re, im };
}

function hann(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length));
}
