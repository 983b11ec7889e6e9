import type { Clock, Storage } from '../core/ports';
import { formatRecipe, parseRecipe, type Recipe } from '../core/recipe';

/** A finished picture that waits outside the workspace until a person keeps or discards it. */
export interface Candidate {
  readonly id: string;
  /** The run that drew it: candidates of one run belong together. */
  readonly run: string;
  /** The file name's stem that it gets when it is kept. */
  readonly stem: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly recipe: Recipe;
  /** US dollars; undefined where it cost nothing, or it is not known what. */
  readonly costUsd?: number;
}

/** The candidates of this workspace, kept in its storage until they are kept or discarded: a reload of the window loses none. */
export class Candidates {
  readonly #storage: Storage;
  readonly #clock: Clock;

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Takes a PNG in; it is on disk when the promise resolves. `before` is told the URI of its file before that is there. */
  async put(png: Uint8Array, candidate: Omit<Candidate, 'id' | 'at'>, before?: (file: string) => Promise<void>): Promise<Candidate> {
    const at = this.#clock.now();
    const id = `${at.toString(36)}-${crypto.randomUUID()}`;
    const entry: Candidate = { id, at, ...candidate };
    await before?.(this.#storage.locate(`candidates/${id}.png`));
    await this.#storage.write(`candidates/${id}.json`, new TextEncoder().encode(JSON.stringify(entry)));
    await this.#storage.write(`candidates/${id}.png`, png);
    return entry;
  }

  /** The PNG's bytes; undefined where the candidate is gone. */
  async read(id: string): Promise<Uint8Array | undefined> {
    return this.#storage.read(`candidates/${id}.png`);
  }

  /** All candidates, oldest first. */
  async list(): Promise<Candidate[]> {
    const whole = (await this.#storage.list('candidates')).filter((name) => name.endsWith('.png'));
    const read = await Promise.all(whole.map(async (name) => parseCandidate(await this.#storage.read(name.replace(/png$/, 'json')))));
    return read.filter((candidate) => candidate !== undefined).sort((a, b) => a.at - b.at);
  }

  async remove(id: string): Promise<void> {
    await this.#storage.remove(`candidates/${id}.png`);
    await this.#storage.remove(`candidates/${id}.json`);
  }
}

function parseCandidate(bytes: Uint8Array | undefined): Candidate | undefined {
  if (!bytes) return undefined;
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Candidate;
    const recipe = parseRecipe(formatRecipe(value.recipe));
    const texts = [value.id, value.run, value.stem];
    const isWhole = texts.every((text) => typeof text === 'string') && typeof value.at === 'number' && (value.costUsd === undefined || typeof value.costUsd === 'number');
    return recipe && isWhole ? { ...value, recipe } : undefined;
  } catch {
    return undefined;
  }
}
