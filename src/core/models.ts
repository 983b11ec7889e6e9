import type { Extent } from './geometry';

/** Which sizes a model draws. */
export type SizeRule =
  | {
      readonly kind: 'free';
      /** Both edges are multiples of this. */
      readonly step: number;
      readonly minPixels: number;
      readonly maxPixels: number;
      /** The longest edge that is safe to ask for, in pixels. */
      readonly maxEdge: number;
      /** The longer edge over the shorter one, at most. */
      readonly maxRatio: number;
    }
  | { readonly kind: 'list'; readonly extents: readonly Extent[] };

/** US dollars for a million tokens. */
export interface TokenPrices {
  readonly textInput: number;
  readonly imageInput: number;
  readonly imageOutput: number;
}

export const QUALITIES = ['auto', 'low', 'medium', 'high', 'xhigh', 'max', 'standard', 'hd'] as const;
export type Quality = (typeof QUALITIES)[number];

/** What is known of a model before it is asked: the catalogue is data, and the answer is still looked at. */
export interface ModelSpec {
  readonly id: string;
  readonly sizes: SizeRule;
  readonly outputFormats: readonly ('png' | 'webp' | 'jpeg')[];
  /** The qualities it takes, cheapest first; empty where the parameter must be left out. */
  readonly qualities: readonly Quality[];
  /** The most pictures that one request may ask for. */
  readonly maxCount: number;
  /** The most characters of a prompt. */
  readonly maxPrompt: number;
  /** The most pictures that one edit may take in. */
  readonly maxInputs: number;
  /** Whether it sends previews while it draws. */
  readonly streams: boolean;
  /** Whether the answer must be asked for as base64 (the DALL-E dialect; newer models refuse the parameter). */
  readonly asksForBase64: boolean;
  /** Whether it draws on a transparent background; false also where nobody knows. */
  readonly transparent?: true;
  /** Undefined where the price is not known: "cost unknown", never zero. */
  readonly prices?: TokenPrices;
  /** Output tokens of a 1024x1024 picture by quality, where known. */
  readonly outputTokens?: Partial<Record<Quality, number>>;
  /** The day it stops, as YYYY-MM-DD. */
  readonly endsOn?: string;
}

/** The day on which prices and token counts below were read. */
export const CATALOGUE_DATE = '2026-11-22';

const DAY_MS = 24 * 3600 * 1000;
/** How long before its end a model is worth a warning. */
const WARNED_DAYS = 30;

/** The best current model for edits. */
export const DEFAULT_MODEL = 'gpt-image-2.6-sunburst';

const FREE: SizeRule = { kind: 'free', step: 16, minPixels: 655_360, maxPixels: 8_294_400, maxEdge: 3824, maxRatio: 3 };
const PRICES_2: TokenPrices = { textInput: 5, imageInput: 8, imageOutput: 30 };
const TOKENS_2 = { low: 196, medium: 1756, high: 7024 };
const TOKENS_25 = { low: 196, medium: 439, high: 1756, xhigh: 3122, max: 7024 };

function squares(...edges: readonly number[]): Extent[] {
  return edges.map((edge) => ({ width: edge, height: edge }));
}

const GPT = { maxCount: 10, maxPrompt: 32_000, maxInputs: 16, streams: true, asksForBase64: false } as const;
const ALL_FORMATS = ['png', 'webp', 'jpeg'] as const;
const QUALITIES_2: readonly Quality[] = ['low', 'medium', 'high'];
const QUALITIES_25: readonly Quality[] = ['low', 'medium', 'high', 'xhigh', 'max'];
const SIZES_15: SizeRule = {
  kind: 'list',
  extents: [...squares(1024), { width: 1536, height: 1024 }, { width: 1024, height: 1536 }],
};

function gpt25(id: string): ModelSpec {
  return { ...GPT, id, sizes: FREE, outputFormats: ALL_FORMATS, qualities: QUALITIES_25, transparent: true, prices: PRICES_2, outputTokens: TOKENS_25 };
}

