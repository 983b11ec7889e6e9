import type { Clock, Storage } from '../core/ports';

/** How long a window's silence means that it is gone, in milliseconds. */
const LEASE_MS = 30_000;
/** How often a window that works says that it lives, in milliseconds. */
const HEARTBEAT_MS = 10_000;
/** After so long nothing refers to a dead window any more, in milliseconds. */
const FORGET_MS = 8 * 24 * 3600 * 1000;

/** Says of a window that it lives while it works, and asks it of others: what a dead window left behind is taken up, what a living one works on is not. */
export class Lease {
  /** Names this window's life: unique and safe in a file name. */
  readonly session: string;
  readonly #storage: Storage;
  readonly #clock: Clock;

  constructor(storage: Storage, clock: Clock, session: string) {
    this.#storage = storage;
    this.#clock = clock;
    this.session = session;
  }

  async renew(): Promise<void> {
    await this.#storage.write(`leases/${this.session}`, new TextEncoder().encode(String(this.#clock.now())));
  }

  /** Renews now and from then on, until what it answers is called. */
  async hold(): Promise<() => void> {
    await this.renew();
    // One that fails is followed by the next; three may.
    const beat = setInterval(() => void this.renew().catch(() => {}), HEARTBEAT_MS);
    return () => clearInterval(beat);
  }

  /** Whether a window lives; this one does. */
  async isAlive(session: string): Promise<boolean> {
    if (session === this.session) return true;
    const silence = await this.#silence(`leases/${session}`);
    // A lease from the future was written before the clock was set back.
    return silence !== undefined && Math.abs(silence) < LEASE_MS;
  }

  /** Removes the leases of windows that are long gone. */
  async forgetOld(): Promise<void> {
    for (const name of await this.#storage.list('leases')) {
      const silence = await this.#silence(name);
      if (silence !== undefined && silence > FORGET_MS) await this.#storage.remove(name);
    }
  }

  /** Milliseconds since the last renewal; NaN where the lease is damaged, undefined where there is none. */
  async #silence(name: string): Promise<number | undefined> {
    const lease = await this.#storage.read(name);
    return lease && this.#clock.now() - Number(new TextDecoder().decode(lease));
  }
}
