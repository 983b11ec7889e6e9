import { ImageError, throwIfCancelled } from '../core/errors';
import type { OnStep, Picture, Pixels, Reading } from '../core/pixels';
import type { WorkerPort } from '../core/ports';
import type { FromWorker, OperationName, ToWorker } from './worker/messages';

interface Pending {
  /** The answer that the call reads on, if it does. */
  readonly reading: number | undefined;
  readonly onStep: OnStep | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ImageError) => void;
}

/** How long a worker without pictures and calls is kept warm, in milliseconds. */
const IDLE_MS = 60_000;

/** Bytes of a call are copied this many at a time: a whole file at once would hold up the thread that they come from for tens of milliseconds. */
const PIECE = 1024 * 1024;

/** The pixel worker seen from the other side. */
export interface PixelClient extends Pixels {
  /** Ends the worker; what is pending rejects with `cancelled`. */
  dispose(): void;
}

/** Makes a client that starts its worker on first use, keeps it warm, and lets it go when idle. When it dies the pending calls reject with what it died of, later ones that name its pictures with `broken-image`, and any other starts a new worker. */
export function createPixelClient(spawn: () => WorkerPort): PixelClient {
  const link = new WorkerLink(spawn);
  return {
    inspect: (bytes, signal) => link.call('inspect', [bytes], signal),
    beginAnswer: (streams, signal) => link.call('beginAnswer', [streams], signal),
    readOn: (reading, piece, isGiven, signal) => link.call('readOn', [reading, piece], signal, undefined, isGiven ? [piece.buffer as ArrayBuffer] : []),
    endAnswer: (reading, signal) => link.call('endAnswer', [reading], signal),
    readAnswer: (body, signal) => link.call('readAnswer', [body], signal, undefined, [body.buffer as ArrayBuffer]),
    open: (bytes, signal) => link.call('open', [bytes], signal),
    close: (...held) => link.close(held),
    encode: (picture, options, signal) => link.call('encode', [picture, options], signal),
    resize: (picture, extent, signal) => link.call('resize', [picture, extent], signal),
    cover: (picture, extent, signal, focus) => link.call('cover', [picture, extent, focus], signal),
    canvas: (picture, extent, at, region, signal) => link.call('canvas', [picture, extent, at, region], signal),
    copy: (canvas, signal) => link.call('copy', [canvas], signal),
    drawnBounds: (canvas) => link.call('drawnBounds', [canvas]),
    tileInput: (canvas, tile, drawsClear, signal) => link.call('tileInput', [canvas, tile, drawsClear], signal),
    placeTile: (canvas, tile, answer, mode, signal) => link.call('placeTile', [canvas, tile, answer, mode], signal),
    fill: (canvas, seed, signal) => link.call('fill', [canvas, seed], signal),
    finish: (canvas, recipe, signal, onStep) => link.call('finish', [canvas, recipe], signal, onStep),
    art: (spec, signal) => link.call('art', [spec], signal),
    darken: (picture, signal) => link.call('darken', [picture], signal),
    retouch: (picture, seed, strength, signal) => link.call('retouch', [picture, seed, strength], signal),
    isOpaque: (bytes, signal) => link.call('isOpaque', [bytes], signal),
    cutOut: (picture, enclosed, signal) => link.call('cutOut', [picture, enclosed], signal),
    icons: (picture, signal) => link.call('icons', [picture], signal),
    dispose: () => link.end(new ImageError('cancelled', 'Easel was shut down.')),
  };
}

/** One worker at a time, its calls and what it holds: pictures, and answers that it reads. */
class WorkerLink {
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

  /** Bytes among the arguments are copied, large ones in pieces, since the caller keeps them, but for those in `given`; what comes back is moved, and what the worker holds stays with it until it is closed. */
  call<T>(operation: OperationName, args: readonly unknown[], signal?: AbortSignal, onStep?: OnStep, given: readonly ArrayBuffer[] = []): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      throwIfCancelled(signal);
      if (args.some((arg) => isHeld(arg) && this.#lost.has(arg.id))) throw new ImageError('broken-image', 'The picture was lost when the work on it broke off. Try again.');
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
        onStep,
        resolve: (value) => (finish(), resolve(value as T)),
        reject: (error) => (finish(), reject(error)),
      });
      const post = (own: readonly unknown[], moved: readonly ArrayBuffer[]): void => {
        // Cancelled, or the worker is gone: nobody waits for it any more.
        if (this.#pending.has(id)) port.post({ type: 'call', id, operation, args: own } satisfies ToWorker, moved);
      };
      const large = args.filter((arg) => arg instanceof Uint8Array && arg.length > PIECE && !given.includes(arg.buffer as ArrayBuffer)) as Uint8Array[];
      if (large.length === 0) post(args, given);
      else void copyAll(large).then((copies) => post(args.map((arg) => copies.get(arg) ?? arg), [...given, ...[...copies.values()].map(({ buffer }) => buffer)]), reject);
    });
  }

  close(held: readonly (Picture | Reading)[]): void {
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
      if (this.#port === port) this.end(error);
    });
    return port;
  }

  #receive(message: FromWorker): void {
    if (message.type === 'step') {
      this.#pending.get(message.id)?.onStep?.(message.step);
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

function isHeld(value: unknown): value is Picture | Reading {
  return typeof value === 'object' && value !== null && 'id' in value && ('extent' in value || ('kind' in value && value.kind === 'reading'));
}
