import type { Clock, Storage } from '../core/ports';
import type { Lease } from './lease';

/** What is known of a picture that waits in the outbox. It stays in the extension's own storage. */
export interface OutboxMeta {
  /** `picture`: finished, to be written as it is. `answer`: a model's answer that a job has not composed yet. */
  readonly kind: 'picture' | 'answer';
  readonly folder: string;
  readonly stem: string;
  readonly extension: string;
  /** For an answer: hash of the request that it answers, so that the same request is not paid for again. */
  readonly key?: string;
  /** JSON of the recipe that the finished file carries. */
  readonly recipe?: string;
}

export interface OutboxEntry extends OutboxMeta {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The window that put it there. */
  readonly session: string;
}

/** Where the outbox lies in the storage that all windows share. */
export const OUTBOX_FOLDER = 'outbox';

/**
 * Paid pictures on their way: each answer is on disk before anything else is done with it, and leaves when its file is in the workspace.
 * An entry is `outbox/<id>.json` and then `outbox/<id>.bin`; it counts once the second is there, so that a crash between the two leaves nothing half.
 */
export class Outbox {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #lease: Lease;
  #count = 0;

  constructor(storage: Storage, clock: Clock, lease: Lease) {
    this.#storage = storage;
    this.#clock = clock;
    this.#lease = lease;
  }

  /** Puts bytes in; they are on disk when the promise resolves. */
  async put(bytes: Uint8Array, meta: OutboxMeta): Promise<string> {
    this.#count += 1;
    const { session } = this.#lease;
    const id = `${session}-${String(this.#count).padStart(4, '0')}`;
    const entry: OutboxEntry = { ...meta, id, createdAt: this.#clock.now(), session };
    await this.#storage.write(`${OUTBOX_FOLDER}/${id}.json`, new TextEncoder().encode(JSON.stringify(entry)));
    await this.#storage.write(`${OUTBOX_FOLDER}/${id}.bin`, bytes);
    return id;
  }

  async read(id: string): Promise<Uint8Array | undefined> {
    return this.#storage.read(`${OUTBOX_FOLDER}/${id}.bin`);
  }

  async remove(...ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.#storage.remove(`${OUTBOX_FOLDER}/${id}.bin`);
      await this.#storage.remove(`${OUTBOX_FOLDER}/${id}.json`);
    }
  }

  /** Makes an answer a picture that is offered as it is; one that waits for its request to be made again only with `keyed`. */
  async offer(id: string, keyed: boolean): Promise<void> {
    const entry = await this.#entry(id);
    if (!entry || (entry.key !== undefined && !keyed)) return;
    const { key: _, ...rest } = entry;
    await this.#storage.write(`${OUTBOX_FOLDER}/${id}.json`, new TextEncoder().encode(JSON.stringify({ ...rest, kind: 'picture' })));
  }

  /** The answers to a request that was paid for earlier and not composed to the end. */
  async findAnswers(key: string): Promise<OutboxEntry[]> {
    return (await this.#entries()).filter((entry) => entry.kind === 'answer' && entry.key === key);
  }

  /** What a person should be offered: finished pictures of any window, and answers whose window is gone; oldest first. They stay until they are saved or discarded. */
  async unsaved(): Promise<OutboxEntry[]> {
    const offered: OutboxEntry[] = [];
    for (const entry of await this.#entries()) {
      if (entry.session === this.#lease.session ? entry.kind === 'picture' : !(await this.#lease.isAlive(entry.session))) offered.push(entry);
    }
    return offered.sort((a, b) => a.createdAt - b.createdAt);
  }

  async #entries(): Promise<OutboxEntry[]> {
    const names = await this.#storage.list(OUTBOX_FOLDER);
    const whole = new Set(names.filter((name) => name.endsWith('.bin')).map((name) => name.slice(0, -'.bin'.length)));
    const entries: OutboxEntry[] = [];
    for (const stem of whole) {
      const entry = await this.#entry(stem.slice(OUTBOX_FOLDER.length + 1));
      if (entry) entries.push(entry);
    }
    return entries;
  }

  async #entry(id: string): Promise<OutboxEntry | undefined> {
    const bytes = await this.#storage.read(`${OUTBOX_FOLDER}/${id}.json`);
    return bytes && parseEntry(new TextDecoder().decode(bytes));
  }
}

function parseEntry(text: string): OutboxEntry | undefined {
  try {
    const value = JSON.parse(text) as Partial<OutboxEntry>;
    const strings = [value.id, value.session, value.folder, value.stem, value.extension];
    if (!strings.every((item) => typeof item === 'string') || typeof value.createdAt !== 'number') return undefined;
    return value.kind === 'picture' || value.kind === 'answer' ? (value as OutboxEntry) : undefined;
  } catch {
    return undefined;
  }
}
