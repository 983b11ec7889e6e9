import { l10n, type Disposable, type Uri } from 'vscode';
import type { VaryStrength } from '../../core/pixels';
import type { VariationRequest } from '../../core/request';
import { withoutStyle } from '../../core/style';
import { askConfirm } from '../dialogue/askConfirm';
import { askCount } from '../dialogue/askCount';
import { askPrompt } from '../dialogue/askPrompt';
import { pickImages } from '../dialogue/pickImages';
import { askOne } from '../dialogue/quickInput';
import { BACK, runWizard, type WizardStep } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSources, trustedPrompt, type OpenedSource } from '../sources';
import { VARY_OPTIONS, type VaryOptions } from './options';
import { registerVerb, type Verb } from './register';
import { outputFor, requireUris } from './sourceOutput';

/** `easel.vary`: neighbours of a picture, of its own size. */
export function registerVary(services: Services): Disposable {
  return registerVerb(services, varyVerb(services));
}

/** What `easel.vary` does, for whoever calls it. */
export function varyVerb(services: Services): Verb<typeof VARY_OPTIONS> {
  return {
    id: 'easel.vary',
    schema: VARY_OPTIONS,
    ask: (uris) => ask(services, uris),
    read: (uris, options) => read(services, uris, options),
  };
}

async function read(services: Services, uris: readonly Uri[], options: VaryOptions): Promise<Work> {
  const settings = readSettings();
  const sources = await openSources(services, requireUris(uris, 1));
  const chosen = await services.engines.choose(settings);
  const { strength = 'subtle', count = 1, seed = randomSeed() } = options;
  const requests: VariationRequest[] = [];
  for (const opened of sources) {
    const prompt = options.prompt?.trim() ?? (await trustedPrompt(services, opened));
    requests.push(requestOf(services, opened, { prompt, strength, count }, settings, seed));
  }
  return workOf('caller', requests, chosen, settings);
}

interface Answers {
  readonly strength: VaryStrength;
  /** Undefined where each of several pictures has its own. */
  readonly prompt: string | undefined;
  readonly count: number;
  readonly work: Work | undefined;
}

async function ask(services: Services, uris: readonly Uri[]): Promise<Work | undefined> {
  const title = l10n.t('Make Variations');
  const picked = await pickImages(uris, title, 1);
  if (!picked) return undefined;
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  const sources = await openSources(services, picked);
  const [only] = sources.length === 1 ? sources : [];
  const initial: Answers = { strength: 'subtle', prompt: only && withoutStyle(only.recipe?.prompt ?? ''), count: 2, work: undefined };
  const answers = await runWizard(title, initial, steps(services, sources, chosen, settings));
  return answers?.work;
}

function steps(services: Services, sources: readonly OpenedSource[], chosen: ChosenEngine, settings: Settings): WizardStep<Answers>[] {
  const { engine } = chosen;
  return [
    {
      ask: async (state, position) => {
        const strength = await askOne<VaryStrength>(position, {
          placeholder: l10n.t('How far may it go?'),
          choices: [
            { label: l10n.t('Subtle'), description: l10n.t('the same picture, other details'), value: 'subtle' },
            { label: l10n.t('Strong'), description: l10n.t('the same subject, another picture'), value: 'strong' },
          ],
          active: state.strength,
        });
        return strength === undefined || strength === BACK ? strength : { ...state, strength };
      },
    },
    {
      // This machine varies by tone and crop, or by another seed of the same words.
      applies: ({ prompt }) => prompt !== undefined && engine.edit !== undefined,
      ask: async (state, position) => {
        const question = {
          prompt: l10n.t('What does the picture show? This is sent with it; you may leave it empty'),
          value: state.prompt ?? '',
          model: engine.model,
          optional: true,
        };
        const prompt = await askPrompt(position, question);
        return typeof prompt === 'string' ? { ...state, prompt } : prompt;
      },
    },
    {
      ask: async (state, position) => {
        const count = await askCount(position, state.count, () => undefined);
        return typeof count === 'number' ? { ...state, count } : count;
      },
    },
    {
      ask: async (state, position) => {
        const requests: VariationRequest[] = [];
        for (const opened of sources) {
          const prompt = state.prompt ?? (await trustedPrompt(services, opened));
          requests.push(requestOf(services, opened, { ...state, prompt }, settings, randomSeed()));
        }
        const work = workOf('person', requests, chosen, settings);
        const agreed = await askConfirm(services, position, l10n.t('Vary'), work);
        return agreed === true ? { ...state, work } : agreed;
      },
    },
  ];
}

interface Wanted {
  readonly prompt: string;
  readonly strength: VaryStrength;
  readonly count: number;
}

function requestOf(services: Services, opened: OpenedSource, { prompt, strength, count }: Wanted, settings: Settings, seed: number): VariationRequest {
  return {
    operation: 'variation',
    prompt,
    strength,
    count,
    seed,
    source: opened.source,
    output: outputFor(services, opened, 'new', count),
    embedRecipe: settings.embedRecipe,
  };
}

function workOf(audience: Work['audience'], requests: readonly VariationRequest[], chosen: ChosenEngine, settings: Settings): Work {
  return { title: l10n.t('Easel: Varying'), audience, requests, chosen, settings };
}
