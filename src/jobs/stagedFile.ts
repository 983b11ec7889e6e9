import { Pieces, type FileBytes } from '../core/bytes';
import type { GrowingEntry, Storage } from '../core/ports';
import type { OutboxEntry } from './outboxEntry';

/** How much is added before it is synced while more comes, in bytes: the sync at the end then has little left to do. */
const SYNC_BYTES = 256 * 1024;

/** A picture's file that is written while the picture comes. What cannot be written is no failure: the picture is then written whole. */
export class StagedFile implements FileBytes {
  /** What the outbox says of it. */
  readonly entry: OutboxEntry;
  /** Settles once that is written. */
  readonly described: Promise<void>;
  readonly #storage: Storage;
  readonly #name: string;
  readonly #file: Promise<GrowingEntry | undefined>;
  /** Everything that was asked for so far. */
  #last: Promise<void> = Promise.resolve();
  readonly #pending: Uint8Array[] = [];
  readonly #whole = new Pieces();
  #unsynced = 0;
  #finished = false;
  /** No sync begins before that: a slow disk rests as long as the last one took. */
  #restsUntil = 0;
  #syncing: Promise<void> | undefined;
  #failed = false;

  constructor(storage: Storage, name: string, entry: OutboxEntry, described: Promise<void>) {
    this.entry = entry;
    this.described = described;
    this.#storage = storage;
    this.#name = name;
    this.#file = storage.grow(name).catch(() => undefined);
  }

  get bytes(): Uint8Array {
    return this.#whole.bytes;
  }

  add(bytes: Uint8Array): void {
    this.#whole.add(bytes);
    this.#unsynced += bytes.length;
    this.#finished = false;
    // What comes while a write is under way goes with the next one.
    this.#pending.push(bytes);
    if (this.#pending.length === 1) this.#then((file) => file.add(...this.#pending.splice(0)));
    if (this.#unsynced >= SYNC_BYTES && !this.#syncing && performance.now() >= this.#restsUntil) this.#syncing = this.#sync();
  }

  /** Begins to sync what is there: there will be no more. */
  finish(): void {
    if (!this.#finished) this.#then((file) => file.sync());
    this.#finished = true;
  }

  /** Makes it the entry of that name, on disk (fsync); false where it could not be written. */
  async become(name: string): Promise<boolean> {
    this.finish();
    this.#then(async () => {
      await this.#syncing;
      if (!this.#failed) await this.#storage.rename(this.#name, name);
    });
    await this.#last;
    void this.#close();
    return !this.#failed;
  }

  /** Removes it, and not what is said of it. */
  async drop(): Promise<void> {
    await this.#close();
    await this.#storage.remove(this.#name);
  }

  #then(step: (file: GrowingEntry) => Promise<void>): void {
    this.#last = this.#last.then(async () => {
      const file = await this.#file;
      if (!file || this.#failed) this.#failed = true;
      else await step(file);
    }).catch(() => void (this.#failed = true));
  }

  /** Syncs what was asked for so far, while more is added. */
  async #sync(): Promise<void> {
    this.#unsynced = 0;
    await this.#last;
    const begun = performance.now();
    // A disk tells of a failure only once: the sync at the end might know nothing of it.
    await (await this.#file)?.sync().catch(() => (this.#failed = true));
    this.#restsUntil = 2 * performance.now() - begun;
    this.#syncing = undefined;
  }

  async #close(): Promise<void> {
    await this.#last;
    await this.#syncing;
    await (await this.#file)?.close().catch(() => {});
  }
}
