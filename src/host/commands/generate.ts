import { l10n, type Disposable, type Uri } from 'vscode';
import { estimateUsd } from '../../core/cost';
import { ImageError } from '../../core/errors';
import { checkExtent } from '../../core/extentLimits';
import { ANCHORS, type Anchor, type AnchorName, type Extent } from '../../core/geometry';
import { splitFileName, stemFromTemplate } from '../../core/naming';
import { guideList, guidesTaken } from '../../core/guides';
import { checkPrompt, onPlainBackground, speaksOfTransparency } from '../../core/prompts';
import type { GenerateRequest } from '../../core/request';
import { cropLoss, nearestLegal } from '../../core/sizes';
import { withoutStyle } from '../../core/style';
import { confined, personsFolder, workspaceFolder } from '../destination';
import { askCount } from '../dialogue/askCount';
import { askPrompt } from '../dialogue/askPrompt';
import { askBackground, type Background } from '../dialogue/askBackground';
import { askAnchor, distinctAnchors } from '../dialogue/askTarget';
import { askSize, askTypedSize, TYPE_SIZE } from '../dialogue/askSize';
import { BACK, runWizard, type WizardStep } from '../dialogue/wizard';
import type { ChosenEngine } from '../engines';
import { projectStyle, styled, styleAdded, type LoadedStyle } from '../pictureList/projectStyle';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { costWords } from '../words';
import { GENERATE_OPTIONS, type GenerateOptions } from './options';
import { registerVerb, type Verb } from './register';
import { purposeExtent, readAnchor } from './widenTarget';

const DEFAULT_EXTENT: Extent = { width: 1024, height: 1024 };
/** Where less of the drawn picture is cut off, nobody is asked what must stay in view. */
const LITTLE_LOSS = 0.05;

/** `easel.generate`: pictures from a prompt, named after it. */
export function registerGenerate(services: Services): Disposable {
  return registerVerb(services, generateVerb(services));
}

/** What `easel.generate` does, for whoever calls it. */
export function generateVerb(services: Services): Verb<typeof GENERATE_OPTIONS> {
  return {
    id: 'easel.generate',
    schema: GENERATE_OPTIONS,
    ask: ([folder]) => askGenerate(services, { folder }),
    read: (_uris, options) => read(services, options),
  };
}

/** What is to be drawn, whoever said it. */
interface Wanted {
  readonly prompt: string;
  readonly extent: Extent;
  /** What stays in view where the model draws another ratio. */
  readonly anchor: Anchor;
  readonly background: Background;
  readonly count: number;
  /** The project's. */
  readonly style: LoadedStyle | undefined;
}

/** Asks a person for everything that a generation needs; `prompt` stands in its box at first, and `folder` is where they want it. Undefined where they turned away. */
export async function askGenerate(services: Services, { folder, prompt = '' }: { readonly folder?: Uri; readonly prompt?: string }): Promise<Work | undefined> {
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  const style = await projectStyle(services);
  // Somebody whose prompt speaks of transparency wants it, or what comes nearest.
  const background = chosen.engine.model.transparent ? 'transparent' : 'plain';
  const initial: Answers = { prompt: withoutStyle(prompt), extent: DEFAULT_EXTENT, stays: 'center', background, count: 1, typesSize: false };
  const wanted = await runWizard(l10n.t('Generate Image'), initial, steps(chosen, settings, style));
  if (!wanted) return undefined;
  const target = folder ?? (await personsFolder(settings.outputFolder));
  if (!target) return undefined;
  // Who is not asked, perhaps for having gone back and taken the word out of the prompt, gets what the prompt says.
  const behind = speaksOfTransparency(wanted.prompt) ? wanted.background : 'prompt';
  const request = requestOf({ ...wanted, background: behind, anchor: ANCHORS[wanted.stays], style }, chosen, settings, target, { mayLeave: folder !== undefined });
  return { ...workOf('person', chosen, settings, request), toCutOut: behind === 'plain' };
}

/** The answers of the dialogue. */
interface Answers extends Omit<Wanted, 'anchor' | 'style'> {
  readonly typesSize: boolean;
  readonly stays: AnchorName;
}

