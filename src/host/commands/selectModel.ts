import { commands, l10n, QuickPickItemKind, workspace, type Disposable } from 'vscode';
import { ImageError, toImageError } from '../../core/errors';
import type { ServedModel } from '../../core/models';
import { MODELS, offeredModels } from '../../core/models';
import { askOne } from '../dialogue/quickInput';
import type { Choice } from '../dialogue/typedChoices';
import { BACK } from '../dialogue/wizard';
import { warnOfEnding } from '../modelEnding';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { MODEL_OPTIONS } from './options';
import { registerCommand } from './register';

/** How long the choice waits for the server's list, in milliseconds. */
const LIST_PATIENCE_MS = 4000;

/** What a person chose: who draws, by which model, or something else to do first. */
type Selection = { readonly engine: Settings['engine'] } | { readonly model: string } | { readonly command: 'easel.setApiKey' | 'workbench.action.openSettings' };

/** `easel.selectModel`: chooses the engine and the model. */
export function registerSelectModel(services: Services): Disposable {
  return registerCommand(services, {
    id: 'easel.selectModel',
    schema: MODEL_OPTIONS,
    needsTrust: true,
    person: async () => {
      const settings = readSettings();
      const selection = await ask(settings, await servedModels(services, settings));
      if (!selection) return [];
      if ('command' in selection) await commands.executeCommand(selection.command, ...(selection.command === 'easel.setApiKey' ? [] : ['easel']));
      else if ('engine' in selection) await update('engine', selection.engine);
      else await update('openai.model', selection.model);
      return [];
    },
    caller: async (_uris, { model }) => {
      if (model === undefined || model.trim() === '') throw new ImageError('bad-argument', 'The option "model" is missing.');
      await update('openai.model', model.trim());
      return [];
    },
  });
}

/** Writes a setting where it is set already, so that the change has an effect; else for the person. */
async function update(key: string, value: string): Promise<void> {
  const configuration = workspace.getConfiguration('easel');
  const inWorkspace = configuration.inspect(key)?.workspaceValue !== undefined;
  await configuration.update(key, value, !inWorkspace);
}

/** What the server says it has; undefined where this machine draws, or where it does not say so soon. */
async function servedModels(services: Services, settings: Settings): Promise<readonly ServedModel[] | undefined> {
  try {
    const { engine } = await services.engines.choose(settings);
    const served = await engine.models?.(AbortSignal.timeout(LIST_PATIENCE_MS));
    served?.filter(({ id }) => id === settings.model).forEach(warnOfEnding);
    return served;
  } catch (error) {
    services.log.info(`The list of models is not to be had: ${toImageError(error, 'network').reason}`);
    return undefined;
  }
}

function remark(id: string, endsOn: string | undefined): string | undefined {
  if (endsOn !== undefined) return l10n.t('ends on {0}', endsOn);
  return MODELS.find((model) => model.id === id)?.asksForBase64 ? l10n.t('on compatible servers only') : undefined;
}

async function ask(settings: Settings, served: readonly ServedModel[] | undefined): Promise<Selection | undefined> {
  const mark = (is: boolean, label: string): string => (is ? `$(check) ${label}` : label);
  const engine = (value: Settings['engine'], label: string, description: string): Choice<Selection> => ({ label: mark(settings.engine === value, label), description, value: { engine: value } });
  const answer = await askOne<Selection>(
    { title: l10n.t('Engine and Model'), step: 1, total: 1, canGoBack: false },
    {
      placeholder: l10n.t('Who draws?'),
      choices: [
        engine('auto', l10n.t('Automatic'), l10n.t('the server where a key is stored for it, else this machine')),
        engine('openai', l10n.t('OpenAI or a compatible server'), settings.baseUrl),
        engine('offline', l10n.t('This machine'), l10n.t('no AI model, no network, no cost')),
        { label: served ? l10n.t('Models of the server') : l10n.t('Model'), kind: QuickPickItemKind.Separator },
        ...offeredModels(settings.model, served).map(
          ({ id, endsOn }): Choice<Selection> => ({ label: mark(settings.model === id, id), description: remark(id, endsOn), value: { model: id } }),
        ),
        { label: '', kind: QuickPickItemKind.Separator },
        { label: `$(key) ${l10n.t('Set API Key…')}`, value: { command: 'easel.setApiKey' } },
        { label: `$(settings-gear) ${l10n.t('Open Settings')}`, value: { command: 'workbench.action.openSettings' } },
      ],
    },
  );
  return answer === BACK ? undefined : answer;
}
