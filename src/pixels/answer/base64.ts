const INVALID = 255;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIX_BITS = new Uint8Array(256).fill(INVALID);
for (let value = 0; value < 64; value++) SIX_BITS[ALPHABET.charCodeAt(value)] = value;

const EQUALS = 61;
const FIRST_BYTES = 64 * 1024;

/**
 * Decodes base64 that comes in pieces (RFC 4648 §4; padding may be missing, as some servers leave it out). A text that is anything else is not sound, so that a
 * damaged picture is noticed here. Its own code since `atob` wants the whole text at once and `Buffer` is Node's alone.
 */
export class Base64Decoder {
  #bytes = new Uint8Array(0);
  #length = 0;
  #told = 0;
  /** The characters of a group of four that is not whole yet: their bits, and how many they are. */
  #bits = 0;
  #open = 0;
  #characters = 0;
  #padding = 0;
  #sound = true;

  /** False once the text cannot be base64 any more. */
  get sound(): boolean {
    return this.#sound;
  }

  /** Characters so far. */
  get characters(): number {
    return this.#characters;
  }

  /** Takes the next characters, a byte each. */
  push(codes: Uint8Array): void {
    for (let at = this.read(codes, 0); at < codes.length; at = this.read(codes, at + 1)) this.#other(codes[at] as number);
  }

  /** Takes characters from a place on, up to the first that is no digit; answers where that stands, or the end. */
  read(codes: Uint8Array, from: number): number {
    if (!this.#sound || this.#padding > 0) return from;
    this.#reserve(Math.ceil(((codes.length - from + 3) * 3) / 4));
    let at = from;
    while (this.#open > 0 && at < codes.length && this.#digit(codes[at] as number)) at += 1;
    if (this.#open === 0) at = this.#readGroups(codes, at);
    while (at < codes.length && this.#digit(codes[at] as number)) at += 1;
    this.#characters += at - from;
    return at;
  }

  /** The text is over: a last group may have less than four characters. `sound` is final. */
  end(): void {
    if (this.#open === 1 || (this.#padding > 0 && this.#characters % 4 !== 0)) this.#sound = false;
    this.#reserve(2);
    if (this.#open >= 2) this.#bytes[this.#length++] = this.#bits >> (6 * this.#open - 8);
    if (this.#open === 3) this.#bytes[this.#length++] = this.#bits >> 2;
    this.#open = 0;
  }

  /** The bytes since this was last asked, good until the next call. */
  fresh(): Uint8Array {
    const from = this.#told;
    this.#told = this.#length;
    return this.#bytes.subarray(from, this.#length);
  }

  /** All bytes: a view into a buffer that may be larger by a half. */
  all(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Reads whole groups of four while they are sound; answers where they end. */
  #readGroups(codes: Uint8Array, from: number): number {
    const bytes = this.#bytes;
    let to = this.#length;
    let at = from;
    for (; at + 4 <= codes.length; at += 4) {
      const a = SIX_BITS[codes[at] as number] as number;
      const b = SIX_BITS[codes[at + 1] as number] as number;
      const c = SIX_BITS[codes[at + 2] as number] as number;
      const d = SIX_BITS[codes[at + 3] as number] as number;
      // Only `INVALID` has bits above the sixth.
      if ((a | b | c | d) > 63) break;
      bytes[to] = (a << 2) | (b >> 4);
      bytes[to + 1] = (b << 4) | (c >> 2);
      bytes[to + 2] = (c << 6) | d;
      to += 3;
    }
    this.#length = to;
    return at;
  }

  /** False where it is none. */
  #digit(code: number): boolean {
    const value = SIX_BITS[code] as number;
    if (value === INVALID) return false;
    this.#bits = ((this.#bits << 6) | value) & 0xffffff;
    this.#open = (this.#open + 1) % 4;
    if (this.#open > 0) return true;
    this.#bytes[this.#length++] = this.#bits >> 16;
    this.#bytes[this.#length++] = this.#bits >> 8;
    this.#bytes[this.#length++] = this.#bits;
    return true;
  }

  #other(code: number): void {
    this.#characters += 1;
    if (code === EQUALS) this.#padding += 1;
    if (code !== EQUALS || this.#padding > 2) this.#sound = false;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#length + more, FIRST_BYTES, Math.ceil(this.#bytes.length * 1.5)));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
