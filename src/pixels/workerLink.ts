import { ImageError, throwIfCancelled, toImageError } from '../core/errors';
import type { OnShare, OnStep, Picture, Reading } from '../core/pixels';
import type { WorkerPort } from '../core/ports';
import type { FromWorker, OperationName, ToWorker } from './worker/messages';
import type { Loan } from './worker/tileWork';

/** What stays in the worker until it is closed. */
type Held = Picture | Reading | Loan;

/** Who is told how a call goes on. */
interface Listeners {
  readonly onStep?: OnStep | undefined;
  readonly onShare?: OnShare | undefined;
}

interface Pending extends Listeners {
  /** The answer that the call reads on, if it does. */
  readonly reading: number | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ImageError) => void;
}

/** How long a worker without pictures and calls is kept warm, in milliseconds. */
const IDLE_MS = 60_000;

/** Bytes of a call are copied this many at a time: a whole file at once would hold up the thread that they come from for tens of milliseconds. */
const PIECE = 1024 * 1024;

/** One worker at a time, its calls and what it holds: pictures, answers that it reads, and loans. When it dies the pending calls reject with what it died of, later ones that name what it held with `broken-image`, and all others start a new worker. */
export class WorkerLink {
  readonly #spawn: () => WorkerPort;
  readonly #pending = new Map<number, Pending>();
  readonly #held = new Set<number>();
  /** What workers held that died. */
  readonly #lost = new Set<number>();
  #port: WorkerPort | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  constructor(spawn: () => WorkerPort) {
    this.#spawn = spawn;
  }

  /** Bytes among the arguments and directly in them are copied, large ones in pieces, since the caller keeps them, but for those in `given`; what comes back is moved, and what the worker holds stays with it until it is closed. */
  call<T>(operation: OperationName, args: readonly unknown[], signal?: AbortSignal, listeners: Listeners = {}, given: readonly ArrayBuffer[] = []): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      throwIfCancelled(signal);
      if (args.some((arg) => isHeld(arg) && this.#lost.has(arg.id))) throw new ImageError('broken-image', 'The picture was lost when the work on it broke off. Try again.', { brokeOff: 'before' });
      const port = this.#warm();
      const id = (this.#lastId += 1);
      const cancel = (): void => {
        this.#post({ type: 'cancel', id });
        this.#settle(id)?.reject(new ImageError('cancelled', 'Cancelled.'));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const finish = (): void => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, {
        reading: args.find(isReading)?.id,
        ...listeners,
        resolve: (value) => (finish(), resolve(value as T)),
        reject: (error) => (finish(), reject(error)),
      });
      const fail = (error: unknown): void => {
        this.#settle(id)?.reject(toImageError(error, 'broken-image'));
        this.#restWhenIdle();
      };
      const post = (own: readonly unknown[], moved: readonly ArrayBuffer[]): void => {
        // Cancelled, or the worker is gone: nobody waits for it now.
        if (!this.#pending.has(id)) return;
        try {
          port.post({ type: 'call', id, operation, args: own } satisfies ToWorker, moved);
        } catch (error) {
          fail(error);
        }
      };
      const large = args.flatMap((arg) => [arg, ...partsOf(arg)]).filter((part) => part instanceof Uint8Array && part.length > PIECE && !given.includes(part.buffer as ArrayBuffer)) as Uint8Array[];
      if (large.length === 0) post(args, given);
      else void copyAll(large).then((copies) => post(args.map((arg) => withCopies(arg, copies)), [...given, ...[...copies.values()].map(({ buffer }) => buffer)]), fail);
    });
  }

  close(held: readonly Held[]): void {
    for (const { id } of held) this.#lost.delete(id);
    const ids = held.map(({ id }) => id).filter((id) => this.#held.delete(id));
    // Many pieces of an answer that is given up may still wait for the worker.
    for (const [id, { reading }] of this.#pending) if (reading !== undefined && ids.includes(reading)) this.#settle(id)?.reject(new ImageError('cancelled', 'Cancelled.'));
    if (ids.length > 0) this.#post({ type: 'close', held: ids });
    this.#restWhenIdle();
  }

  /** Ends the worker and rejects what is pending; the pictures are gone with it. */
  end(error: ImageError): void {
    clearTimeout(this.#idle);
    this.#port?.terminate();
    this.#port = undefined;
    for (const id of this.#held) this.#lost.add(id);
    this.#held.clear();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }

  #warm(): WorkerPort {
    clearTimeout(this.#idle);
    if (this.#port) return this.#port;
    const port = this.#spawn();
    this.#port = port;
    port.onMessage((message) => this.#receive(message as FromWorker));
    port.onDeath((error) => {
      if (this.#port === port) this.end(error.withBrokeOff('now'));
    });
    return port;
  }

  #receive(message: FromWorker): void {
    if (message.type === 'step') {
      this.#pending.get(message.id)?.onStep?.(message.step);
      return;
    }
    if (message.type === 'share') {
      this.#pending.get(message.id)?.onShare?.(message.share);
      return;
    }
    const pending = this.#settle(message.id);
    if (message.type === 'failed') pending?.reject(new ImageError(message.reason, message.message));
    else {
      if (isHeld(message.value)) this.#held.add(message.value.id);
      if (pending) pending.resolve(message.value);
      // A cancelled call that finished all the same.
      else if (isHeld(message.value)) this.close([message.value]);
    }
    this.#restWhenIdle();
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #post(message: ToWorker): void {
    this.#port?.post(message, []);
  }

  #restWhenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#pending.size > 0 || this.#held.size > 0) return;
    this.#idle = setTimeout(() => this.end(new ImageError('cancelled', 'The worker rested.')), IDLE_MS);
  }
}

/** What an argument is made of: the file of a mask stands in its region. */
function partsOf(arg: unknown): unknown[] {
  return typeof arg === 'object' && arg !== null && !ArrayBuffer.isView(arg) ? Object.values(arg) : [];
}

/** An argument with copies in place of what was copied of it. */
function withCopies(arg: unknown, copies: ReadonlyMap<unknown, Uint8Array>): unknown {
  if (!partsOf(arg).some((part) => copies.has(part))) return copies.get(arg) ?? arg;
  return Object.fromEntries(Object.entries(arg as object).map(([key, part]) => [key, copies.get(part) ?? part]));
}

/** A copy of each, made in pieces between which other work of this thread has its turn. */
async function copyAll(all: readonly Uint8Array[]): Promise<Map<unknown, Uint8Array<ArrayBuffer>>> {
  const copies = new Map<unknown, Uint8Array<ArrayBuffer>>();
  for (const bytes of all) {
    const copy = new Uint8Array(bytes.length);
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (at > 0) await new Promise((resolve) => setTimeout(resolve, 0));
      copy.set(bytes.subarray(at, at + PIECE), at);
    }
    copies.set(bytes, copy);
  }
  return copies;
}

function isReading(value: unknown): value is Reading {
  return isHeld(value) && 'kind' in value && value.kind === 'reading';
}

function isHeld(value: unknown): value is Held {
  return typeof value === 'object' && value !== null && 'id' in value && ('extent' in value || ('kind' in value && (value.kind === 'reading' || value.kind === 'loan')));
}
