/** How the names of events end that bring an unfinished picture. */
export const PREVIEW_EVENT = '.partial_image';

/** Told what a stream of server-sent events says. */
export interface EventSink {
  /** A piece of an event's data as it comes: an event can hold a picture, and megabytes are not made text here. `name` is the event's, empty where it has none. */
  data(piece: Uint8Array, name: string): void;
  /** The event is whole. */
  end(): void;
}

/** Reads a stream of server-sent events however it is cut (HTML standard, 9.2). Ids, waiting times and comments are passed over. */
export class EventReader {
  readonly #sink: EventSink;
  /** What the line is: not known before its colon. */
  #line: 'unknown' | 'data' | 'event' | 'other' = 'unknown';
  /** The line so far, where it is no data. */
  #text = '';
  /** Whether a space may follow that is none of the value. */
  #atValue = false;
  /** Whether a return came, which belongs to the line's end unless something follows. */
  #returned = false;
  #name = '';
  #lines = 0;

  constructor(sink: EventSink) {
    this.#sink = sink;
  }

  /** Takes the next bytes as they came. */
  push(chunk: Uint8Array): void {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#read(chunk.subarray(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#read(chunk.subarray(from));
  }

  /** The stream is over. Its last event counts without the empty line after it, too: it may be paid for. */
  end(): void {
    this.#endLine();
    this.#endEvent();
  }

  #read(piece: Uint8Array): void {
    if (piece.length === 0) return;
    let value = piece;
    if (this.#line === 'unknown') {
      const colon = piece.indexOf(COLON);
      this.#text += text(colon < 0 ? piece : piece.subarray(0, colon));
      if (colon < 0) return;
      this.#line = this.#text === 'data' || this.#text === 'event' ? this.#text : 'other';
      this.#text = '';
      this.#atValue = true;
      if (this.#line === 'data' && (this.#lines += 1) > 1) this.#sink.data(Uint8Array.of(NEWLINE), this.#name);
      value = piece.subarray(colon + 1);
    }
    if (this.#atValue && value.length > 0) {
      this.#atValue = false;
      if (value[0] === SPACE) value = value.subarray(1);
    }
    if (this.#line === 'data') this.#readData(value);
    else if (this.#line === 'event') this.#text += text(value);
  }

  #readData(value: Uint8Array): void {
    if (value.length === 0) return;
    if (this.#returned) this.#sink.data(Uint8Array.of(RETURN), this.#name);
    this.#returned = value.at(-1) === RETURN;
    const data = this.#returned ? value.subarray(0, -1) : value;
    if (data.length > 0) this.#sink.data(data, this.#name);
  }

  #endLine(): void {
    if (this.#line === 'unknown' && (this.#text === '' || this.#text === '\r')) this.#endEvent();
    if (this.#line === 'event') this.#name = this.#text.replace(/\r$/, '');
    this.#line = 'unknown';
    this.#text = '';
    this.#atValue = false;
    this.#returned = false;
  }

  #endEvent(): void {
    if (this.#lines > 0) this.#sink.end();
    this.#lines = 0;
    this.#name = '';
  }
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const COLON = 58;
/** More of a line that is no data says nothing. */
const LONGEST_TEXT = 256;

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, LONGEST_TEXT));
}
