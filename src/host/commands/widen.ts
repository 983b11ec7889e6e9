import { l10n, type Disposable, type Uri } from 'vscode';
import { ANCHORS, type Anchor, type AnchorName } from '../../core/geometry';
import type { ComposeMode } from '../../core/pixels';
import type { OutpaintRequest, WidenTarget } from '../../core/request';
import { withoutStyle } from '../../core/style';
import { askConfirm } from '../dialogue/askConfirm';
import { askPrompt } from '../dialogue/askPrompt';
import { anchorsFor, askAnchor, askSides, askTarget, askTargetSize, type TargetChoice } from '../dialogue/askTarget';
import { pickImages } from '../dialogue/pickImages';
import { BACK, runWizard, type WizardStep } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSources, trustedPrompt, type OpenedSource } from '../sources';
import { WIDEN_OPTIONS, type WidenOptions } from './options';
import { registerVerb, type Verb } from './register';
import { outputFor, requireUris } from './sourceOutput';
import { readAnchor, readTarget } from './widenTarget';

/** `easel.widen`: a picture on a larger canvas of exactly the size asked for, its own pixels where they belong. */
export function registerWiden(services: Services): Disposable {
  return registerVerb(services, widenVerb(services));
}

/** What `easel.widen` does, for whoever calls it. */
export function widenVerb(services: Services): Verb<typeof WIDEN_OPTIONS> {
  return {
    id: 'easel.widen',
    schema: WIDEN_OPTIONS,
    ask: (uris) => ask(services, uris),
    read: (uris, options) => read(services, uris, options),
  };
}

async function read(services: Services, uris: readonly Uri[], options: WidenOptions): Promise<Work> {
  const settings = readSettings();
  const target = readTarget(options, settings.purposes);
  const sources = await openSources(services, requireUris(uris, 1));
  const requests: OutpaintRequest[] = [];
  for (const opened of sources) {
    const prompt = options.prompt?.trim() ?? (await trustedPrompt(services, opened));
    const wanted = { target, anchor: readAnchor(options.anchor), prompt, mode: options.mode ?? settings.widenMode, seed: options.seed ?? randomSeed() };
    requests.push(requestOf(services, opened, wanted, settings, options.output));
  }
  return workOf('caller', requests, await services.engines.choose(settings), settings);
}

interface Answers {
  readonly choice: TargetChoice | undefined;
  /** What was typed where the choice is to type. */
  readonly typed: WidenTarget | undefined;
  readonly anchor: AnchorName;
  /** Undefined where each of several pictures has its own. */
  readonly prompt: string | undefined;
  readonly work: Work | undefined;
}

async function ask(services: Services, uris: readonly Uri[]): Promise<Work | undefined> {
  const title = l10n.t('Widen');
  const picked = await pickImages(uris, title, 1);
  if (!picked) return undefined;
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  const sources = await openSources(services, picked);
  const [only] = sources.length === 1 ? sources : [];
  const initial: Answers = { choice: undefined, typed: undefined, anchor: 'center', prompt: only && withoutStyle(only.recipe?.prompt ?? ''), work: undefined };
  const answers = await runWizard(title, initial, steps(services, sources, chosen, settings));
  return answers?.work;
}

function steps(services: Services, sources: readonly OpenedSource[], chosen: ChosenEngine, settings: Settings): WizardStep<Answers>[] {
  const { engine } = chosen;
  const extents = sources.map((opened) => opened.info.extent);
  const typesSides = ({ choice }: Answers): boolean => choice?.kind === 'type-sides' || choice?.kind === 'sides';
  const anchors = (state: Answers): readonly AnchorName[] => {
    const target = targetOf(state);
    return target ? anchorsFor(target, extents) : [];
  };
  return [
    {
      ask: async (state, position) => {
        const choice = await askTarget(position, extents, settings.purposes);
        return choice === undefined || choice === BACK ? choice : { ...state, choice };
      },
    },
    {
      applies: ({ choice }) => choice?.kind === 'type-sides' || choice?.kind === 'type-size',
      ask: async (state, position) => {
        const typed = typesSides(state) ? await askSides(position, extents) : await askTargetSize(position, extents);
        return typed === undefined || typed === BACK ? typed : { ...state, typed };
      },
    },
    {
      applies: (state) => !typesSides(state) && anchors(state).length > 1,
      ask: async (state, position) => {
        const anchor = await askAnchor(position, l10n.t('Where does the picture stay?'), state.anchor, anchors(state));
        return anchor === undefined || anchor === BACK ? anchor : { ...state, anchor };
      },
    },
    {
      // This machine continues what is there; words mean nothing to it.
      applies: ({ prompt }) => prompt !== undefined && engine.fill === undefined,
      ask: async (state, position) => {
        const question = { prompt: l10n.t('What does the whole picture show? This helps the model; you may leave it empty'), value: state.prompt ?? '', model: engine.model, optional: true };
        const prompt = await askPrompt(position, question);
        return typeof prompt === 'string' ? { ...state, prompt } : prompt;
      },
    },
    {
      ask: async (state, position) => {
        const work = workOf('person', await requestsOf(services, sources, state, settings), chosen, settings);
        const agreed = await askConfirm(services, position, l10n.t('Widen'), work);
        return agreed === true ? { ...state, work } : agreed;
      },
    },
  ];
}

async function requestsOf(services: Services, sources: readonly OpenedSource[], state: Answers, settings: Settings): Promise<OutpaintRequest[]> {
  const { anchor } = state;
  const target = targetOf(state);
  if (!target) return [];
  const requests: OutpaintRequest[] = [];
  for (const opened of sources) {
    const prompt = state.prompt ?? (await trustedPrompt(services, opened));
    requests.push(requestOf(services, opened, { target, anchor: ANCHORS[anchor], prompt, mode: settings.widenMode, seed: randomSeed() }, settings, 'new'));
  }
  return requests;
}

function targetOf({ choice, typed }: Answers): WidenTarget | undefined {
  return choice?.kind === 'type-sides' || choice?.kind === 'type-size' ? typed : choice;
}

interface Wanted {
  readonly target: WidenTarget;
  readonly anchor: Anchor;
  readonly prompt: string;
  readonly mode: ComposeMode;
  readonly seed: number;
}

function requestOf(services: Services, opened: OpenedSource, wanted: Wanted, settings: Settings, output: 'new' | 'replace' | undefined): OutpaintRequest {
  return { operation: 'outpaint', ...wanted, count: 1, source: opened.source, output: outputFor(services, opened, output, 1), embedRecipe: settings.embedRecipe };
}

function workOf(audience: Work['audience'], requests: readonly OutpaintRequest[], chosen: ChosenEngine, settings: Settings): Work {
  return { title: l10n.t('Easel: Widening'), audience, requests, chosen, settings };
}
