import { isLoopback } from './addresses';

/** What is known of a server that speaks the dialect, before it is asked. */
export interface ServerProfile {
  readonly name: string;
  readonly generations: boolean;
  readonly edits: boolean;
  /** Whether `/images/variations` exists there; it is never probed. */
  readonly variations: boolean;
  /** The most pictures one request may ask for, where the server takes fewer than the model. */
  readonly maxCount?: number;
  /** What `response_format` says; undefined where the parameter must be left out, `by-model` where the model decides. */
  readonly responseFormat: 'by-model' | 'b64_json' | undefined;
  /** How a size is asked for: `1024x1024`, two numbers, or not at all. */
  readonly size: 'text' | 'numbers' | 'none';
}

interface Entry extends ServerProfile {
  readonly matches: (server: URL, model: string) => boolean;
}

const COMMON = { generations: true, edits: true, variations: false, responseFormat: 'by-model', size: 'text' } as const;

/** The servers that are told by their address or their model; the first match counts. Facts and their date: docs/architecture.md. */
const PROFILES: readonly Entry[] = [
  { ...COMMON, name: 'OpenAI', responseFormat: undefined, matches: ({ hostname }) => hostname === 'api.openai.com' || hostname.endsWith('.api.openai.com') },
  {
    ...COMMON,
    name: 'Azure',
    responseFormat: undefined,
    matches: ({ hostname, pathname }) => /\.(openai|services\.ai|cognitiveservices)\.azure\.com$/.test(hostname) && pathname.startsWith('/openai/'),
  },
  { ...COMMON, name: 'xAI', edits: false, responseFormat: 'b64_json', size: 'none', matches: ({ hostname }) => hostname === 'api.x.ai' },
  { ...COMMON, name: 'Together', edits: false, responseFormat: undefined, size: 'numbers', matches: ({ hostname }) => /^api\.together\.(xyz|ai)$/.test(hostname) },
  { ...COMMON, name: 'OpenRouter', generations: false, edits: false, matches: ({ hostname }) => hostname === 'openrouter.ai' },
  { ...COMMON, name: 'Gemini', edits: false, responseFormat: 'b64_json', matches: ({ hostname }) => hostname === 'generativelanguage.googleapis.com' },
  { ...COMMON, name: 'sd-server', matches: (_, model) => model === 'sd-cpp-local' },
  { ...COMMON, name: 'Lemonade', variations: true, maxCount: 1, matches: ({ hostname, pathname }) => isLoopback(hostname) && /^\/api\/v\d+\/?$/.test(pathname) },
];

const OTHER: ServerProfile = { ...COMMON, name: 'other' };

/** The profile of the server at a base URL; one that is not known is taken to have generations and edits, and answers 404 where it has not. */
export function findProfile(server: URL, model: string): ServerProfile {
  return PROFILES.find((profile) => profile.matches(server, model)) ?? OTHER;
}
