import { formatUsd } from '../core/cost';
import { ImageError } from '../core/errors';
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

/** Rejects with `over-budget` where a job's estimate does not fit, else sets it aside; answers how to give it back. */
export async function reserveBudget(estimateUsd: number | undefined, budget: Budget, ledger: Ledger): Promise<() => void> {
  if (estimateUsd === undefined) {
    if (budget.allowUnknown) return () => {};
    throw new ImageError('over-budget', 'What this would cost is not known, so it needs a person to agree. Set a price for the model in "easel.prices".');
  }
  if (estimateUsd === 0) return () => {};
  if (budget.perCallUsd !== undefined && estimateUsd > budget.perCallUsd) {
    throw new ImageError('over-budget', `This would cost about ${formatUsd(estimateUsd)}, above "easel.budget.perCallUsd" (${formatUsd(budget.perCallUsd)}).`);
  }
  const spent = await ledger.spentThisMonth();
  if (spent + estimateUsd > budget.monthlyUsd) {
    throw new ImageError(
      'over-budget',
      `This would cost about ${formatUsd(estimateUsd)}; ${formatUsd(spent)} of this month's ${formatUsd(budget.monthlyUsd)} ("easel.budget.monthlyUsd") is spent.`,
    );
  }
  return ledger.reserve(estimateUsd);
}
