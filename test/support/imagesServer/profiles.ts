import { compatibleModel, DALLE_MODELS, OPENAI_MODELS, type ServedModel } from './models';

/** How a picture stands in an answer. */
export type AnswerForm = 'b64' | 'url' | 'relative-url' | 'data-url';

/** The shape of an error's body. */
export type ErrorForm = 'object' | 'text' | 'detail' | 'html' | 'empty';

/** A server that the test server can play, as data. */
export interface ServerProfile {
  /** Where the API begins, before `/images/…`. */
  readonly path: string;
  readonly models: readonly ServedModel[];
  readonly needsKey: boolean;
  /** Whether unknown parameters and unknown models are refused. */
  readonly strict: boolean;
  readonly edits: boolean;
  readonly variations: boolean;
  /** What says where to draw: alpha 0, or brightness whatever the alpha says. */
  readonly mask: 'alpha' | 'brightness';
  readonly answer: AnswerForm;
  readonly errors: ErrorForm;
  readonly usage: boolean;
}

const LOCAL = { path: '/v1', needsKey: false, strict: false, edits: true, variations: false, answer: 'b64', errors: 'object', usage: false } as const;

export const PROFILES = {
  openai: { path: '/v1', models: OPENAI_MODELS, needsKey: true, strict: true, edits: true, variations: false, mask: 'alpha', answer: 'b64', errors: 'object', usage: true },
  /** The dialect of the models that OpenAI has shut down, as compatible servers keep it. */
  'dall-e': { path: '/v1', models: DALLE_MODELS, needsKey: true, strict: true, edits: true, variations: true, mask: 'alpha', answer: 'url', errors: 'object', usage: false },
  lemonade: { ...LOCAL, path: '/api/v1', models: [compatibleModel('SD-Turbo', 1)], variations: true, mask: 'brightness' },
  'sd-server': { ...LOCAL, models: [compatibleModel('sd-cpp-local', 10)], mask: 'brightness', errors: 'text' },
  localai: { ...LOCAL, models: [compatibleModel('stablediffusion', 10)], edits: false, mask: 'brightness', answer: 'url' },
} as const satisfies Record<string, ServerProfile>;

export type ProfileName = keyof typeof PROFILES;
