import OpenAI from 'openai';
import type { CallContext, Drawing, ImageEngine } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { formatExtent, type Extent } from '../../core/geometry';
import { QUALITIES, type ModelSpec, type Quality } from '../../core/models';
import type { Pixels } from '../../core/pixels';
import type { Log } from '../../core/ports';
import { checkPrompt } from '../../core/prompts';
import { isLegalExtent } from '../../core/sizes';
import { isLoopback } from './addresses';
import { parseAnswer } from './answer';
import { drawBatch } from './batches';
import { collectPictures, MAX_PICTURE_BYTES } from './pictures';
import { findProfile, type ServerId, type ServerProfile } from './profiles';
import { makeRedact, safeCause } from './redact';
import { Refusal, refusedParameter, toImageError } from './refusal';
import { bodyOf, editRequest, generateRequest, isDroppable, lackOfEdits, lackOfInpaint, variationRequest, without, type Dialect, type WireRequest } from './requestBody';
import { connectionError, guardedFetch, readBounded, withDeadline, type Connection, type Deadline } from './transport';

export interface OpenAIEngineOptions {
  /** Where the API begins, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Empty where there is none: a server on this machine, and one that needs none, then gets a dummy; any other is refused. */
  readonly apiKey: string;
  readonly model: ModelSpec;
  /** The kind of server, where the person has named it; else it is told by its address. */
  readonly server?: ServerId;
  /** What the person wants; the nearest that the model takes and that is no dearer is sent. */
  readonly quality: Quality | undefined;
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly pixels: Pick<Pixels, 'inspect'>;
}

/** The API is synchronous and may take minutes; a call that is given up too early is billed all the same. */
const CALL_TIMEOUT_MS = 10 * 60 * 1000;
const CHECK_TIMEOUT_MS = 15_000;
const DUMMY_KEY = 'none';
const DEFAULT_QUALITY: Quality = 'medium';
/** The most that is read of an answer: V8 holds no longer string. */
const MAX_ANSWER_BYTES = 480 * 1024 * 1024;
/** What an answer may hold beside its pictures. */
const ANSWER_OVERHEAD_BYTES = 1024 * 1024;
const MAX_LIST_BYTES = 8 * 1024 * 1024;

/** What servers have refused by name, by base URL: asked for once in a session, not at every call. */
const refusedParameters = new Map<string, Set<string>>();

/** An engine for one server and model of the Images dialect. Throws `no-key` where a key is needed, `key-refused` for one that can't be a key, and `bad-argument` for a base URL that is none. */
export function createOpenAIEngine(options: OpenAIEngineOptions): ImageEngine {
  const connection = connect(options);
  const profile = findProfile(connection.server, options.model.id, options.server);
  if (options.apiKey === '' && profile.needsKey && !isLoopback(connection.server.hostname)) throw new ImageError('no-key', `${connection.server.host} needs an API key.`);
  const model = limitedModel(options.model, profile);
  const dialect: Dialect = { model, quality: profile.quality ? nearestQuality(options.quality ?? DEFAULT_QUALITY, model) : undefined, profile };
  const caller = new Caller(connection, dialect, options);
  const prompt = (text: string): string => checkPrompt(text, model);
  const { variations } = profile;
  return {
    id: 'openai',
    model,
    quality: dialect.quality,
    // A server on this machine may be a gateway to one that bills.
    paid: true,
    lacks: { edit: lackOfEdits(profile), inpaint: lackOfInpaint(profile) },
    generate: async (call, context) => {
      const checked = { ...call, prompt: prompt(call.prompt) };
      return caller.draw(call, context, (n) => generateRequest(checked, n, dialect));
    },
    edit: async (call, context) => {
      const checked = { ...call, prompt: prompt(call.prompt) };
      return caller.draw(call, context, (n) => editRequest(checked, n, dialect));
    },
    ...(variations !== undefined && { variation: async (call, context) => caller.draw(call, context, (n) => variationRequest(call, n, variations, dialect)) }),
  } satisfies ImageEngine;
}

/** What the model takes on this server. */
function limitedModel(model: ModelSpec, { sizes = model.sizes, maxCount = model.maxCount, maxInputs = model.maxInputs }: ServerProfile): ModelSpec {
  return { ...model, sizes, maxCount: Math.min(model.maxCount, maxCount), maxInputs: Math.min(model.maxInputs, maxInputs) };
}

/** Asks a server whether it takes a key, by its list of models: `unknown` where there is no such list, or no answer. Never throws for what a server does. */
export async function checkKey(options: Pick<OpenAIEngineOptions, 'baseUrl' | 'apiKey' | 'fetch'>): Promise<'accepted' | 'refused' | 'unknown'> {
  const connection = connect(options);
  const deadline = withDeadline(new AbortController().signal, CHECK_TIMEOUT_MS);
  try {
    const response = await createClient(connection, guardedFetch(connection, deadline)).models.list().asResponse();
    // A page that asks to log in is no list.
    const list: unknown = JSON.parse(await readBounded(response, MAX_LIST_BYTES));
    return typeof list === 'object' && list !== null && 'data' in list && Array.isArray(list.data) ? 'accepted' : 'unknown';
  } catch (error) {
    const refusal = thrownBy(error, Refusal);
    return refusal && (refusal.status === 401 || refusal.status === 403) ? 'refused' : 'unknown';
  }
}

