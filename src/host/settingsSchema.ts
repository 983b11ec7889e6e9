import * as v from 'valibot';
import { parsePriceOverrides, type PriceOverrides } from '../core/cost';
import { FORM_IDS } from '../core/insertion/forms';
import { DEFAULT_MODEL, QUALITIES, type Quality } from '../core/models';
import type { ComposeMode } from '../core/pixels';
import { SERVER_IDS, type ServerId } from '../engines/openai/profiles';
import { parsePurposes, type Purpose } from '../core/purposes';

/** All settings, checked. What does not have its type falls back to its default, so that a wrong value never opens a budget. */
export interface Settings {
  readonly engine: 'auto' | 'openai' | 'offline';
  readonly baseUrl: string;
  /** Whether the base URL is the workspace's word and not the person's. */
  readonly serverOfWorkspace: boolean;
  /** The kind of server; undefined where its address tells. */
  readonly server: ServerId | undefined;
  readonly model: string;
  readonly quality: Quality;
  /** Relative to the first workspace folder. */
  readonly outputFolder: string;
  /** The template of a generated file's name. */
  readonly fileName: string;
  readonly format: 'png' | 'jpeg';
  readonly widenMode: ComposeMode;
  readonly embedRecipe: boolean;
  /** Language id → id of the form in which a link is written there. */
  readonly insertForms: Readonly<Record<string, string>>;
  /** How missing pictures are shown in the documents that name them. */
  readonly missingSeverity: 'hint' | 'information' | 'warning' | 'error' | 'off';
  readonly monthlyUsd: number;
  readonly perCallUsd: number;
  readonly prices: PriceOverrides;
  /** The person's own. */
  readonly purposes: readonly Purpose[];
}

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
const usd = v.pipe(v.number(), v.finite(), v.minValue(0));

const SCHEMAS = {
  engine: v.picklist(['auto', 'openai', 'offline']),
  'openai.baseUrl': text,
  'openai.server': v.picklist(['auto', ...SERVER_IDS]),
  'openai.model': text,
  'openai.quality': v.picklist(QUALITIES),
  'output.folder': v.string(),
  'output.fileName': text,
  'output.format': v.picklist(['png', 'jpeg']),
  'widen.mode': v.picklist(['exact', 'seamless']),
  'recipe.embed': v.boolean(),
  'insert.form': v.record(v.string(), v.picklist(FORM_IDS)),
  'missingImages.severity': v.picklist(['hint', 'information', 'warning', 'error', 'off']),
  'budget.monthlyUsd': usd,
  'budget.perCallUsd': usd,
  prices: v.record(v.string(), v.unknown()),
  purposes: v.record(v.string(), v.unknown()),
} as const;

type Key = keyof typeof SCHEMAS;
type Values = { readonly [K in Key]: v.InferOutput<(typeof SCHEMAS)[K]> };

/** What stands where a setting is missing or wrong; the manifest says the same. */
export const DEFAULTS: Values = {
  engine: 'auto',
  'openai.baseUrl': 'https://api.openai.com/v1',
  'openai.server': 'auto',
  'openai.model': DEFAULT_MODEL,
  'openai.quality': 'medium',
  'output.folder': 'images',
  'output.fileName': '${prompt}',
  'output.format': 'png',
  'widen.mode': 'exact',
  'recipe.embed': true,
  'insert.form': {},
  'missingImages.severity': 'hint',
  'budget.monthlyUsd': 20,
  'budget.perCallUsd': 1,
  prices: {},
  purposes: {},
};

/** Checks the settings; `get` reads one by its name without `easel.`, and `isOfWorkspace` says whether the workspace sets it. */
export function checkSettings(get: (key: string) => unknown, isOfWorkspace: (key: Key) => boolean = () => false): Settings {
  const value = <K extends Key>(key: K): Values[K] => {
    const parsed = v.safeParse(SCHEMAS[key], get(key));
    return parsed.success ? (parsed.output as Values[K]) : DEFAULTS[key];
  };
  const server = value('openai.server');
  return {
    engine: value('engine'),
    baseUrl: value('openai.baseUrl'),
    serverOfWorkspace: isOfWorkspace('openai.baseUrl'),
    server: server === 'auto' ? undefined : server,
    model: value('openai.model'),
    quality: value('openai.quality'),
    outputFolder: value('output.folder'),
    fileName: value('output.fileName'),
    format: value('output.format'),
    widenMode: value('widen.mode'),
    embedRecipe: value('recipe.embed'),
    insertForms: value('insert.form'),
    missingSeverity: value('missingImages.severity'),
    monthlyUsd: value('budget.monthlyUsd'),
    perCallUsd: value('budget.perCallUsd'),
    prices: parsePriceOverrides(value('prices')),
    purposes: parsePurposes(value('purposes')),
  };
}
