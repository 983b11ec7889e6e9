import type { GrowingEntry, Storage } from '../core/ports';

/** The body of an answer in the outbox while it comes. What cannot be written is not worth failing for: whoever reads the answer still has it. */
export class ArrivingBody {
  readonly #storage: Storage;
  readonly #name: string;
  readonly #described: Promise<void>;
  readonly #removeEntry: () => Promise<void>;
  /** Undefined once something could not be written: what is there is then the beginning of the body, and stays so. */
  #entry: Promise<GrowingEntry | undefined>;
  #length = 0;

  /** `described` settles once that is written which the outbox says of it. */
  constructor(storage: Storage, name: string, described: Promise<void>, removeEntry: () => Promise<void>) {
    this.#storage = storage;
    this.#name = name;
    this.#described = described;
    this.#removeEntry = removeEntry;
    this.#entry = storage.grow(name).catch(() => undefined);
  }

  /** Adds a piece, one at a time; says whether it is there now. */
  async write(piece: Uint8Array): Promise<boolean> {
    const entry = await this.#entry;
    if (!entry) return false;
    try {
      await entry.add(piece);
      this.#length += piece.length;
      return true;
    } catch {
      this.#entry = Promise.resolve(undefined);
      await entry.close().catch(() => {});
      return false;
    }
  }

  /** All pieces that are there; none where they cannot be read any more. */
  async read(): Promise<Uint8Array> {
    const bytes = await this.#storage.read(this.#name).catch(() => undefined);
    // Of the piece that failed a part may be there.
    return (bytes ?? new Uint8Array(0)).subarray(0, this.#length);
  }

  /** For a body whose pictures are entries by now, or that holds none. */
  async remove(): Promise<void> {
    await this.#described;
    await (await this.#entry)?.close().catch(() => {});
    await this.#removeEntry();
  }
}
