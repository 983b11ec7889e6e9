import { commands, l10n, QuickPickItemKind, type Disposable, type Uri } from 'vscode';
import { formatUsd } from '../../core/cost';
import { CATALOGUE_DATE } from '../../core/models';
import { spendingByDay, spendingByMonth, type Spending } from '../../jobs/spending';
import { askOne } from '../dialogue/quickInput';
import { textRows } from '../dialogue/textRows';
import type { Choice } from '../dialogue/typedChoices';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { requestCount, spendingWords } from '../words';
import { NO_OPTIONS } from './options';
import { registerCommand } from './register';

/** The most days and months that are listed; all are in the CSV. */
const MOST_DAYS = 31;
const MOST_MONTHS = 12;

/** `easel.showCosts`: what was spent, by day and by month, on this machine. */
export function registerShowCosts(services: Services): Disposable {
  const show = async (): Promise<readonly Uri[]> => {
    const entries = await services.jobs.ledger.list();
    const { monthlyUsd } = readSettings();
    const taken = formatUsd(await services.jobs.ledger.taken());
    const command = await askOne<readonly string[]>(
      { title: l10n.t('Costs: {0} of this month’s {1}', taken, formatUsd(monthlyUsd)), step: 1, total: 1, canGoBack: false },
      {
        placeholder: l10n.t('What was spent, by day and by month'),
        choices: [
          ...list(l10n.t('Days'), spendingByDay(entries).slice(0, MOST_DAYS)),
          ...list(l10n.t('Months'), spendingByMonth(entries).slice(0, MOST_MONTHS)),
          { label: '', kind: QuickPickItemKind.Separator },
          ...textRows(l10n.t('These are our own sums, by the server’s counts and the prices of {0}. Your account with the server has the bill.', CATALOGUE_DATE)),
          { label: '', kind: QuickPickItemKind.Separator },
          { label: `$(export) ${l10n.t('Export Costs as CSV…')}`, value: ['easel.exportLedger'] },
          { label: `$(settings-gear) ${l10n.t('Change Budget…')}`, value: ['workbench.action.openSettings', 'easel.budget'] },
        ],
      },
    );
    if (Array.isArray(command)) await commands.executeCommand(command[0], ...command.slice(1));
    return [];
  };
  return registerCommand(services, { id: 'easel.showCosts', schema: NO_OPTIONS, needsTrust: false, person: show, caller: show });
}

function list(heading: string, spendings: readonly Spending[]): Choice<readonly string[]>[] {
  if (spendings.length === 0) return [];
  const rows = spendings.map((spending) => ({ label: spending.period, description: [spendingWords(spending), requestCount(spending.requests)].join(' · ') }));
  return [{ label: heading, kind: QuickPickItemKind.Separator }, ...rows];
}
