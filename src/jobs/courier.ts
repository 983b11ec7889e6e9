import type { CallContext, Drawing } from '../core/engine';
import type { DrawnImage } from '../core/image';
import type { PricedCall } from '../core/cost';
import { ImageError, throwIfCancelled, toImageError, type Reason } from '../core/errors';
import type { PieceFilter } from '../core/bytes';
import type { ImageRequest } from '../core/request';
import { AnswerOnDisk } from './answerOnDisk';
import { mayHaveBilledMore } from './billed';
import { Chores } from './chores';
import { dressed } from './dress';
import type { JobContext } from './job';
import type { OutboxMeta } from './outboxEntry';
import { placeOf } from './outputPlace';
import { Receipts, type Receipt } from './receipts';
import { hashOf } from './requestHash';
import type { StagedFile } from './stagedFile';

/** A picture that has arrived: safe in the outbox where it was paid for. */
export interface Arrived {
  readonly image: DrawnImage;
  /** Undefined where the picture cost nothing: it can be drawn again. */
  readonly outboxId: string | undefined;
  /** Whether the work on it broke off when the same request was made before. */
  readonly suspect?: true;
}

/** What one request is, beside the call itself. */
export interface Errand {
  readonly priced: PricedCall;
  /** What the answer depends on: an earlier answer to the very same request, paid for and not used up, is taken instead of a new one. */
  readonly identity?: readonly (string | Uint8Array)[];
  /** The recipe that a PNG of that index gets on its way, so that what is in the outbox is the file already; undefined takes one out. Left out where the answer is not to be the file. */
  readonly recipe?: (index: number) => string | undefined;
}

/** What one request brought, and whether the server counts more than it sent. */
interface Answered {
  readonly arrived: readonly Arrived[];
  readonly billedMore: boolean;
}

/** Makes one request for so many pictures. */
export type Call = (count: number, context: CallContext) => Promise<Drawing>;

/** Carries a job's requests to the engine and its answers into the outbox. */
export class Courier {
  /** What the requests cost. */
  readonly receipts: Receipts;
  readonly #context: JobContext;
  readonly #request: ImageRequest;
  #requests: number;
  readonly #unused = new Set<string>();
  #sent = 0;
  /** What is to be done for answers that are safe by now: their files come first. */
  readonly #chores = new Chores();

