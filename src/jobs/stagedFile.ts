import type { GrowingEntry, Storage } from '../core/ports';
import type { OutboxEntry } from './outboxEntry';

/** How much is added before it is synced while more comes, in bytes, and how long after the last time, in milliseconds: the sync at the end then has little left to do, and no other before it. */
const SYNC_BYTES = 512 * 1024;
const SYNC_MS = 100;

/** A picture's file that is written while the picture comes. What cannot be written is no failure: the picture is then written whole. */
export class StagedFile {
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
  #length = 0;
  #unsynced = 0;
  #finished = false;
  #syncedAt = performance.now();
  #syncing: Promise<void> | undefined;
  #failed = false;

  constructor(storage: Storage, name: string, entry: OutboxEntry, described: Promise<void>) {
    this.entry = entry;
    this.described = described;
    this.#storage = storage;
    this.#name = name;
    this.#file = storage.grow(name).catch(() => undefined);
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    this.#unsynced += bytes.length;
    this.#finished = false;
    // What comes while a write is under way goes with the next one.
    this.#pending.push(bytes);
    if (this.#pending.length === 1) this.#then((file) => file.add(...this.#pending.splice(0)));
    if (this.#unsynced < SYNC_BYTES || this.#syncing || performance.now() - this.#syncedAt < SYNC_MS) return;
    this.#unsynced = 0;
    this.#syncedAt = performance.now();
    this.#syncing = this.#last.then(async () => (await this.#file)?.sync()).catch(() => {}).finally(() => (this.#syncing = undefined));
  }

  /** Begins to sync what is there: there will be no more. */
  finish(): void {
    if (!this.#finished) this.#then((file) => file.sync());
    this.#finished = true;
  }

  /** Makes it the entry of that name, on disk (fsync); false where it could not be written. */
  async become(name: string): Promise<boolean> {
    this.finish();
    this.#then(() => this.#storage.rename(this.#name, name));
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

  async #close(): Promise<void> {
    await this.#last;
    await this.#syncing;
    await (await this.#file)?.close().catch(() => {});
  }
}
