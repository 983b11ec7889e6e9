import type { CallContext, Drawing } from '../../core/engine';
import type { Usage } from '../../core/usage';
import { ImageError } from '../../core/errors';
import { PREVIEW_EVENT } from '../../core/eventStream';
import { formatExtent, type Extent } from '../../core/geometry';
import type { Answer, AnswerEntry, Pixels } from '../../core/pixels';
import type { Log } from '../../core/ports';
import { isLegalExtent } from '../../core/sizes';
import { Arrival, isDeath, type ArrivalContext } from './arrival';
import { createClient, thrownBy } from './client';
import { collectPictures, MAX_PICTURE_BYTES } from './pictures';
import { readRateLimit } from './rateLimit';
import { safeCause } from './redact';
import { readRefusal, Refusal, refusedParameter, toImageError } from './refusal';
import { bodyOf, DROPPABLE, isDroppable, without, type Dialect, type WireRequest } from './requestBody';
import { chunksOf, connectionError, guardedFetch, withDeadline, type Connection, type Deadline, type Patience, type BodyLimits } from './transport';

/** The API is synchronous and may take minutes; a call that is given up too early is billed all the same. */
const PATIENCE: Patience = { call: 10 * 60 * 1000, silence: 60 * 1000 };
/** The most that is read of an answer: read, as text, and decoded it stays below a gigabyte. */
const MAX_ANSWER_BYTES = 200 * 1024 * 1024;
/** What an answer may hold beside its pictures. */
const ANSWER_OVERHEAD_BYTES = 1024 * 1024;

/** What servers have refused by name, by base URL: asked for once in a session, not at every call. */
const refusedParameters = new Map<string, Set<string>>();

/** The work of the pixel worker on answers. */
export type AnswerPixels = ArrivalContext['pixels'] & Pick<Pixels, 'inspect'>;

/** What an answer says, put together from its events where it was streamed. */
class Received {
  readonly entries: AnswerEntry[] = [];
  usage: Usage | undefined;
  readonly #headers: Headers;
  readonly #onProgress: CallContext['onProgress'];

  constructor(headers: Headers, onProgress: CallContext['onProgress']) {
    this.#headers = headers;
    this.#onProgress = onProgress;
  }

  /** Throws `Refusal` where an answer says that there is no picture. */
  add(answers: readonly Answer[]): void {
    for (const { type, entries, usage, error } of answers) {
      if (error !== undefined) throw readRefusal(200, this.#headers, error);
      if (type?.endsWith(PREVIEW_EVENT)) {
        for (const entry of entries) if ('format' in entry) this.#onProgress?.({ step: 'preview', preview: entry });
      } else {
        this.entries.push(...entries);
        this.usage = usage ?? this.usage;
      }
    }
  }
}

/** Makes requests to one server and reads what comes back. */
export class Caller {
  readonly #connection: Connection;
  readonly #dialect: Dialect;
  readonly #pixels: AnswerPixels;
  readonly #patience: Patience;
  readonly #refused: Set<string>;
  readonly #log: Log;

