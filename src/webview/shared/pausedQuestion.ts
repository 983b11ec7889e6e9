/** How long nothing must have changed before a question is asked, in milliseconds. */
const PAUSE_MS = 250;

/** A question that is asked anew whenever something changes, once there is a pause. Only the answer to the last one counts. */
export class PausedQuestion {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** `answered` hears the answer, or nothing where there is none. */
  ask<T>(question: () => Promise<T>, answered: (answer: T | undefined) => void): void {
    this.drop();
    const mine = this.#asked;
    const hear = (answer: T | undefined): void => {
      if (mine === this.#asked) answered(answer);
    };
    this.#timer = setTimeout(() => void question().then(hear, () => hear(undefined)), PAUSE_MS);
  }

  /** Forgets what was asked. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }
}
