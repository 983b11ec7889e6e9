/** A cancellation point; throws or rejects to stop the work. `share`, from 0 to 1, is how much of it is done, where that is known. */
export type Checkpoint = (share?: number) => void | Promise<void>;

/** Work that stands still after each of its steps, so that the one who does it may look whether it is still wanted. */
export type Steps<T> = Generator<undefined, T>;

/** Does work to its end. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does work with a checkpoint after each step. Rejects with what that throws. */
export async function stepwise<T>(steps: Steps<T>, checkpoint: Checkpoint): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await checkpoint();
  }
}
