/**
 * Solves A·x = b for a symmetric positive definite A of n x n (row by row; only the lower half is read) by Cholesky's method.
 * Undefined where A is not positive definite.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const x = new Float64Array(b.length);
  return choleskySolve(a, b, x) === undefined ? undefined : x;
}

/** Solves A·x = b as `solveSymmetric` does, into `x`. Returns the logarithm of A's determinant; undefined where A is not positive definite. */
export function choleskySolve(a: Float64Array, b: Float64Array, x: Float64Array): number | undefined {
  const n = b.length;
  const lower = new Float64Array(n * n);
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    let value = b[i] as number;
    for (let j = 0; j <= i; j++) {
      const sum = (a[i * n + j] as number) - product(lower, i * n, j * n, j);
      if (i === j) {
        if (!(sum > 0)) return undefined;
        lower[i * n + i] = Math.sqrt(sum);
        logDeterminant += Math.log(sum);
      } else {
        lower[i * n + j] = sum / (lower[j * n + j] as number);
        value -= (lower[i * n + j] as number) * (x[j] as number);
      }
    }
    x[i] = value / (lower[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = x[i] as number;
    for (let k = i + 1; k < n; k++) value -= (lower[k * n + i] as number) * (x[k] as number);
    x[i] = value / (lower[i * n + i] as number);
  }
  return logDeterminant;
}

function product(values: Float64Array, left: number, right: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (values[left + k] as number) * (values[right + k] as number);
  return sum;
}

/** The median of the absolute values, found in a histogram of 1024 bins up to `most` (all beyond counts as `most`). */
export function medianMagnitude(values: Float32Array, count: number, most: number): number {
  const bins = new Uint32Array(1024);
  for (let i = 0; i < count; i++) {
    const bin = Math.floor((Math.abs(values[i] as number) * 1023) / most);
    bins[bin < 1023 ? bin : 1023] = (bins[bin < 1023 ? bin : 1023] as number) + 1;
  }
  let seen = 0;
  for (let bin = 0; bin < 1024; bin++) {
    seen += bins[bin] as number;
    if (2 * seen >= count) return ((bin + 0.5) * most) / 1023;
  }
  return 0;
}
