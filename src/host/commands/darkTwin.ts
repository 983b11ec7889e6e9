import { env, l10n, window, workspace, type Disposable, type TextEditor, type Uri } from 'vscode';
import { darkPictureMarkup } from '../../core/darkPicture';
import { relativePath } from '../../core/relativePath';
import type { DarkTwinRequest } from '../../core/request';
import { withoutStyle } from '../../core/style';
import { askConfirm } from '../dialogue/askConfirm';
import { askPrompt } from '../dialogue/askPrompt';
import { pickImages } from '../dialogue/pickImages';
import { runWizard } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSource, openSources, type OpenedSource } from '../sources';
import { displayPath } from '../uris';
import { DARK_TWIN_OPTIONS } from './options';
import { performForPerson, registerCommand, perform } from './register';
import { requireUris } from './sourceOutput';

/** `easel.darkTwin`: a picture's counterpart for dark pages, `name-dark.png` beside it, and the `<picture>` that shows either. */
export function registerDarkTwin(services: Services): Disposable {
  return registerCommand(services, {
    id: 'easel.darkTwin',
    schema: DARK_TWIN_OPTIONS,
    needsTrust: true,
    person: async (uris) => {
      // Before the twin is opened in front of it.
      const editor = window.activeTextEditor;
      const [uri] = (await pickImages(uris, l10n.t('Make Dark Twin'), 1)) ?? [];
      if (!uri) return [];
      const opened = await openSource(services, uri);
      const work = await ask(services, opened);
      if (!work) return [];
      const files = await performForPerson(services, 'easel.darkTwin', work);
      if (files[0]) void offer(opened, files[0], editor);
      return files;
    },
    caller: async (uris, { prompt = '', seed }) => {
      const settings = readSettings();
      const sources = await openSources(services, requireUris(uris, 1));
      const requests = sources.map((opened) => requestOf(services, opened, prompt.trim(), settings, seed));
      return perform(services, workOf('caller', requests, await services.engines.choose(settings), settings));
    },
  });
}

interface Answers {
  readonly prompt: string;
  readonly work: Work | undefined;
}

async function ask(services: Services, opened: OpenedSource): Promise<Work | undefined> {
  const title = l10n.t('Make Dark Twin');
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  const { engine } = chosen;
  const answers = await runWizard<Answers>(title, { prompt: '', work: undefined }, [
    {
      // This machine turns the lightness upside down, whatever one says.
      applies: () => engine.darken === undefined,
      ask: async (state, position) => {
        const question = { prompt: l10n.t('What should be special about the dark one? You may leave it empty'), placeholder: l10n.t('At night, the windows lit'), value: state.prompt, model: engine.model, optional: true };
        const prompt = await askPrompt(position, question);
        return typeof prompt === 'string' ? { ...state, prompt } : prompt;
      },
    },
    {
      ask: async (state, position) => {
        const work = workOf('person', [requestOf(services, opened, state.prompt, settings)], chosen, settings);
        const agreed = await askConfirm(services, position, title, work);
        return agreed === true ? { ...state, work } : agreed;
      },
    },
  ]);
  return answers?.work;
}

function requestOf(services: Services, { source }: OpenedSource, prompt: string, settings: Settings, seed = randomSeed()): DarkTwinRequest {
  const { files } = services.jobs;
  const output = { kind: 'new', folder: files.folderOf(source.uri), stem: `${files.stemOf(source.uri)}-dark` } as const;
  return { operation: 'dark-twin', prompt, count: 1, seed, source, output, embedRecipe: settings.embedRecipe };
}

function workOf(audience: Work['audience'], requests: readonly DarkTwinRequest[], chosen: ChosenEngine, settings: Settings): Work {
  return { title: l10n.t('Easel: Making the dark twin'), audience, requests, chosen, settings };
}

/** Offers the `<picture>` for the document that the person was in, or by way of the clipboard. */
async function offer(light: OpenedSource, dark: Uri, editor: TextEditor | undefined): Promise<void> {
  const insert = l10n.t('Insert <picture>');
  const copy = l10n.t('Copy <picture>');
  const document = editor && !editor.document.isClosed && editor.document.uri.scheme === dark.scheme ? editor.document : undefined;
  const told = l10n.t('{0} and {1} go into one <picture>: each reader sees the one for their page.', displayPath(light.uri), displayPath(dark));
  const answer = await window.showInformationMessage(`Easel: ${told}`, ...(document ? [insert, copy] : [copy]));
  if (!answer) return;
  const path = (uri: Uri): string => (document ? relativePath(document.uri.path, uri.path) : workspace.asRelativePath(uri, false));
  const alt = withoutStyle(light.recipe?.prompt ?? '');
  const markup = darkPictureMarkup(document?.languageId ?? 'html', { light: path(light.uri), dark: path(dark), alt, extent: light.info.extent });
  if (answer === copy || !document || !editor) return env.clipboard.writeText(markup);
  const shown = await window.showTextDocument(document, editor.viewColumn);
  await shown.edit((edit) => edit.replace(shown.selection, markup));
}
