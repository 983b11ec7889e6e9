import type { WorkerPort } from '../../src/core/ports';
import { nodeZlib } from '../../src/node/zlib';
import { createPixelClient, type PixelClient } from '../../src/pixels/client';
import { servePixels } from '../../src/pixels/worker/serve';
import { loadWasm } from './wasm';

/** The pixel operations behind the real client, in this process: messages are cloned on their way as between threads. */
export function inProcessPixels(): PixelClient {
  return createPixelClient(() => {
    let toClient: ((message: unknown) => void) | undefined;
    let toWorker: ((message: unknown) => void) | undefined;
    servePixels(
      { post: (message) => queueMicrotask(() => toClient?.(structuredClone(message))), onMessage: (listener) => (toWorker = listener) },
      { zlib: nodeZlib, loadWasm },
    );
    const port: WorkerPort = {
      post(message) {
        const copy = structuredClone(message);
        queueMicrotask(() => toWorker?.(copy));
      },
      onMessage: (listener) => (toClient = listener),
      onDeath() {},
      terminate() {
        toClient = undefined;
        toWorker = undefined;
      },
    };
    return port;
  });
}
