import { commands, l10n, window, type Disposable, type Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import { anchorAt, ANCHORS, type AnchorName } from '../../core/geometry';
import { WRITE_FORMATS } from '../../core/image';
import type { Recipe } from '../../core/recipe';
import { fromRecipeRegion } from '../../core/recipeRegion';
import type { ImageRequest } from '../../core/request';
import { addedStyle, restyle, withoutStyle } from '../../core/style';
import { askConfirm } from '../dialogue/askConfirm';
import { askPrompt } from '../dialogue/askPrompt';
import { anchorsFor, askAnchor } from '../dialogue/askTarget';
import { pickImages } from '../dialogue/pickImages';
import { BACK, runWizard } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import { projectStyle } from '../pictureList/projectStyle';
import { withProgress } from '../progress';
import { knownRecipe } from '../recipes/knownRecipe';
import { startAgain, type Start, type WayOut } from '../recipes/startAgain';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSource, type OpenedSource } from '../sources';
import { baseName } from '../uris';
import { NO_OPTIONS } from './options';
import { registerVerb } from './register';
import { outputFor, requireUris } from './sourceOutput';

/** `easel.runAgain`: another picture by the recipe of one: the same prompt, size, source and seed, by the engine and model of the settings, beside it. */
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
        const start = await startAgain(services, opened, recipe, new AbortController().signal);
        if (start.kind === 'missing') throw new ImageError('unsupported', start.why);
        requests.push(await requestOf(services, opened, { recipe, start, anchor: 'center' }, settings));
      }
      return workOf('caller', requests, await services.engines.choose(settings), settings);
    },
  });
}

interface Answers {
  /** Without the style. */
  readonly prompt: string;
  /** Where the source sits in a widened picture whose recipe, of an earlier Easel, does not say it. */
  readonly anchor: AnchorName;
  readonly work: Work | undefined;
}

async function ask(services: Services, uris: readonly Uri[]): Promise<Work | undefined> {
  const title = l10n.t('Run Again');
  const [uri] = (await pickImages(uris, title, 1)) ?? [];
  if (!uri) return undefined;
  const settings = readSettings();
  const opened = await openSource(services, uri);
  const { recipe } = await knownRecipe(services, opened);
  const start = await withProgress(services, l10n.t('Easel: Looking for what the picture was made from'), ({ signal }) => startAgain(services, opened, recipe, signal));
  if (start.kind === 'missing') {
    void offerWaysOut(start.why, start.waysOut);
    return undefined;
  }
  const chosen = await services.engines.choose(settings);
  const style = addedStyle(recipe.prompt);
  const asksPlace = start.kind === 'parent' && start.operation === 'outpaint' && !recipe.placed;
  const anchors = asksPlace ? anchorsFor({ kind: 'extent', extent: recipe }, [start.parent.info.extent]) : [];
  const answers = await runWizard<Answers>(title, { prompt: withoutStyle(recipe.prompt), anchor: 'center', work: undefined }, [
    {
      applies: () => anchors.length > 1,
      ask: async (state, position) => {
        const anchor = await askAnchor(position, l10n.t('Where does the picture stay?'), state.anchor, anchors);
        return anchor === undefined || anchor === BACK ? anchor : { ...state, anchor };
      },
    },
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
        const again = { recipe: { ...recipe, prompt: restyle(state.prompt, recipe.prompt) }, start, anchor: state.anchor };
        const work = workOf('person', [await requestOf(services, opened, again, settings)], chosen, settings);
        const agreed = await askConfirm(services, position, title, work);
        return agreed === true ? { ...state, work } : agreed;
      },
    },
  ]);
  return answers?.work;
}

/** Says what a recipe lacks, and offers what can be done all the same. */
async function offerWaysOut(why: string, waysOut: readonly WayOut[]): Promise<void> {
  const chosen = await window.showWarningMessage(`Easel: ${why}`, ...waysOut.map(({ label }) => label));
  const way = waysOut.find(({ label }) => label === chosen);
  if (way) await commands.executeCommand(way.command, way.uri);
}

interface Again {
  readonly recipe: Recipe;
  readonly start: Exclude<Start, { readonly kind: 'missing' }>;
  readonly anchor: AnchorName;
}

/** The request that a recipe stands for. */
async function requestOf(services: Services, opened: OpenedSource, { recipe, start, anchor }: Again, settings: Settings): Promise<ImageRequest> {
  const { prompt, width, height, seed = randomSeed(), placed, mode = settings.widenMode } = recipe;
  const base = { prompt, count: 1, seed, output: outputFor(services, opened, 'new', 1), embedRecipe: settings.embedRecipe };
  if (start.kind === 'prompt') {
    const format = WRITE_FORMATS.find((known) => known === opened.info.format) ?? 'png';
    return { ...base, operation: 'generate', extent: { width, height }, format, guides: { references: await referencesOf(services, recipe) } };
  }
  const { source } = start.parent;
  if (start.operation === 'inpaint') return { ...base, operation: 'inpaint', source, region: fromRecipeRegion(start.region), mode: 'exact' };
  if (start.operation === 'variation') return { ...base, operation: 'variation', strength: 'subtle', source };
  if (start.operation === 'dark-twin') return { ...base, operation: 'dark-twin', source };
  return { ...base, operation: 'outpaint', source, target: { kind: 'extent', extent: { width, height } }, anchor: placed ? anchorAt({ width, height }, placed) : ANCHORS[anchor], mode };
}

/** The project's reference pictures, where they are still those of the recipe. */
async function referencesOf(services: Services, { references = [] }: Recipe): Promise<readonly OpenedSource['source'][]> {
  if (references.length === 0) return [];
  const style = await projectStyle(services);
  const sources = style?.references.map(({ source }) => source) ?? [];
  return sources.map(({ hash }) => hash).join() === references.join() ? sources : [];
}

function workOf(audience: Work['audience'], requests: readonly ImageRequest[], chosen: ChosenEngine, settings: Settings): Work {
  return { title: l10n.t('Easel: Running again'), audience, requests, chosen, settings };
}
