import type { SizeRule } from '../../core/models';
import { isLoopback } from './addresses';

/** The servers that are known by name; `other` is any that speaks the dialect. */
export const SERVER_IDS = ['openai', 'azure', 'sd-server', 'lemonade', 'localai', 'vllm-omni', 'sglang', 'xai', 'together', 'openrouter', 'gemini', 'other'] as const;
export type ServerId = (typeof SERVER_IDS)[number];

/** How pictures are sent along: as files of a form, or as `data:` addresses in JSON under the server's own name for them. */
export type InputForm = 'files' | 'image' | 'image_url' | 'input_references';

/** What is known of a server that speaks the dialect, before it is asked. Paths are below the base URL. */
export interface ServerProfile {
  readonly id: ServerId;
  readonly name: string;
  /** Whether it draws for nobody without a key. */
  readonly needsKey: boolean;
  readonly generations: string;
  /** Edits of whole pictures by a prompt; undefined where there are none. */
  readonly edits?: { readonly path: string; readonly inputs: InputForm };
  /** Edits by a mask and the mask's name; undefined where there are none, or where a mask is taken and not used. Always a form with files. */
  readonly inpaint?: { readonly path: string; readonly mask: 'mask' | 'mask_image' };
  /** Only where it is known to exist: it is never probed. */
  readonly variations?: string;
  /** The most pictures that one request may ask for, where the server takes fewer than the model. */
  readonly maxCount?: number;
  /** The most pictures that one edit may take in, where the server takes fewer than the model. */
  readonly maxInputs?: number;
  /** The sizes to ask for whatever the model; undefined where the catalogue's count. */
  readonly sizes?: SizeRule;
  /** The sizes to ask of a model that the catalogue does not know, such as a deployment under a name of its own; undefined where the catalogue's guess counts. */
  readonly strangersSizes?: SizeRule;
  /** How a size is asked for: `1024x1024`, `width` and `height`, `aspect_ratio`, or not at all. */
  readonly size: 'text' | 'numbers' | 'ratio' | 'none';
  /** Whether `quality` means anything there. */
  readonly quality: boolean;
  /** Whether it is known to stream, or may: whoever does not answers as if it had not been asked, or refuses by name. */
  readonly streams: boolean;
  /** What `response_format` says; undefined where it must be left out, `by-model` where the model decides. */
  readonly responseFormat: 'by-model' | 'b64_json' | 'base64' | undefined;
  /** What `output_format` says, where PNG must be asked for. */
  readonly outputFormat?: 'png';
}

interface Entry extends ServerProfile {
  /** Whether a server is told by its address or its model; servers that anybody can run anywhere are told by the setting alone. */
  readonly matches?: (server: URL, model: string) => boolean;
}

const GENERATIONS = '/images/generations';
const EDITS = '/images/edits';
const DIALECT = {
  needsKey: true,
  generations: GENERATIONS,
  edits: { path: EDITS, inputs: 'files' },
  inpaint: { path: EDITS, mask: 'mask' },
  size: 'text',
  quality: true,
  streams: true,
} as const satisfies Partial<ServerProfile>;

/** The sizes that every model of OpenAI's draws. */
const CLASSIC: SizeRule = {
  kind: 'list',
  extents: [
    { width: 1024, height: 1024 },
    { width: 1536, height: 1024 },
    { width: 1024, height: 1536 },
  ],
};

/** Local models: they draw what fits into memory, ignore `quality`, and take what they do not know. */
const LOCAL = {
  ...DIALECT,
  needsKey: false,
  sizes: { kind: 'free', step: 64, minPixels: 256 * 256, maxPixels: 1536 * 1024, maxEdge: 1536, maxRatio: 3 },
  quality: false,
  streams: false,
  responseFormat: 'b64_json',
} as const satisfies Partial<ServerProfile>;

