import { Bytes } from '../../core/bytes';
import { ImageError } from '../../core/errors';
import { isRecord } from '../../core/isRecord';
import { LiftedString, unescaped, type Lifted } from './liftedString';

export type Json = Readonly<Record<string, unknown>>;

/** Told of the strings that may be pictures while they come, each by its number. */
export interface PictureListener {
  /** Bytes as they are decoded, good until the next are told. */
  piece(part: number, bytes: Uint8Array): void;
  /** Those were all: the string is sound base64 to its end. */
  end(part: number): void;
}

/** The keys under which pictures come. */
const PICTURE_KEYS = ['b64_json', 'base64', 'url'];
/** The longest of them with each character as an escape. */
const LONGEST_KEY = 6 * 8;
const LONGEST_HEAD = 64 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const WHITE = [0x20, 0x09, 0x0a, 0x0d];
const HEX_DIGITS = /^[0-9a-f]*$/i;

/**
 * Reads a JSON object while it comes, however it is cut. The strings under the keys of pictures are lifted out and decoded on the way; the rest, with their numbers in
 * their places, is left to `JSON.parse`: what that refuses is refused, and what it reads is what it would have read of the whole.
 */
export class AnswerJson {
  readonly #listener: PictureListener | undefined;
  readonly #lifted: Lifted[] = [];
  /** The JSON without what was lifted. */
  readonly #rest = new Bytes();
  readonly #head = new Bytes();
  #inString = false;
  /** Where in the rest the last string begins, behind its quote. */
  #string = 0;
  /** The last string, while only white space has followed it. */
  #key: string | undefined;
  #afterColon = false;
  #lifting: LiftedString | undefined;
  /** Where in the chunk a backslash stands next, as far as is known. */
  #backslash = -1;
  /** An escape that is not whole yet, from its backslash on. */
  #escape = '';
  #valid = true;

  /** The lifted strings are numbered from 0. */
  constructor(listener?: PictureListener) {
    this.#listener = listener;
  }

  /** Its beginning as text, up to 64 kB. */
  get head(): string {
    return new TextDecoder().decode(this.#head.view());
  }

  /** How many strings were lifted out so far. */
  get count(): number {
    return this.#lifted.length;
  }

  push(chunk: Uint8Array): void {
    if (this.#head.length < LONGEST_HEAD) this.#head.add(chunk.subarray(0, LONGEST_HEAD - this.#head.length));
    this.#backslash = -1;
    for (let at = 0; at < chunk.length; ) {
      if (this.#escape !== '') at = this.#readEscape(chunk, at);
      else if (this.#inString) at = this.#readString(chunk, at);
      else at = this.#readOutside(chunk, at);
    }
    if (this.#lifting) this.#tell(this.#lifting);
  }

  /** The object, and the lifted strings, whose numbers stand in it as strings. Throws `bad-answer` where it is none. */
  end(): { readonly json: Json; readonly lifted: readonly Lifted[] } {
    const json = this.#valid ? parse(new TextDecoder().decode(this.#rest.view())) : undefined;
    if (!isRecord(json)) throw new ImageError('bad-answer', 'The server answered with something that is no JSON object.');
    return { json, lifted: this.#lifted };
  }

  #readOutside(chunk: Uint8Array, from: number): number {
    let to = from;
    while (to < chunk.length) {
      const code = chunk[to++] as number;
      if (code === QUOTE) {
        this.#rest.add(chunk.subarray(from, to));
        this.#beginString();
        return to;
      }
      if (WHITE.includes(code)) continue;
      this.#afterColon = code === COLON;
      if (!this.#afterColon) this.#key = undefined;
    }
    this.#rest.add(chunk.subarray(from));
    return to;
  }

  #beginString(): void {
    this.#inString = true;
    this.#string = this.#rest.length;
    if (this.#afterColon && this.#key !== undefined && PICTURE_KEYS.includes(this.#key)) {
      this.#lifting = new LiftedString(this.#key === 'url');
    }
    this.#afterColon = false;
    this.#key = undefined;
  }

  #readString(chunk: Uint8Array, from: number): number {
    const start = this.#lifting?.skim(chunk, from) ?? from;
    const to = this.#endOfRun(chunk, start);
    const run = chunk.subarray(start, to);
    if (!this.#lifting) this.#rest.add(run);
    else if (run.length > 0) this.#lifting.push(run);
    if (to === chunk.length) return to;
    if (chunk[to] === QUOTE) this.#endString();
    else this.#escape = '\\';
    return to + 1;
  }

  /** Where the next quote or backslash stands. A backslash is looked for once, however many strings are before it. */
  #endOfRun(chunk: Uint8Array, from: number): number {
    if (from === chunk.length || chunk[from] === QUOTE || chunk[from] === BACKSLASH) return from;
    if (this.#backslash < from) this.#backslash = indexOr(chunk.indexOf(BACKSLASH, from), chunk.length);
    return indexOr(chunk.subarray(0, this.#backslash).indexOf(QUOTE, from), this.#backslash);
  }

  #endString(): void {
    this.#inString = false;
    if (this.#lifting) {
      const lifted = this.#lifting.end();
      this.#tell(this.#lifting);
      if ('bytes' in lifted) this.#listener?.end(this.#lifted.length);
      this.#rest.add(new TextEncoder().encode(`${this.#lifted.length}"`));
      this.#lifted.push(lifted);
      this.#valid &&= this.#lifting.valid;
      this.#lifting = undefined;
      return;
    }
    if (this.#rest.length - this.#string <= LONGEST_KEY) this.#key = unescaped(new TextDecoder().decode(this.#rest.view(this.#string)));
    this.#rest.add(Uint8Array.of(QUOTE));
  }

  #tell(lifting: LiftedString): void {
    if (!this.#listener) return;
    const fresh = lifting.fresh();
    if (fresh.length > 0) this.#listener.piece(this.#lifted.length, fresh);
  }

  /** Reads an escape to its end: two characters, or six. What breaks it off is not a part of it. */
  #readEscape(chunk: Uint8Array, from: number): number {
    let to = from;
    while (to < chunk.length) {
      const next = this.#escape + String.fromCharCode(chunk[to] as number);
      const isUnicode = next.startsWith('\\u');
      if (isUnicode && !HEX_DIGITS.test(next.slice(2))) {
        this.#valid = false;
        this.#endEscape();
        return to;
      }
      to += 1;
      this.#escape = next;
      if (next.length === (isUnicode ? 6 : 2)) {
        this.#endEscape();
        return to;
      }
    }
    return to;
  }

  #endEscape(): void {
    if (this.#lifting) this.#lifting.escape(this.#escape);
    else this.#rest.add(Uint8Array.from(this.#escape, (character) => character.charCodeAt(0)));
    this.#escape = '';
  }
}

function indexOr(index: number, otherwise: number): number {
  return index < 0 ? otherwise : index;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may be anything.
    return undefined;
  }
}
