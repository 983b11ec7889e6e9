import { ImageError, throwIfCancelled, toImageError } from '../../core/errors';
import type { WorkerPort } from '../../core/ports';
import type { CodecServices } from '../codec/decode';
import { cancellableZlib } from './cancellable';
import type { Job } from './job';
import { createOperations } from './operations';
import { PictureStore } from './pictureStore';
import { Rehearsal } from './rehearsal';
import type { FromWorker, ToWorker } from './messages';

/** How long an operation may run before it looks whether it was cancelled, in milliseconds. */
const SLICE_MS = 30;

/** Answers the calls of the client at the other end of the port, each with its result or the reason why there is none. */
export function servePixels(port: Pick<WorkerPort, 'post' | 'onMessage'>, services: CodecServices): void {
  const store = new PictureStore();
  const operations = createOperations(store);
  const running = new Map<number, AbortController>();
  const jobOf = (id: number, signal: AbortSignal, told: Pick<Job, 'step' | 'share'>): Job => ({ id, services: { ...services, zlib: cancellableZlib(services.zlib, signal) }, checkpoint: checkpoint(signal), ...told });
  const rehearsal = new Rehearsal((signal) => jobOf(0, signal, { step: () => {}, share: () => {} }));

  const run = async (call: Extract<ToWorker, { type: 'call' }>): Promise<void> => {
    const controller = new AbortController();
    running.set(call.id, controller);
    try {
      // The client is the only one who posts here and its types are these operations' own: arguments are not checked a second time.
      const operation = operations[call.operation] as (job: Job, ...args: readonly unknown[]) => Promise<unknown>;
      const post = (message: FromWorker): void => port.post(message, []);
      const { id } = call;
      const job = jobOf(id, controller.signal, { step: (step) => post({ type: 'step', id, step }), share: (share) => post({ type: 'share', id, share }) });
      rehearsal.giveWay();
      const value = await operation(job, ...call.args);
      port.post({ type: 'done', id: call.id, value } satisfies FromWorker, buffersOf(value));
      if (call.operation === 'tileInput' || call.operation === 'inputOf') rehearsal.prepare();
    } catch (error) {
      const { reason, message } = asImageError(error);
      port.post({ type: 'failed', id: call.id, reason, message } satisfies FromWorker, []);
    } finally {
      running.delete(call.id);
    }
  };

  port.onMessage((received) => {
    const message = received as ToWorker;
    if (message.type === 'call') void run(message);
    else if (message.type === 'cancel') running.get(message.id)?.abort();
    else store.delete(message.held);
  });
}

/** What pixel code throws that is no error of ours: a buffer that is not to be had is a `RangeError`, anything else comes from a picture that nobody has thought of. */
function asImageError(error: unknown): ImageError {
  if (error instanceof RangeError) return new ImageError('too-large', 'There is not enough memory for the picture.');
  return toImageError(error, 'broken-image');
}

function checkpoint(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < SLICE_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    throwIfCancelled(signal);
    last = performance.now();
  };
}

/** The buffers of the bytes in an answer, however deep, to be moved instead of copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const look = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
    } else if (typeof part === 'object' && part !== null) Object.values(part).forEach(look);
  };
  look(value);
  return [...buffers];
}
