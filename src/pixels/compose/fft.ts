/** A complex field for the Fourier transform: sides are powers of two, rows from the top. */
export interface ComplexField {
  readonly width: number;
  readonly height: number;
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** Transforms a field in place; `sign` −1 is forward, 1 is inverse without the division by its size. */
export function transform(field: ComplexField, sign: 1 | -1): void {
  const { width, height, re, im } = field;
  const rows = twiddles(width, sign);
  for (let y = 0; y < height; y++) line(re.subarray(y * width, (y + 1) * width), im.subarray(y * width, (y + 1) * width), rows);
  const columns = twiddles(height, sign);
  const columnRe = new Float32Array(height);
  const columnIm = new Float32Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      columnRe[y] = re[y * width + x] as number;
      columnIm[y] = im[y * width + x] as number;
    }
    line(columnRe, columnIm, columns);
    for (let y = 0; y < height; y++) {
      re[y * width + x] = columnRe[y] as number;
      im[y * width + x] = columnIm[y] as number;
    }
  }
}

interface Twiddles {
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
}

function twiddles(length: number, sign: 1 | -1): Twiddles {
  const half = length >> 1;
  return {
    cosines: Float32Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / length)),
    sines: Float32Array.from({ length: half }, (_, k) => sign * Math.sin((2 * Math.PI * k) / length)),
  };
}

/** One line by the radix-2 method of Cooley and Tukey, decimation in time. */
function line(re: Float32Array, im: Float32Array, { cosines, sines }: Twiddles): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const swapRe = re[i] as number;
      const swapIm = im[i] as number;
      re[i] = re[j] as number;
      im[i] = im[j] as number;
      re[j] = swapRe;
      im[j] = swapIm;
    }
  }
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const step = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const c = cosines[k * step] as number;
        const s = sines[k * step] as number;
        const bRe = re[b] as number;
        const bIm = im[b] as number;
        const turnedRe = bRe * c - bIm * s;
        const turnedIm = bRe * s + bIm * c;
        const aRe = re[a] as number;
        const aIm = im[a] as number;
        re[b] = aRe - turnedRe;
        im[b] = aIm - turnedIm;
        re[a] = aRe + turnedRe;
        im[a] = aIm + turnedIm;
      }
    }
  }
}
