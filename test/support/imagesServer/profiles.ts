import { compatibleModel, DALLE_MODELS, OPENAI_MODELS, type ServedModel } from './models';

/** How a picture stands in an answer. `base64` is `b64` under another name. */
export type AnswerForm = 'b64' | 'base64' | 'url' | 'relative-url' | 'data-url';

/** The shape of an error's body. */
export type ErrorForm = 'object' | 'text' | 'detail' | 'html' | 'empty';

/** What a route draws. */
export type DrawRoute = 'generations' | 'edits' | 'variations';

/** A route of a server: what it draws, and the parameters it takes where it refuses all others; by the model where left out. */
export interface ServedRoute {
  readonly draws: DrawRoute;
  readonly body: 'json' | 'form';
  readonly keys?: readonly string[];
}

/** A server that the test server can play, as data. */
export interface ServerProfile {
  /** Where the API begins, before `/images/…`. */
  readonly path: string;
  /** By what follows `path`; every other address answers 404. */
  readonly routes: Readonly<Record<string, ServedRoute>>;
  readonly models: readonly ServedModel[];
  readonly needsKey: boolean;
  /** Whether unknown parameters and unknown models are refused. */
  readonly strict: boolean;
  /** The mask's name, and what says where to draw: alpha 0, or brightness whatever the alpha says. Undefined where a mask has no effect. */
  readonly mask: { readonly field: string; readonly drawn: 'alpha' | 'brightness' } | undefined;
  readonly size: 'text' | 'numbers' | 'ratio' | 'none';
  readonly answer: AnswerForm;
  readonly errors: ErrorForm;
  readonly usage: boolean;
  /** The file formats it can be asked for, where they are fewer than the model's. */
  readonly outputFormats?: readonly string[];
  /** The format where none is asked for. */
  readonly defaultFormat?: 'jpeg';
}

const GENERATIONS = { '/images/generations': { draws: 'generations', body: 'json' } } as const;
const EDITS = { '/images/edits': { draws: 'edits', body: 'form' } } as const;
const VARIATIONS = { '/images/variations': { draws: 'variations', body: 'form' } } as const;
const ALPHA = { field: 'mask', drawn: 'alpha' } as const;
const BRIGHTNESS = { field: 'mask', drawn: 'brightness' } as const;

const OPENAI = {
  path: '/v1',
  routes: { ...GENERATIONS, ...EDITS },
  models: OPENAI_MODELS,
  needsKey: true,
  strict: true,
  mask: ALPHA,
  size: 'text',
  answer: 'b64',
  errors: 'object',
  usage: true,
} as const satisfies ServerProfile;
const LOCAL = { ...OPENAI, needsKey: false, strict: false, mask: BRIGHTNESS, usage: false } as const;

export const PROFILES = {
  openai: OPENAI,
  azure: { ...OPENAI, path: '/openai/v1', outputFormats: ['png', 'jpeg'] },
  /** The dialect of the models that OpenAI has shut down, as compatible servers keep it. */
  'dall-e': { ...OPENAI, routes: { ...GENERATIONS, ...EDITS, ...VARIATIONS }, models: DALLE_MODELS, answer: 'url', usage: false },
  lemonade: { ...LOCAL, path: '/api/v1', routes: { ...GENERATIONS, ...EDITS, ...VARIATIONS }, models: [compatibleModel('SD-Turbo', 1)] },
  'sd-server': { ...LOCAL, models: [compatibleModel('sd-cpp-local', 10)], errors: 'text' },
  localai: { ...LOCAL, routes: { ...GENERATIONS, '/images/inpainting': { draws: 'edits', body: 'form' } }, models: [compatibleModel('stablediffusion', 10)], answer: 'url' },
  'vllm-omni': {
    ...LOCAL,
    routes: { ...GENERATIONS, '/images/edits': { draws: 'edits', body: 'form', keys: ['model', 'prompt', 'n', 'size', 'response_format', 'output_format', 'seed', 'image', 'image[]', 'mask_image'] } },
    models: [compatibleModel('Qwen/Qwen-Image-Edit', 10)],
    mask: { field: 'mask_image', drawn: 'brightness' },
    errors: 'detail',
  },
  sglang: { ...LOCAL, models: [compatibleModel('Qwen/Qwen-Image', 10)], mask: undefined, answer: 'relative-url', errors: 'detail' },
  xai: {
    ...OPENAI,
    routes: {
      '/images/generations': { draws: 'generations', body: 'json', keys: ['model', 'prompt', 'n', 'aspect_ratio', 'resolution', 'response_format'] },
      '/images/edits': { draws: 'edits', body: 'json', keys: ['model', 'prompt', 'n', 'aspect_ratio', 'resolution', 'response_format', 'image'] },
    },
    models: [compatibleModel('grok-imagine-image', 10)],
    mask: undefined,
    size: 'ratio',
    answer: 'url',
    usage: false,
  },
  together: {
    ...OPENAI,
    routes: {
      '/images/generations': {
        draws: 'generations',
        body: 'json',
        keys: ['model', 'prompt', 'n', 'width', 'height', 'seed', 'steps', 'response_format', 'output_format', 'image_url', 'negative_prompt'],
      },
    },
    models: [compatibleModel('black-forest-labs/FLUX.1-kontext', 10)],
    mask: undefined,
    size: 'numbers',
    answer: 'url',
    usage: false,
    defaultFormat: 'jpeg',
  },
  openrouter: {
    ...OPENAI,
    path: '/api/v1',
    routes: { '/images': { draws: 'generations', body: 'json', keys: ['model', 'prompt', 'n', 'aspect_ratio', 'resolution', 'seed', 'input_references'] } },
    models: [compatibleModel('bytedance-seed/seedream-4.5', 10)],
    mask: undefined,
    size: 'ratio',
    usage: false,
  },
  gemini: {
    ...OPENAI,
    path: '/v1beta/openai',
    routes: { '/images/generations': { draws: 'generations', body: 'json', keys: ['model', 'prompt', 'n', 'response_format'] } },
    models: [compatibleModel('gemini-3-pro-image', 4)],
    mask: undefined,
    size: 'none',
    usage: false,
  },
} as const satisfies Record<string, ServerProfile>;

export type ProfileName = keyof typeof PROFILES;
