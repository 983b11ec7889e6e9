/**
 * The data of each event of a stream of server-sent events, as bytes: an event can hold a picture, and megabytes are not made text here.
 * Names, ids and comments are passed over: the events of the Images API say in their data what they are.
 */
export class EventReader {
  #line = new Bytes();
  #data = new Bytes();
  #events: Uint8Array[] = [];

  /** Takes the next bytes as they came; answers the events that are now whole. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    this.#events = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#line.add(chunk.subarray(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#line.add(chunk.subarray(from));
    return this.#events;
  }

  #endLine(): void {
    const line = this.#line.take();
    const length = line.at(-1) === RETURN ? line.length - 1 : line.length;
    if (length === 0) {
      const data = this.#data.take();
      // Some servers end with a word that is no event.
      if (data.length > 0 && !isWord(data, '[DONE]')) this.#events.push(data);
    } else if (isWord(line.subarray(0, FIELD.length), FIELD)) this.#data.add(line.subarray(line[FIELD.length] === SPACE ? FIELD.length + 1 : FIELD.length, length));
  }
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const FIELD = 'data:';

function isWord(bytes: Uint8Array, word: string): boolean {
  return bytes.length === word.length && bytes.every((byte, at) => byte === word.charCodeAt(at));
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

  /** What came so far, in a buffer of its own; begins anew. */
  take(): Uint8Array {
    const whole = this.#bytes.length === this.#length ? this.#bytes : this.#bytes.slice(0, this.#length);
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
    return whole;
  }
}
