import { broken, hasText, viewOf } from './stored';

/** A box of an ISO base media file, as AVIF is one. */
export interface Box {
  readonly type: string;
  readonly content: Uint8Array;
}

/** Box headers: 32 bits of size and the type; a size of 1 stands for 64 bits behind the type, 0 for the rest of the file. */
const HEADER = 8;
const LONG_HEADER = 16;

/** Walks the boxes of a file or of another box's content (ISO/IEC 14496-12, 4.2). Throws `broken-image` where one is longer than what holds it. */
export function* boxesOf(bytes: Uint8Array): Generator<Box> {
  for (let offset = 0; offset < bytes.length; ) {
    const reader = new BoxReader(bytes, offset);
    const size = reader.uint(4);
    const type = reader.text(4);
    const header = size === 1 ? LONG_HEADER : HEADER;
    const length = size === 1 ? reader.uint(8) : size === 0 ? bytes.length - offset : size;
    if (length < header || offset + length > bytes.length) throw truncated();
    yield { type, content: bytes.subarray(offset + header, offset + length) };
    offset += length;
  }
}

/** Whether a file begins with a file type box that names one of these brands. */
export function hasBrand(bytes: Uint8Array, brands: readonly string[]): boolean {
  if (bytes.length < LONG_HEADER || !hasText(bytes, 4, 'ftyp')) return false;
  const end = Math.min(bytes.length, viewOf(bytes).getUint32(0));
  // The major brand, a version, and the brands that the file fits too.
  for (let at = HEADER; at + 4 <= end; at += at === HEADER ? 8 : 4) if (brands.some((brand) => hasText(bytes, at, brand))) return true;
  return false;
}

/** Reads the fields of a box one after the other. Throws `broken-image` at its end. */
export class BoxReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** A big-endian number of 0 to 8 bytes. */
  uint(size: number): number {
    return this.take(size).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** A character each byte. */
  text(length: number): string {
    return String.fromCharCode(...this.take(length));
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw truncated();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#at);
  }
}

function truncated(): Error {
  return broken('avif', 'it ends too early');
}