/** Every model that is known by name. Facts and their dates: docs/architecture.md. */
export const MODELS: readonly ModelSpec[] = [
  gpt25('gpt-image-2.6-sunburst'),
  gpt25('gpt-image-2.6-flare'),
  gpt25('gpt-image-2.5-sunburst'),
  gpt25('gpt-image-2.5-flare'),
  { ...GPT, id: 'gpt-image-2', sizes: FREE, outputFormats: ALL_FORMATS, qualities: QUALITIES_2, prices: PRICES_2, outputTokens: TOKENS_2 },
  { ...GPT, id: 'gpt-image-1.5', sizes: SIZES_15, outputFormats: ALL_FORMATS, qualities: QUALITIES_2, transparent: true, endsOn: '2026-12-01' },
  {
    ...GPT,
    id: 'gpt-image-1-mini',
    sizes: SIZES_15,
    outputFormats: ALL_FORMATS,
    qualities: QUALITIES_2,
    transparent: true,
    prices: { textInput: 2, imageInput: 2.5, imageOutput: 8 },
    endsOn: '2026-12-01',
  },
  {
    id: 'dall-e-2',
    sizes: { kind: 'list', extents: squares(256, 512, 1024) },
    outputFormats: ['png'],
    qualities: [],
    maxCount: 10,
    maxPrompt: 1000,
    maxInputs: 1,
    streams: false,
    asksForBase64: true,
  },
  {
    id: 'dall-e-3',
    sizes: { kind: 'list', extents: [...squares(1024), { width: 1792, height: 1024 }, { width: 1024, height: 1792 }] },
    outputFormats: ['png'],
    qualities: ['standard', 'hd'],
    maxCount: 1,
    maxPrompt: 4000,
    maxInputs: 1,
    streams: false,
    asksForBase64: true,
  },
];

/** Whether the catalogue has a model of that name. */
export function isKnownModel(id: string): boolean {
  return MODELS.some((model) => model.id === id);
}

/** A model by its name. One that is not in the catalogue is taken for a compatible server's: the sizes that the whole dialect knows, the cost unknown. */
export function findModel(id: string): ModelSpec {
  return (
    MODELS.find((model) => model.id === id) ?? {
      id,
      sizes: { kind: 'list', extents: squares(256, 512, 1024) },
      outputFormats: ['png'],
      qualities: QUALITIES_2,
      maxCount: 10,
      maxPrompt: 32_000,
      maxInputs: 16,
      streams: false,
      asksForBase64: true,
    }
  );
}

/** Names that models of pictures have; a server's list holds others, too. */
const PICTURES = /image|imagine|imagen|dall-e|diffusion|flux|\bsd|sdxl|seedream|recraft|banana|hidream|kolors/i;

/** A model as a server lists it. */
export interface ServedModel {
  readonly id: string;
  /** The day it stops, as YYYY-MM-DD. */
  readonly endsOn?: string;
}

/** The models to choose from: those of the server's list that draw pictures, as far as their names tell, else all of it, else the catalogue's. The one in use is always among them. */
export function offeredModels(used: string, served: readonly ServedModel[] | undefined): readonly ServedModel[] {
  const drawing = served?.filter(({ id }) => PICTURES.test(id)) ?? [];
  const listed: readonly ServedModel[] = drawing.length > 0 ? drawing : (served ?? MODELS);
  const all = listed.map(({ id, endsOn }) => ({ id, endsOn: endsOn ?? MODELS.find((model) => model.id === id)?.endsOn }));
  return all.some(({ id }) => id === used) ? all : [{ id: used }, ...all];
}

/** Whole days from a moment (milliseconds since 1970) to the start of a day (YYYY-MM-DD, UTC); negative once it is past. */
export function daysLeft(endsOn: string, now: number): number {
  return Math.ceil((Date.parse(endsOn) - now) / DAY_MS);
}

/** Whether a model's end is near enough, or past, to warn of it. */
export function isEnding(endsOn: string, now: number): boolean {
  return daysLeft(endsOn, now) <= WARNED_DAYS;
}

/** The offline engine's "model", which draws every size: one picture in, as many out as asked. */
export const OFFLINE_MODEL: ModelSpec = {
  id: 'easel-offline-1',
  sizes: { kind: 'free', step: 1, minPixels: 1, maxPixels: 64 * 1024 * 1024, maxEdge: 65_535, maxRatio: 65_535 },
  outputFormats: ['png'],
  qualities: [],
  maxCount: 10,
  maxPrompt: 32_000,
  maxInputs: 1,
  streams: false,
  asksForBase64: false,
  prices: { textInput: 0, imageInput: 0, imageOutput: 0 },
};
