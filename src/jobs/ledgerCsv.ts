import type { LedgerEntry } from './ledgerLines';
import { localDay } from './spending';

const COLUMNS = ['time', 'day', 'operation', 'model', 'usd', 'basis', 'prices'] as const;
/** What a spreadsheet would take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** The ledger as CSV (RFC 4180) with a heading: `time` in UTC, `day` by local time, `usd` empty where the cost is not known. */
export function formatLedgerCsv(entries: readonly LedgerEntry[]): string {
  const rows = entries.map((entry) =>
    [new Date(entry.at).toISOString(), localDay(entry.at), entry.operation, entry.model, formatAmount(entry.usd), entry.basis, entry.prices ?? ''].map(formatCell).join(','),
  );
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

/** Never in powers of ten: `0.0000005`. */
function formatAmount(usd: number | undefined): string {
  return usd === undefined ? '' : usd.toFixed(9).replace(/\.?0+$/, '');
}

function formatCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
