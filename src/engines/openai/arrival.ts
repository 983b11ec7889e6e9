import type { AnswerCopy } from '../../core/engine';
import { PREVIEW_EVENT } from '../../core/eventStream';
import { ImageError } from '../../core/errors';
import { concat, Pieces } from '../../core/bytes';
import type { Answer, AnswerEntry, PiecedImage, Pixels, Reading, ReadOn } from '../../core/pixels';

/** Larger ones go to the worker by pieces and might be overtaken, in bytes. */
const LARGEST_PIECE = 256 * 1024;

/** How far the worker may be behind, in bytes: what is left to read at the last byte stays small, and so does what waits in memory. */
const MOST_BEHIND = 256 * 1024;

/** What reading an answer needs. */
export interface ArrivalContext {
  readonly pixels: Pick<Pixels, 'beginAnswer' | 'readOn' | 'endAnswer' | 'readAnswer' | 'close'>;
  /** Whether the server says that it streams events. */
  readonly streams: boolean;
  /** Given the pictures' bytes as they are read. */
  readonly copy: AnswerCopy | undefined;
  readonly signal: AbortSignal;
}

/** An answer that comes piece by piece and is read meanwhile in the worker, so that little is left to do at its last byte. Should the worker die, another reads it from the start: out of its copy, and what that has not is kept here. */
export class Arrival {
  readonly #context: ArrivalContext;
  readonly #reading: Promise<Reading>;
  /** What follows in the body upon what its copy has. */
  readonly #uncopied: Uint8Array[] = [];
  /** The files of the pictures, by their parts. */
  readonly #files = new Map<number, Pieces>();
  /** Settle with the pieces that the worker has been given, in their order. */
  readonly #given: Promise<unknown>[] = [];
  readonly #cancelled: Promise<unknown>;
  #behind = 0;
  #died = false;
  /** Pictures that events have brought so far, without previews. */
  #told = 0;

  constructor(context: ArrivalContext) {
    this.#context = context;
    this.#reading = context.pixels.beginAnswer(context.streams, context.signal);
    // Told by what reads on.
    this.#reading.catch(() => {});
    this.#cancelled = new Promise((resolve) => context.signal.addEventListener('abort', resolve, { once: true }));
  }

  /** Waits until the worker has nearly caught up, or the answer is cancelled. */
  async ready(): Promise<void> {
    while (this.#behind > MOST_BEHIND && !this.#context.signal.aborted) await Promise.race([this.#given.shift(), this.#cancelled]);
  }

  /**
   * Takes the next bytes; answers what is whole by it. Need not be waited for: what fails here fails at the end, too. A piece that the copy has is given away.
   * Rejects with `bad-answer` and `cancelled`.
   */
  push(piece: Uint8Array, isCopied: boolean): Promise<readonly Answer[]> {
    if (!isCopied) this.#uncopied.push(piece);
    if (piece.length <= LARGEST_PIECE) return this.#push(piece, isCopied && piece.length === piece.buffer.byteLength);
    const parts = Array.from({ length: Math.ceil(piece.length / LARGEST_PIECE) }, (_, index) => piece.slice(index * LARGEST_PIECE, (index + 1) * LARGEST_PIECE));
    const reads = Promise.all(parts.map((part) => this.#push(part, true))).then((answers) => answers.flat());
    reads.catch(() => {});
    return reads;
  }

  #push(piece: Uint8Array, isGiven: boolean): Promise<readonly Answer[]> {
    const { pixels, streams, signal } = this.#context;
    const { length } = piece;
    // A whole answer's many pieces are under way at once: one that is cancelled is waited for by nobody.
    const read = this.#read((reading) => pixels.readOn(reading, piece, isGiven, streams ? signal : undefined), async () => []);
    this.#behind += length;
    this.#given.push(read.then(() => {}, () => {}).finally(() => (this.#behind -= length)));
    return read;
  }

  /** The body is over; answers what was not yet told. Rejects with `bad-answer` and `cancelled`. */
  end(): Promise<readonly Answer[]> {
    const { pixels, signal } = this.#context;
    return this.#read((reading) => pixels.endAnswer(reading, signal), async () => {
      const whole = await pixels.readAnswer(await this.body(), signal);
      return [{ ...whole, entries: whole.entries.slice(this.#told) }];
    });
  }

  /** The body as far as it has come, in a buffer of its own. */
  async body(): Promise<Uint8Array> {
    const copied = await this.#context.copy?.written();
    return concat([copied ?? new Uint8Array(0), ...this.#uncopied]);
  }

  /** Lets go of the answer, however far the worker has come with it. */
  close(): void {
    this.#uncopied.length = 0;
    this.#files.clear();
    this.#reading.then((reading) => this.#context.pixels.close(reading), () => {});
  }

  async #read(step: (reading: Reading) => Promise<ReadOn>, instead: () => Promise<readonly Answer[]>): Promise<readonly Answer[]> {
    if (this.#died) return instead();
    try {
      const { answers, pieces, ended } = await step(await this.#reading);
      for (const { part, bytes } of pieces) {
        this.#fileOf(part).add(bytes);
        this.#context.copy?.picture(part, bytes);
      }
      for (const part of ended) this.#context.copy?.pictureEnds(part);
      for (const { type, entries } of answers) if (!type?.endsWith(PREVIEW_EVENT)) this.#told += entries.length;
      return answers.map((answer) => ({ ...answer, entries: answer.entries.map((entry) => this.#withFile(entry)) }));
    } catch (error) {
      // The worker's own death says nothing of the picture, which is paid for.
      if (!isDeath(error)) throw error;
      this.#died = true;
      return instead();
    }
  }

  #withFile(entry: AnswerEntry | PiecedImage): AnswerEntry {
    if ('url' in entry || 'damage' in entry || 'bytes' in entry) return entry;
    const file = this.#fileOf(entry.part);
    return { ...entry, get bytes() { return file.bytes; } };
  }

  #fileOf(part: number): Pieces {
    const file = this.#files.get(part) ?? new Pieces();
    this.#files.set(part, file);
    return file;
  }
}

/** Whether the worker failed at reading an answer by its own death, and not by what the answer is. */
export function isDeath(error: unknown): boolean {
  return error instanceof ImageError && error.reason !== 'bad-answer' && error.reason !== 'cancelled';
}
