import { ImageError } from '../../core/errors';
import { EventReader, PREVIEW_EVENT } from '../../core/eventStream';
import type { Answer } from '../../core/pixels';
import { AnswerJson, type PictureListener } from './answerJson';
import { answerOf } from './answerOf';

const BEGINS_STREAM = /^(event|data|id|retry)?:/;
/** So many bytes tell a stream of events from JSON. */
const TELLING_BYTES = 8;

/** Reads the answer of an Images API while it comes, however it is cut: one JSON object, or a stream of events of which each holds one. */
export class AnswerReader {
  readonly #announced: boolean;
  readonly #listener: PictureListener | undefined;
  /** What came before it was known what it is. */
  #first: Uint8Array | undefined = new Uint8Array(0);
  #json: AnswerJson | undefined;
  #events: EventReader | undefined;
  #event: AnswerJson | undefined;
  #parts = 0;
  #ended: Answer[] = [];
  #failure: unknown;
  /** Whether an event has ended. */
  #hasEnded = false;

  /** `streams` says that this is a stream however it begins. The strings are numbered through the whole body. */
  constructor(streams: boolean, listener?: PictureListener) {
    this.#announced = streams;
    this.#listener = listener;
    if (streams) this.#read(true);
  }

  /** Takes the next bytes; answers the events that are whole by now. Throws `bad-answer` where one holds no JSON object. */
  push(chunk: Uint8Array): readonly Answer[] {
    if (this.#first) {
      const first = new Uint8Array(this.#first.length + chunk.length);
      first.set(this.#first);
      first.set(chunk, this.#first.length);
      this.#first = first;
      if (first.length < TELLING_BYTES) return [];
      this.#read(BEGINS_STREAM.test(new TextDecoder().decode(first.subarray(0, TELLING_BYTES))));
      return this.push(first);
    }
    this.#json?.push(chunk);
    this.#events?.push(chunk);
    return this.#take();
  }

  /** The body is over: the answer, or what an event without an end brought. Throws `bad-answer` where it is no JSON object, or one that holds neither pictures nor an error. */
  end(): readonly Answer[] {
    if (this.#first) {
      const first = this.#first;
      this.#read(false);
      this.push(first);
    }
    if (this.#json) return [answerOf(this.#json, this.#parts)];
    const failure = this.#failure;
    this.#events?.end();
    // What stands without an end may be no whole event.
    this.#failure = failure;
    if (!this.#announced && !this.#hasEnded) throw new ImageError('bad-answer', 'The server answered with something that is no JSON object.');
    return this.#take();
  }

  #read(streams: boolean): void {
    this.#first = undefined;
    if (streams) this.#events = new EventReader({ data: (piece, name) => this.#readEvent(piece, name), end: () => this.#endEvent() });
    else this.#json = new AnswerJson(this.#listener);
  }

  #readEvent(piece: Uint8Array, name: string): void {
    // A preview is no picture that is to be kept.
    this.#event ??= new AnswerJson(name.endsWith(PREVIEW_EVENT) ? undefined : numberedFrom(this.#parts, this.#listener));
    this.#event.push(piece);
  }

  #endEvent(): void {
    const event = this.#event;
    this.#event = undefined;
    // Some servers end with a word that is no event.
    if (!event || event.head === '[DONE]' || this.#failure !== undefined) return;
    this.#hasEnded = true;
    try {
      this.#ended.push(answerOf(event, this.#parts));
      this.#parts += event.count;
    } catch (error) {
      this.#failure = error;
    }
  }

  #take(): readonly Answer[] {
    const ended = this.#ended;
    // What came before a broken event is told first.
    if (ended.length === 0 && this.#failure !== undefined) throw this.#failure;
    this.#ended = [];
    return ended;
  }
}

function numberedFrom(first: number, listener: PictureListener | undefined): PictureListener | undefined {
  return listener && { piece: (lifted, bytes) => listener.piece(first + lifted, bytes), end: (lifted) => listener.end(first + lifted) };
}
