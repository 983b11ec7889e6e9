import type { FileBytes } from '../core/bytes';
import type { Clock, Storage } from '../core/ports';
import type { Lease } from './lease';
import { ArrivingBody } from './arrivingBody';
import { StagedFile } from './stagedFile';
import { OUTBOX_FOLDER, parseEntry, strayEntry, type OutboxEntry, type OutboxMeta } from './outboxEntry';

/**
 * Paid pictures on their way: each answer is on disk before anything else is done with it, and leaves when its file is in the workspace.
 * An entry is `outbox/<id>.bin`, synced, and beside it `outbox/<id>.json` with what is known of it. The first alone is worth offering.
 * Before there is one, the answer's body is in `outbox/<id>.body`, piece by piece as it arrives: a window may die between a body's end and its pictures.
 * The pictures are written while they come, too, each as `outbox/<id>.part`, so that at the body's end there is little left to sync.
 */
export class Outbox {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #lease: Lease;
  /** What could not be written, as on a full disk: better here than nowhere. */
  readonly #unwritten = new Map<string, { readonly entry: OutboxEntry; readonly bytes: Uint8Array }>();
  /** The answers that running jobs of this window work on. */
  readonly #taken = new Set<string>();
  #count = 0;

  constructor(storage: Storage, clock: Clock, lease: Lease) {
    this.#storage = storage;
    this.#clock = clock;
    this.#lease = lease;
  }

