/** What memory is used for; each has an array of its own. */
type Use = 'colours' | 'plane' | 'first' | 'second';

/** Arrays that a drawing's strips use one after the other: fresh ones for each strip would be more memory than all else in a placement, and set off collections. */
export class Scratch {
  readonly #arrays = new Map<Use, Float32Array>();
  #bytes = new Uint8Array(0);
  #integers = new Int32Array(0);

  /** An array of `length` floats with whatever stands in it, good until the same use is asked for again. */
  floats(use: Use, length: number): Float32Array {
    const held = this.#arrays.get(use);
    if (held && held.length >= length) return held.subarray(0, length);
    const larger = new Float32Array(length);
    this.#arrays.set(use, larger);
    return larger;
  }

  /** `length` bytes of 0, good until they are asked for again. */
  bytes(length: number): Uint8Array {
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    return this.#bytes.subarray(0, length).fill(0);
  }

  /** `length` integers with whatever stands in them, good until they are asked for again. */
  integers(length: number): Int32Array {
    if (this.#integers.length < length) this.#integers = new Int32Array(length);
    return this.#integers.subarray(0, length);
  }
}
