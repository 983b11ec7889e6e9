import { commands, Disposable, env, l10n, window, type Uri } from 'vscode';
import { withoutStyle } from '../../core/style';
import type { HistoryNode } from '../history/historyItem';
import type { HistoryView } from '../history/historyView';
import type { Services } from '../services';
import { HISTORY_VIEW } from '../viewTypes';
import { askGenerate } from './generate';
import { NO_OPTIONS } from './options';
import { performForPerson, registerCommand } from './register';

/** `easel.showHistory`, and what the menus of the history's view do beside the commands that work on any picture. */
export function registerHistory(services: Services, history: HistoryView): Disposable {
  const show = async (): Promise<readonly Uri[]> => {
    await commands.executeCommand(`${HISTORY_VIEW}.focus`);
    return [];
  };
  const actions: readonly { readonly id: string; readonly run: (nodes: readonly HistoryNode[]) => Promise<unknown> }[] = [
    { id: 'easel.historyUsePrompt', run: ([node]) => usePrompt(services, node) },
    { id: 'easel.historyCopyPrompt', run: async ([node]) => node && env.clipboard.writeText(withoutStyle(node.entry.recipe.prompt)) },
    { id: 'easel.historyReveal', run: async ([node]) => node && commands.executeCommand('revealInExplorer', node.resourceUri) },
    { id: 'easel.historyRemove', run: (nodes) => services.jobs.history.remove(nodes.map(({ entry }) => entry)) },
    { id: 'easel.historyFilter', run: () => askFilter(history) },
    { id: 'easel.historyShowAll', run: () => history.setFilter('') },
    { id: 'easel.historyClear', run: () => clear(history) },
  ];
  return Disposable.from(
    registerCommand(services, { id: 'easel.showHistory', schema: NO_OPTIONS, needsTrust: false, person: show, caller: show }),
    ...actions.map(({ id, run }) => services.commands.add(id, async (node, nodes) => run(nodesOf(node, nodes, history)))),
  );
}

/** A menu passes its row, and all that are selected where the row is one of them; a key passes nothing. */
function nodesOf(node: unknown, nodes: unknown, history: HistoryView): readonly HistoryNode[] {
  if (Array.isArray(nodes)) return nodes.filter(isNode);
  return isNode(node) ? [node] : history.selection;
}

function isNode(value: unknown): value is HistoryNode {
  return typeof value === 'object' && value !== null && 'entry' in value && 'resourceUri' in value;
}

async function usePrompt(services: Services, node: HistoryNode | undefined): Promise<void> {
  const work = node && (await askGenerate(services, { prompt: node.entry.recipe.prompt }));
  if (work) await performForPerson(services, 'easel.generate', work);
}

/** Filters while one types; Escape leaves it as it was. */
async function askFilter(history: HistoryView): Promise<void> {
  const before = history.filter;
  const input = window.createInputBox();
  input.title = l10n.t('Filter History');
  input.placeholder = l10n.t('Words of the prompt, the file, the model or the size');
  input.value = before;
  let accepted = false;
  const listeners = Disposable.from(
    input.onDidChangeValue((words) => history.setFilter(words)),
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    }),
  );
  await new Promise<void>((resolve) => {
    input.onDidHide(resolve);
    input.show();
  });
  listeners.dispose();
  input.dispose();
  if (!accepted) await history.setFilter(before);
}

async function clear(history: HistoryView): Promise<void> {
  const clearAll = l10n.t('Clear');
  const asked = l10n.t('Forget what was made in this workspace? The files stay; what was kept of replaced ones goes.');
  if ((await window.showWarningMessage(asked, { modal: true }, clearAll)) === clearAll) await history.clear();
}
