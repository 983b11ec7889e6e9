import { FIXED } from './membraneGrid';

/** Three values for each fixed pixel of a membrane, and nothing for all others, which are many more. */
export class FixedValues {
  /** Three for each pixel, in the order of the pixels. */
  readonly values: Float32Array;
  readonly #pixels: Int32Array;

  constructor(state: Uint8Array) {
    let count = 0;
    for (let i = state.indexOf(FIXED); i >= 0; i = state.indexOf(FIXED, i + 1)) count++;
    this.#pixels = new Int32Array(count);
    for (let i = state.indexOf(FIXED), n = 0; i >= 0; i = state.indexOf(FIXED, i + 1)) this.#pixels[n++] = i;
    this.values = new Float32Array(3 * count);
  }

  /** Where the values of a fixed pixel begin, by its index in the membrane; where those of the next one would for every other pixel. */
  at(pixel: number): number {
    let low = 0;
    let high = this.#pixels.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pixels[middle] as number) < pixel) low = middle + 1;
      else high = middle;
    }
    return 3 * low;
  }
}
