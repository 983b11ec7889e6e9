import OpenAI from 'openai';
import { ImageError } from '../../core/errors';
import { makeRedact } from './redact';
import type { Connection, FetchPublic } from './transport';

/** What a server is spoken to with. */
export interface ConnectOptions {
  /** Where the API begins, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Empty where there is none: a server on this machine, and one that needs none, then gets a dummy; any other is refused. */
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly fetchPublic: FetchPublic;
}

const DUMMY_KEY = 'none';

/** Throws `bad-argument` for a base URL that is none, and `key-refused` for a key that can't be one. */
export function connect({ baseUrl, apiKey, fetch: fetcher, fetchPublic }: ConnectOptions): Connection {
  if (!URL.canParse(baseUrl)) throw new ImageError('bad-argument', 'The base URL is no address.');
  // `fetch` would refuse the header with a message that holds the key, and leave open whether anything was sent.
  if (!/^[\x21-\x7e]*$/.test(apiKey)) throw new ImageError('key-refused', 'The API key holds characters that no key has.');
  return { server: new URL(baseUrl), apiKey: apiKey === '' ? DUMMY_KEY : apiKey, fetch: fetcher, fetchPublic, redact: makeRedact(apiKey) };
}

/**
 * A client that takes nothing from the environment: whatever the package would read there is given. `OPENAI_CUSTOM_HEADERS` can't be overruled by an option and is
 * stopped by the guarded fetch.
 */
export function createClient({ server, apiKey }: Connection, guarded: typeof fetch, timeout: number): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: server.href,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    // A second attempt can bill twice: who repeats a request decides it knowingly.
    maxRetries: 0,
    timeout,
    fetch: guarded,
  });
}

/** The first error of a kind in a chain of causes: the package wraps what its `fetch` throws. */
export function thrownBy<T extends Error>(error: unknown, kind: new (...args: never[]) => T): T | undefined {
  if (error instanceof kind) return error;
  return error instanceof Error && error.cause !== undefined ? thrownBy(error.cause, kind) : undefined;
}
