import type { Clock, Storage } from '../core/ports';
import type { Operation } from '../core/recipe';

/** One request that was, or may have been, billed. */
export interface LedgerEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly operation: Operation;
  readonly model: string;
  /** US dollars; undefined where neither the server nor the catalogue says. */
  readonly usd?: number;
  /** `actual` by the server's count, `estimate` where it sent none, `maybe` where the request broke off after it was sent. */
  readonly basis: 'actual' | 'estimate' | 'maybe';
}

const ENTRIES = 'ledger.jsonl';

/** What was spent, kept in the extension's own storage for all workspaces. Entries are only ever added. */
export class Ledger {
  readonly #storage: Storage;
  readonly #clock: Clock;
  #reserved = 0;

  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  async record(entry: Omit<LedgerEntry, 'at'>): Promise<void> {
    await this.#storage.append(ENTRIES, JSON.stringify({ at: this.#clock.now(), ...entry }));
  }

  /** US dollars spent since the first of this month (local time), with what running jobs have reserved. What has no known cost counts as nothing. */
  async spentThisMonth(): Promise<number> {
    const now = new Date(this.#clock.now());
    const from = new Date(now.getFullYear(), now.getMonth(), 1).getTime();
    const entries = (await this.list()).filter((entry) => entry.at >= from);
    return entries.reduce((sum, entry) => sum + (entry.usd ?? 0), this.#reserved);
  }

  /** Sets an estimate aside while its job runs, so that jobs side by side cannot pass the budget together. Answers how to give it back. */
  reserve(usd: number): () => void {
    this.#reserved += usd;
    let open = true;
    return () => {
      if (open) this.#reserved -= usd;
      open = false;
    };
  }

  /** All entries, oldest first. */
  async list(): Promise<LedgerEntry[]> {
    const bytes = await this.#storage.read(ENTRIES);
    if (!bytes) return [];
    return new TextDecoder().decode(bytes).split('\n').map(parseEntry).filter((entry) => entry !== undefined);
  }
}

function parseEntry(line: string): LedgerEntry | undefined {
  if (line === '') return undefined;
  try {
    const value = JSON.parse(line) as LedgerEntry;
    return typeof value.at === 'number' && (value.usd === undefined || Number.isFinite(value.usd)) ? value : undefined;
  } catch {
    return undefined;
  }
}
