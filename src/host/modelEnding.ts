import { commands, l10n, window } from 'vscode';
import { daysLeft, isEnding, type ModelSpec } from '../core/models';

/** Models that were spoken of in this session. */
const told = new Set<string>();

/** Warns, once in a session, that a model in use is about to be switched off. Returns at once. */
export function warnOfEnding({ id, endsOn }: Pick<ModelSpec, 'id' | 'endsOn'>): void {
  if (endsOn === undefined || told.has(id) || !isEnding(endsOn, Date.now())) return;
  told.add(id);
  const choose = l10n.t('Choose Engine and Model…');
  const text = daysLeft(endsOn, Date.now()) >= 0 ? l10n.t('The model {0} stops on {1}.', id, endsOn) : l10n.t('The model {0} has stopped on {1}.', id, endsOn);
  void window.showWarningMessage(`Easel: ${text}`, choose).then((answer) => (answer === choose ? commands.executeCommand('easel.selectModel') : undefined));
}
