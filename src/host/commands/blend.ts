import { l10n, type Disposable, type Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import type { BlendRequest } from '../../core/request';
import { askConfirm } from '../dialogue/askConfirm';
import { askPrompt } from '../dialogue/askPrompt';
import { pickImages } from '../dialogue/pickImages';
import { runWizard, type WizardStep } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSources, type OpenedSource } from '../sources';
import { BLEND_OPTIONS, type BlendOptions } from './options';
import { registerVerb } from './register';
import { outputFor, requireUris } from './sourceOutput';

/** `easel.blend`: one picture out of several, of the first one's size. */
export function registerBlend(services: Services): Disposable {
  return registerVerb(services, {
    id: 'easel.blend',
    schema: BLEND_OPTIONS,
    ask: (uris) => ask(services, uris),
    read: (uris, options) => read(services, uris, options),
  });
}

async function read(services: Services, uris: readonly Uri[], { prompt, seed }: BlendOptions): Promise<Work> {
  const settings = readSettings();
  const sources = await openSources(services, requireUris(uris, 2));
  const chosen = await services.engines.choose(settings);
  return workOf('caller', requestOf(services, sources, prompt?.trim() ?? '', settings, seed), chosen, settings);
}

interface Answers {
  readonly prompt: string;
  readonly work: Work | undefined;
}

async function ask(services: Services, uris: readonly Uri[]): Promise<Work | undefined> {
  const title = l10n.t('Blend Images');
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  if (!chosen.engine.edit) throw new ImageError('needs-model', 'Blending needs an AI model.');
  const picked = await pickImages(uris, title, 2);
  if (!picked) return undefined;
  const sources = await openSources(services, picked);
  const answers = await runWizard<Answers>(title, { prompt: '', work: undefined }, steps(services, sources, chosen, settings));
  return answers?.work;
}

function steps(services: Services, sources: readonly OpenedSource[], chosen: ChosenEngine, settings: Settings): WizardStep<Answers>[] {
  return [
    {
      ask: async (state, position) => {
        const question = {
          prompt: l10n.t('What shall become of the {0} pictures? You may leave it empty', sources.length),
          placeholder: l10n.t('The house of the first in the evening light of the second'),
          value: state.prompt,
          model: chosen.engine.model,
          optional: true,
        };
        const prompt = await askPrompt(position, question);
        return typeof prompt === 'string' ? { ...state, prompt } : prompt;
      },
    },
    {
      ask: async (state, position) => {
        const work = workOf('person', requestOf(services, sources, state.prompt, settings), chosen, settings);
        const agreed = await askConfirm(services, position, l10n.t('Blend'), work);
        return agreed === true ? { ...state, work } : agreed;
      },
    },
  ];
}

function requestOf(services: Services, sources: readonly OpenedSource[], prompt: string, settings: Settings, seed = randomSeed()): BlendRequest {
  const [first] = sources;
  if (!first) throw new ImageError('bad-argument', 'There is no picture to blend.');
  return {
    operation: 'blend',
    prompt,
    count: 1,
    seed,
    sources: sources.map(({ source }) => source),
    output: outputFor(services, first, 'new', 1),
    embedRecipe: settings.embedRecipe,
  };
}

function workOf(audience: Work['audience'], request: BlendRequest, chosen: ChosenEngine, settings: Settings): Work {
  return { title: l10n.t('Easel: Blending'), audience, requests: [request], chosen, settings };
}
