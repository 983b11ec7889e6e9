import type { CallContext, Drawing, Usage } from '../core/engine';
import type { EncodedImage } from '../core/image';
import type { PricedCall } from '../core/cost';
import { actualUsd, estimateUsd, pricesOf } from '../core/cost';
import { ImageError, throwIfCancelled, toImageError, type Reason, type Spent } from '../core/errors';
import { sha256 } from '../core/hash';
import { sumKnownUsd } from '../core/money';
import type { ImageRequest } from '../core/request';
import { mayHaveBilledMore } from './billed';
import { nothingSent } from './budget';
import type { JobContext } from './job';
import type { Ending } from './ledger';
import { placeOf } from './prepared';

/** A picture that has arrived: safe in the outbox where it was paid for. */
export interface Arrived {
  readonly image: EncodedImage;
  /** Undefined where the picture cost nothing: it can be drawn again. */
  readonly outboxId: string | undefined;
}

/** What one request is, beside the call itself. */
export interface Errand {
  readonly priced: PricedCall;
  /** What the answer depends on: an earlier answer to the very same request, paid for and not used up, is taken instead of a new one. */
  readonly identity?: readonly (string | Uint8Array)[];
  /** Makes the answer's picture of that index what its file will be, where that takes no drawing: what is then in the outbox need not be written twice. */
  readonly dress?: (image: EncodedImage, index: number) => EncodedImage;
}

/** Failures after which the request may have been billed all the same: a broken answer and a cancelled request were sent, too. */
const MAYBE_BILLED: readonly Reason[] = ['maybe-billed', 'bad-answer', 'cancelled'];

/** A request's line in the ledger. */
interface Entry {
  readonly id: string;
  /** US dollars; undefined where the price is not known. */
  readonly estimate: number | undefined;
}

/** What one request brought, and whether the server counts more than it sent. */
interface Answered {
  readonly arrived: readonly Arrived[];
  readonly billedMore: boolean;
}

/** Makes one request for so many pictures. */
export type Call = (count: number, context: CallContext) => Promise<Drawing>;

/** Carries a job's requests to the engine and its answers into the outbox, and counts what they cost. */
export class Courier {
  readonly #context: JobContext;
  readonly #request: ImageRequest;
  readonly #job: string;
  readonly #requests: number;
  readonly #unused = new Set<string>();
  readonly #costs: (number | undefined)[] = [];
  /** What each answer cost, by its id in the outbox. */
  readonly #shares = new Map<string, number | undefined>();
  #sent = 0;

  /** `job` names the job in the ledger; `requests` is how many the plan names. */
  constructor(context: JobContext, request: ImageRequest, job: string, requests: number) {
    this.#context = context;
    this.#request = request;
    this.#job = job;
    this.#requests = requests;
  }

