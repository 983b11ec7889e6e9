import { formatUsdExactly } from '../core/cost';
import { ImageError } from '../core/errors';
import { sumUsd } from '../core/money';
import type { Ledger } from './ledger';

/** What a job may spend. */
export interface Budget {
  /** US dollars in a calendar month, for everybody. */
  readonly monthlyUsd: number;
  /** US dollars for one call; undefined where a person has seen the cost and agreed. */
  readonly perCallUsd: number | undefined;
  /** Whether a cost that nobody knows is accepted: a person agreed, or the server is this machine. */
  readonly allowUnknown: boolean;
}

/** Rejects with `over-budget` where an estimate does not fit now. Sets nothing aside. */
export async function checkBudget(estimateUsd: number | undefined, budget: Budget, ledger: Ledger): Promise<void> {
  if (!countsAgainst(estimateUsd, budget)) return;
  const taken = await ledger.taken();
  if (sumUsd([taken, estimateUsd]) > budget.monthlyUsd) throw overMonth(estimateUsd, taken, budget);
}

/**
 * Sets a job's estimate aside, so that jobs side by side, in other windows too, cannot pass the budget together. Answers how to give it back.
 * Rejects with `over-budget` where it does not fit.
 */
export async function reserveBudget(job: string, estimateUsd: number | undefined, budget: Budget, ledger: Ledger): Promise<() => Promise<void>> {
  if (!countsAgainst(estimateUsd, budget)) return async () => {};
  const taken = await ledger.reserve(job, estimateUsd, budget.monthlyUsd).catch(nothingSent);
  if (taken !== undefined) throw overMonth(estimateUsd, taken, budget);
  // Where that cannot be written, it stays set aside until this window ends: no reason to fail a job that is done.
  return () => ledger.release(job).catch(() => {});
}

/** To be given what broke off the writing that comes before a request: what cannot be written down is not sent. */
export function nothingSent(cause: unknown): never {
  throw new ImageError('cannot-save', `Easel's own storage cannot be written, so nothing was sent: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
}

/** Whether an estimate is a sum that the month's limit must hold. Throws where the call's own limit does not. */
function countsAgainst(estimateUsd: number | undefined, { perCallUsd, allowUnknown }: Budget): estimateUsd is number {
  if (estimateUsd === undefined) {
    if (allowUnknown) return false;
    throw new ImageError('over-budget', 'What this would cost is not known, so it needs a person to agree. Set a price for the model in "easel.prices".');
  }
  if (perCallUsd !== undefined && estimateUsd > perCallUsd) {
    throw new ImageError('over-budget', `This would cost about ${formatUsdExactly(estimateUsd)}, above "easel.budget.perCallUsd" (${formatUsdExactly(perCallUsd)}).`);
  }
  return estimateUsd > 0;
}

function overMonth(estimateUsd: number, taken: number, { monthlyUsd }: Budget): ImageError {
  const parts = [`This would cost about ${formatUsdExactly(estimateUsd)}`, `${formatUsdExactly(taken)} of this month's ${formatUsdExactly(monthlyUsd)} ("easel.budget.monthlyUsd") is spent or set aside for what is running`];
  return new ImageError('over-budget', `${parts.join('; ')}.`);
}
