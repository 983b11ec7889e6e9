import type { CallContext, Drawing, Usage } from '../core/engine';
import type { EncodedImage } from '../core/image';
import type { PricedCall } from '../core/cost';
import { actualUsd, estimateUsd } from '../core/cost';
import { ImageError, throwIfCancelled, toImageError, type Reason } from '../core/errors';
import { sha256 } from '../core/hash';
import type { ImageRequest } from '../core/request';
import type { JobContext } from './job';

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
}

/** How often a running job says that its window lives, in milliseconds. */
const HEARTBEAT_MS = 10_000;

/** Carries a job's requests to the engine and its answers into the outbox, and counts what they cost. */
export class Courier {
  readonly #context: JobContext;
  readonly #request: ImageRequest;
  readonly #requests: number;
  readonly #unused = new Set<string>();
  #sent = 0;
  #usd: number | undefined = 0;

  /** `requests` is how many the plan names. */
  constructor(context: JobContext, request: ImageRequest, requests: number) {
    this.#context = context;
    this.#request = request;
    this.#requests = requests;
  }

  /** US dollars so far; undefined once one answer's cost is not known. */
  get usd(): number | undefined {
    return this.#usd;
  }

  /** Marks answers as used up: their finished picture is on disk. */
  async settle(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#unused.delete(id);
    await this.#context.outbox.remove(...ids);
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

  /** Sends one request, unless its answer lies in the outbox already. Rejects with an `ImageError`. */
  async send(errand: Errand, call: (context: CallContext) => Promise<Drawing>): Promise<Arrived[]> {
    const { engine, signal, outbox } = this.#context;
    throwIfCancelled(signal);
    const key = errand.identity && (await hashOf([engine.model.id, engine.quality ?? '', ...errand.identity]));
    const earlier = key === undefined ? [] : await this.#earlier(key, errand.priced.count);
    if (earlier.length > 0) return earlier;
    this.#sent += 1;
    this.#context.onEvent({ type: 'drawing', request: this.#sent, of: Math.max(this.#requests, this.#sent) });
    const beat = setInterval(() => void outbox.renew().catch(() => {}), HEARTBEAT_MS);
    try {
      return await this.#deliver(await this.#draw(errand, call), errand, key);
    } finally {
      clearInterval(beat);
    }
  }

  async #draw(errand: Errand, call: (context: CallContext) => Promise<Drawing>): Promise<Drawing> {
    const { engine, signal, onEvent } = this.#context;
    try {
      return await call({
        signal,
        onProgress: ({ step, preview }) => {
          if (step === 'preview' && preview) onEvent({ type: 'preview', image: preview });
        },
      });
    } catch (error) {
      const known = toImageError(error, 'bad-answer');
      // A broken answer and a cancelled request may have been billed as well: the ledger must not be told less than the bill.
      if (engine.paid && ['maybe-billed', 'bad-answer', 'cancelled'].includes(known.reason)) await this.#record(errand, undefined, 'maybe');
      throw known;
    }
  }

  async #deliver(drawing: Drawing, errand: Errand, key: string | undefined): Promise<Arrived[]> {
    const { engine, outbox } = this.#context;
    const arrived: Arrived[] = [];
    for (const image of drawing.images) {
      const outboxId = engine.paid ? await outbox.put(image.bytes, { kind: 'answer', ...this.#meta(image), ...(key ? { key } : {}) }) : undefined;
      if (outboxId) this.#unused.add(outboxId);
      arrived.push({ image, outboxId });
    }
    if (engine.paid) await this.#record(errand, drawing.usage, drawing.usage ? 'actual' : 'estimate');
    if (arrived.length === 0) throw new ImageError('bad-answer', 'The server answered without a picture.', { requestId: drawing.requestId });
    return arrived;
  }

  async #record(errand: Errand, usage: Usage | undefined, basis: 'actual' | 'estimate' | 'maybe'): Promise<void> {
    const { engine, prices, ledger } = this.#context;
    const counted = usage && actualUsd(engine.model, usage, prices);
    const usd = counted ?? estimateUsd(engine.model, engine.quality, [errand.priced], prices);
    this.#usd = usd === undefined || this.#usd === undefined ? undefined : this.#usd + usd;
    const entry = { operation: this.#request.operation, model: engine.model.id, basis: counted === undefined && basis === 'actual' ? ('estimate' as const) : basis };
    await ledger.record(usd === undefined ? entry : { ...entry, usd });
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

  #meta(image: EncodedImage): { folder: string; stem: string; extension: string } {
    const { output } = this.#request;
    const { files } = this.#context;
    const extension = image.format === 'jpeg' ? 'jpg' : image.format;
    return output.kind === 'replace' || output.kind === 'exact'
      ? { folder: files.folderOf(output.uri), stem: files.stemOf(output.uri), extension }
      : { folder: output.folder, stem: output.stem, extension };
  }
}

async function hashOf(parts: readonly (string | Uint8Array)[]): Promise<string> {
  const hashes = await Promise.all(parts.map(async (part) => (typeof part === 'string' ? `"${part}"` : sha256(part))));
  return sha256(new TextEncoder().encode(hashes.join('\n')));
}
