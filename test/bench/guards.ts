import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { Worker } from 'node:worker_threads';
import sharp, { type Sharp } from 'sharp';
import { ImageError, type Reason } from '../../src/core/errors';
import { nodeZlib } from '../../src/node/zlib';
import { spawnWorker } from '../../src/node/workerThread';
import { createPixelClient } from '../../src/pixels/client';
import { decodeImage, type CodecServices } from '../../src/pixels/codec/decode';
import { concat } from '../../src/core/bytes';
import { PNG_SIGNATURE, writeChunk } from '../../src/pixels/png/chunks';
import { bar, type Bar } from './bars';
import { quantile } from './metrics';

const MOST_MS = 50;
const MOST_LOADING_MS = 30;
const TIMES = 7;

/** How long it takes to refuse what is too large or broken, and to load the image code. */
export async function guardBars(picture: Sharp, services: CodecServices): Promise<Bar[]> {
  const bars = [bar('bomb of 20000² refused, ms', await refusal(bomb(20_000), services, 'too-large'), MOST_MS)];
  for (const format of ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const) {
    const file = new Uint8Array(await picture.clone().toFormat(format).toBuffer());
    // Whatever the codec has to load is loaded.
    await decodeImage(file, services);
    bars.push(bar(`${format}, header alone, refused, ms`, await refusal(file.subarray(0, 24), services, 'broken-image'), MOST_MS));
    bars.push(bar(`${format}, torn in the middle, read or refused, ms`, await refusal(file.subarray(0, file.length >> 1), services), MOST_MS));
  }
  const png = new Uint8Array(await picture.clone().png().toBuffer());
  png[png.length >> 1] = (png[png.length >> 1] ?? 0) ^ 255;
  bars.push(bar('png, a byte wrong, refused, ms', await refusal(png, services, 'broken-image'), MOST_MS));
  bars.push(bar('image code loaded, ms', await loading(), MOST_LOADING_MS));
  return bars;
}

/** Milliseconds to the error, the median of several times; with `reason` it must be that one. */
async function refusal(file: Uint8Array, services: CodecServices, reason?: Reason): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const start = performance.now();
    const error: unknown = await decodeImage(file, services).then(() => undefined, (refused: unknown) => refused);
    times.push(performance.now() - start);
    if (reason !== undefined && !(error instanceof ImageError && error.reason === reason)) throw new Error(`Expected ${reason}, got ${String(error)}`);
  }
  return quantile(times, 0.5);
}

/** A PNG of `side` x `side` pixels of one bit: 50 kB that want 1.6 GB. */
function bomb(side: number): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, side);
  view.setUint32(4, side);
  header[8] = 1;
  const { crc32 } = nodeZlib;
  const rows = deflateSync(new Uint8Array(side * (1 + side / 8)));
  return concat([PNG_SIGNATURE, writeChunk('IHDR', header, crc32), writeChunk('IDAT', rows, crc32), writeChunk('IEND', new Uint8Array(0), crc32)]);
}

/** What the worker's first answer takes beyond the start of an empty thread. */
async function loading(): Promise<number> {
  const png = new Uint8Array(await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).png().toBuffer());
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const empty = performance.now();
    const worker = new Worker(`require('node:worker_threads').parentPort.postMessage(1)`, { eval: true });
    await new Promise((resolve) => worker.once('message', resolve));
    const start = performance.now();
    const pixels = createPixelClient(() => spawnWorker(path.join(__dirname, 'pixelWorker.js')));
    await pixels.inspect(png);
    times.push(performance.now() - start - (start - empty));
    pixels.dispose();
    await worker.terminate();
  }
  return quantile(times, 0.5);
}
