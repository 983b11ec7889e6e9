import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { codeOf } from '../core/errorCode';
import { ImageError } from '../core/errors';
import type { WorkerPort } from '../core/ports';

/** Two pixel workers leave some of so many cores to zlib's threads and to VS Code itself. */
const CORES_FOR_TWO = 4;
/** Tiles of fewer pixels are done by one worker before a second one has started and its code is compiled. */
const WORTH_SHARING = 1_500_000;

/** From how many pixels on this machine's cores make a second worker for tiles worth while. */
export const SHARED_FROM = availableParallelism() >= CORES_FOR_TWO ? WORTH_SHARING : Infinity;

/** Starts a worker thread from a built file and answers our end of it. */
export function spawnWorker(file: string): WorkerPort {
  return portOf(new Worker(file));
}

/** Our end of a worker thread. */
export function portOf(worker: Worker): WorkerPort {
  let ended = false;
  // A worker must not keep a window, or a test, from closing.
  worker.unref();
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => void worker.on('message', listener),
    onDeath(listener) {
      const die = (error: ImageError): void => {
        if (!ended) listener(error);
        ended = true;
      };
      worker.on('error', (error) => die(deathOf(error)));
      worker.on('exit', (code) => die(new ImageError('broken-image', `The work on the picture broke off: the worker stopped with code ${code}.`)));
    },
    terminate() {
      ended = true;
      void worker.terminate();
    },
  };
}

function deathOf(error: unknown): ImageError {
  if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') return new ImageError('too-large', 'There was not enough memory for the work on the picture.', { cause: error });
  return new ImageError('broken-image', `The work on the picture broke off: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
