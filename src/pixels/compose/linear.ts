/**
 * Solves A·x = b for a symmetric positive definite A of n x n (row by row; only the lower half is read) by Cholesky's method.
 * Undefined where A is not positive definite.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  const lower = new Float64Array(n * n);
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let value = b[i] as number;
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] as number) * (lower[j * n + k] as number);
      if (i === j) {
        if (!(sum > 0)) return undefined;
        lower[i * n + i] = Math.sqrt(sum);
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
  return x;
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
