import { sumUsd } from '../core/money';
import type { LedgerEntry } from './ledgerLines';

/** What was spent in a day or a month. */
export interface Spending {
  /** `YYYY-MM-DD` or `YYYY-MM`, by local time. */
  readonly period: string;
  readonly requests: number;
  /** US dollars, of the requests whose cost is known. */
  readonly usd: number;
  /** How many requests have no known cost: they are in no sum. */
  readonly unknown: number;
  /** Whether every known cost is by the server's own count. */
  readonly exact: boolean;
}

/** Sums by day, newest first. */
export function spendingByDay(entries: readonly LedgerEntry[]): Spending[] {
  return spendingBy(entries, ({ at }) => localDay(at));
}

/** Sums by month, newest first. */
export function spendingByMonth(entries: readonly LedgerEntry[]): Spending[] {
  return spendingBy(entries, ({ at }) => localDay(at).slice(0, 'YYYY-MM'.length));
}

/** The day of a moment by local time, as YYYY-MM-DD. */
export function localDay(at: number): string {
  const day = new Date(at);
  return [String(day.getFullYear()).padStart(4, '0'), two(day.getMonth() + 1), two(day.getDate())].join('-');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function spendingBy(entries: readonly LedgerEntry[], periodOf: (entry: LedgerEntry) => string): Spending[] {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) groups.set(periodOf(entry), [...(groups.get(periodOf(entry)) ?? []), entry]);
  return [...groups].map(([period, group]) => sumOf(period, group)).sort((a, b) => b.period.localeCompare(a.period));
}

function sumOf(period: string, entries: readonly LedgerEntry[]): Spending {
  const known = entries.flatMap(({ usd }) => (usd === undefined ? [] : [usd]));
  return {
    period,
    requests: entries.length,
    usd: sumUsd(known),
    unknown: entries.length - known.length,
    exact: entries.every(({ usd, basis }) => usd === undefined || basis === 'actual'),
  };
}
