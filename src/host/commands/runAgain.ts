import { l10n, type Disposable, type Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import { WRITE_FORMATS } from '../../core/image';
import type { Recipe } from '../../core/recipe';
import type { ImageRequest } from '../../core/request';
import { addedStyle, restyle, withoutStyle } from '../../core/style';
import { askConfirm } from '../dialogue/askConfirm';
import { askPrompt } from '../dialogue/askPrompt';
import { pickImages } from '../dialogue/pickImages';
import { runWizard } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import { projectStyle } from '../pictureList/projectStyle';
import { knownRecipe } from '../recipes/knownRecipe';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSource, type OpenedSource } from '../sources';
import { baseName, toUri } from '../uris';
import { NO_OPTIONS } from './options';
import { registerVerb } from './register';
import { outputFor, requireUris } from './sourceOutput';

/** `easel.runAgain`: another picture by the recipe of one: the same prompt, size and seed, by the engine and model of the settings, beside it. */
export function registerRunAgain(services: Services): Disposable {
  return registerVerb(services, {
    id: 'easel.runAgain',
    schema: NO_OPTIONS,
    ask: (uris) => ask(services, uris),
    read: async (uris) => {
      const settings = readSettings();
      const requests: ImageRequest[] = [];
      for (const uri of requireUris(uris, 1)) {
        const opened = await openSource(services, uri);
        const { recipe, entry } = await knownRecipe(services, opened);
        // No person sees it before it is sent.
        if (!entry) throw new ImageError('empty-prompt', `${baseName(uri)} was not made in this workspace: the prompt in it may only be sent by a person who has read it.`);
        requests.push(await requestOf(services, opened, recipe, settings));
      }
      return workOf('caller', requests, await services.engines.choose(settings), settings);
    },
  });
}

interface Answers {
  /** Without the style. */
  readonly prompt: string;
  readonly work: Work | undefined;
}

async function ask(services: Services, uris: readonly Uri[]): Promise<Work | undefined> {
  const title = l10n.t('Run Again');
  const [uri] = (await pickImages(uris, title, 1)) ?? [];
  if (!uri) return undefined;
  const settings = readSettings();
  const opened = await openSource(services, uri);
  const { recipe } = await knownRecipe(services, opened);
  const chosen = await services.engines.choose(settings);
  const style = addedStyle(recipe.prompt);
  const answers = await runWizard<Answers>(title, { prompt: withoutStyle(recipe.prompt), work: undefined }, [
    {
      applies: () => recipe.prompt !== '',
      ask: async (state, position) => {
        const added = style === '' ? [] : [l10n.t('added to it: “{0}”', style)];
        const question = { prompt: [l10n.t('The recipe’s prompt, as it will be sent to {0}', chosen.engine.model.id), ...added].join(' · '), value: state.prompt, model: chosen.engine.model, optional: false };
        const prompt = await askPrompt(position, question);
        return typeof prompt === 'string' ? { ...state, prompt } : prompt;
      },
    },
    {
      ask: async (state, position) => {
        const request = await requestOf(services, opened, { ...recipe, prompt: restyle(state.prompt, recipe.prompt) }, settings);
        const work = workOf('person', [request], chosen, settings);
        const agreed = await askConfirm(services, position, title, work);
        return agreed === true ? { ...state, work } : agreed;
      },
    },
  ]);
  return answers?.work;
}

/** The request that a recipe stands for. Rejects with `unsupported` where it does not hold all that it takes. */
async function requestOf(services: Services, opened: OpenedSource, recipe: Recipe, settings: Settings): Promise<ImageRequest> {
  const { prompt, width, height, seed = randomSeed() } = recipe;
  const output = outputFor(services, opened, 'new', 1);
  const base = { prompt, count: 1, seed, output, embedRecipe: settings.embedRecipe };
  if (recipe.operation === 'generate') {
    const format = WRITE_FORMATS.find((known) => known === opened.info.format) ?? 'png';
    return { ...base, operation: 'generate', extent: { width, height }, format, guides: { references: await referencesOf(services, recipe) } };
  }
  const parent = recipe.operation === 'variation' ? await findParent(services, recipe) : undefined;
  if (parent) return { ...base, operation: 'variation', strength: 'subtle', source: parent.source };
  throw new ImageError('unsupported', `${baseName(opened.uri)} was made from another picture, of which its recipe does not hold enough: start from that picture.`);
}

/** The project's reference pictures, where they are still those of the recipe. */
async function referencesOf(services: Services, { references = [] }: Recipe): Promise<readonly OpenedSource['source'][]> {
  if (references.length === 0) return [];
  const style = await projectStyle(services);
  const sources = style?.references.map(({ source }) => source) ?? [];
  return sources.map(({ hash }) => hash).join() === references.join() ? sources : [];
}

/** The picture that a recipe names as its parent, where the history knows its file and the file is the same still. */
async function findParent(services: Services, { parent }: Recipe): Promise<OpenedSource | undefined> {
  for (const { uri, hash } of await services.jobs.history.list()) {
    if (hash !== parent) continue;
    const opened = await openSource(services, toUri(uri)).catch(() => undefined);
    if (opened?.source.hash === parent) return opened;
  }
  return undefined;
}

function workOf(audience: Work['audience'], requests: readonly ImageRequest[], chosen: ChosenEngine, settings: Settings): Work {
  return { title: l10n.t('Easel: running again'), audience, requests, chosen, settings };
}
