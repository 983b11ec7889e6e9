import { hasEnded, type CandidateView, type Offer, type ReferenceView, type RunView, type StudioState, type Wish } from '../../protocol/studio';
import type { StudioWord } from '../../protocol/studioWords';

/** One run with its pictures, as the gallery shows it. */
export interface RunGroup {
  readonly run: RunView;
  /** Oldest first. */
  readonly candidates: readonly CandidateView[];
  /** How many pictures are still to come. */
  readonly pending: number;
  /** The address of the first of them as far as it is drawn. */
  readonly preview: string | undefined;
  /** When drawing it began, by the page's clock (milliseconds since 1970); undefined where it is not drawn now. */
  readonly since: number | undefined;
}

/** Something for people who do not see the page. */
export interface Announcement {
  readonly word: StudioWord;
  readonly facts: readonly (string | number)[];
}

/** What the page knows; changed by the host's news only. */
export class StudioModel {
  readonly #runs = new Map<string, RunView>();
  readonly #candidates = new Map<string, CandidateView>();
  readonly #references = new Map<string, ReferenceView>();
  readonly #previews = new Map<string, string>();
  readonly #since = new Map<string, number>();
  offer: Offer;
  prompts: readonly string[];

  constructor(state: StudioState) {
    this.offer = state.offer;
    this.prompts = state.prompts;
    for (const run of state.runs) this.#note(run);
    for (const candidate of state.candidates) this.#candidates.set(candidate.id, candidate);
    for (const reference of state.references) this.#references.set(reference.id, reference);
  }

  /** Newest first. A finished run without pictures has nothing to show: they were all discarded. */
  get groups(): readonly RunGroup[] {
    const groups = [...this.#runs.values()].map((run): RunGroup => {
      const candidates = [...this.#candidates.values()].filter((candidate) => candidate.run === run.id);
      const drawn = run.state === 'drawing' || run.state === 'composing';
      const pending = drawn ? Math.max(0, run.wish.count - candidates.length) : 0;
      return { run, candidates, pending, preview: pending > 0 ? this.#previews.get(run.id) : undefined, since: this.#since.get(run.id) };
    });
    return groups.filter(({ run, candidates }) => run.state !== 'done' || candidates.length > 0).sort((a, b) => b.run.at - a.run.at);
  }

  /** All pictures in the order of the gallery. */
  get pictures(): readonly CandidateView[] {
    return this.groups.flatMap(({ candidates }) => candidates);
  }

  /** How many runs are queued or under way. */
  get active(): number {
    return [...this.#runs.values()].filter(({ state }) => !hasEnded(state)).length;
  }

  /** Those of a wish that are still there, in its order. */
  references(wish: Wish): readonly ReferenceView[] {
    return (wish.references ?? []).flatMap((id) => this.#references.get(id) ?? []);
  }

  addReference(reference: ReferenceView): void {
    this.#references.set(reference.id, reference);
  }

  /** Takes in the address of a picture that is being drawn, or none where there is no more; answers the one that it had before. */
  setPreview(run: string, src: string | undefined): string | undefined {
    const before = this.#previews.get(run);
    if (src === undefined) this.#previews.delete(run);
    else this.#previews.set(run, src);
    return before;
  }

  knows(run: string): boolean {
    return this.#runs.has(run);
  }

  candidate(id: string): CandidateView | undefined {
    return this.#candidates.get(id);
  }

  /** Takes a run in; answers what to say of it. */
  setRun(run: RunView): Announcement | undefined {
    const before = this.#runs.get(run.id)?.state;
    this.#note(run);
    if (before === run.state) return undefined;
    const { prompt } = run.wish;
    switch (run.state) {
      case 'done':
        return { word: 'saidAllReady', facts: [prompt] };
      case 'queued':
      case 'drawing':
      case 'cancelled':
        return { word: ({ queued: 'stateQueued', drawing: 'stateDrawing', cancelled: 'stateCancelled' } as const)[run.state], facts: [] };
      case 'failed':
      case 'interrupted':
        return { word: 'saidFailed', facts: [run.detail] };
      case 'composing':
        return undefined;
    }
  }

  /** The host's clock may be another machine's: it says for how long, not since when. */
  #note(run: RunView): void {
    this.#runs.set(run.id, run);
    if (run.drawnFor === undefined) this.#since.delete(run.id);
    else this.#since.set(run.id, Date.now() - run.drawnFor);
  }

  removeRun(id: string): void {
    this.#runs.delete(id);
    this.#since.delete(id);
  }

  /** Takes a picture in; answers what to say of it. */
  setCandidate(candidate: CandidateView): Announcement | undefined {
    const before = this.#candidates.get(candidate.id);
    this.#candidates.set(candidate.id, candidate);
    if (candidate.keptAs !== undefined && candidate.keptAs !== before?.keptAs) return { word: 'saidKept', facts: [candidate.keptAs] };
    const run = this.#runs.get(candidate.run);
    if (before || !run || hasEnded(run.state)) return undefined;
    const arrived = [...this.#candidates.values()].filter((other) => other.run === run.id).length;
    return { word: 'saidReady', facts: [arrived, run.wish.count] };
  }

  removeCandidate(id: string): void {
    this.#candidates.delete(id);
  }

  /** The picture to look at once this one is gone: the next of the gallery, else the one before. */
  neighbour(id: string): CandidateView | undefined {
    const { pictures } = this;
    const index = pictures.findIndex((candidate) => candidate.id === id);
    return index < 0 ? undefined : (pictures[index + 1] ?? pictures[index - 1]);
  }
}