  /** US dollars so far; undefined once one answer's cost is not known. */
  get usd(): number | undefined {
    return sumKnownUsd(this.#costs);
  }

  /** What requests that were, or may have been, billed cost so far; undefined where none was sent. */
  get spent(): Spent | undefined {
    return this.#costs.length === 0 ? undefined : { usd: this.usd };
  }

  /** US dollars of a picture that was made of these answers; undefined where it is not known, or was paid by an earlier job. */
  costOf(answers: readonly string[]): number | undefined {
    return sumKnownUsd(answers.map((id) => this.#shares.get(id)));
  }

  /** Marks answers as used up: their finished picture is on disk. */
  async settle(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#unused.delete(id);
    await this.#context.outbox.remove(...new Set(ids));
  }

  /**
   * Ends the job's hold on answers that became no file. They are offered to the person as they are, except after a cancel and except tiles of a job that broke off:
   * those wait, so that the same request made again need not be paid for again.
   */
  async release(reason: Reason | undefined): Promise<void> {
    if (reason === 'cancelled') return;
    const whole = reason === undefined || reason === 'does-not-fit';
    for (const id of this.#unused) await this.#context.outbox.offer(id, whole);
  }

  /**
   * Asks until there are as many pictures as the errand counts: for as many at a time as the model draws, one at a time once the server has ignored `n`, in at most
   * so many requests. Answers that lie in the outbox already come first. Ends early, with what there is, where the server has counted pictures that it did not send,
   * and where a later request fails: the earlier ones are paid for. Each answer is stored before the next is asked for. Rejects with an `ImageError`.
   */
  async send(errand: Errand, call: Call): Promise<Arrived[]> {
    const { engine, signal, log } = this.#context;
    throwIfCancelled(signal);
    const { count } = errand.priced;
    const key = errand.identity && (await hashOf([engine.model.id, engine.quality ?? '', ...errand.identity]));
    const arrived = key === undefined ? [] : await this.#earlier(key, count);
    let next = Math.min(count - arrived.length, engine.model.maxCount);
    for (let requests = 0; requests < count && arrived.length < count; requests++) {
      const answer = await this.#ask({ ...errand, priced: { ...errand.priced, count: next } }, arrived.length, key, call).catch((error: unknown) => {
        if (arrived.length === 0 || signal.aborted) throw error;
        log.warn(`${arrived.length} of ${count} pictures came before a request failed: ${String(error)}`);
        return undefined;
      });
      if (!answer) break;
      arrived.push(...answer.arrived);
      const ignored = answer.arrived.length < next;
      if (ignored && answer.billedMore) break;
      next = ignored ? 1 : Math.min(count - arrived.length, engine.model.maxCount);
    }
    return arrived;
  }

  async #ask(errand: Errand, first: number, key: string | undefined, call: Call): Promise<Answered> {
    const { onEvent } = this.#context;
    this.#sent += 1;
    onEvent({ type: 'drawing', request: this.#sent, of: Math.max(this.#requests, this.#sent) });
    const bodies: string[] = [];
    try {
      return await this.#fetch(errand, first, key, call, bodies);
    } finally {
      for (const id of bodies) await this.#context.outbox.removeBody(id).catch(() => {});
    }
  }

  /** Adds the ids of the bodies that arrive on the way to `bodies`. */
  async #fetch(errand: Errand, first: number, key: string | undefined, call: Call, bodies: string[]): Promise<Answered> {
    const { engine } = this.#context;
    const entry = engine.paid ? await this.#sending(errand) : undefined;
    const drawing = await this.#draw(errand, entry, call, bodies);
    const dress = errand.dress ?? ((image: EncodedImage): EncodedImage => image);
    const images = drawing.images.slice(0, errand.priced.count).map((image, index) => dress(image, first + index));
    const arrived = await Promise.all(images.map(async (image): Promise<Arrived> => ({ image, outboxId: entry && (await this.#store(image, key)) })));
    await this.#keepUnusable(drawing);
    if (entry) await this.#settleCost(entry, drawing.usage, arrived);
    if (arrived.length === 0) throw new ImageError('bad-answer', whyNothing(drawing), { requestId: drawing.requestId });
    return { arrived, billedMore: mayHaveBilledMore(drawing, errand.priced, engine.model, engine.quality) };
  }

  /** Makes the request, again where it was certainly not billed. */
  async #draw({ priced }: Errand, entry: Entry | undefined, call: Call, bodies: string[]): Promise<Drawing> {
    const { engine, signal, onEvent, pacer, outbox, files } = this.#context;
    const context: CallContext = {
      signal,
      previews: priced.previews,
      onProgress: ({ step, preview }) => {
        if (step === 'preview' && preview) onEvent({ type: 'preview', image: preview });
      },
      copyAnswer: () => {
        const { id, write } = outbox.openBody({ kind: 'answer', ...placeOf(this.#request.output, files), extension: '' });
        bodies.push(id);
        return write;
      },
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const drawing = await pacer.take(engine.lane, signal, (wait) => onEvent({ type: 'waiting', ...wait }), () => call(priced.count, context));
        pacer.learn(engine.lane, drawing.rate);
        return drawing;
      } catch (error) {
        const known = toImageError(error, 'bad-answer');
        if (!signal.aborted && pacer.repeats(engine.lane, known, attempt)) continue;
        if (entry && MAYBE_BILLED.includes(known.reason)) this.#costs.push(entry.estimate);
        else if (entry) await this.#tellLedger(entry.id, { basis: 'none' });
        throw known;
      }
    }
  }

  /** What was paid for and can't be opened is offered as it is. */
  async #keepUnusable({ unusable = [] }: Drawing): Promise<void> {
    const { outbox, files, log } = this.#context;
    for (const { bytes, extension, why } of unusable) {
      log.warn(why);
      await outbox.put(bytes, { kind: 'picture', ...placeOf(this.#request.output, files), extension });
    }
  }

  async #store(image: EncodedImage, key: string | undefined): Promise<string> {
    const extension = image.format === 'jpeg' ? 'jpg' : image.format;
    const id = await this.#context.outbox.put(image.bytes, { kind: 'answer', ...placeOf(this.#request.output, this.#context.files), extension, ...(key ? { key } : {}) });
    this.#unused.add(id);
    return id;
  }

  /** The ledger knows of a request before it goes out: when this window dies, the money may be gone. */
  async #sending({ priced }: Errand): Promise<Entry> {
    const { engine, prices, ledger } = this.#context;
    const estimate = estimateUsd(engine.model, engine.quality, [priced], prices);
    const sent = ledger.sent(this.#job, { operation: this.#request.operation, model: engine.model.id, usd: estimate, prices: pricesOf(engine.model, prices) });
    const id = await sent.catch(nothingSent);
    return { id, estimate };
  }

  async #settleCost({ id, estimate }: Entry, usage: Usage | undefined, arrived: readonly Arrived[]): Promise<void> {
    const { engine, prices } = this.#context;
    const counted = usage && actualUsd(engine.model, usage, prices);
    const usd = counted ?? estimate;
    this.#costs.push(usd);
    for (const { outboxId } of arrived) {
      if (outboxId) this.#shares.set(outboxId, usd === undefined ? undefined : usd / arrived.length);
    }
    await this.#tellLedger(id, { basis: counted === undefined ? 'estimate' : 'actual', usd });
  }

  /** A paid picture must not be lost because the ledger cannot be written: the request stands in it already, as one that may have been billed. */
  async #tellLedger(id: string, ending: Ending): Promise<void> {
    const { ledger, log } = this.#context;
    await ledger.settle(id, ending).catch((error: unknown) => log.warn(`The ledger could not be written: ${String(error)}`));
  }

  async #earlier(key: string, count: number): Promise<Arrived[]> {
    const { outbox, pixels } = this.#context;
    const found: Arrived[] = [];
    for (const entry of await outbox.findAnswers(key)) {
      if (found.length === count || this.#unused.has(entry.id)) continue;
      const bytes = await outbox.read(entry.id);
      if (!bytes) continue;
      const { format } = await pixels.inspect(bytes);
      this.#unused.add(entry.id);
      found.push({ image: { bytes, format }, outboxId: entry.id });
    }
    return found;
  }
}

function whyNothing({ unusable: [first] = [] }: Drawing): string {
  return first ? `${first.why} The file is kept and can be saved as it is.` : 'The server answered without a picture.';
}

async function hashOf(parts: readonly (string | Uint8Array)[]): Promise<string> {
  const hashes = await Promise.all(parts.map(async (part) => (typeof part === 'string' ? `"${part}"` : sha256(part))));
  return sha256(new TextEncoder().encode(hashes.join('\n')));
}
