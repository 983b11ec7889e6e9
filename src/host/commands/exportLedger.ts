import { l10n, Uri, window, workspace, type Disposable } from 'vscode';
import { ImageError } from '../../core/errors';
import { formatLedgerCsv } from '../../jobs/ledgerCsv';
import { localDay } from '../../jobs/spending';
import type { Services } from '../services';
import { displayPath, parentOf } from '../uris';
import { NO_OPTIONS } from './options';
import { registerCommand } from './register';

/** `easel.exportLedger`: every request that was or may have been billed, as CSV, where the person says; for a caller into a new file. */
export function registerExportLedger(services: Services): Disposable {
  return registerCommand(services, {
    id: 'easel.exportLedger',
    schema: NO_OPTIONS,
    needsTrust: true,
    person: async () => {
      const target = await askTarget();
      if (!target) return [];
      await workspace.fs.writeFile(target, await csvOf(services));
      void window.showInformationMessage(`Easel: ${l10n.t('Saved {0}', displayPath(target))}`);
      return [target];
    },
    caller: async ([target]) => {
      if (!target) throw new ImageError('bad-argument', 'The file to write is missing: pass its uri.');
      const { files } = services.jobs;
      const stem = files.stemOf(target.toString());
      return [Uri.parse(await files.writeNew(parentOf(target).toString(), stem, 'csv', { bytes: await csvOf(services) }), true)];
    },
  });
}

async function askTarget(): Promise<Uri | undefined> {
  const name = `easel-costs-${localDay(Date.now())}.csv`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showSaveDialog({ title: l10n.t('Export Costs as CSV'), filters: { CSV: ['csv'] }, ...(folder && { defaultUri: Uri.joinPath(folder, name) }) });
}

async function csvOf(services: Services): Promise<Uint8Array> {
  return new TextEncoder().encode(formatLedgerCsv(await services.jobs.ledger.list()));
}