  /** `job` names the job in the ledger; `requests` is how many the plan names. */
  constructor(context: JobContext, request: ImageRequest, job: string, requests: number) {
    this.#context = context;
    this.#request = request;
    this.#requests = requests;
    this.receipts = new Receipts(context, request.operation, job);
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

  /** Offers an answer to the person as it is, since it can't be used: the same request made again asks anew instead of finding it. */
  async refuse(id: string): Promise<void> {
    this.#unused.delete(id);
    await this.#context.outbox.offer(id, true);
  }

  /** Says that the work on an answer broke off. Answers whether it had before: it will not go better then. */
  async suspect(id: string): Promise<boolean> {
    return this.#context.outbox.suspect(id);
  }

  /**
   * Ends the job's hold on answers that became no file. They are offered to the person as they are, except after a cancel and except tiles of a job that broke off:
   * those wait, so that the same request made again need not be paid for again.
   */
  async release(reason: Reason | undefined): Promise<void> {
    const { outbox } = this.#context;
    for (const id of this.#unused) {
      outbox.giveBack(id);
      if (reason !== 'cancelled') await outbox.offer(id, reason === undefined);
    }
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
    // Not one of the requests that are counted for the person.
    if (arrived.length === count) this.#requests -= 1;
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
    const receipt = engine.paid ? await this.receipts.sending(errand.priced) : undefined;
    const drawing = await this.#draw(errand, first, key, receipt, call, copies);
    const copy = copies.at(-1);
    const arrived = await Promise.all(
      drawing.images.slice(0, errand.priced.count).map(async (bare, index): Promise<Arrived> => {
        const staged = receipt && copy?.take(bare, index);
        const image = errand.recipe ? dressed(bare, errand.recipe(first + index), this.#context.recipeFilter, staged) : bare;
        return { image, outboxId: receipt && (await this.#store(image, key, staged)) };
      }),
    );
    await this.#keepUnusable(drawing);
    // The ledger has the request as one that may be billed: no picture waits for this.
    if (receipt) this.#chores.add(this.receipts.arrived(receipt, drawing.usage, arrived.flatMap(({ outboxId }) => outboxId ?? []), arrived.length));
    if (arrived.length === 0) throw new ImageError('bad-answer', whyNothing(drawing), { requestId: drawing.requestId });
    return { arrived, billedMore: mayHaveBilledMore(drawing, errand.priced, engine.model, engine.quality) };
  }

  /** Makes the request, again where it was certainly not billed. */
  async #draw({ priced, recipe }: Errand, first: number, key: string | undefined, receipt: Receipt | undefined, call: Call, copies: AnswerOnDisk[]): Promise<Drawing> {
    const { engine, signal, onEvent, pacer, outbox, files, recipeFilter } = this.#context;
    const context: CallContext = {
      signal,
      previews: priced.previews,
      onProgress: ({ step, preview }) => {
        if (step === 'preview' && preview) onEvent({ type: 'preview', image: preview });
      },
      copyAnswer: () => {
        const meta = { kind: 'answer', ...placeOf(this.#request.output, files), extension: '' } as const;
        const dress = recipe && ((index: number): PieceFilter => recipeFilter(recipe(first + index)));
        const copy = new AnswerOnDisk(outbox, { meta, key, count: priced.count, ...(dress && { dress }) });
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
        if (receipt) await this.receipts.failed(receipt, known.reason);
        throw known;
      }
    }
  }

  /** What was paid for and can't be opened is offered as it is. */
  async #keepUnusable({ unusable = [] }: Drawing): Promise<void> {
    const { outbox, files, log } = this.#context;
    for (const { bytes, extension, why } of unusable) {
      log.warn(why);
      await outbox.put({ bytes }, { kind: 'picture', ...placeOf(this.#request.output, files), extension });
    }
  }

  /** `staged` is the picture's file, where it was written while it came. */
  async #store(image: DrawnImage, key: string | undefined, staged: StagedFile | undefined): Promise<string> {
    const extension = image.format === 'jpeg' ? 'jpg' : image.format;
    const meta: OutboxMeta = { kind: 'answer', ...placeOf(this.#request.output, this.#context.files), extension, ...(key ? { key } : {}) };
    const id = await this.#context.outbox.put(image, meta, staged);
    this.#unused.add(id);
    return id;
  }

  async #earlier(key: string, count: number): Promise<Arrived[]> {
    const { outbox } = this.#context;
    const found: Arrived[] = [];
    for (const entry of await outbox.findAnswers(key)) {
      if (found.length === count || !(await outbox.take(entry))) continue;
      this.#unused.add(entry.id);
      const image = await this.#readAgain(entry.id);
      if (image) found.push({ image, outboxId: entry.id, ...(entry.suspect && { suspect: true }) });
    }
    return found;
  }

  /** The picture of an earlier answer; undefined where it is gone, and where it turns out to be none: it is offered then. */
  async #readAgain(id: string): Promise<DrawnImage | undefined> {
    const { outbox, pixels, log } = this.#context;
    const bytes = await outbox.read(id);
    if (!bytes) {
      // Another window has saved or discarded it meanwhile: there is nothing to offer.
      this.#unused.delete(id);
      outbox.giveBack(id);
      return undefined;
    }
    try {
      const { format } = await pixels.inspect(bytes);
      return { bytes, format };
    } catch (error) {
      const known = toImageError(error, 'broken-image');
      if (known.reason === 'cancelled' || known.brokeOff) throw known;
      log.warn(`An earlier answer cannot be used: ${known.message}`);
      await this.refuse(id);
      return undefined;
    }
  }
}

function whyNothing({ unusable: [first] = [] }: Drawing): string {
  return first ? `${first.why} The file is kept and can be saved as it is.` : 'The server answered without a picture.';
}
