import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, type Transferable } from 'node:worker_threads';
import { servePixels } from '../pixels/worker/serve';
import { nodeZlib } from './zlib';

// The entry of the worker thread: the pixel operations on Node's own compression and files.
const port = parentPort;
if (!port) throw new Error('The pixel worker runs in a worker thread only.');
servePixels(
  {
    post: (message, transfer) => port.postMessage(message, transfer as readonly Transferable[] as Transferable[]),
    onMessage: (listener) => void port.on('message', listener),
  },
  {
    zlib: nodeZlib,
    loadWasm: async (name) => new Uint8Array(await readFile(path.join(__dirname, `${name}.wasm`))),
  },
);
