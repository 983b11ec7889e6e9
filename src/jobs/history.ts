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
/** Above this many lines the oldest entries go. */
const MOST_ENTRIES = 1000;

/** What was made in this workspace, newest last, kept in the workspace's own storage and nowhere else. */
export class History {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async add(entry: HistoryEntry): Promise<void> {
    await this.#storage.append(ENTRIES, JSON.stringify(entry));
    const lines = await this.#lines();
    if (lines.length <= MOST_ENTRIES * 1.2) return;
    await this.#storage.write(ENTRIES, new TextEncoder().encode(`${lines.slice(-MOST_ENTRIES).join('\n')}\n`));
  }

  /** All entries, newest first. A line that cannot be read is left out. */
  async list(): Promise<HistoryEntry[]> {
    const entries = (await this.#lines()).map(parseEntry).filter((entry) => entry !== undefined);
    return entries.reverse();
  }

  /** Whether a file with these bytes was made here: only then may its recipe's prompt be sent without a person having seen it. */
  async holds(hash: string): Promise<boolean> {
    return (await this.list()).some((entry) => entry.hash === hash);
  }

  /** Keeps the bytes that a `replace` is about to overwrite. */
  async keepOriginal(hash: string, bytes: Uint8Array): Promise<void> {
    await this.#storage.write(`originals/${hash}`, bytes);
  }

  /** The bytes that a `replace` overwrote. */
  async original(hash: string): Promise<Uint8Array | undefined> {
    return this.#storage.read(`originals/${hash}`);
  }

  /** Forgets everything, the kept originals too. */
  async clear(): Promise<void> {
    await this.#storage.remove(ENTRIES);
    for (const name of await this.#storage.list('originals')) await this.#storage.remove(name);
  }

  async #lines(): Promise<string[]> {
    const bytes = await this.#storage.read(ENTRIES);
    return bytes ? new TextDecoder().decode(bytes).split('\n').filter((line) => line !== '') : [];
  }
}

function parseEntry(line: string): HistoryEntry | undefined {
  try {
    const value = JSON.parse(line) as Partial<Record<keyof HistoryEntry, unknown>>;
    const recipe = parseRecipe(JSON.stringify(value.recipe));
    if (!recipe || typeof value.at !== 'number' || typeof value.uri !== 'string' || typeof value.hash !== 'string') return undefined;
    return { at: value.at, uri: value.uri, hash: value.hash, recipe, ...(typeof value.costUsd === 'number' ? { costUsd: value.costUsd } : {}) };
  } catch {
    return undefined;
  }
}
