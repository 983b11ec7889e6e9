import { Worker } from 'node:worker_threads';
import type { WorkerPort } from '../core/ports';

/** Starts a worker thread from a built file and answers our end of it. */
export function spawnWorker(file: string): WorkerPort {
  const worker = new Worker(file);
  let ended = false;
  // A worker must not keep a window, or a test, from closing.
  worker.unref();
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => void worker.on('message', listener),
    onDeath(listener) {
      worker.on('error', listener);
      worker.on('exit', (code) => {
        if (!ended) listener(new Error(`The pixel worker stopped with code ${code}.`));
      });
    },
    terminate() {
      ended = true;
      void worker.terminate();
    },
  };
}
