import type { Usage } from './usage';
import { area, type Extent } from './geometry';
import { isRecord } from './isRecord';
import { CATALOGUE_DATE, type ModelSpec, type Quality, type TokenPrices } from './models';
import { sumUsd } from './money';

/** The setting `easel.prices`: model id → prices in US dollars for a million tokens that replace, or add to, the catalogue's. */
export type PriceOverrides = Readonly<Record<string, Partial<TokenPrices>>>;

/** One request as far as its price goes. */
export interface PricedCall {
  /** The size that the model draws. */
  readonly extent: Extent;
  /** How many pictures it draws. */
  readonly count: number;
  /** The pictures that are sent along, a mask not counted. */
  readonly inputs: readonly Extent[];
  /** In characters. */
  readonly promptLength: number;
  /** How many previews of the picture are streamed; none where left out. */
  readonly previews?: number;
}

const PRICE_KEYS = ['textInput', 'imageInput', 'imageOutput'] as const satisfies readonly (keyof TokenPrices)[];
const PER_MILLION = 1e-6;
/** The catalogue's output tokens are those of a picture of this many pixels. */
export const CATALOGUE_PIXELS = 1024 * 1024;
/** Each preview that is streamed costs so many output tokens, by OpenAI's guide. */
const TOKENS_PER_PREVIEW = 100;
/** Our estimate: English text has about four characters a token. */
const CHARACTERS_PER_TOKEN = 4;
/** Our estimate: a picture that is sent counts about one token for 32x32 pixels. */
const PIXELS_PER_INPUT_TOKEN = 1024;

/** Reads `easel.prices` as it came from the settings; whatever is no price (a finite number from 0) is left out, so that the catalogue's stands. */
export function parsePriceOverrides(value: unknown): PriceOverrides {
  if (!isRecord(value)) return {};
  const models = Object.entries(value).map(([id, given]): [string, Partial<TokenPrices>] => {
    const prices = PRICE_KEYS.flatMap((key) => {
      const price = isRecord(given) ? given[key] : undefined;
      return typeof price === 'number' && Number.isFinite(price) && price >= 0 ? [[key, price]] : [];
    });
    return [id, Object.fromEntries(prices)];
  });
  return Object.fromEntries(models.filter(([, prices]) => Object.keys(prices).length > 0));
}

/**
 * What requests will cost in US dollars, about; undefined where a price or a token count that matters is not known.
 * Output tokens are the catalogue's, scaled with the pixels; a quality that the model chooses itself counts as its dearest.
 */
export function estimateUsd(model: ModelSpec, quality: Quality | undefined, calls: readonly PricedCall[], overrides: PriceOverrides): number | undefined {
  if (calls.length === 0) return 0;
  const outputTokens = tokensOfQuality(model, quality);
  const sum = (count: (call: PricedCall) => number): number => calls.reduce((total, call) => total + count(call), 0);
  return priceOf(model, overrides, {
    textInput: sum((call) => Math.ceil(call.promptLength / CHARACTERS_PER_TOKEN)),
    imageInput: sum((call) => call.inputs.reduce((total, input) => total + Math.ceil(area(input) / PIXELS_PER_INPUT_TOKEN), 0)),
    imageOutput: outputTokens === undefined ? undefined : sum((call) => call.count * Math.ceil((outputTokens * area(call.extent)) / CATALOGUE_PIXELS) + TOKENS_PER_PREVIEW * (call.previews ?? 0)),
  });
}

/** What was paid in US dollars, by the server's own count; undefined where the server or the catalogue leaves out anything that matters. */
export function actualUsd(model: ModelSpec, usage: Usage, overrides: PriceOverrides): number | undefined {
  return priceOf(model, overrides, usage);
}

/** Whose prices a model's costs are reckoned by: `settings`, or the catalogue's date as YYYY-MM-DD; undefined where there are none. */
export function pricesOf(model: ModelSpec, overrides: PriceOverrides): string | undefined {
  if (Object.hasOwn(overrides, model.id)) return 'settings';
  return model.prices && CATALOGUE_DATE;
}

/** `$1.20`; below a dollar two significant digits, `$0.053`; `<$0.01`, and `$0.00` for nothing at all. */
export function formatUsd(usd: number): string {
  if (isUnderACent(usd)) return '<$0.01';
  // The rounded number decides: 0.999 is $1.00.
  const digits = usd > 0 && Number(usd.toPrecision(2)) < 0.1 ? 3 : 2;
  return `$${usd.toFixed(digits)}`;
}

/** The same, but to two significant digits however small it is: `$0.0061`, where sums are compared. */
export function formatUsdExactly(usd: number): string {
  return isUnderACent(usd) ? `$${usd.toFixed(Math.min(9, 1 - Math.floor(Math.log10(usd)))).replace(/0+$/, '')}` : formatUsd(usd);
}

/** Whether an amount is too small to be told in cents. */
export function isUnderACent(usd: number): boolean {
  return usd > 0 && usd < 0.01;
}

function tokensOfQuality(model: ModelSpec, quality: Quality | undefined): number | undefined {
  const known = model.outputTokens;
  if (!known) return undefined;
  if (quality !== undefined && quality !== 'auto') return known[quality];
  return Math.max(...Object.values(known));
}

function priceOf(model: ModelSpec, overrides: PriceOverrides, tokens: Usage): number | undefined {
  const override = Object.hasOwn(overrides, model.id) ? overrides[model.id] : undefined;
  const prices: Partial<TokenPrices> = { ...model.prices, ...override };
  const parts: number[] = [];
  for (const key of PRICE_KEYS) {
    const count = tokens[key];
    const price = prices[key];
    // Nothing of a kind costs nothing, whatever the price; and what is free needs no count.
    if (count === 0 || price === 0) continue;
    if (count === undefined || price === undefined) return undefined;
    parts.push(count * price * PER_MILLION);
  }
  return sumUsd(parts);
}
