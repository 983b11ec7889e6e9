import { sumUsd } from '../core/money';
import type { Clock, Storage } from '../core/ports';
import type { Lease } from './lease';
import { isEntry, isReservation, readLines, type EntryLine, type LedgerEntry, type ReservationLine } from './ledgerLines';

/** What a request is before it goes out. */
export type Sent = Pick<LedgerEntry, 'operation' | 'model' | 'usd' | 'prices'>;
/** How a request ended: not billed for certain, or what it cost. */
export type Ending = { readonly basis: 'none' } | { readonly basis: 'actual' | 'estimate'; readonly usd: number | undefined };

const FILE = 'ledger.jsonl';

/**
 * What was spent, in one file of the extension's own storage for all windows and workspaces. Lines are only ever added: their order in the file is the same for every
 * window, so that two that reserve at the same moment agree on who came first.
 */
export class Ledger {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #lease: Lease;
  readonly #onChange: () => void;

  constructor(storage: Storage, clock: Clock, lease: Lease, onChange: () => void = () => {}) {
    this.#storage = storage;
    this.#clock = clock;
    this.#lease = lease;
    this.#onChange = onChange;
  }

  /** Writes a request down before it is sent, as one that may be billed: it stays that when the window dies. Answers its id for `settle`. */
  async sent(job: string, request: Sent): Promise<string> {
    const id = crypto.randomUUID();
    await this.#append({ at: this.#clock.now(), id, job, ...request, basis: 'maybe' });
    return id;
  }

  /** Writes down how a request ended. */
  async settle(id: string, ending: Ending): Promise<void> {
    await this.#append({ id, ...ending });
  }

  /**
   * Sets a job's estimate aside until `release`, or until this window is dead, where it fits into `limit` together with what is spent this month and what was set aside before.
   * Answers what it did not fit beside, undefined where it did fit.
   */
  async reserve(job: string, usd: number, limit: number): Promise<number | undefined> {
    await this.#append({ at: this.#clock.now(), job, session: this.#lease.session, reserved: usd });
    const others = await this.#taken(job);
    if (sumUsd([others, usd]) <= limit) return undefined;
    await this.release(job);
    return others;
  }

  /** Gives back what was set aside for a job. */
  async release(job: string): Promise<void> {
    await this.#append({ at: this.#clock.now(), job, session: this.#lease.session, reserved: 0 });
  }

  /** US dollars spent or set aside since the first of this month (local time). What has no known cost counts as nothing. */
  async taken(): Promise<number> {
    return this.#taken(undefined);
  }

  /** All requests that were, or may have been, billed, oldest first. */
  async list(): Promise<LedgerEntry[]> {
    return merge((await this.#lines()).filter(isEntry));
  }

  /** The requests since the first of this month (local time). */
  async thisMonth(): Promise<LedgerEntry[]> {
    const month = startOfMonth(this.#clock.now());
    return (await this.list()).filter(({ at }) => at >= month);
  }

  /** `before`: only what was set aside earlier than for this job. */
  async #taken(before: string | undefined): Promise<number> {
    const lines = await this.#lines();
    const entries = merge(lines.filter(isEntry));
    const month = startOfMonth(this.#clock.now());
    const spent = entries.flatMap(({ at, usd }) => (at >= month && usd !== undefined ? [usd] : []));
    const open: number[] = [];
    for (const { job, session, reserved } of openReservations(lines.filter(isReservation), before)) {
      // What the job has spent already stands among the entries.
      const used = sumUsd(entries.flatMap((entry) => (entry.job === job && entry.usd !== undefined ? [entry.usd] : [])));
      if (reserved > used && (await this.#lease.isAlive(session))) open.push(reserved - used);
    }
    return sumUsd([...spent, ...open]);
  }

  async #append(line: EntryLine | ReservationLine): Promise<void> {
    await this.#storage.append(FILE, JSON.stringify(line));
    this.#onChange();
  }

  async #lines(): Promise<(EntryLine | ReservationLine)[]> {
    const bytes = await this.#storage.read(FILE);
    return bytes ? readLines(new TextDecoder().decode(bytes)) : [];
  }
}

/** Milliseconds since 1970 at which the month of a moment began, by local time. */
function startOfMonth(at: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), 1).getTime();
}

/** A request's lines made one; a request that was certainly not billed is left out. */
function merge(lines: readonly EntryLine[]): LedgerEntry[] {
  const entries = new Map<string, EntryLine>();
  for (const [index, line] of lines.entries()) {
    const id = line.id ?? `line ${index}`;
    entries.set(id, { ...entries.get(id), ...line });
  }
  return [...entries.values()].flatMap(({ at, operation, model, basis, usd, prices, job }) =>
    at === undefined || operation === undefined || model === undefined || basis === 'none' ? [] : [{ at, operation, model, basis, usd, prices, job }],
  );
}

/** What is set aside and not given back, in the order in which it was, up to the job that is named. */
function openReservations(lines: readonly ReservationLine[], before: string | undefined): ReservationLine[] {
  const open = new Map<string, ReservationLine>();
  const end = before === undefined ? -1 : lines.findIndex(({ job }) => job === before);
  const counted = end < 0 ? lines : lines.filter(({ reserved }, index) => index < end || reserved === 0);
  for (const line of counted) {
    if (line.reserved > 0) open.set(line.job, line);
    else open.delete(line.job);
  }
  return [...open.values()];
}
