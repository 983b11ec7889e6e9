import { workerData, type MessagePort } from 'node:worker_threads';
import '../../../src/node/pixelWorker';
import { collectGarbage } from './mainThread';

// The pixel worker as it is, with a second port on which it tells how much its thread holds.
const { memory } = workerData as { readonly memory: MessagePort };
memory.on('message', () => memory.postMessage(collectGarbage(), []));
memory.unref();