/** What is asked for as `aspect_ratio` comes back at about a megapixel: these stand for the ratios, and the answer is measured. */
const RATIOS: SizeRule = {
  kind: 'list',
  extents: [
    { width: 1024, height: 1024 },
    { width: 1152, height: 864 },
    { width: 864, height: 1152 },
    { width: 1248, height: 832 },
    { width: 832, height: 1248 },
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
  ],
};

/** Facts and their date: docs/architecture.md. The first that matches counts. */
const PROFILES: readonly Entry[] = [
  { ...DIALECT, id: 'openai', name: 'OpenAI', strangersSizes: CLASSIC, responseFormat: undefined, matches: ({ hostname }) => hostname === 'api.openai.com' || hostname.endsWith('.api.openai.com') },
  {
    ...DIALECT,
    id: 'azure',
    name: 'Azure',
    strangersSizes: CLASSIC,
    responseFormat: undefined,
    matches: ({ hostname, pathname }) => /\.(openai|services\.ai|cognitiveservices)\.azure\.com$/.test(hostname) && pathname.startsWith('/openai/'),
  },
  {
    ...DIALECT,
    id: 'xai',
    name: 'xAI',
    edits: { path: EDITS, inputs: 'image' },
    inpaint: undefined,
    maxInputs: 1,
    sizes: RATIOS,
    size: 'ratio',
    quality: false,
    streams: false,
    responseFormat: 'b64_json',
    matches: ({ hostname }) => hostname === 'api.x.ai',
  },
  {
    ...DIALECT,
    id: 'together',
    name: 'Together',
    edits: { path: GENERATIONS, inputs: 'image_url' },
    inpaint: undefined,
    maxInputs: 1,
    sizes: { kind: 'free', step: 32, minPixels: 256 * 256, maxPixels: 1440 * 1440, maxEdge: 1440, maxRatio: 3 },
    size: 'numbers',
    quality: false,
    streams: false,
    responseFormat: 'base64',
    outputFormat: 'png',
    matches: ({ hostname }) => /^api\.together\.(xyz|ai)$/.test(hostname),
  },
  {
    ...DIALECT,
    id: 'openrouter',
    name: 'OpenRouter',
    generations: '/images',
    edits: { path: '/images', inputs: 'input_references' },
    inpaint: undefined,
    sizes: RATIOS,
    size: 'ratio',
    quality: false,
    streams: false,
    responseFormat: undefined,
    matches: ({ hostname }) => hostname === 'openrouter.ai',
  },
  {
    ...DIALECT,
    id: 'gemini',
    name: 'Gemini',
    edits: undefined,
    inpaint: undefined,
    sizes: { kind: 'list', extents: [{ width: 1024, height: 1024 }] },
    size: 'none',
    quality: false,
    streams: false,
    responseFormat: 'b64_json',
    matches: ({ hostname }) => hostname === 'generativelanguage.googleapis.com',
  },
  { ...LOCAL, id: 'sd-server', name: 'sd-server', matches: (_, model) => model === 'sd-cpp-local' },
  { ...LOCAL, id: 'lemonade', name: 'Lemonade', variations: '/images/variations', maxCount: 1, matches: ({ hostname, pathname }) => isLoopback(hostname) && /^\/api\/v\d+\/?$/.test(pathname) },
  { ...LOCAL, id: 'localai', name: 'LocalAI', edits: undefined, inpaint: { path: '/images/inpainting', mask: 'mask' } },
  { ...LOCAL, id: 'vllm-omni', name: 'vLLM-Omni', inpaint: { path: EDITS, mask: 'mask_image' } },
  { ...LOCAL, id: 'sglang', name: 'SGLang', inpaint: undefined },
];

const OTHER: ServerProfile = { ...DIALECT, id: 'other', name: 'This server', responseFormat: 'by-model' };

/** The profile that a person named, else the one that address and model tell. A server that is not known is taken to have every route of the dialect, and answers 404 where it has not. */
export function findProfile(server: URL, model: string, named?: ServerId): ServerProfile {
  const found = PROFILES.find((profile) => (named === undefined ? profile.matches?.(server, model) : profile.id === named));
  return found ?? OTHER;
}
