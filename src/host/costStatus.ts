import { Disposable, l10n, StatusBarAlignment, window } from 'vscode';
import { formatUsd } from '../core/cost';
import { spendingByMonth } from '../jobs/spending';
import type { Services } from './services';
import { readSettings } from './settings';
import { spendingWords } from './words';

/** A status bar entry with what was spent this month, there once something was; a click shows the days. */
export function registerCostStatus(services: Services): Disposable {
  const item = window.createStatusBarItem('easel.costs', StatusBarAlignment.Right, 89);
  item.name = l10n.t('Easel: spent this month');
  item.command = 'easel.showCosts';
  let epoch = 0;
  const update = async (): Promise<void> => {
    epoch += 1;
    const mine = epoch;
    const [month] = spendingByMonth(await services.jobs.ledger.thisMonth());
    // A later change has overtaken this one.
    if (mine !== epoch) return;
    if (!month) return item.hide();
    const unknown = month.unknown > 0 ? ' + ?' : '';
    item.text = `$(credit-card) ${formatUsd(month.usd)}${unknown}`;
    item.tooltip = l10n.t('Easel spent {0} this month, of {1}. Click for the days.', spendingWords(month), formatUsd(readSettings().monthlyUsd));
    item.show();
  };
  const refresh = (): void => {
    update().catch((error: unknown) => services.log.warn(`Costs: ${error instanceof Error ? error.message : String(error)}`));
  };
  refresh();
  return Disposable.from(
    item,
    services.onDidSpend(refresh),
    // Other windows spend, too.
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) refresh();
    }),
  );
}
