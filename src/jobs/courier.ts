import type { CallContext, Drawing, Usage } from '../core/engine';
import type { DrawnImage } from '../core/image';
import type { PricedCall } from '../core/cost';
import { actualUsd, estimateUsd, pricesOf } from '../core/cost';
import { ImageError, throwIfCancelled, toImageError, type Reason, type Spent } from '../core/errors';
import type { PieceFilter } from '../core/bytes';
import { sumKnownUsd } from '../core/money';
import type { ImageRequest } from '../core/request';
import { AnswerOnDisk } from './answerOnDisk';
import { mayHaveBilledMore } from './billed';
import { nothingSent } from './budget';
import { Chores } from './chores';
import { dressed } from './dress';
import type { JobContext } from './job';
import type { Ending } from './ledger';
import type { OutboxMeta } from './outboxEntry';
import { placeOf } from './prepared';
import { hashOf } from './requestHash';
import type { StagedFile } from './stagedFile';

/** A picture that has arrived: safe in the outbox where it was paid for. */
export interface Arrived {
  readonly image: DrawnImage;
  /** Undefined where the picture cost nothing: it can be drawn again. */
  readonly outboxId: string | undefined;
}

/** What one request is, beside the call itself. */
export interface Errand {
  readonly priced: PricedCall;
  /** What the answer depends on: an earlier answer to the very same request, paid for and not used up, is taken instead of a new one. */
  readonly identity?: readonly (string | Uint8Array)[];
  /** The recipe that a PNG of that index gets on its way, so that what is in the outbox is the file already; undefined takes one out. Left out where the answer is not to be the file. */
  readonly recipe?: (index: number) => string | undefined;
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
  /** What is to be done for answers that are safe by now: their files come first. */
  readonly #chores = new Chores();

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
    // A body must not outlive its pictures: they would be taken for lost.
    await this.cleared();
    await this.#context.outbox.remove(...new Set(ids));
  }

  /** Waits until the ledger knows of every answer, and no body of one is left. */
  async cleared(): Promise<void> {
    await this.#chores.finish();
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
    const copies: AnswerOnDisk[] = [];
    try {
      return await this.#fetch(errand, first, key, call, copies);
    } finally {
      for (const copy of copies) this.#chores.add(() => copy.remove());
    }
  }

  /** Adds what is copied to disk on the way to `copies`. */
  async #fetch(errand: Errand, first: number, key: string | undefined, call: Call, copies: AnswerOnDisk[]): Promise<Answered> {
    const { engine } = this.#context;
    const entry = engine.paid ? await this.#sending(errand) : undefined;
    const drawing = await this.#draw(errand, first, key, entry, call, copies);
    const copy = copies.at(-1);
    const images = drawing.images.slice(0, errand.priced.count).map((image, index) => errand.recipe ? dressed(image, errand.recipe(first + index), this.#context.setRecipe) : image);
    const arrived = await Promise.all(
      images.map(async (image, index): Promise<Arrived> => ({ image, outboxId: entry && (await this.#store(image, key, copy?.take(image.part, index))) })),
    );
    await this.#keepUnusable(drawing);
    if (entry) this.#settleCost(entry, drawing.usage, arrived);
    if (arrived.length === 0) throw new ImageError('bad-answer', whyNothing(drawing), { requestId: drawing.requestId });
    return { arrived, billedMore: mayHaveBilledMore(drawing, errand.priced, engine.model, engine.quality) };
  }

  /** Makes the request, again where it was certainly not billed. */
  async #draw({ priced, recipe }: Errand, first: number, key: string | undefined, entry: Entry | undefined, call: Call, copies: AnswerOnDisk[]): Promise<Drawing> {
    const { engine, signal, onEvent, pacer, outbox, files, recipeFilter } = this.#context;
    const context: CallContext = {
      signal,
      previews: priced.previews,
      onProgress: ({ step, preview }) => {
        if (step === 'preview' && preview) onEvent({ type: 'preview', image: preview });
      },
      copyAnswer: () => {
        const meta = { kind: 'answer', ...placeOf(this.#request.output, files), extension: '' } as const;
        const dress = (index: number): PieceFilter => (recipe ? recipeFilter(recipe(first + index)) : (piece) => [piece]);
        const copy = new AnswerOnDisk(outbox, { meta, key, count: priced.count, dress });
        copies.push(copy);
        return copy;
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

  /** `staged` is the picture's file, where it was written while it came. */
  async #store(image: DrawnImage, key: string | undefined, staged: StagedFile | undefined): Promise<string> {
    const extension = image.format === 'jpeg' ? 'jpg' : image.format;
    const meta: OutboxMeta = { kind: 'answer', ...placeOf(this.#request.output, this.#context.files), extension, ...(key ? { key } : {}) };
    const id = await this.#context.outbox.put(image.bytes, meta, staged);
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

  #settleCost({ id, estimate }: Entry, usage: Usage | undefined, arrived: readonly Arrived[]): void {
    const { engine, prices } = this.#context;
    const counted = usage && actualUsd(engine.model, usage, prices);
    const usd = counted ?? estimate;
    this.#costs.push(usd);
    for (const { outboxId } of arrived) {
      if (outboxId) this.#shares.set(outboxId, usd === undefined ? undefined : usd / arrived.length);
    }
    // The ledger has the request as one that may be billed: no picture waits for this.
    this.#chores.add(() => this.#tellLedger(id, { basis: counted === undefined ? 'estimate' : 'actual', usd }));
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
