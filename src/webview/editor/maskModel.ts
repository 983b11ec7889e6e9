import type { Extent } from '../../core/geometry';
import { applyStep, emptyMask, maskOfSteps, type MaskStep } from '../../core/strokes';

/** How long a step may be on its way to the host, in milliseconds. */
const PATIENCE_MS = 3000;

/** What the page asks for steps that it did not paint itself. */
export type FetchSteps = (ids: readonly string[]) => Promise<readonly MaskStep[]>;

/**
 * The mask as the page shows it: the host's steps, and at once those that are on their way there. It is as large as the picture and made by the very arithmetic
 * of the host, so that what is seen is what is drawn.
 */
export class MaskModel {
  readonly #fetch: FetchSteps;
  readonly #known = new Map<string, MaskStep>();
  /** Steps on their way, and until when they are believed in. */
  readonly #sent = new Map<string, number>();
  #applied: readonly string[] = [];
  #wanted: readonly string[] = [];
  mask = emptyMask({ width: 1, height: 1 });

  constructor(fetch: FetchSteps) {
    this.#fetch = fetch;
  }

  /** Whether something was painted. */
  get hasSteps(): boolean {
    return this.#applied.length > 0;
  }

  /** Starts with an empty mask for another picture. */
  reset(extent: Extent): void {
    this.mask = emptyMask(extent);
    this.#applied = [];
    this.#wanted = [];
    this.#sent.clear();
  }

  /** Takes in a step that is about to be sent; `isPainted` where it is on the mask already, as a brush's stroke is. */
  add(id: string, step: MaskStep, isPainted: boolean): void {
    this.#known.set(id, step);
    this.#sent.set(id, performance.now() + PATIENCE_MS);
    this.#applied = [...this.#applied, id];
    if (!isPainted) applyStep(this.mask, step);
  }

  /** Follows the host's steps. Answers whether the mask has changed. */
  async follow(ids: readonly string[]): Promise<boolean> {
    this.#wanted = ids;
    for (const id of ids) this.#sent.delete(id);
    const missing = ids.filter((id) => !this.#known.has(id));
    if (missing.length > 0) {
      const steps = await this.#fetch(missing);
      for (const [index, id] of missing.entries()) {
        const step = steps[index];
        if (step) this.#known.set(id, step);
      }
      // A later state has overtaken this one.
      if (this.#wanted !== ids) return false;
    }
    for (const [id, until] of this.#sent) if (performance.now() > until) this.#sent.delete(id);
    const target = [...ids, ...this.#sent.keys()];
    if (same(target, this.#applied)) return false;
    const isLonger = same(target.slice(0, this.#applied.length), this.#applied);
    if (isLonger) for (const step of this.#stepsOf(target.slice(this.#applied.length))) applyStep(this.mask, step);
    else this.mask = maskOfSteps(this.mask, this.#stepsOf(target));
    this.#applied = target;
    return true;
  }

  #stepsOf(ids: readonly string[]): MaskStep[] {
    return ids.flatMap((id) => this.#known.get(id) ?? []);
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
