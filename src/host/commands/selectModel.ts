import { commands, l10n, QuickPickItemKind, workspace, type Disposable } from 'vscode';
import { ImageError } from '../../core/errors';
import { MODELS, type ModelSpec } from '../../core/models';
import { askOne } from '../dialogue/quickInput';
import type { Choice } from '../dialogue/typedChoices';
import { BACK } from '../dialogue/wizard';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { MODEL_OPTIONS } from './options';
import { registerCommand } from './register';

/** What a person chose: who draws, by which model, or something else to do first. */
type Selection = { readonly engine: Settings['engine'] } | { readonly model: string } | { readonly command: 'easel.setApiKey' | 'workbench.action.openSettings' };

/** `easel.selectModel`: chooses the engine and the model. */
export function registerSelectModel(services: Services): Disposable {
  return registerCommand(services, {
    id: 'easel.selectModel',
    schema: MODEL_OPTIONS,
    needsTrust: true,
    person: async () => {
      const selection = await ask(readSettings());
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

function remark(model: ModelSpec): string | undefined {
  if (model.endsOn !== undefined) return l10n.t('ends on {0}', model.endsOn);
  return model.asksForBase64 ? l10n.t('on compatible servers only') : undefined;
}

async function ask(settings: Settings): Promise<Selection | undefined> {
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
        { label: l10n.t('Model'), kind: QuickPickItemKind.Separator },
        ...MODELS.map((model): Choice<Selection> => ({
          label: mark(settings.model === model.id, model.id),
          description: remark(model),
          value: { model: model.id },
        })),
        { label: '', kind: QuickPickItemKind.Separator },
        { label: `$(key) ${l10n.t('Set API Key…')}`, value: { command: 'easel.setApiKey' } },
        { label: `$(settings-gear) ${l10n.t('Open Settings')}`, value: { command: 'workbench.action.openSettings' } },
      ],
    },
  );
  return answer === BACK ? undefined : answer;
}
