import { l10n, type Disposable, type Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import { boundsOf, contains, formatExtent, type Bounds, type Extent } from '../../core/geometry';
import type { Region } from '../../core/pixels';
import type { InpaintRequest } from '../../core/request';
import { FILL_PROMPT } from '../../core/prompts';
import { askConfirm } from '../dialogue/askConfirm';
import { askCount } from '../dialogue/askCount';
import { askPrompt } from '../dialogue/askPrompt';
import { askBounds, askRegion, type RegionChoice } from '../dialogue/askRegion';
import { pickImage, pickImages } from '../dialogue/pickImages';
import { presetBounds } from '../dialogue/regionPresets';
import { BACK, runWizard, type WizardStep } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import { isPaintable, openImageEditor } from '../imageEditor/openImageEditor';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSources, type OpenedSource } from '../sources';
import { resolveUri } from '../uris';
import { EDIT_OPTIONS, type EditOptions } from './options';
import { registerVerb, type Verb } from './register';
import { outputFor, requireUris } from './sourceOutput';

/** `easel.edit`: draws a region of a picture again; everything else stays as it is, to the byte. */
export function registerEdit(services: Services): Disposable {
  return registerVerb(services, editVerb(services));
}

/** What `easel.edit` does, for whoever calls it. */
export function editVerb(services: Services): Verb<typeof EDIT_OPTIONS> {
  return {
    id: 'easel.edit',
    schema: EDIT_OPTIONS,
    ask: (uris) => ask(services, uris),
    read: (uris, options) => read(services, uris, options),
  };
}

async function read(services: Services, uris: readonly Uri[], options: EditOptions): Promise<Work> {
  const { region: bounds, mask, prompt = '', count = 1, output, seed } = options;
  requireUris(uris, 1);
  if ((bounds === undefined) === (mask === undefined)) throw new ImageError('bad-argument', 'Say what to draw again by either "region" or "mask".');
  const settings = readSettings();
  const sources = await openSources(services, uris);
  const regionFor = bounds ? boundsInside(bounds) : fileRegion(await maskBytes(services, mask === undefined ? undefined : resolveUri(mask)));
  const request = (opened: OpenedSource): InpaintRequest => ({
    ...requestOf(services, opened, regionFor(opened.info.extent), prompt.trim(), count, settings, output),
    ...(seed === undefined ? {} : { seed }),
  });
  return workOf('caller', sources.map(request), await services.engines.choose(settings), settings);
}

type RegionFor = (extent: Extent) => Region;

function boundsInside(bounds: Bounds): RegionFor {
  return (extent) => {
    if (contains(boundsOf(extent), bounds)) return { kind: 'bounds', bounds };
    throw new ImageError('bad-argument', `"region" must lie wholly inside the picture of ${formatExtent(extent)}.`);
  };
}

function fileRegion(bytes: Uint8Array): RegionFor {
  return () => ({ kind: 'file', bytes });
}

async function maskBytes(services: Services, mask: Uri | undefined): Promise<Uint8Array> {
  if (!mask) throw new ImageError('bad-argument', 'No mask file was given.');
  return services.jobs.files.read(mask.toString());
}

interface Answers {
  readonly region: RegionChoice;
  /** What was typed where the region is. */
  readonly bounds: Bounds | undefined;
  /** The file that was picked where the region is a mask's. */
  readonly mask: Uri | undefined;
  readonly prompt: string;
  readonly count: number;
  readonly work: Work | undefined;
}

async function ask(services: Services, uris: readonly Uri[]): Promise<Work | undefined> {
  const title = l10n.t('Edit a Region');
  const picked = await pickImages(uris, title, 1);
  if (!picked) return undefined;
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  const sources = await openSources(services, picked);
  const initial: Answers = { region: { kind: 'preset', preset: 'center' }, bounds: undefined, mask: undefined, prompt: '', count: 1, work: undefined };
  const canPaint = isPaintable(picked);
  const answers = await runWizard(title, initial, steps(services, sources, chosen, settings, canPaint));
  const [only] = picked;
  if (answers?.region.kind === 'paint' && only) await openImageEditor(only);
  return answers?.work;
}

