import { Bytes, type PieceFilter } from '../../core/bytes';
import { CHUNK_OVERHEAD, PNG_SIGNATURE, latin1, type Crc32 } from './chunks';
import { recipeChunk, recipeOf } from './recipeChunk';

const HEADER = 8;
/** The bytes of a chunk behind its data. */
const CRC = 4;

/**
 * Sets a PNG's `easel` chunk while the file passes by in pieces, or takes it out where `recipe` is undefined; it stands before the first IDAT. Every other byte stays as
 * it came, IDAT and what follows IEND included. What is found to be no PNG passes as it is.
 */
export class RecipeWriter implements PieceFilter {
  /** Undefined once it is written. */
  #recipe: string | undefined;
  readonly #crc32: Crc32;
  #state: 'signature' | 'header' | 'text' | 'passing' | 'over' = 'signature';
  /** What is held back until it is whole: the signature, a chunk's header, a text that may be a recipe. */
  readonly #held = new Bytes();
  #needed = PNG_SIGNATURE.length;
  /** Bytes of the current chunk that are still to pass. */
  #left = 0;
  #isLast = false;
  /** Whether the piece at hand does not pass as it is. */
  #changed = false;

  constructor(recipe: string | undefined, crc32: Crc32) {
    this.#recipe = recipe;
    this.#crc32 = crc32;
  }

  /** Whether a PNG has passed to its end. */
  get whole(): boolean {
    return this.#state === 'over' && this.#isLast;
  }

  /** Takes the next bytes; answers what can be handed on by now, in views where that is possible. */
  push(piece: Uint8Array): readonly Uint8Array[] {
    const out: Uint8Array[] = [];
    this.#changed = this.#held.length > 0;
    for (let at = 0; at < piece.length; ) {
      const wanted = this.#state === 'over' ? Infinity : this.#state === 'passing' ? this.#left : this.#needed - this.#held.length;
      const part = piece.subarray(at, at + wanted);
      at += part.length;
      if (this.#state === 'over') out.push(part);
      else if (this.#state === 'passing') {
        out.push(part);
        this.#left -= part.length;
        if (this.#left === 0) this.#endChunk();
      } else {
        this.#held.add(part);
        if (this.#held.length === this.#needed) out.push(...this.#release());
      }
    }
    return this.#changed || this.#held.length > 0 ? out : [piece];
  }

  /** Hands on what was held back, now that it is whole, and says what follows. */
  #release(): Uint8Array[] {
    if (this.#state === 'header') return this.#readHeader();
    const held = this.#held.take();
    if (this.#state === 'signature') {
      if (PNG_SIGNATURE.every((byte, at) => held[at] === byte)) this.#endChunk();
      else this.#state = 'over';
      return [held];
    }
    this.#endChunk();
    const data = held.subarray(HEADER, -CRC);
    if (recipeOf({ type: 'iTXt', data, offset: 0 }) === undefined) return [held];
    this.#changed = true;
    return [];
  }

  #readHeader(): Uint8Array[] {
    const header = this.#held.view();
    const length = new DataView(header.buffer, header.byteOffset).getUint32(0);
    const type = latin1(header.subarray(4));
    if (type === 'iTXt') {
      this.#state = 'text';
      this.#needed = CHUNK_OVERHEAD + length;
      return [];
    }
    this.#isLast = type === 'IEND';
    this.#state = /^[A-Za-z]{4}$/.test(type) ? 'passing' : 'over';
    this.#left = length + CRC;
    const recipe = type === 'IDAT' ? this.#recipe : undefined;
    if (recipe === undefined) return [this.#held.take()];
    this.#recipe = undefined;
    this.#changed = true;
    return [recipeChunk(recipe, this.#crc32), this.#held.take()];
  }

  #endChunk(): void {
    this.#state = this.#isLast ? 'over' : 'header';
    this.#needed = HEADER;
  }
}
