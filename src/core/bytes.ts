/** Whether two byte strings are the same. Four bytes at a time where memory allows: whole pictures are compared on threads that must not be held up. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const words = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? a.length >> 2 : 0;
  const [wordsA, wordsB] = [a, b].map(({ buffer, byteOffset }) => new Uint32Array(buffer, words > 0 ? byteOffset : 0, words)) as [Uint32Array, Uint32Array];
  for (let i = 0; i < words; i++) if (wordsA[i] !== wordsB[i]) return false;
  for (let i = 4 * words; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** One array of all pieces. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Changes a file that passes by in pieces. */
export interface PieceFilter {
  /** Takes the next piece; answers what can be handed on by now. Nothing is copied that need not be. */
  push(piece: Uint8Array): readonly Uint8Array[];
  /** Whether a whole file has passed, with nothing kept back. */
  readonly whole: boolean;
}

/** A file's bytes, which may be put together only when they are asked for. */
export interface FileBytes {
  readonly bytes: Uint8Array;
}

/** A file that is there in pieces. Pictures are large, and one that is written while it comes is on disk before anybody asks for its bytes. */
export class Pieces implements FileBytes {
  #pieces: Uint8Array[] = [];
  #whole: Uint8Array | undefined;

  /** All of them, in memory of this thread's own: the same array until more is added. */
  get bytes(): Uint8Array {
    this.#whole ??= concat(this.#pieces);
    this.#pieces = [this.#whole];
    return this.#whole;
  }

  /** Adds bytes that nobody will change. */
  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#whole = undefined;
  }
}

/** Bytes that come in pieces; the array grows by doubling. */
export class Bytes {
  #bytes = new Uint8Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** What came so far, from a place on; good until more is added. */
  view(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.#length);
  }

  /** What came so far, in a buffer of its own; begins anew. */
  take(): Uint8Array {
    const whole = this.#bytes.length === this.#length ? this.#bytes : this.#bytes.slice(0, this.#length);
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
    return whole;
  }
}
