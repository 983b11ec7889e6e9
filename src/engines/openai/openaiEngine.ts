import type { ImageEngine } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { isKnownModel, QUALITIES, type ModelSpec, type Quality } from '../../core/models';
import type { Log } from '../../core/ports';
import { checkPrompt } from '../../core/prompts';
import { isLoopback } from './addresses';
import { Caller, type AnswerPixels } from './caller';
import { connect, thrownBy, type ConnectOptions } from './client';
import { fetchList, listModels } from './modelList';
import { findProfile, type ServerId, type ServerProfile } from './profiles';
import { editRequest, generateRequest, lackOfEdits, lackOfInpaint, variationRequest, type Dialect } from './requestBody';
import { Refusal } from './refusal';
import type { Patience } from './transport';

export interface OpenAIEngineOptions extends ConnectOptions {
  readonly model: ModelSpec;
  /** The kind of server, where the person has named it; else it is told by its address. */
  readonly server?: ServerId;
  /** What the person wants; the nearest that the model takes and that is no dearer is sent. */
  readonly quality: Quality | undefined;
  readonly log: Log;
  readonly pixels: AnswerPixels;
  /** Ours where left out: a test has less. */
  readonly patience?: Patience;
}

const DEFAULT_QUALITY: Quality = 'medium';

/** An engine for one server and model of the Images dialect. Throws `no-key` where a key is needed, `key-refused` for one that can't be a key, and `bad-argument` for a base URL that is none. */
export function createOpenAIEngine(options: OpenAIEngineOptions): ImageEngine {
  const connection = connect(options);
  const { server } = connection;
  const profile = findProfile(server, options.model.id, options.server);
  if (options.apiKey === '' && profile.needsKey && !isLoopback(server.hostname)) throw new ImageError('no-key', `${server.host} needs an API key.`);
  const model = limitedModel(options.model, profile);
  const quality = profile.quality ? nearestQuality(options.quality ?? DEFAULT_QUALITY, model) : undefined;
  const dialect: Dialect = { model, quality, profile };
  const caller = new Caller(connection, dialect, options);
  const { variations } = profile;
  return {
    id: 'openai',
    model,
    quality,
    // A server on this machine may be a gateway to one that bills.
    paid: true,
    lane: server.origin,
    previews: profile.streams && model.streams && quality !== 'low' ? 1 : 0,
    lacks: { edit: lackOfEdits(profile), inpaint: lackOfInpaint(profile) },
    models: (signal) => listModels(connection, signal),
    generate: async (call, context) => caller.draw(call, context, (previews) => generateRequest({ ...call, prompt: checkPrompt(call.prompt, model) }, previews, dialect)),
    edit: async (call, context) => caller.draw(call, context, (previews) => editRequest({ ...call, prompt: checkPrompt(call.prompt, model) }, previews, dialect)),
    ...(variations !== undefined && { variation: async (call, context) => caller.draw(call, context, () => variationRequest(call, variations, dialect)) }),
  } satisfies ImageEngine;
}

/** Asks a server whether it takes a key, by its list of models: `unknown` where there is no such list, or no answer. Never throws for what a server does. */
export async function checkKey(options: ConnectOptions): Promise<'accepted' | 'refused' | 'unknown'> {
  const connection = connect(options);
  try {
    return (await fetchList(connection, new AbortController().signal)) ? 'accepted' : 'unknown';
  } catch (error) {
    const refusal = thrownBy(error, Refusal);
    return refusal && (refusal.status === 401 || refusal.status === 403) ? 'refused' : 'unknown';
  }
}

/** What the model takes on this server. */
function limitedModel(model: ModelSpec, { sizes, strangersSizes, maxCount = model.maxCount, maxInputs = model.maxInputs }: ServerProfile): ModelSpec {
  const guessed = isKnownModel(model.id) ? undefined : strangersSizes;
  return { ...model, sizes: sizes ?? guessed ?? model.sizes, maxCount: Math.min(model.maxCount, maxCount), maxInputs: Math.min(model.maxInputs, maxInputs) };
}

/** The dearest quality that the model takes and that is no dearer than the wish, else its cheapest; `auto` is taken by all that take any. */
function nearestQuality(wish: Quality, model: ModelSpec): Quality | undefined {
  if (model.qualities.length === 0 || wish === 'auto') return model.qualities.length === 0 ? undefined : wish;
  const limit = QUALITIES.indexOf(wish);
  return model.qualities.findLast((quality) => QUALITIES.indexOf(quality) <= limit) ?? model.qualities[0];
}