  /**
   * Puts a file in; it is on disk when the promise resolves, or, where that fails, in this window's memory. `staged` holds its bytes already, if nothing went wrong with it.
   * An answer with a key is taken at once.
   */
  async put(file: FileBytes, meta: OutboxMeta, staged?: StagedFile): Promise<string> {
    const entry = staged ? { ...staged.entry, ...meta } : this.#next(meta).entry;
    const { id } = entry;
    if (entry.key !== undefined) this.#taken.add(id);
    try {
      await Promise.all([this.#describeOnce(entry, staged), this.#write(binOf(id), file, staged)]);
    } catch {
      this.#unwritten.set(id, { entry, bytes: file.bytes });
    }
    return id;
  }

  async read(id: string): Promise<Uint8Array | undefined> {
    return this.#unwritten.get(id)?.bytes ?? this.#storage.read(binOf(id));
  }

  /** The URI of the file that holds an entry's bytes; undefined where none does. */
  fileOf(id: string): string | undefined {
    return this.#unwritten.has(id) ? undefined : this.#storage.locate(binOf(id));
  }

  async remove(...ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#taken.delete(id);
      if (this.#unwritten.delete(id)) continue;
      await this.#storage.remove(binOf(id));
      await this.#storage.remove(jsonOf(id));
    }
  }

  /** Opens an entry for the body of an answer that is about to arrive. */
  openBody(meta: OutboxMeta): ArrivingBody {
    const { id, entry } = this.#next(meta);
    return new ArrivingBody(this.#storage, bodyOf(id), this.#describe(entry).catch(() => {}), () => this.removeBody(id));
  }

  /** A file for a picture that is about to arrive. What is said of it is written at once, where no sync of it has to wait for that. */
  stage(meta: OutboxMeta): StagedFile {
    const { id, entry } = this.#next(meta);
    return new StagedFile(this.#storage, partOf(id), entry, this.#describe(entry).catch(() => {}));
  }

  /** Removes a file that was put nowhere. */
  async unstage(staged: StagedFile): Promise<void> {
    await Promise.all([staged.drop(), staged.described]);
    await this.#storage.remove(jsonOf(staged.entry.id));
  }

  /** Removes the body that a window has left. */
  async removeBody(id: string): Promise<void> {
    await this.#storage.remove(bodyOf(id));
    await this.#storage.remove(jsonOf(id));
  }

  /** The bodies that windows which are gone left: whole ones, and such as never arrived to their end. */
  async bodies(): Promise<{ readonly entry: OutboxEntry; readonly bytes: Uint8Array }[]> {
    const found: { readonly entry: OutboxEntry; readonly bytes: Uint8Array }[] = [];
    for (const id of await this.#ids('.body')) {
      const entry = (await this.#entry(id)) ?? strayEntry(id);
      if (await this.#lease.isAlive(entry.session)) continue;
      const bytes = await this.#storage.read(bodyOf(id));
      if (bytes) found.push({ entry, bytes });
    }
    return found;
  }

  /** The bytes of every entry, whoever put it there, one after the other. */
  async *contents(): AsyncGenerator<Uint8Array> {
    for (const { id } of await this.#entries()) {
      const bytes = await this.read(id);
      if (bytes) yield bytes;
    }
  }

  /** Makes an answer a picture that is offered as it is; one that waits for its request to be made again only with `keyed`. */
  async offer(id: string, keyed: boolean): Promise<void> {
    const entry = await this.#entry(id);
    if (!entry || (entry.key !== undefined && !keyed)) return;
    this.#taken.delete(id);
    const { key: _, ...rest } = entry;
    await this.#describe({ ...rest, kind: 'picture' });
  }

  /** Says that an answer is about to become that file among the candidates: where it has, it is not offered. */
  async aim(id: string, candidate: string): Promise<void> {
    const entry = await this.#entry(id);
    if (entry) await this.#describe({ ...entry, candidate });
  }

  /** The answers to a request that was paid for earlier and not composed to the end. */
  async findAnswers(key: string): Promise<OutboxEntry[]> {
    return (await this.#entries()).filter((entry) => entry.kind === 'answer' && entry.key === key);
  }

  /** Takes an answer for a running job; false where another one works on it, in this window or in another that lives. */
  async take({ id, session }: OutboxEntry): Promise<boolean> {
    if (this.#taken.has(id)) return false;
    this.#taken.add(id);
    if (session === this.#lease.session || (!(await this.#lease.isAlive(session)) && (await this.claim(id)))) return true;
    this.#taken.delete(id);
    return false;
  }

  /** Lets the next job take an answer. */
  giveBack(id: string): void {
    this.#taken.delete(id);
  }

  /** Says that the work on an answer broke off. Answers whether it had before. */
  async suspect(id: string): Promise<boolean> {
    const entry = await this.#entry(id);
    if (entry && !entry.suspect) await this.#describe({ ...entry, suspect: true });
    return entry?.suspect === true;
  }

  /** What a person may be offered: finished pictures of any window, and what windows that are gone left; oldest first. It stays until it is saved or discarded. */
  async unsaved(): Promise<OutboxEntry[]> {
    const entries = await this.#entries();
    const superseded = new Set(entries.flatMap(({ answers = [] }) => answers));
    const offered: OutboxEntry[] = [];
    for (const entry of entries) {
      if (superseded.has(entry.id)) continue;
      if (entry.session === this.#lease.session ? entry.kind === 'picture' : !(await this.#lease.isAlive(entry.session))) offered.push(entry);
    }
    return offered.sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Takes an entry for this window to offer; false where another living window has it. */
  async claim(id: string): Promise<boolean> {
    const name = `claims/${id}`;
    const mine = new TextEncoder().encode(this.#lease.session);
    if (await this.#storage.create(name, mine)) return true;
    const owner = new TextDecoder().decode(await this.#storage.read(name));
    if (owner === this.#lease.session) return true;
    if (await this.#lease.isAlive(owner)) return false;
    // Of two windows that find the claim dead at the same moment one removes it, and one makes the new one.
    await this.#storage.remove(name);
    return this.#storage.create(name, mine);
  }

  /** Removes what windows that died have left beside whole entries. */
  async tidy(): Promise<void> {
    await this.#storage.tidy(OUTBOX_FOLDER);
    const names = new Set(await this.#storage.list(OUTBOX_FOLDER));
    for (const name of names) {
      const id = name.slice(OUTBOX_FOLDER.length + 1).replace(/\.(?:json|part)$/, '');
      const alone = name.endsWith('.part') || (name.endsWith('.json') && !names.has(binOf(id)) && !names.has(bodyOf(id)));
      if (alone && !(await this.#lease.isAlive(strayEntry(id).session))) await this.#storage.remove(name);
    }
    for (const name of await this.#storage.list('claims')) {
      if (!names.has(binOf(name.slice('claims/'.length)))) await this.#storage.remove(name);
    }
  }

  #next(meta: OutboxMeta): { readonly id: string; readonly entry: OutboxEntry } {
    this.#count += 1;
    const id = `${this.#lease.session}-${String(this.#count).padStart(4, '0')}`;
    return { id, entry: { ...meta, id, createdAt: this.#clock.now(), session: this.#lease.session } };
  }

  async #write(name: string, file: FileBytes, staged: StagedFile | undefined): Promise<void> {
    if (await staged?.become(name)) return;
    await this.#storage.write(name, file.bytes);
    await staged?.drop().catch(() => {});
  }

  async #ids(ending: string): Promise<string[]> {
    const names = await this.#storage.list(OUTBOX_FOLDER);
    return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(OUTBOX_FOLDER.length + 1, -ending.length));
  }

  async #entries(): Promise<OutboxEntry[]> {
    const written = await Promise.all((await this.#ids('.bin')).map(async (id) => (await this.#entry(id)) ?? strayEntry(id)));
    return [...written, ...[...this.#unwritten.values()].map(({ entry }) => entry)];
  }

  async #entry(id: string): Promise<OutboxEntry | undefined> {
    const unwritten = this.#unwritten.get(id);
    if (unwritten) return unwritten.entry;
    const bytes = await this.#storage.read(jsonOf(id));
    return bytes && parseEntry(new TextDecoder().decode(bytes));
  }

  /** Describes an entry, unless the same was said when its file was staged. */
  async #describeOnce(entry: OutboxEntry, staged: StagedFile | undefined): Promise<void> {
    await staged?.described;
    if (staged?.entry.extension !== entry.extension || staged.entry.key !== entry.key) await this.#describe(entry);
  }

  async #describe(entry: OutboxEntry): Promise<void> {
    const unwritten = this.#unwritten.get(entry.id);
    if (unwritten) this.#unwritten.set(entry.id, { ...unwritten, entry });
    else await this.#storage.note(jsonOf(entry.id), new TextEncoder().encode(JSON.stringify(entry)));
  }
}

function binOf(id: string): string {
  return `${OUTBOX_FOLDER}/${id}.bin`;
}

function bodyOf(id: string): string {
  return `${OUTBOX_FOLDER}/${id}.body`;
}

function partOf(id: string): string {
  return `${OUTBOX_FOLDER}/${id}.part`;
}

function jsonOf(id: string): string {
  return `${OUTBOX_FOLDER}/${id}.json`;
}
