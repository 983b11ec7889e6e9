import { ImageError } from '../../core/errors';
import type { ReadFormat } from '../../core/image';
import type { Storage } from '../../core/ports';
import type { ReferenceRecord } from './studioRecords';

const FOLDER = 'references';

/** Tells a picture's format from its header; rejects with `not-an-image`, `broken-image` or `too-large`. */
export type Inspect = (bytes: Uint8Array) => Promise<{ readonly format: ReadFormat }>;

/** The pictures that wishes are drawn after: copies in the studio's own storage, so that a run can be run again whatever became of the files. */
export class StudioReferences {
  readonly #storage: Storage;
  readonly #inspect: Inspect;
  readonly #all: Map<string, ReferenceRecord>;

  constructor(storage: Storage, inspect: Inspect, records: readonly ReferenceRecord[]) {
    this.#storage = storage;
    this.#inspect = inspect;
    this.#all = new Map(records.map((record) => [record.id, record]));
  }

  /** Oldest first. */
  get records(): readonly ReferenceRecord[] {
    return [...this.#all.values()];
  }

  /** Takes a picture in; it is on disk when the promise resolves. Rejects like `Inspect`. */
  async add(name: string, bytes: Uint8Array): Promise<ReferenceRecord> {
    const { format } = await this.#inspect(bytes);
    const id = crypto.randomUUID();
    const record: ReferenceRecord = { id, name, file: `${id}.${format === 'jpeg' ? 'jpg' : format}` };
    await this.#storage.write(`${FOLDER}/${record.file}`, bytes);
    this.#all.set(id, record);
    return record;
  }

  /** The pictures of those ids, in order. Rejects with `not-an-image` where one is gone. */
  async read(ids: readonly string[]): Promise<Uint8Array[]> {
    return Promise.all(
      ids.map(async (id) => {
        const record = this.#all.get(id);
        const bytes = record && (await this.#storage.read(`${FOLDER}/${record.file}`));
        if (!bytes) throw new ImageError('not-an-image', 'A reference picture is not there any more.');
        return bytes;
      }),
    );
  }

  /** Removes all others, those left over by a crash included. */
  async keepOnly(ids: ReadonlySet<string>): Promise<void> {
    for (const id of this.#all.keys()) if (!ids.has(id)) this.#all.delete(id);
    const files = new Set(this.records.map(({ file }) => `${FOLDER}/${file}`));
    for (const name of await this.#storage.list(FOLDER)) if (!files.has(name)) await this.#storage.remove(name);
  }
}
