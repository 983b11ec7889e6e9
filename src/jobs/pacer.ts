import pLimit, { type LimitFunction } from 'p-limit';
import type { RateLimit } from '../core/engine';
import { ImageError, throwIfCancelled } from '../core/errors';

/** Why a request waits before it goes out, and about how long. */
export interface Wait {
  readonly seconds: number;
  readonly why: 'rate-limited' | 'network';
}

interface Lane {
  readonly limit: LimitFunction;
  /** Until it is over, nothing goes out. */
  pause: { readonly wait: Wait; readonly over: Promise<unknown> } | undefined;
}

/** The most requests to one server at the same time. */
const MOST = 4;
/** The longest wait for which a request is held back: above it a person is told instead. */
const LONGEST_SECONDS = 60;
const MOST_ATTEMPTS = 3;

/**
 * Lets requests out, to each server as many side by side as it bears: half as many after each "slow down", one more after each answer (additive increase, multiplicative
 * decrease), never more than its own count of what is left. Waits are by timers alone, so that a clock that is set meanwhile changes nothing.
 */
export class Pacer {
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #lanes = new Map<string, Lane>();

  constructor(sleep: (milliseconds: number) => Promise<void>) {
    this.#sleep = sleep;
  }

  /** Makes a request once its turn has come; `onWait` is told when that takes time. Rejects with `cancelled` while waiting. */
  take<T>(name: string, signal: AbortSignal, onWait: (wait: Wait) => void, request: () => Promise<T>): Promise<T> {
    const lane = this.#lane(name);
    let started = false;
    const turn = lane.limit(async () => {
      while (lane.pause) {
        throwIfCancelled(signal);
        onWait(lane.pause.wait);
        await untilAborted(lane.pause.over, signal);
      }
      throwIfCancelled(signal);
      started = true;
      return request();
    });
    return new Promise((resolve, reject) => {
      // Behind requests of other jobs the turn may be minutes away; one that is made ends by itself.
      const cancel = (): void => {
        if (!started) reject(new ImageError('cancelled', 'Cancelled.'));
      };
      signal.addEventListener('abort', cancel);
      turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
    });
  }

  /** Takes in what an answer said of further requests. */
  learn(name: string, rate: RateLimit | undefined): void {
    const lane = this.#lane(name);
    lane.limit.concurrency = Math.min(MOST, lane.limit.concurrency + 1, Math.max(1, rate?.remaining ?? MOST));
    const { resetSeconds } = rate ?? {};
    if (rate?.remaining === 0 && resetSeconds !== undefined && resetSeconds <= LONGEST_SECONDS) this.#pause(lane, { seconds: resetSeconds, why: 'rate-limited' });
  }

  /**
   * Whether a failed request is to be made again, after a wait that then begins: only where it was certainly not billed, at most three times in all.
   * What may have been billed is for a person to decide.
   */
  repeats(name: string, { reason, retryAfterSeconds, httpStatus }: ImageError, attempt: number): boolean {
    const lane = this.#lane(name);
    const backOff = 2 ** (attempt - 1);
    if (reason === 'rate-limited') {
      lane.limit.concurrency = Math.max(1, Math.floor(lane.limit.concurrency / 2));
      const seconds = retryAfterSeconds ?? 2 * backOff;
      if (attempt >= MOST_ATTEMPTS || seconds > LONGEST_SECONDS) return false;
      this.#pause(lane, { seconds, why: reason });
      return true;
    }
    // A status is a proxy's word: it will say the same again.
    if (reason !== 'network' || httpStatus !== undefined || attempt >= MOST_ATTEMPTS) return false;
    this.#pause(lane, { seconds: backOff, why: reason });
    return true;
  }

  #pause(lane: Lane, wait: Wait): void {
    const over = Promise.all([lane.pause?.over, this.#sleep(wait.seconds * 1000)]).then(() => {
      if (lane.pause?.over === over) lane.pause = undefined;
    });
    lane.pause = { wait, over };
  }

  #lane(name: string): Lane {
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane: Lane = { limit: pLimit(MOST), pause: undefined };
    this.#lanes.set(name, lane);
    return lane;
  }
}

/** Resolves with the promise, or at once when the signal is aborted. */
function untilAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    promise.then(done, done);
  });
}
