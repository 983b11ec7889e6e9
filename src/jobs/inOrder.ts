import pLimit from 'p-limit';
import { throwIfCancelled, toImageError, type ImageError, type Reason } from '../core/errors';

/** Things to be done, some of them after others. */
export interface OrderedWork<T, R> {
  /** None is its own ancestor. */
  readonly items: readonly T[];
  /** What must be done before an item; undefined where nothing must, or where it is none of the items. */
  readonly after: (item: T) => T | undefined;
  /** Rejects with an `ImageError`. */
  readonly run: (item: T) => Promise<R>;
  /** How many run at the same time. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Waits; ends early, without rejecting, when the signal is aborted. */
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>;
}

/** Both in the order of the items. */
export interface OrderedOutcome<T, R> {
  readonly done: readonly { readonly item: T; readonly result: R }[];
  /** What follows on a failed item fails with it and is not listed by itself. */
  readonly failed: readonly { readonly item: T; readonly error: ImageError }[];
}

/** After one of these every other item would fail the same way, or must not be tried. */
const FINAL: readonly Reason[] = ['cancelled', 'no-key', 'key-refused', 'quota', 'over-budget', 'network', 'untrusted', 'needs-model'];
/** A server that asks to wait is asked again this often for one item, and never waited for longer than this. */
const MOST_WAITS = 3;
const LONGEST_WAIT_SECONDS = 90;
const DEFAULT_WAIT_SECONDS = 10;

/** Does every item once, several at a time, each after the one that it follows. Where the server asks to slow down, all wait. Never rejects. */
export async function runInOrder<T, R>(work: OrderedWork<T, R>): Promise<OrderedOutcome<T, R>> {
  const limit = pLimit(work.parallel);
  const ends = new Map<T, Promise<End<R>>>();
  const pace = new Pace(work.sleep, work.signal);
  let stopped: ImageError | undefined;

  const attempt = async (item: T): Promise<End<R>> => {
    for (let waits = 0; ; waits += 1) {
      await pace.wait();
      try {
        if (stopped) return { skipped: true };
        throwIfCancelled(work.signal);
        return { result: await work.run(item) };
      } catch (thrown) {
        const error = toImageError(thrown, 'bad-answer');
        if (error.reason === 'rate-limited' && waits < MOST_WAITS) pace.slowDown(error.retryAfterSeconds);
        else {
          if (FINAL.includes(error.reason)) stopped ??= error;
          return { error };
        }
      }
    }
  };
  const start = (item: T): Promise<End<R>> => {
    const known = ends.get(item);
    if (known) return known;
    const before = work.after(item);
    const waitsFor = before !== undefined && work.items.includes(before) ? start(before) : undefined;
    const end = (async (): Promise<End<R>> => {
      const earlier = await waitsFor;
      return earlier && !('result' in earlier) ? { skipped: true } : limit(() => attempt(item));
    })();
    ends.set(item, end);
    return end;
  };

  const all = await Promise.all(work.items.map(async (item) => ({ item, end: await start(item) })));
  return {
    done: all.flatMap(({ item, end }) => ('result' in end ? [{ item, result: end.result }] : [])),
    failed: all.flatMap(({ item, end }) => ('error' in end ? [{ item, error: end.error }] : [])),
  };
}

type End<R> = { readonly result: R } | { readonly error: ImageError } | { readonly skipped: true };

/** Holds everybody back while the server wants it. */
class Pace {
  readonly #sleep: OrderedWork<unknown, unknown>['sleep'];
  readonly #signal: AbortSignal;
  #held: Promise<void> = Promise.resolve();

  constructor(sleep: OrderedWork<unknown, unknown>['sleep'], signal: AbortSignal) {
    this.#sleep = sleep;
    this.#signal = signal;
  }

  async wait(): Promise<void> {
    await this.#held;
  }

  slowDown(seconds = DEFAULT_WAIT_SECONDS): void {
    const pause = this.#sleep(Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS), this.#signal);
    this.#held = Promise.all([this.#held, pause]).then(() => undefined);
  }
}
