/** A value of a JSON text with its place; `start` and `end` are offsets in the text, `end` after the last character. */
export type JsonNode =
  | { readonly kind: 'object'; readonly start: number; readonly end: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly start: number; readonly end: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'scalar'; readonly start: number; readonly end: number };

export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}

/** Where a text stops being JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';

  constructor(readonly offset: number) {
    super(`That is no JSON from character ${offset} on.`);
  }
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const OTHER_SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Deeper than this nobody writes a list, and the stack would end. */
const MAX_DEPTH = 100;

/** Reads where the values of a JSON text (RFC 8259) stand; a byte order mark before it is passed over. Throws `JsonSyntaxError`. What the values are, `JSON.parse` says. */
export function locateJson(text: string): JsonNode {
  const reader = new JsonReader(text);
  const root = reader.value(0);
  reader.end();
  return root;
}

/** The node that a path of keys and indexes leads to; the deepest one on the way where the path goes on. */
export function nodeAt(root: JsonNode, path: readonly (string | number)[]): JsonNode {
  let node = root;
  for (const step of path) {
    // Of two members of one name the last one counts, as for `JSON.parse`.
    const next = node.kind === 'object' ? node.members.findLast(({ key }) => key === step)?.value : node.kind === 'array' ? node.items[Number(step)] : undefined;
    if (!next) return node;
    node = next;
  }
  return node;
}

/** A place in a text as people and compilers name it, both from 1; a column is a UTF-16 code unit. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

class JsonReader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  value(depth: number): JsonNode {
    this.#take(SPACE);
    const start = this.#at;
    const next = this.#text[start];
    if (depth > MAX_DEPTH) throw new JsonSyntaxError(start);
    if (next === '{') {
      const members = this.#sequence('}', () => this.#member(depth + 1));
      return { kind: 'object', start, end: this.#at, members };
    }
    if (next === '[') {
      const items = this.#sequence(']', () => this.value(depth + 1));
      return { kind: 'array', start, end: this.#at, items };
    }
    if (this.#take(STRING) === '' && this.#take(OTHER_SCALAR) === '') throw new JsonSyntaxError(start);
    return { kind: 'scalar', start, end: this.#at };
  }

  end(): void {
    this.#take(SPACE);
    if (this.#at < this.#text.length) throw new JsonSyntaxError(this.#at);
  }

  #member(depth: number): JsonMember {
    this.#take(SPACE);
    const key = this.#take(STRING);
    if (key === '') throw new JsonSyntaxError(this.#at);
    this.#expect(':');
    return { key: JSON.parse(key) as string, value: this.value(depth) };
  }

  /** Items between brackets, commas between them. */
  #sequence<T>(close: string, item: () => T): T[] {
    this.#at += 1;
    const items: T[] = [];
    this.#take(SPACE);
    if (this.#text[this.#at] === close) {
      this.#at += 1;
      return items;
    }
    for (;;) {
      items.push(item());
      this.#take(SPACE);
      if (this.#text[this.#at] === close) break;
      this.#expect(',');
    }
    this.#at += 1;
    return items;
  }

  #expect(character: string): void {
    this.#take(SPACE);
    if (this.#text[this.#at] !== character) throw new JsonSyntaxError(this.#at);
    this.#at += 1;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += taken.length;
    return taken;
  }
}
