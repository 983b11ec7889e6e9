import type { Answer, AnswerEntry, PiecedImage, ReadOn } from '../../core/pixels';
import { AnswerReader } from './answerReader';

/** An answer that is read while it comes: the bytes of its pictures are told on the way, and not again with what it says of them. */
export class ArrivingAnswer {
  #pieces: { readonly part: number; readonly bytes: Uint8Array }[] = [];
  #ended: number[] = [];
  /** The parts that have ended, of the whole answer. */
  readonly #told = new Set<number>();
  readonly #reader: AnswerReader;

  /** `streams` says that this is a stream of events however it begins. */
  constructor(streams: boolean) {
    this.#reader = new AnswerReader(streams, {
      piece: (part, bytes) => this.#pieces.push({ part, bytes: shared(bytes) }),
      end: (part) => {
        this.#ended.push(part);
        this.#told.add(part);
      },
    });
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
    const [pieces, ended] = [this.#pieces, this.#ended];
    [this.#pieces, this.#ended] = [[], []];
    return { answers: answers.map((answer) => ({ ...answer, entries: answer.entries.map((entry) => this.#withoutTold(entry)) })), pieces, ended };
  }

  #withoutTold(entry: AnswerEntry): AnswerEntry | PiecedImage {
    if (!('format' in entry) || entry.part === undefined || !this.#told.has(entry.part)) return entry;
    const { bytes: _, part, ...rest } = entry;
    return { ...rest, part };
  }
}

/** A copy that other threads can see: it goes to them without being moved, and does not make their collector of garbage count it. */
function shared(bytes: Uint8Array): Uint8Array {
  if (typeof SharedArrayBuffer === 'undefined') return bytes.slice();
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
