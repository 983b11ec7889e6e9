/** What memory is used for; each has an array of its own. */
type Use = 'colours' | 'plane' | 'rows' | 'first' | 'second';

/** Arrays that a drawing's strips use one after the other: fresh ones for each strip would be more memory than all else in a placement, and set off collections. */
export class Scratch {
  readonly #arrays = new Map<Use, Float32Array>();

  /** An array of `length` floats with whatever stands in it, good until the same use is asked for again. */
  floats(use: Use, length: number): Float32Array {
    const held = this.#arrays.get(use);
    if (held && held.length >= length) return held.subarray(0, length);
    const larger = new Float32Array(length);
    this.#arrays.set(use, larger);
    return larger;
  }
}
