import type { Candidate, Candidates } from '../../jobs/candidates';

/** How many discarded pictures can be brought back. */
const MOST_DISCARDED = 20;

/** The studio's pictures: which there are, which were kept as files, and which were discarded but can still be brought back. */
export class StudioPictures {
  readonly #store: Candidates;
  readonly #all: Map<string, Candidate>;
  readonly #kept: Map<string, string>;
  #discarded: readonly string[] = [];

  /** `kept` is candidate → URI of its file. */
  constructor(store: Candidates, candidates: readonly Candidate[], kept: Readonly<Record<string, string>>) {
    this.#store = store;
    this.#all = new Map(candidates.map((candidate) => [candidate.id, candidate]));
    this.#kept = new Map(Object.entries(kept));
  }

  /** What was not discarded, oldest first. */
  get present(): readonly Candidate[] {
    return [...this.#all.values()].filter(({ id }) => !this.#discarded.includes(id));
  }

  /** What can be brought back, oldest first. */
  get discarded(): readonly string[] {
    return this.#discarded;
  }

  get kept(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#kept);
  }

  /** A picture that was not discarded. */
  get(id: string): Candidate | undefined {
    return this.#discarded.includes(id) ? undefined : this.#all.get(id);
  }

  keptAs(id: string): string | undefined {
    return this.#kept.get(id);
  }

  add(candidate: Candidate): void {
    this.#all.set(candidate.id, candidate);
  }

  /** Notes which file holds a picture; undefined where that file is gone. Answers whether there is such a picture. */
  markKept(id: string, uri: string | undefined): boolean {
    if (!this.#all.has(id)) return false;
    if (uri === undefined) this.#kept.delete(id);
    else this.#kept.set(id, uri);
    return true;
  }

  /** Takes pictures out; answers those that were there. `settled` resolves when what can no longer be brought back is gone from disk. */
  discard(ids: readonly string[]): { readonly gone: readonly string[]; readonly settled: Promise<void> } {
    const gone = [...new Set(ids)].filter((id) => this.get(id) !== undefined);
    const all = [...this.#discarded, ...gone];
    const forGood = all.slice(0, Math.max(0, all.length - MOST_DISCARDED));
    this.#discarded = all.slice(forGood.length);
    return { gone, settled: this.#remove(forGood) };
  }

  /** Takes back a discard; answers what has come back. */
  restore(ids: readonly string[]): readonly string[] {
    const back = ids.filter((id) => this.#discarded.includes(id));
    this.#discarded = this.#discarded.filter((id) => !back.includes(id));
    return back;
  }

  async #remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#all.delete(id);
      this.#kept.delete(id);
    }
    for (const id of ids) await this.#store.remove(id);
  }
}
