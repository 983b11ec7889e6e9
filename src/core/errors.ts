import type { Extent } from './geometry';

/** Why a call could not be honoured. Callers switch on this, never on a message's text. */
export const REASONS = [
  'bad-argument',
  'empty-prompt',
  'prompt-too-long',
  'not-an-image',
  'broken-image',
  'too-large',
  'mask-size',
  'bad-path',
  'no-workspace',
  'untrusted',
  'no-key',
  'key-refused',
  'needs-model',
  'unsupported',
  'refused-by-safety',
  'rate-limited',
  'quota',
  'over-budget',
  'network',
  'maybe-billed',
  'bad-answer',
  'does-not-fit',
  'cannot-save',
  'cancelled',
] as const;

export type Reason = (typeof REASONS)[number];

/** What may stand beside a reason: facts for the words that a person reads, never a key or a prompt. */
export interface ErrorDetails {
  readonly cause?: unknown;
  /** The server's own id of the request. */
  readonly requestId?: string;
  readonly httpStatus?: number;
  /** When the server says to try again, in seconds from the answer. */
  readonly retryAfterSeconds?: number;
  /** Files that were written before the call failed. */
  readonly files?: readonly string[];
  readonly spent?: Spent | undefined;
  readonly resume?: Resume | undefined;
  /** The server that was asked, as host and port, where the connection failed. */
  readonly host?: string | undefined;
  /** What the server said, in its own words, where it refused. */
  readonly said?: string | undefined;
  readonly wrongSize?: WrongSize | undefined;
  /** What is wrong with an answer that cannot be used as a picture. */
  readonly damage?: string | undefined;
  readonly brokeOff?: BrokeOff | undefined;
}

/** Whether the worker died while it was at the call (`now`), or earlier, and what the call names was lost with it (`before`). */
export type BrokeOff = 'now' | 'before';

/** A picture that came in a size which cannot stand for the one that was asked for. */
export interface WrongSize {
  readonly drawn: Extent;
  readonly asked: Extent;
}

/** What a call that failed has cost, or may have cost, before it did. */
export interface Spent {
  /** US dollars; undefined where one request's cost is not known. */
  readonly usd: number | undefined;
}

/** What the same request, made again, would find already drawn, and what the rest would cost. */
export interface Resume {
  /** How many of its tiles are paid for and wait. */
  readonly kept: number;
  /** US dollars, about, for those that are missing; undefined where that is not known. */
  readonly usd: number | undefined;
}

/** Marks an `ImageError` whatever bundle it comes from: each file that is loaded on first use carries a class of its own. */
const BRAND = Symbol.for('easel.ImageError');

/** The one error of every room. `message` is plain English for logs and callers; the host turns `reason` into a person's words and one action. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly requestId: string | undefined;
  readonly httpStatus: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly files: readonly string[];
  /** Undefined where no paid request was sent, or none is known of. */
  readonly spent: Spent | undefined;
  /** Undefined where nothing is known of it. */
  readonly resume: Resume | undefined;
  readonly host: string | undefined;
  readonly said: string | undefined;
  readonly wrongSize: WrongSize | undefined;
  readonly damage: string | undefined;
  /** Undefined where no worker died. */
  readonly brokeOff: BrokeOff | undefined;

  constructor(
    readonly reason: Reason,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.requestId = details.requestId;
    this.httpStatus = details.httpStatus;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.files = details.files ?? [];
    this.spent = details.spent;
    this.resume = details.resume;
    this.host = details.host;
    this.said = details.said;
    this.wrongSize = details.wrongSize;
    this.damage = details.damage;
    this.brokeOff = details.brokeOff;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /** The same error, saying which files were written all the same. */
  withFiles(files: readonly string[]): ImageError {
    return new ImageError(this.reason, this.message, { ...this, cause: this.cause, files });
  }

  /** The same error, saying what making the same request again would cost. */
  withResume(resume: Resume): ImageError {
    return new ImageError(this.reason, this.message, { ...this, cause: this.cause, resume });
  }

  /** The same error, saying that a worker died of it. */
  withBrokeOff(brokeOff: BrokeOff): ImageError {
    return new ImageError(this.reason, this.message, { ...this, cause: this.cause, brokeOff });
  }

  /** The same error, saying what the call may have cost. */
  withSpent(spent: Spent | undefined): ImageError {
    return spent ? new ImageError(this.reason, this.message, { ...this, cause: this.cause, spent }) : this;
  }
}

/** Throws `cancelled` once the signal has been aborted: to be called after every await. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ImageError('cancelled', 'Cancelled.');
}

/** The error as an `ImageError`; what is none becomes one with `fallback` as its reason. */
export function toImageError(error: unknown, fallback: Reason): ImageError {
  if (error instanceof ImageError) return error;
  if (error instanceof Error && error.name === 'AbortError') return new ImageError('cancelled', 'Cancelled.');
  return new ImageError(fallback, error instanceof Error ? error.message : String(error), { cause: error });
}
