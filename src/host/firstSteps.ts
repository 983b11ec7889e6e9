import { commands, Disposable } from 'vscode';
import { toImageError } from '../core/errors';
import type { Services } from './services';

/** Tells VS Code what has been done, from wherever it was: by these context keys the walkthrough ticks its steps. */
export function registerFirstSteps({ jobs, keys, log }: Services): Disposable {
  const told = new Set<string>();
  const tell = (key: string): void => {
    if (told.has(key)) return;
    told.add(key);
    void commands.executeCommand('setContext', key, true);
  };
  const look = async (): Promise<void> => {
    for (const { recipe } of await jobs.history.list()) tell(`easel.made.${recipe.operation}`);
    if ((await keys.origins()).length > 0) tell('easel.hasKey');
  };
  const refresh = (): void => {
    look().catch((error: unknown) => log.warn(`First steps: ${toImageError(error, 'bad-argument').message}`));
  };
  refresh();
  return Disposable.from(new Disposable(jobs.history.onChange(refresh)), keys.onDidChange(refresh));
}