function steps(services: Services, sources: readonly OpenedSource[], chosen: ChosenEngine, settings: Settings, canPaint: boolean): WizardStep<Answers>[] {
  const asksOn = ({ region }: Answers): boolean => region.kind !== 'paint';
  const extents = sources.map((opened) => opened.info.extent);
  const { engine } = chosen;
  const withoutPrompt = engine.fill ? l10n.t('filled from the surroundings on this machine') : l10n.t('the model is sent: “{0}”', FILL_PROMPT);
  return [
    {
      ask: async (state, position) => {
        const region = await askRegion(position, extents, canPaint);
        return region === undefined || region === BACK ? region : { ...state, region };
      },
    },
    {
      applies: ({ region }) => region.kind === 'typed',
      ask: async (state, position) => {
        const bounds = await askBounds(position, extents, state.bounds);
        return bounds === undefined || bounds === BACK ? bounds : { ...state, bounds };
      },
    },
    {
      applies: ({ region }) => region.kind === 'mask',
      ask: async (state, position) => {
        const mask = await pickImage(position, l10n.t('Which file says where to draw? It has the size of the picture'));
        return mask === undefined || mask === BACK ? mask : { ...state, mask };
      },
    },
    {
      applies: asksOn,
      ask: async (state, position) => {
        const question = {
          prompt: l10n.t('What should be there? Without words: {0}', withoutPrompt),
          placeholder: l10n.t('A small red boat, or nothing'),
          value: state.prompt,
          model: engine.model,
          optional: true,
          refusal: engine.edit ? undefined : l10n.t('Words need an AI model. Leave this empty, or choose another engine.'),
        };
        const prompt = await askPrompt(position, question);
        return typeof prompt === 'string' ? { ...state, prompt } : prompt;
      },
    },
    {
      applies: asksOn,
      ask: async (state, position) => {
        const count = await askCount(position, state.count, () => undefined);
        return typeof count === 'number' ? { ...state, count } : count;
      },
    },
    {
      applies: asksOn,
      ask: async (state, position) => {
        const work = workOf('person', await requestsOf(services, sources, state, settings), chosen, settings);
        const agreed = await askConfirm(services, position, l10n.t('Edit'), work);
        return agreed === true ? { ...state, work } : agreed;
      },
    },
  ];
}

async function requestsOf(services: Services, sources: readonly OpenedSource[], answers: Answers, settings: Settings): Promise<InpaintRequest[]> {
  const regionFor = await regionOf(services, answers);
  return sources.map((opened) => requestOf(services, opened, regionFor(opened.info.extent), answers.prompt, answers.count, settings, 'new'));
}

async function regionOf(services: Services, { region, bounds, mask }: Answers): Promise<RegionFor> {
  if (region.kind === 'preset') return (extent) => ({ kind: 'bounds', bounds: presetBounds(region.preset, extent) });
  if (region.kind === 'bounds') return boundsInside(region.bounds);
  if (region.kind === 'typed' && bounds) return boundsInside(bounds);
  return fileRegion(await maskBytes(services, mask));
}

function requestOf(
  services: Services,
  opened: OpenedSource,
  region: Region,
  prompt: string,
  count: number,
  settings: Settings,
  output: 'new' | 'replace' | undefined,
): InpaintRequest {
  return {
    operation: 'inpaint',
    prompt,
    count,
    seed: randomSeed(),
    source: opened.source,
    region,
    mode: 'exact',
    output: outputFor(services, opened, output, count),
    embedRecipe: settings.embedRecipe,
  };
}

function workOf(audience: Work['audience'], requests: readonly InpaintRequest[], chosen: ChosenEngine, settings: Settings): Work {
  return { title: l10n.t('Easel: Editing'), audience, requests, chosen, settings };
}
