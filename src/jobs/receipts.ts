import { actualUsd, estimateUsd, pricesOf, type PricedCall } from '../core/cost';
import type { Usage } from '../core/usage';
import type { Reason, Spent } from '../core/errors';
import { sumKnownUsd } from '../core/money';
import type { ImageRequest } from '../core/request';
import { nothingSent } from './budget';
import type { JobContext } from './job';
import type { Ending } from './ledger';

/** Failures after which the request may have been billed all the same: a broken answer and a cancelled request were sent, too. */
const MAYBE_BILLED: readonly Reason[] = ['maybe-billed', 'bad-answer', 'cancelled'];

/** A request's line in the ledger. */
export interface Receipt {
  readonly id: string;
  /** US dollars; undefined where the price is not known. */
  readonly estimate: number | undefined;
}

/** What a job's requests cost, in the ledger and picture by picture. */
export class Receipts {
  readonly #context: Pick<JobContext, 'engine' | 'prices' | 'ledger' | 'log'>;
  readonly #operation: ImageRequest['operation'];
  readonly #job: string;
  readonly #costs: (number | undefined)[] = [];
  /** What each answer cost, by its id in the outbox. */
  readonly #shares = new Map<string, number | undefined>();

  /** `job` names the job in the ledger. */
  constructor(context: Pick<JobContext, 'engine' | 'prices' | 'ledger' | 'log'>, operation: ImageRequest['operation'], job: string) {
    this.#context = context;
    this.#operation = operation;
    this.#job = job;
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

  /** The ledger knows of a request before it goes out: when this window dies, the money may be gone. Rejects where it cannot be written. */
  async sending(priced: PricedCall): Promise<Receipt> {
    const { engine, prices, ledger } = this.#context;
    const estimate = estimateUsd(engine.model, engine.quality, [priced], prices);
    const sent = ledger.sent(this.#job, { operation: this.#operation, model: engine.model.id, usd: estimate, prices: pricesOf(engine.model, prices) });
    const id = await sent.catch(nothingSent);
    return { id, estimate };
  }

  /** Counts an answer, whose pictures are these entries of the outbox; returns what is still to be written into the ledger. */
  arrived({ id, estimate }: Receipt, usage: Usage | undefined, entries: readonly string[], pictures: number): () => Promise<void> {
    const { engine, prices } = this.#context;
    const counted = usage && actualUsd(engine.model, usage, prices);
    const usd = counted ?? estimate;
    this.#costs.push(usd);
    for (const entry of entries) this.#shares.set(entry, usd === undefined ? undefined : usd / pictures);
    return () => this.#tellLedger(id, { basis: counted === undefined ? 'estimate' : 'actual', usd });
  }

  /** Counts a request that failed: as its estimate where it may have been billed, else as nothing. */
  async failed({ id, estimate }: Receipt, reason: Reason): Promise<void> {
    if (MAYBE_BILLED.includes(reason)) this.#costs.push(estimate);
    else await this.#tellLedger(id, { basis: 'none' });
  }

  /** A paid picture must not be lost because the ledger cannot be written: the request stands in it already, as one that may have been billed. */
  async #tellLedger(id: string, ending: Ending): Promise<void> {
    const { ledger, log } = this.#context;
    await ledger.settle(id, ending).catch((error: unknown) => log.warn(`The ledger could not be written: ${String(error)}`));
  }
}