function steps({ engine }: ChosenEngine, settings: Settings, style: LoadedStyle | undefined): WizardStep<Answers>[] {
  const { model, quality } = engine;
  const referenceExtents = style?.references.map(({ info }) => nearestLegal(info.extent, model.sizes)) ?? [];
  const added = styleAdded(style, engine);
  const cost = (wanted: Answers, count: number): string => {
    const { prompt, guides } = styled(wanted.prompt, style, engine);
    const inputs = guideList(guidesTaken(engine, guides)).length > 0 ? referenceExtents : [];
    const call = { extent: nearestLegal(wanted.extent, model.sizes), count, inputs, promptLength: prompt.length };
    return costWords(estimateUsd(model, quality, [call], settings.prices), engine.paid);
  };
  return [
    {
      ask: async (state, position) => {
        const asked = l10n.t('What should the picture show? Drawn by {0}', model.id);
        const question = { prompt: [asked, ...added].join(' · '), placeholder: l10n.t('Misty mountains at dawn'), value: state.prompt, model, optional: false };
        const prompt = await askPrompt(position, question);
        return typeof prompt === 'string' ? { ...state, prompt } : prompt;
      },
    },
    {
      applies: ({ prompt }) => speaksOfTransparency(prompt),
      ask: async (state, position) => {
        const background = await askBackground(position, model, state.background);
        return background === undefined || background === BACK ? background : { ...state, background };
      },
    },
    {
      ask: async (state, position) => {
        const extent = await askSize(position, model.sizes, settings.purposes, state.extent);
        if (extent === undefined || extent === BACK) return extent;
        return extent === TYPE_SIZE ? { ...state, typesSize: true } : { ...state, typesSize: false, extent };
      },
    },
    {
      applies: (state) => state.typesSize,
      ask: async (state, position) => {
        const extent = await askTypedSize(position, model.sizes);
        return extent === undefined || extent === BACK ? extent : { ...state, extent };
      },
    },
    {
      applies: ({ extent }) => cropLoss(nearestLegal(extent, model.sizes), extent) > LITTLE_LOSS,
      ask: async (state, position) => {
        const stays = await askAnchor(position, l10n.t('The model draws another ratio. What must stay in view?'), state.stays, cropAnchors(nearestLegal(state.extent, model.sizes), state.extent));
        return stays === undefined || stays === BACK ? stays : { ...state, stays };
      },
    },
    {
      ask: async (state, position) => {
        const count = await askCount(position, state.count, (n) => cost(state, n));
        return typeof count === 'number' ? { ...state, count } : count;
      },
    },
  ];
}

/** The words that differ in what is cut off: the ratio leaves room along one edge alone. */
function cropAnchors(drawn: Extent, wanted: Extent): readonly AnchorName[] {
  const wider = drawn.width * wanted.height > wanted.width * drawn.height;
  return distinctAnchors(({ x, y }) => `${wider ? x : y}`);
}

async function read(services: Services, options: GenerateOptions): Promise<Work> {
  const settings = readSettings();
  const extent = readExtent(options, settings);
  const name = readName(options, settings);
  if ((options.prompt ?? '').trim() === '') throw new ImageError('empty-prompt', 'The prompt is empty.');
  const folder = await workspaceFolder(options.folder ?? settings.outputFolder);
  const chosen = await services.engines.choose(settings);
  const prompt = checkPrompt(options.prompt ?? '', chosen.engine.model);
  return workOf('caller', chosen, settings, requestOf({ prompt, extent, anchor: readAnchor(options.anchor), background: options.transparent ? 'transparent' : 'prompt', count: options.count ?? 1, style: await projectStyle(services) }, chosen, settings, folder, { ...name, seed: options.seed }));
}

function readExtent({ width, height, purpose }: GenerateOptions, { purposes }: Settings): Extent {
  if (purpose !== undefined) {
    if (width !== undefined || height !== undefined) throw new ImageError('bad-argument', 'Say either "purpose" or "width" with "height".');
    return purposeExtent(purpose, purposes);
  }
  if (width === undefined && height === undefined) return DEFAULT_EXTENT;
  if (width === undefined || height === undefined) throw new ImageError('bad-argument', '"width" and "height" come together or not at all.');
  checkExtent({ width, height });
  return { width, height };
}

/** A name's ending decides the format, unless the format is said too: then they must agree. */
function readName({ fileName, format, transparent }: GenerateOptions, settings: Settings): { readonly stem?: string; readonly format: 'png' | 'jpeg' } {
  const usual = format ?? (transparent ? 'png' : settings.format);
  if (fileName === undefined) return { format: usual };
  const { stem, extension } = splitFileName(fileName);
  if (extension === undefined) return { stem, format: usual };
  const named = ({ png: 'png', jpg: 'jpeg', jpeg: 'jpeg' } as const)[extension];
  if (named === undefined) throw new ImageError('unsupported', `Easel generates PNG and JPEG, no .${extension}.`);
  if (format !== undefined && format !== named) throw new ImageError('bad-argument', `"fileName" ends in .${extension}, but "format" is ${format}.`);
  return { stem, format: named };
}

interface Details {
  /** Whether the folder may lie outside of the workspace by now: only where a person has pointed at it. */
  readonly mayLeave?: boolean;
  readonly stem?: string;
  readonly format?: 'png' | 'jpeg';
  readonly seed?: number;
}

function requestOf(wanted: Wanted, { engine }: ChosenEngine, settings: Settings, folder: Uri, { stem, format, seed, mayLeave = false }: Details): GenerateRequest {
  const { prompt, extent, anchor, background, count, style } = wanted;
  const output = { kind: 'new', folder: folder.toString(), stem: stem ?? stemFromTemplate(settings.fileName, { prompt: withoutStyle(prompt), model: engine.model.id, date: new Date(), ...extent }) } as const;
  return {
    operation: 'generate',
    ...styled(background === 'plain' ? onPlainBackground(prompt) : prompt, style, engine),
    extent,
    focus: anchor,
    transparent: background === 'transparent',
    count,
    seed: seed ?? randomSeed(),
    // JPEG has no transparency.
    format: format ?? (background === 'transparent' ? 'png' : settings.format),
    output: mayLeave ? output : confined(output),
    embedRecipe: settings.embedRecipe,
  };
}

function workOf(audience: Work['audience'], chosen: ChosenEngine, settings: Settings, request: GenerateRequest): Work {
  return { title: l10n.t('Easel: Generating'), audience, requests: [request], chosen, settings };
}