function connect({ baseUrl, apiKey, fetch: fetcher }: Pick<OpenAIEngineOptions, 'baseUrl' | 'apiKey' | 'fetch'>): Connection {
  if (!URL.canParse(baseUrl)) throw new ImageError('bad-argument', 'The base URL is no address.');
  const server = new URL(baseUrl);
  // `fetch` would refuse the header with a message that holds the key, and leave open whether anything was sent.
  if (!/^[\x21-\x7e]*$/.test(apiKey)) throw new ImageError('key-refused', 'The API key holds characters that no key has.');
  return { server, apiKey: apiKey === '' ? DUMMY_KEY : apiKey, fetch: fetcher, redact: makeRedact(apiKey) };
}

/**
 * A client that takes nothing from the environment: whatever the package would read there is given. `OPENAI_CUSTOM_HEADERS` can't be overruled by an option and is
 * stopped by the guarded fetch.
 */
function createClient({ server, apiKey }: Connection, guarded: typeof fetch): OpenAI {
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
    timeout: CALL_TIMEOUT_MS,
    fetch: guarded,
  });
}

/** The dearest quality that the model takes and that is no dearer than the wish, else its cheapest; `auto` is taken by all that take any. */
function nearestQuality(wish: Quality, model: ModelSpec): Quality | undefined {
  if (model.qualities.length === 0 || wish === 'auto') return model.qualities.length === 0 ? undefined : wish;
  const limit = QUALITIES.indexOf(wish);
  return model.qualities.findLast((quality) => QUALITIES.indexOf(quality) <= limit) ?? model.qualities[0];
}

/** The first error of a kind in a chain of causes: the package wraps what its `fetch` throws. */
function thrownBy<T extends Error>(error: unknown, kind: new (...args: never[]) => T): T | undefined {
  if (error instanceof kind) return error;
  return error instanceof Error && error.cause !== undefined ? thrownBy(error.cause, kind) : undefined;
}

class Caller {
  readonly #refused: Set<string>;
  readonly #log: Log;

  constructor(
    private readonly connection: Connection,
    private readonly dialect: Dialect,
    private readonly options: OpenAIEngineOptions,
  ) {
    this.#refused = refusedParameters.get(connection.server.href) ?? new Set();
    refusedParameters.set(connection.server.href, this.#refused);
    const { log } = options;
    const { redact } = connection;
    this.#log = { info: (text) => log.info(redact(text)), warn: (text) => log.warn(redact(text)), error: (text) => log.error(redact(text)) };
  }

  /** Makes as many requests as the pictures need. */
  async draw({ extent, count }: { readonly extent: Extent; readonly count: number }, context: CallContext, wire: (count: number) => WireRequest): Promise<Drawing> {
    const { model, quality } = this.dialect;
    if (!isLegalExtent(extent, model.sizes)) throw new ImageError('bad-argument', `${model.id} does not draw ${formatExtent(extent)}.`);
    if (!Number.isInteger(count) || count < 1) throw new ImageError('bad-argument', 'The number of pictures must be 1 or more.');
    return drawBatch({ extent, count, model, quality, log: this.#log }, (n) => this.#request(wire(n), n, context));
  }

  async #request(wire: WireRequest, count: number, context: CallContext): Promise<Drawing> {
    const deadline = withDeadline(context.signal, CALL_TIMEOUT_MS);
    const first = without(wire, this.#refused);
    try {
      return await this.#attempt(first, count, context, deadline);
    } catch (error) {
      const refusal = thrownBy(error, Refusal);
      const name = refusal && refusedParameter(refusal);
      if (name === undefined || !isDroppable(name, first)) throw this.#explain(error, deadline);
      this.#refused.add(name);
      this.#log.info(`${this.connection.server.host} refuses ${name}: asking once more without it.`);
    }
    try {
      return await this.#attempt(without(wire, this.#refused), count, context, deadline);
    } catch (error) {
      throw this.#explain(error, deadline);
    }
  }

  async #attempt(wire: WireRequest, count: number, context: CallContext, deadline: Deadline): Promise<Drawing> {
    const { connection } = this;
    const started = Date.now();
    const client = createClient(connection, guardedFetch(connection, deadline, () => context.onProgress?.({ step: 'sent' })));
    const response = await client.post(wire.path, { body: bodyOf(wire) }).asResponse();
    context.onProgress?.({ step: 'receiving' });
    const limit = Math.min(MAX_ANSWER_BYTES, ANSWER_OVERHEAD_BYTES + count * Math.ceil((MAX_PICTURE_BYTES * 4) / 3));
    const text = await readBounded(response, limit, context.copyAnswer?.()).catch((error: unknown) => Promise.reject(error instanceof ImageError ? error : connectionError(error, connection, deadline)));
    const answer = parseAnswer(text, response.headers);
    const images = await collectPictures(answer.pictures, { connection, deadline, pixels: this.options.pixels, log: this.#log });
    const requestId = response.headers.get('x-request-id') ?? undefined;
    this.#log.info(`${connection.server.host}: ${images.length} picture(s) in ${((Date.now() - started) / 1000).toFixed(1)} s, request ${requestId ?? 'without id'}.`);
    return { images, usage: answer.usage, requestId };
  }

  /** Whatever was thrown, as an `ImageError` that holds no key. */
  #explain(error: unknown, deadline: Deadline): ImageError {
    const { redact } = this.connection;
    if (deadline.caller.aborted) return new ImageError('cancelled', 'Cancelled.');
    const refusal = thrownBy(error, Refusal);
    if (refusal) return toImageError(refusal, redact);
    const known = thrownBy(error, ImageError);
    if (known) return known;
    return new ImageError('bad-argument', redact(`The request could not be made: ${error instanceof Error ? error.message : 'no reason given'}`), { cause: safeCause(error, redact) });
  }
}
