import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { createPixelClient, type PixelClient } from '../../../src/pixels/client';
import { spawnWorker } from '../../../src/node/workerThread';
import { ROOT } from '../../support/vscode/root';
import { wasmFile } from '../../support/wasm';

const FOLDER = path.join(ROOT, 'out/test');
/** What the worker reads beside it. */
const DECODERS = ['mozjpeg_dec', 'webp_dec', 'avif_dec'] as const;

/** The pixel operations in a real worker thread. `onDeath` is told when it dies by itself. */
export function workerPixels(onDeath: (error: Error) => void = () => {}): PixelClient {
  for (const name of DECODERS) copyFileSync(wasmFile(name), path.join(FOLDER, `${name}.wasm`));
  return createPixelClient(() => {
    const port = spawnWorker(path.join(FOLDER, 'pixelWorker.js'));
    return {
      ...port,
      onDeath: (listener) =>
        port.onDeath((error) => {
          onDeath(error);
          listener(error);
        }),
    };
  });
}
