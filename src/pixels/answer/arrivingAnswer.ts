import type { Answer, ReadOn } from '../../core/pixels';
import { AnswerReader } from './answerReader';

/** An answer that is read while it comes, with the bytes of its pictures on the way. */
export class ArrivingAnswer {
  #pieces: { readonly part: number; readonly bytes: Uint8Array }[] = [];
  readonly #reader: AnswerReader;

  /** `streams` says that this is a stream of events however it begins. */
  constructor(streams: boolean) {
    this.#reader = new AnswerReader(streams, (part, bytes) => this.#pieces.push({ part, bytes: bytes.slice() }));
  }

  /** Takes the next bytes of the body. Throws `bad-answer`. */
  push(piece: Uint8Array): ReadOn {
    return this.#with(this.#reader.push(piece));
  }

  /** The body is over. Throws `bad-answer`. */
  end(): ReadOn {
    return this.#with(this.#reader.end());
  }

  #with(answers: readonly Answer[]): ReadOn {
    const pieces = this.#pieces;
    this.#pieces = [];
    return { answers, pieces };
  }
}
