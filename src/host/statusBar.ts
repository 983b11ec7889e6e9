import { Disposable, l10n, StatusBarAlignment, window, workspace } from 'vscode';
import { toImageError } from '../core/errors';
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
    services.workspaceServers.onDidAgree(refresh),
    services.plainHttp.onDidAllow(refresh),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('easel')) refresh();
    }),
  );
}

async function describe(services: Services): Promise<{ readonly text: string; readonly tooltip: string }> {
  const settings = readSettings();
  try {
    const decision = await services.engines.decide(settings);
    if (!decision.server) return { text: `$(paintcan) ${l10n.t('Easel: offline')}`, tooltip: l10n.t('Easel draws on this machine, without an AI model. Click to choose.') };
    const { server, key } = decision;
    const tooltip = key === undefined
      ? l10n.t('Easel draws by {0} at {1}, without a key. Click to choose.', settings.model, server.origin)
      : l10n.t('Easel draws by {0} at {1}. Click to choose.', settings.model, server.origin);
    return { text: `$(paintcan) ${settings.model}`, tooltip };
  } catch (error) {
    const { reason, message } = toImageError(error, 'bad-argument');
    return { text: `$(warning) ${reason === 'no-key' ? l10n.t('Easel: no key') : l10n.t('Easel: base URL')}`, tooltip: message };
  }
}
