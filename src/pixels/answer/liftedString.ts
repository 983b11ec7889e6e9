import { Bytes } from '../../core/bytes';
import { Base64Decoder } from './base64';

/** The largest file of one picture: 3840x2160 in RGBA, uncompressed, is 33 MB. */
const MAX_PICTURE_CHARACTERS = 64 * 1024 * 1024;
const DATA_URL = 'data:';
/** Before its comma a `data:` address names little more than a type. */
const LONGEST_DATA_HEAD = 4096;
const COMMA = 44;
/** No character of base64, for escapes that stand for none. */
const NO_DIGIT = 0xff;
const SLASH = Uint8Array.of(0x2f);
const FIRST_PRINTABLE = 0x20;
const NOTHING = new Uint8Array(0);

/** What a string that was lifted out of an answer turned out to be. */
export type Lifted = { readonly text: string } | { readonly bytes: Uint8Array } | { readonly damage: string };

/**
 * A string of an answer that may hold a picture, read while it comes: base64, or a `data:` address of it, is decoded at once. `head` collects until it is known which.
 * A plain address is kept as it was written, and made text at its end.
 */
export class LiftedString {
  readonly #isUrl: boolean;
  #state: 'head' | 'text' | 'base64' | 'damaged' = 'head';
  #damage = '';
  #written = new Bytes();
  #head = new Bytes();
  #base64 = new Base64Decoder();
  #valid = true;

  constructor(isUrl: boolean) {
    this.#isUrl = isUrl;
  }

  /** False where this is no string of JSON: what holds it is none either. */
  get valid(): boolean {
    return this.#valid;
  }

  /** The bytes of a picture since this was last asked, good until the next call. */
  fresh(): Uint8Array {
    return this.#base64.sound ? this.#base64.fresh() : NOTHING;
  }

  /** Takes base64 from a place on, where that is what comes, up to what is none; answers how far that was. */
  skim(chunk: Uint8Array, from: number): number {
    if (this.#state !== 'base64') return from;
    const to = this.#base64.read(chunk, from);
    this.#checkSize();
    return to;
  }

  /** Takes characters that hold no escape. */
  push(run: Uint8Array): void {
    const isBase64 = this.#state === 'base64';
    this.#keep(run);
    this.#take(run);
    if (!isBase64 || !this.#base64.sound) this.#valid &&= run.every((byte) => byte >= FIRST_PRINTABLE);
  }

  /** Takes one escape as it is written, from the backslash on. */
  escape(written: string): void {
    // Many a server writes each slash like this.
    if (written === '\\/' && this.#state === 'base64') return this.#take(SLASH);
    this.#keep(new TextEncoder().encode(written));
    const character = unescaped(written);
    if (character === undefined) this.#valid = false;
    this.#take(Uint8Array.of(character !== undefined && character.charCodeAt(0) < NO_DIGIT ? character.charCodeAt(0) : NO_DIGIT));
  }

  /** The string is over. */
  end(): Lifted {
    if (this.#state === 'head') this.#begin();
    if (this.#state === 'head') this.#fail('The server sent a data: address that is not base64.');
    if (this.#state === 'text') return { text: this.#text() };
    if (this.#state === 'base64') {
      this.#base64.end();
      if (this.#base64.sound) return { bytes: this.#base64.all() };
      this.#fail('The server sent a picture whose base64 is damaged.');
    }
    return { damage: this.#damage };
  }

  #keep(written: Uint8Array): void {
    if (this.#state === 'head' || this.#state === 'text') this.#written.add(written);
  }

  #take(run: Uint8Array): void {
    if (this.#state === 'base64') this.#decode(run);
    else if (this.#state === 'head') {
      this.#head.add(run);
      if (this.#head.length >= DATA_URL.length) this.#begin();
    }
  }

  /** Decides by what has come what this is; cannot yet where it is the head of a `data:` address. */
  #begin(): void {
    const head = this.#head.view();
    if (latin1(head.subarray(0, DATA_URL.length)) === DATA_URL) {
      const comma = head.indexOf(COMMA);
      if (comma < 0 && head.length <= LONGEST_DATA_HEAD) return;
      if (!/;base64$/i.test(latin1(head.subarray(Math.max(0, comma - 7), comma)))) this.#fail('The server sent a data: address that is not base64.');
      else this.#decodeFrom(head.subarray(comma + 1));
    } else if (this.#isUrl || head.length === 0) this.#state = 'text';
    else this.#decodeFrom(head);
    this.#head = new Bytes();
  }

  #decodeFrom(first: Uint8Array): void {
    this.#state = 'base64';
    this.#written = new Bytes();
    this.#decode(first);
  }

  #decode(run: Uint8Array): void {
    this.#base64.push(run);
    this.#checkSize();
  }

  #checkSize(): void {
    if (this.#base64.characters > MAX_PICTURE_CHARACTERS) this.#fail('The server sent a picture that is too large.');
  }

  #fail(damage: string): void {
    this.#state = 'damaged';
    this.#damage = damage;
    this.#base64 = new Base64Decoder();
    this.#written = new Bytes();
  }

  #text(): string {
    return unescaped(new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#written.view())) ?? '';
  }
}

/** What the inside of a JSON string stands for; undefined where it cannot stand in one. */
export function unescaped(written: string): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${written}"`);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
