import { Disposable, l10n, StatusBarAlignment, window, workspace } from 'vscode';
import { toImageError } from '../core/errors';
import { parseServer } from './server';
import type { Services } from './services';
import { readSettings } from './settings';

/** A status bar entry that says who draws; a click chooses. */
export function registerStatusBar(services: Services): Disposable {
  const item = window.createStatusBarItem('easel.engine', StatusBarAlignment.Right, 90);
  item.name = l10n.t('Easel: engine in use');
  item.command = 'easel.selectModel';
  let epoch = 0;
  const update = async (): Promise<void> => {
    epoch += 1;
    const mine = epoch;
    const { text, tooltip } = await describe(services);
    // A later change has overtaken this one.
    if (mine !== epoch) return;
    item.text = text;
    item.tooltip = tooltip;
    item.show();
  };
  const refresh = (): void => {
    update().catch((error: unknown) => services.log.warn(`Status bar: ${toImageError(error, 'bad-argument').message}`));
  };
  refresh();
  return Disposable.from(
    item,
    services.keys.onDidChange(refresh),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('easel')) refresh();
    }),
  );
}

async function describe(services: Services): Promise<{ readonly text: string; readonly tooltip: string }> {
  const settings = readSettings();
  const offline = { text: `$(paintcan) ${l10n.t('Easel: offline')}`, tooltip: l10n.t('Easel draws on this machine, without an AI model. Click to choose.') };
  if (settings.engine === 'offline') return offline;
  try {
    const server = parseServer(settings.baseUrl);
    const hasKey = (await services.keys.get(server)) !== undefined;
    if (!hasKey && settings.engine === 'auto') return offline;
    if (!hasKey && !server.loopback) return { text: `$(warning) ${l10n.t('Easel: no key')}`, tooltip: l10n.t('There is no API key for {0} yet. Click to choose.', server.origin) };
    return { text: `$(paintcan) ${settings.model}`, tooltip: l10n.t('Easel draws by {0} at {1}. Click to choose.', settings.model, server.origin) };
  } catch (error) {
    return { text: `$(warning) ${l10n.t('Easel: base URL')}`, tooltip: toImageError(error, 'bad-argument').message };
  }
}
