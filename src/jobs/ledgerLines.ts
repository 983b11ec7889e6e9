import type { Operation } from '../core/recipe';

/** One request that was, or may have been, billed. */
export interface LedgerEntry {
  /** Milliseconds since 1970, when it was sent. */
  readonly at: number;
  readonly operation: Operation;
  readonly model: string;
  /** US dollars; undefined where neither the server nor the catalogue says. */
  readonly usd: number | undefined;
  /** `actual` by the server's count, `estimate` where it sent none, `maybe` where no answer came back from a request that was sent. */
  readonly basis: 'actual' | 'estimate' | 'maybe';
  /** Whose prices these are: `settings`, or the catalogue's date as YYYY-MM-DD. */
  readonly prices: string | undefined;
  /** The job that it was sent for. */
  readonly job: string | undefined;
}

/** A line of the ledger's file that tells of a request: the first by all its fields, a later one by its id and what has changed. Lines without an id stand for themselves. */
export type EntryLine = { readonly id?: string; readonly basis: LedgerEntry['basis'] | 'none' } & { readonly [K in Exclude<keyof LedgerEntry, 'basis'>]?: LedgerEntry[K] };

/** A line that sets US dollars aside for a job of a window, or, with 0, gives them back. */
export interface ReservationLine {
  readonly at: number;
  readonly job: string;
  readonly session: string;
  readonly reserved: number;
}

const OPERATIONS: readonly string[] = ['generate', 'inpaint', 'variation', 'outpaint', 'blend'] satisfies Operation[];
const BASES: readonly string[] = ['actual', 'estimate', 'maybe', 'none'] satisfies EntryLine['basis'][];

export function isEntry(line: EntryLine | ReservationLine): line is EntryLine {
  return 'basis' in line;
}

export function isReservation(line: EntryLine | ReservationLine): line is ReservationLine {
  return 'reserved' in line;
}

/** The lines of a ledger's file. What a crash or an editor left of a line is passed over. */
export function readLines(text: string): (EntryLine | ReservationLine)[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : readLine(line)));
}

function readLine(line: string): (EntryLine | ReservationLine)[] {
  let value: Readonly<Record<string, unknown>>;
  try {
    value = Object(JSON.parse(line));
  } catch {
    return [];
  }
  const { at, id, job, session, reserved, operation, model, usd, basis, prices } = value;
  if (typeof at === 'number' && typeof job === 'string' && typeof session === 'string' && isAmount(reserved)) return [{ at, job, session, reserved }];
  if (typeof basis !== 'string' || !BASES.includes(basis) || !(usd === undefined || isAmount(usd))) return [];
  const known = {
    ...(typeof at === 'number' && { at }),
    ...(typeof id === 'string' && { id }),
    ...(typeof job === 'string' && { job }),
    ...(typeof operation === 'string' && OPERATIONS.includes(operation) && { operation: operation as Operation }),
    ...(typeof model === 'string' && { model }),
    ...(usd !== undefined && { usd }),
    ...(typeof prices === 'string' && { prices }),
  };
  return [{ ...known, basis: basis as EntryLine['basis'] }];
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
