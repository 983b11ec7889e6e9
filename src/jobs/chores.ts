/** How long a chore waits at most, in milliseconds. */
const PATIENCE_MS = 50;

/** Work on the disk that nobody waits for, and that is to keep out of the way of what somebody does: it begins when that is over, or after a moment. */
export class Chores {
  readonly #waiting = new Set<() => void>();
  readonly #undone = new Set<Promise<void>>();

  /** Takes one in; that it fails is its own affair. */
  add(chore: () => Promise<void>): void {
    const begun = new Promise<void>((resolve) => {
      this.#waiting.add(resolve);
      setTimeout(resolve, PATIENCE_MS);
    });
    const done = begun.then(chore).catch(() => {}).finally(() => this.#undone.delete(done));
    this.#undone.add(done);
  }

  /** Begins what waits, and waits until all are done. */
  async finish(): Promise<void> {
    for (const begin of this.#waiting) begin();
    this.#waiting.clear();
    await Promise.all(this.#undone);
  }
}
