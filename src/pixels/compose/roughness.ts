import { solveSymmetric } from './linear';
import type { Plane } from './plane';

/** 1, x, y, x², xy, y². */
const TERMS = 6;

/**
 * How far a plane is from one of even or slowly changing light: the standard deviation, in levels, of what a quadratic in x and y, fitted by least squares, leaves of its known pixels (`known` is 1 there).
 * 0 where none is known.
 */
export function roughness({ width, height, data }: Plane, known: Uint8Array): number {
  const normal = new Float64Array(TERMS * TERMS);
  const right = new Float64Array(TERMS);
  const terms = new Float64Array(TERMS);
  let count = 0;
  let squares = 0;
  for (let y = 0; y < height; y++) {
    const v = (2 * y + 1) / height - 1;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (known[i] === 0) continue;
      const value = data[i] as number;
      termsAt((2 * x + 1) / width - 1, v, terms);
      for (let a = 0; a < TERMS; a++) {
        right[a] = (right[a] as number) + (terms[a] as number) * value;
        for (let b = 0; b <= a; b++) normal[a * TERMS + b] = (normal[a * TERMS + b] as number) + (terms[a] as number) * (terms[b] as number);
      }
      squares += value * value;
      count++;
    }
  }
  if (count === 0) return 0;
  // So little that it changes nothing, and enough where the known pixels lie in a line.
  for (let a = 0; a < TERMS; a++) normal[a * (TERMS + 1)] = (normal[a * (TERMS + 1)] as number) + 1e-6;
  const fitted = solveSymmetric(normal, right);
  const explained = fitted ? fitted.reduce((sum, value, a) => sum + value * (right[a] as number), 0) : 0;
  return Math.sqrt(Math.max(0, squares - explained) / count);
}

function termsAt(x: number, y: number, to: Float64Array): void {
  to[0] = 1;
  to[1] = x;
  to[2] = y;
  to[3] = x * x;
  to[4] = x * y;
  to[5] = y * y;
}