  constructor(connection: Connection, dialect: Dialect, { log, pixels, patience = PATIENCE }: { readonly log: Log; readonly pixels: AnswerPixels; readonly patience?: Patience }) {
    this.#connection = connection;
    this.#dialect = dialect;
    this.#pixels = pixels;
    this.#patience = patience;
    this.#refused = refusedParameters.get(connection.server.href) ?? new Set();
    refusedParameters.set(connection.server.href, this.#refused);
    const { redact } = connection;
    this.#log = { info: (text) => log.info(redact(text)), warn: (text) => log.warn(redact(text)), error: (text) => log.error(redact(text)) };
  }

  /** Makes one request, and once more without a parameter that the server refuses by name and that may be left out. `wire` is given the previews to ask for. */
  async draw({ extent, count }: { readonly extent: Extent; readonly count: number }, context: CallContext, wire: (previews: number) => WireRequest): Promise<Drawing> {
    const { model } = this.#dialect;
    if (!isLegalExtent(extent, model.sizes)) throw new ImageError('bad-argument', `${model.id} does not draw ${formatExtent(extent)}.`);
    if (!Number.isInteger(count) || count < 1 || count > model.maxCount) throw new ImageError('bad-argument', `The number of pictures must be 1 to ${model.maxCount}.`);
    const asked = wire(count === 1 ? (context.previews ?? 0) : 0);
    const deadline = withDeadline(context.signal, this.#patience.call);
    const first = without(asked, this.#refused);
    try {
      return await this.#attempt(first, count, context, deadline);
    } catch (error) {
      const refusal = thrownBy(error, Refusal);
      const name = refusal && refusedParameter(refusal, DROPPABLE);
      if (name === undefined || !isDroppable(name, first)) throw this.#explain(error, deadline);
      this.#refused.add(name);
      this.#log.info(`${this.#connection.server.host} refuses ${name}: asking once more without it.`);
    }
    try {
      return await this.#attempt(without(asked, this.#refused), count, context, deadline);
    } catch (error) {
      throw this.#explain(error, deadline);
    }
  }

  async #attempt(wire: WireRequest, count: number, context: CallContext, deadline: Deadline): Promise<Drawing> {
    const started = performance.now();
    const connection = this.#connection;
    const client = createClient(connection, guardedFetch(connection, deadline, () => context.onProgress?.({ step: 'sent' })), this.#patience.call);
    const response = await client.post(wire.path, { body: bodyOf(wire) }).asResponse();
    context.onProgress?.({ step: 'receiving' });
    const limit = Math.min(MAX_ANSWER_BYTES, ANSWER_OVERHEAD_BYTES + (count + (context.previews ?? 0)) * Math.ceil((MAX_PICTURE_BYTES * 4) / 3));
    const { entries, usage } = await this.#receive(response, limit, context, deadline);
    const pictures = await collectPictures(entries, { connection, deadline, pixels: this.#pixels, log: this.#log, copyAnswer: context.copyAnswer });
    const requestId = response.headers.get('x-request-id') ?? undefined;
    this.#log.info(`${connection.server.host}: ${pictures.images.length} picture(s) in ${((performance.now() - started) / 1000).toFixed(1)} s, request ${requestId ?? 'without id'}.`);
    return { ...pictures, usage, requestId, rate: readRateLimit(response.headers) };
  }

  /** A stream counts by its completed events alone: a preview is shown and never becomes the result. It may break off after them; a whole answer may not break off at all. */
  async #receive(response: Response, limit: number, context: CallContext, deadline: Deadline): Promise<Received> {
    const streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    const copy = context.copyAnswer?.();
    const arrival = new Arrival({ pixels: this.#pixels, streams, copy, signal: deadline.caller });
    const received = new Received(response.headers, context.onProgress);
    const reading: BodyLimits = { limit, ...(streams ? {} : { silence: this.#patience.silence }) };
    let whole = false;
    try {
      const reads: Promise<readonly Answer[]>[] = [];
      for await (const chunk of chunksOf(response, reading)) {
        const read = arrival.push(chunk, (await copy?.body(chunk)) ?? false);
        // What has not streamed says nothing before its end.
        if (streams) received.add(await read);
        else reads.push(read);
        await arrival.ready();
      }
      whole = true;
      for (const read of reads) received.add(await read);
      received.add(await arrival.end());
    } catch (error) {
      const enough = streams && received.entries.length > 0 && !deadline.caller.aborted;
      // What came whole may be paid for, whatever becomes of those who read it.
      if (!enough && whole && isDeath(error)) received.entries.push({ bytes: await arrival.body(), damage: 'The answer arrived, but the work on it broke off twice.', extension: 'answer.txt' });
      else if (!enough) throw this.#broken(error, response.headers, deadline);
    } finally {
      arrival.close();
    }
    if (streams && received.entries.length === 0) throw new ImageError('maybe-billed', `The stream of ${this.#connection.server.host} ended before the picture was complete.`);
    return received;
  }

  #broken(error: unknown, headers: Headers, deadline: Deadline): Error {
    if (error instanceof Refusal) return error;
    if (!(error instanceof ImageError)) return connectionError(error, this.#connection, deadline);
    if (error.reason !== 'bad-answer') return error;
    return new ImageError('bad-answer', error.message, { httpStatus: 200, requestId: headers.get('x-request-id') ?? undefined });
  }

  /** Whatever was thrown, as an `ImageError` that holds no key. */
  #explain(error: unknown, deadline: Deadline): ImageError {
    const { redact } = this.#connection;
    if (deadline.caller.aborted) return new ImageError('cancelled', 'Cancelled.');
    const refusal = thrownBy(error, Refusal);
    if (refusal) return toImageError(refusal, redact);
    const known = thrownBy(error, ImageError);
    if (known) return known;
    return new ImageError('bad-argument', redact(`The request could not be made: ${error instanceof Error ? error.message : 'no reason given'}`), { cause: safeCause(error, redact) });
  }
}
