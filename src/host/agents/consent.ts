import { l10n, window } from 'vscode';
import { ImageError } from '../../core/errors';
import { checkBudget } from '../../jobs/budget';
import { budgetOf, planAll, type Work } from '../runRequests';
import type { Services } from '../services';

/**
 * Holds an agent's work to both budgets, like that of every caller. Where only the limit of a call stands in the way, or the cost is not known, a person is asked in a dialogue of its own:
 * a tool's confirmation may have been given in advance. Answers the work as it may run. Rejects with `over-budget`.
 */
export async function withinBudget(services: Services, work: Work, signal: AbortSignal): Promise<Work> {
  const { estimateUsd } = await planAll(services, work, signal);
  const { ledger } = services.jobs;
  try {
    await checkBudget(estimateUsd, budgetOf(work), ledger);
    return work;
  } catch (error) {
    const agreed: Work = { ...work, audience: 'person' };
    if (!(error instanceof ImageError) || error.reason !== 'over-budget') throw error;
    await checkBudget(estimateUsd, budgetOf(agreed), ledger);
    if (await asksPerson(error.message)) return agreed;
    throw error;
  }
}

async function asksPerson(why: string): Promise<boolean> {
  const allow = l10n.t('Allow Once');
  // Where no dialogue can be shown nobody has agreed.
  const answer = await Promise.resolve(window.showWarningMessage(l10n.t('An agent wants to spend more than you allow it.'), { modal: true, detail: why }, allow)).catch(() => undefined);
  return answer === allow;
}
