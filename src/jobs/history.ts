import type { Storage } from '../core/ports';
import type { Recipe } from '../core/recipe';
import { parseRecipe } from '../core/recipe';

/** A picture that was made in this workspace. */
export interface HistoryEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly uri: string;
  /** SHA-256 of the written file, in hex. */
  readonly hash: string;
  readonly recipe: Recipe;
  /** US dollars of the picture's share of its job; undefined where it is not known. */
  readonly costUsd?: number;
}

const ENTRIES = 'history.jsonl';
const ORIGINALS = 'originals.jsonl';
/** Above this many lines the oldest entries go. */
const MOST_ENTRIES = 1000;
/** Above this the oldest originals go, in bytes. */
const MOST_ORIGINAL_BYTES = 256 * 1024 * 1024;

/** A kept original, as `originals.jsonl` lists them, oldest first. */
interface Original {
  readonly hash: string;
  readonly bytes: number;
}

/** What was made in this workspace, newest last, kept in the workspace's own storage and nowhere else. */
export class History {
  readonly #storage: Storage;
  readonly #mostOriginalBytes: number;
  readonly #listeners = new Set<() => void>();
  #turn: Promise<void> = Promise.resolve();
  /** How many lines there are; undefined where nobody has counted them. */
  #count: number | undefined;

  /** `mostOriginalBytes` is how much of what was replaced is kept. */
  constructor(storage: Storage, mostOriginalBytes = MOST_ORIGINAL_BYTES) {
    this.#storage = storage;
    this.#mostOriginalBytes = mostOriginalBytes;
  }

  async add(entry: HistoryEntry): Promise<void> {
    await this.#inTurn(async () => {
      await this.#storage.append(ENTRIES, JSON.stringify(entry));
      this.#count = this.#count === undefined ? (await this.#lines(ENTRIES)).length : this.#count + 1;
      if (this.#count <= MOST_ENTRIES * 1.2) return;
      const lines = await this.#lines(ENTRIES);
      await this.#keep(lines, lines.slice(-MOST_ENTRIES));
    });
    this.#tell();
  }

  /** All entries, newest first. A line that cannot be read is left out. */
  async list(): Promise<HistoryEntry[]> {
    const entries = (await this.#lines(ENTRIES)).map(parseEntry).filter((entry) => entry !== undefined);
    return entries.reverse();
  }

  /** Whether a file with these bytes was made here: only then may its recipe's prompt be sent without a person having seen it. */
  async holds(hash: string): Promise<boolean> {
    return (await this.list()).some((entry) => entry.hash === hash);
  }

  /** Forgets entries. The files that they name stay. */
  async remove(entries: readonly HistoryEntry[]): Promise<void> {
    const gone = new Set(entries.map((entry) => JSON.stringify(entry)));
    const stays = (line: string): boolean => {
      const entry = parseEntry(line);
      return entry !== undefined && !gone.has(JSON.stringify(entry));
    };
    await this.#inTurn(async () => {
      const lines = await this.#lines(ENTRIES);
      await this.#keep(lines, lines.filter(stays));
    });
    this.#tell();
  }

  /** Keeps the bytes that a `replace` is about to overwrite, up to 256 MB of such in all. */
  async keepOriginal(hash: string, bytes: Uint8Array): Promise<void> {
    await this.#inTurn(() => this.#keepOriginal(hash, bytes));
  }

  /** The bytes that a `replace` overwrote. */
  async original(hash: string): Promise<Uint8Array | undefined> {
    return this.#storage.read(`originals/${hash}`);
  }

  /** The small picture of a file, a JPEG; undefined where none was made. */
  async thumbnail(hash: string): Promise<Uint8Array | undefined> {
    return this.#storage.read(thumbnailName(hash));
  }

  async keepThumbnail(hash: string, jpeg: Uint8Array): Promise<void> {
    await this.#storage.write(thumbnailName(hash), jpeg);
  }

  /** Forgets everything, the kept originals and the thumbnails too. */
  async clear(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#storage.remove(ENTRIES);
      this.#count = 0;
      await this.#storage.remove(ORIGINALS);
      for (const folder of ['originals', 'thumbnails']) {
        for (const name of await this.#storage.list(folder)) await this.#storage.remove(name);
      }
    });
    this.#tell();
  }

  /** Calls a listener after each change that this window makes. Answers how to stop it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One change after the other: each reads what the one before has written. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(change);
    this.#turn = done.catch(() => {});
    return done;
  }

  /** Writes the lines that stay; the thumbnails of pictures that no line names any more go. */
  async #keep(before: readonly string[], after: readonly string[]): Promise<void> {
    await this.#write(ENTRIES, after);
    this.#count = after.length;
    const named = new Set(after.map((line) => parseEntry(line)?.hash));
    const gone = new Set(before.map((line) => parseEntry(line)?.hash).filter((hash) => hash !== undefined && !named.has(hash)));
    for (const hash of gone) await this.#storage.remove(thumbnailName(String(hash)));
  }

  async #keepOriginal(hash: string, bytes: Uint8Array): Promise<void> {
    await this.#storage.write(`originals/${hash}`, bytes);
    const earlier = (await this.#originals()).filter((original) => original.hash !== hash);
    const kept: Original[] = [{ hash, bytes: bytes.length }];
    let total = bytes.length;
    for (const original of earlier.toReversed()) {
      total += original.bytes;
      if (total <= this.#mostOriginalBytes) kept.unshift(original);
      else await this.#storage.remove(`originals/${original.hash}`);
    }
    await this.#write(ORIGINALS, kept.map((original) => JSON.stringify(original)));
  }

  async #originals(): Promise<Original[]> {
    return (await this.#lines(ORIGINALS)).flatMap((line) => {
      const value: unknown = parseJson(line);
      const { hash, bytes } = (value ?? {}) as Partial<Record<keyof Original, unknown>>;
      return typeof hash === 'string' && typeof bytes === 'number' ? [{ hash, bytes }] : [];
    });
  }

  async #lines(name: string): Promise<string[]> {
    const bytes = await this.#storage.read(name);
    return bytes ? new TextDecoder().decode(bytes).split('\n').filter((line) => line !== '') : [];
  }

  async #write(name: string, lines: readonly string[]): Promise<void> {
    await this.#storage.write(name, new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The storage's name for the small picture of a file. */
export function thumbnailName(hash: string): string {
  return `thumbnails/${hash}.jpg`;
}

function parseEntry(line: string): HistoryEntry | undefined {
  const value = (parseJson(line) ?? {}) as Partial<Record<keyof HistoryEntry, unknown>>;
  const recipe = parseRecipe(JSON.stringify(value.recipe) ?? '');
  if (!recipe || typeof value.at !== 'number' || typeof value.uri !== 'string' || typeof value.hash !== 'string') return undefined;
  return { at: value.at, uri: value.uri, hash: value.hash, recipe, ...(typeof value.costUsd === 'number' ? { costUsd: value.costUsd } : {}) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
