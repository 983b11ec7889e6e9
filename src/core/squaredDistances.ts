/**
 * The square of each pixel's distance to the nearest pixel of a set (one byte a pixel, 1 inside), exact up to `reach` pixels and more than `reach` squared beyond, in linear time whatever the reach:
 * steps along the columns first, then along each row the lower envelope of the parabolas that stand on them (Meijster, Roerdink and Hesselink 2000; Felzenszwalb and Huttenlocher 2012).
 * `squared` takes them, whatever stands in it.
 */
export function squaredDistances(set: Uint8Array, width: number, height: number, reach: number, squared: Int32Array = new Int32Array(set.length)): Int32Array {
  const far = reach + 1;
  squared.fill(far);
  for (let y = 0; y < height; y++) stepFrom(set, squared, y * width, y === 0 ? -1 : (y - 1) * width, width, far);
  for (let y = height - 2; y >= 0; y--) stepFrom(set, squared, y * width, (y + 1) * width, width, far);
  const envelope = new Envelope(width);
  for (let row = 0; row < squared.length; row += width) envelope.square(squared, row, far);
  return squared;
}

/** Lowers a row's steps to those of the row beside it, which begins at `beside` (-1 for none), and one more. */
function stepFrom(set: Uint8Array, steps: Int32Array, row: number, beside: number, width: number, far: number): void {
  for (let x = 0; x < width; x++) {
    if (set[row + x] === 1) steps[row + x] = 0;
    else if (beside >= 0) steps[row + x] = Math.min(far, steps[row + x] as number, (steps[beside + x] as number) + 1);
  }
}

/** The parabolas that are lowest somewhere along a row, from the left. */
class Envelope {
  readonly #width: number;
  /** Where each has its apex, how high that is, and from which pixel on it is the lowest. */
  readonly #apexes: Int32Array;
  readonly #heights: Int32Array;
  readonly #starts: Int32Array;

  constructor(width: number) {
    this.#width = width;
    this.#apexes = new Int32Array(width);
    this.#heights = new Int32Array(width);
    this.#starts = new Int32Array(width);
  }

  /** Makes of a row's steps along the columns its squared distances, in place; steps of `far` lead nowhere. */
  square(values: Int32Array, row: number, far: number): void {
    const count = this.#build(values, row, far);
    for (let k = 0, x = 0; k < count; k++) {
      const end = k + 1 < count ? (this.#starts[k + 1] as number) : this.#width;
      const apex = this.#apexes[k] as number;
      const height = this.#heights[k] as number;
      for (; x < end; x++) if (values[row + x] !== 0) values[row + x] = Math.min(far * far, (x - apex) * (x - apex) + height);
    }
    if (count === 0) values.fill(far * far, row, row + this.#width);
  }

  /** How many parabolas there are. */
  #build(values: Int32Array, row: number, far: number): number {
    let count = 0;
    for (let x = 0; x < this.#width; x++) {
      const steps = values[row + x] as number;
      // Within the set a pixel between two of it is no one's nearest but its own.
      if (steps >= far || (steps === 0 && x > 0 && x < this.#width - 1 && values[row + x - 1] === 0 && values[row + x + 1] === 0)) continue;
      const height = steps * steps;
      let start = count === 0 ? 0 : this.#below(count - 1, x, height);
      while (count > 0 && start <= (this.#starts[count - 1] as number)) start = --count === 0 ? 0 : this.#below(count - 1, x, height);
      if (start >= this.#width) continue;
      this.#apexes[count] = x;
      this.#heights[count] = height;
      this.#starts[count] = start;
      count++;
    }
    return count;
  }

  /** The first pixel at which the parabola over `x` is lower than the k-th. */
  #below(k: number, x: number, height: number): number {
    const apex = this.#apexes[k] as number;
    return Math.floor((height + x * x - (this.#heights[k] as number) - apex * apex) / (2 * (x - apex))) + 1;
  }
}
