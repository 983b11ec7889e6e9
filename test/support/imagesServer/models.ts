import type { Extent } from '../../../src/core/geometry';

/**
 * What the server takes for each model. Written from the API's published facts and not from src/core/models.ts, so that a mistake in the catalogue
 * shows as a refused request.
 */
export interface ServedModel {
  readonly id: string;
  readonly family: 'gpt' | 'dall-e-2' | 'dall-e-3' | 'compatible';
  readonly legalSize: (extent: Extent) => boolean;
  /** Taken when the request names none or `auto`. */
  readonly defaultSize: Extent;
  readonly qualities: readonly string[];
  readonly outputFormats: readonly string[];
  readonly maxCount: number;
  readonly maxPrompt: number;
  /** Values of `input_fidelity`; empty where the parameter is refused. */
  readonly inputFidelity: readonly string[];
  readonly complexity: boolean;
  readonly markup: boolean;
  /** Output tokens at 1024x1024 by quality. */
  readonly outputTokens?: Readonly<Record<string, number>>;
  /** YYYY-MM-DD, as `shutdown_date` of the list. */
  readonly shutdown?: string;
}

const SQUARE: Extent = { width: 1024, height: 1024 };

function free({ width, height }: Extent): boolean {
  const long = Math.max(width, height);
  const pixels = width * height;
  return width % 16 === 0 && height % 16 === 0 && long <= 3840 && long <= 3 * Math.min(width, height) && pixels >= 655_360 && pixels <= 8_294_400;
}

function oneOf(...sizes: readonly string[]): (extent: Extent) => boolean {
  return ({ width, height }) => sizes.includes(`${width}x${height}`);
}

const GPT = {
  family: 'gpt',
  defaultSize: SQUARE,
  outputFormats: ['png', 'webp', 'jpeg'],
  maxCount: 10,
  maxPrompt: 32_000,
} as const;
const LOW_TO_HIGH = ['low', 'medium', 'high', 'auto'];
const LOW_TO_MAX = ['low', 'medium', 'high', 'xhigh', 'max', 'auto'];
const TOKENS_2 = { low: 196, medium: 1756, high: 7024, auto: 1756 };
const TOKENS_25 = { low: 196, medium: 439, high: 1756, xhigh: 3122, max: 7024, auto: 439 };
const CLASSIC = oneOf('1024x1024', '1536x1024', '1024x1536');

function gpt25(id: string, complexity: boolean): ServedModel {
  return { ...GPT, id, legalSize: free, qualities: LOW_TO_MAX, inputFidelity: [], complexity, markup: true, outputTokens: TOKENS_25 };
}

function gpt1(id: string, inputFidelity: readonly string[]): ServedModel {
  return { ...GPT, id, legalSize: CLASSIC, qualities: LOW_TO_HIGH, inputFidelity, complexity: false, markup: false, outputTokens: TOKENS_2, shutdown: '2026-12-01' };
}

export const OPENAI_MODELS: readonly ServedModel[] = [
  gpt25('gpt-image-2.6-sunburst', true),
  gpt25('gpt-image-2.6-flare', true),
  gpt25('gpt-image-2.5-sunburst', false),
  gpt25('gpt-image-2.5-flare', false),
  { ...GPT, id: 'gpt-image-2', legalSize: free, qualities: LOW_TO_HIGH, inputFidelity: [], complexity: false, markup: false, outputTokens: TOKENS_2 },
  gpt1('gpt-image-1.5', ['high', 'low']),
  gpt1('gpt-image-1-mini', ['low']),
];

const OLD = { defaultSize: SQUARE, outputFormats: ['png'], inputFidelity: [], complexity: false, markup: false } as const;

export const DALLE_MODELS: readonly ServedModel[] = [
  { ...OLD, id: 'dall-e-2', family: 'dall-e-2', legalSize: oneOf('256x256', '512x512', '1024x1024'), qualities: ['standard'], maxCount: 10, maxPrompt: 1000 },
  { ...OLD, id: 'dall-e-3', family: 'dall-e-3', legalSize: oneOf('1024x1024', '1792x1024', '1024x1792'), qualities: ['standard', 'hd'], maxCount: 1, maxPrompt: 4000 },
];

/** A local server's model: sizes up to 2048 that are multiples of 8. */
export function compatibleModel(id: string, maxCount: number): ServedModel {
  return {
    ...OLD,
    id,
    family: 'compatible',
    defaultSize: { width: 512, height: 512 },
    legalSize: ({ width, height }) => width % 8 === 0 && height % 8 === 0 && width <= 2048 && height <= 2048,
    qualities: [],
    maxCount,
    maxPrompt: 100_000,
  };
}
