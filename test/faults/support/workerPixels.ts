import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { WorkerPort } from '../../../src/core/ports';
import { createPixelClient, type PixelClient } from '../../../src/pixels/client';
import { portOf } from '../../../src/node/workerThread';
import { ROOT } from '../../support/vscode/root';
import { wasmFile } from '../../support/wasm';

/** Where the worker lies that tells of its memory. */
const FOLDER = path.join(ROOT, 'out/test/faults/support');
/** What the worker reads beside it. */
const DECODERS = ['mozjpeg_dec', 'webp_dec', 'avif_dec'] as const;

/** The pixel operations in a real worker thread, and how many bytes that holds after a full collection: 0 where none runs. `onDeath` is told when it dies by itself. */
export function workerPixels(onDeath: (error: Error) => void = () => {}): { readonly pixels: PixelClient; readonly memory: () => Promise<number> } {
  for (const name of DECODERS) copyFileSync(wasmFile(name), path.join(FOLDER, `${name}.wasm`));
  let ours: MessagePort | undefined;
  const spawn = (): WorkerPort => {
    const { port1, port2 } = new MessageChannel();
    ours = port1;
    const port = portOf(new Worker(path.join(FOLDER, 'watchedWorker.js'), { workerData: { memory: port2 }, transferList: [port2] }));
    const forget = (): void => {
      port1.close();
      if (ours === port1) ours = undefined;
    };
    return {
      ...port,
      onDeath: (listener) =>
        port.onDeath((error) => {
          forget();
          onDeath(error);
          listener(error);
        }),
      terminate: () => {
        forget();
        port.terminate();
      },
    };
  };
  const memory = async (): Promise<number> => {
    if (!ours) return 0;
    ours.postMessage('how much?', []);
    const [bytes] = (await once(ours, 'message')) as [number];
    return bytes;
  };
  return { pixels: createPixelClient(spawn), memory };
}
