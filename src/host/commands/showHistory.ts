import { commands, env, l10n, QuickPickItemKind, window, type Disposable, type Uri } from 'vscode';
import { formatUsd } from '../../core/cost';
import { formatExtent } from '../../core/geometry';
import type { HistoryEntry } from '../../jobs/history';
import { askOne } from '../dialogue/quickInput';
import type { Choice } from '../dialogue/typedChoices';
import { BACK, runWizard, type Step } from '../dialogue/wizard';
import type { Services } from '../services';
import { displayPath, toUri } from '../uris';
import { askGenerate } from './generate';
import { NO_OPTIONS } from './options';
import { performForPerson, registerCommand } from './register';

type Action = 'open' | 'reveal' | 'insert' | 'again' | 'copy';

/** `easel.showHistory`: what was made in this workspace, and what can be done with it. */
export function registerShowHistory(services: Services): Disposable {
  const show = async (): Promise<readonly Uri[]> => {
    const entries = await services.jobs.history.list();
    if (entries.length === 0) void window.showInformationMessage(`Easel: ${l10n.t('Nothing was made in this workspace yet.')}`);
    else return browse(services, entries);
    return [];
  };
  return registerCommand(services, { id: 'easel.showHistory', schema: NO_OPTIONS, needsTrust: false, person: show, caller: show });
}

interface Answers {
  readonly entry: HistoryEntry | 'clear' | undefined;
  readonly action: Action | undefined;
}

async function browse(services: Services, entries: readonly HistoryEntry[]): Promise<readonly Uri[]> {
  const answers = await runWizard<Answers>(l10n.t('History'), { entry: undefined, action: undefined }, steps(entries));
  if (answers?.entry === 'clear') await clear(services);
  else if (answers?.entry && answers.action) return act(services, answers.entry, answers.action);
  return [];
}

function steps(entries: readonly HistoryEntry[]): Step<Answers>[] {
  return [
    {
      ask: async (state, position) => {
        const entry = await askOne<HistoryEntry | 'clear'>(position, {
          placeholder: l10n.t('Search by prompt, file or model'),
          choices: [
            ...entries.map(describe),
            { label: '', kind: QuickPickItemKind.Separator },
            { label: `$(trash) ${l10n.t('Clear History…')}`, description: l10n.t('the files stay'), value: 'clear' as const },
          ],
        });
        return entry === undefined || entry === BACK ? entry : { ...state, entry };
      },
    },
    {
      applies: ({ entry }) => entry !== 'clear',
      ask: async (state, position) => {
        const hasPrompt = typeof state.entry === 'object' && state.entry.recipe.prompt !== '';
        const action = await askOne<Action>(position, {
          placeholder: typeof state.entry === 'object' ? describe(state.entry).label : '',
          choices: [
            { label: `$(file-media) ${l10n.t('Open')}`, value: 'open' },
            { label: `$(folder) ${l10n.t('Reveal')}`, value: 'reveal' },
            { label: `$(link) ${l10n.t('Insert at Cursor')}`, value: 'insert' },
            ...(hasPrompt
              ? ([
                  { label: `$(sparkle) ${l10n.t('Use the Prompt Again…')}`, value: 'again' },
                  { label: `$(copy) ${l10n.t('Copy Prompt')}`, value: 'copy' },
                ] satisfies Choice<Action>[])
              : []),
          ],
        });
        return action === undefined || action === BACK ? action : { ...state, action };
      },
    },
  ];
}

function describe(entry: HistoryEntry): Choice<HistoryEntry> {
  const { recipe, costUsd } = entry;
  const facts = [displayPath(toUri(entry.uri)), recipe.model, formatExtent(recipe), new Date(entry.at).toLocaleString(), ...(costUsd === undefined ? [] : [formatUsd(costUsd)])];
  return { label: recipe.prompt || operationName(entry), detail: facts.join(' · '), value: entry };
}

function operationName({ recipe }: HistoryEntry): string {
  const names: Record<typeof recipe.operation, string> = {
    generate: l10n.t('Generated'),
    inpaint: l10n.t('Filled from the surroundings'),
    variation: l10n.t('Variation'),
    outpaint: l10n.t('Widened'),
    blend: l10n.t('Blended'),
    'dark-twin': l10n.t('Dark twin'),
  };
  return names[recipe.operation];
}

async function act(services: Services, entry: HistoryEntry, action: Action): Promise<readonly Uri[]> {
  const uri = toUri(entry.uri);
  if (action === 'again') {
    const work = await askGenerate(services, { prompt: entry.recipe.prompt });
    return work ? performForPerson(services, 'easel.generate', work) : [];
  }
  const actions: Record<Exclude<Action, 'again'>, () => Thenable<unknown>> = {
    open: () => commands.executeCommand('vscode.open', uri),
    reveal: () => commands.executeCommand('revealInExplorer', uri),
    insert: () => commands.executeCommand('easel.insert', uri),
    copy: () => env.clipboard.writeText(entry.recipe.prompt),
  };
  await actions[action]();
  return [];
}

async function clear(services: Services): Promise<void> {
  const clearAll = l10n.t('Clear');
  const asked = l10n.t('Forget what was made in this workspace? The files stay; what was kept of replaced ones goes.');
  if ((await window.showWarningMessage(asked, { modal: true }, clearAll)) === clearAll) await services.jobs.history.clear();
}
