import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { findModel } from '../../src/core/models';
import type { GenerateRequest } from '../../src/core/request';
import { createOpenAIEngine } from '../../src/engines/openai/openaiEngine';
import { createFetchPublic } from '../../src/node/fetchPublic';
import { runJob } from '../../src/jobs/run';
import { spawnWorker } from '../../src/node/workerThread';
import { createPixelClient, type PixelClient } from '../../src/pixels/client';
import { servicesOn } from '../faults/kill/window';
import { collectGarbage } from '../faults/support/mainThread';
import { MemoryLog } from '../support/memory';
import { nodeFiles } from '../support/nodeFiles';
import { seeded } from '../support/random';

/**
 * From the last byte of a server's answer to the file on disk, beside a bare write and fsync of the same bytes in the same run: the road is to add at most half of that.
 * The answer comes as JSON and as a stream of events as fast as this machine gives it, and as JSON at the pace of a fast line, where the last byte is noted however far
 * the road has come with what was before. A ratio below one is no mistake: most of the file is synced before its last byte comes.
 */
const ROUNDS = 30;
const WARM_UP = 5;
const LIMIT = 1.5;
const EDGE = 1024;
/** What a line of a gigabit a second brings in a millisecond. */
const PIECE_BYTES = 125_000;
/** Between two rounds, in milliseconds: a picture comes once in a while, and not amid what the last one has left to clear up. */
const PAUSE_MS = 30;
/** Has the file system commit what the last round has removed: else the next one's sync, and not the bare write's, waits for that too. */
async function settle(home: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  await bareWrite(path.join(home, `settled-${performance.now()}`), new Uint8Array(1));
}

const ROADS = { json: 'JSON at once', events: 'events at once', line: 'JSON at 1 Gbit/s' } as const;
type Road = keyof typeof ROADS;

/** A server in a thread of its own that answers everything with one picture. */
const SERVER = `
const { createServer } = require('node:http');
const { parentPort, workerData: { json, events, pieceBytes } } = require('node:worker_threads');
const server = createServer((request, response) => {
  const answer = request.url.startsWith('/events/') ? events : json;
  response.setHeader('content-type', request.url.startsWith('/events/') ? 'text/event-stream' : 'application/json');
  const drip = (from) => {
    const piece = answer.subarray(from, from + pieceBytes);
    // The end of an answer comes with its last piece.
    if (from + pieceBytes >= answer.length) return response.end(piece);
    response.write(piece);
    setTimeout(drip, 1, from + pieceBytes);
  };
  request.resume().on('end', () => request.url.startsWith('/line/') ? drip(0) : response.end(answer));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** A picture as noisy as a photograph: about 2 MB. */
async function noisyPng(): Promise<Buffer> {
  const random = seeded(7);
  const data = Buffer.alloc(EDGE * EDGE * 3);
  for (let at = 0; at < data.length; at += 1) data[at] = 128 + 60 * Math.sin(at / 3000) + 12 * (random.uniform() - 0.5);
  return sharp(data, { raw: { width: EDGE, height: EDGE, channels: 3 } }).png().toBuffer();
}

async function bareWrite(file: string, bytes: Uint8Array): Promise<number> {
  const start = performance.now();
  const handle = await fs.open(file, 'wx');
  await handle.writeFile(bytes);
  await handle.sync();
  await handle.close();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

interface Figures {
  readonly road: string;
  readonly bytes: number;
  readonly roadMs: number;
  readonly bareMs: number;
  readonly ratio: number;
  readonly limit: number;
}

async function measure(road: Road, port: number, png: Buffer, pixels: PixelClient): Promise<Figures> {
  const home = await fs.mkdtemp(path.join(os.tmpdir(), 'easel-latency-'));
  let lastByte = 0;
  let onDisk = 0;
  /** Tells when the last byte was there: before it is asked whether there are more. */
  const timed: typeof fetch = async (...args) => {
    const response = await fetch(...args);
    const transform = (piece: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>): void => {
      lastByte = performance.now();
      controller.enqueue(piece);
    };
    // At the pace of a line it is taken at once, whoever waits for it.
    const noted = new TransformStream<Uint8Array, Uint8Array>({ transform }, undefined, new CountQueuingStrategy({ highWaterMark: road === 'line' ? Infinity : 0 }));
    return new Response(response.body?.pipeThrough(noted), { status: response.status, headers: response.headers });
  };
  const engine = createOpenAIEngine({ baseUrl: `http://127.0.0.1:${port}/${road}/v1`, apiKey: '', model: findModel('gpt-image-2'), quality: 'medium', fetch: timed, fetchPublic: createFetchPublic(), log: new MemoryLog(), pixels });
  const services = {
    ...servicesOn({ storage: path.join(home, 'storage') }, pixels, 'bench'),
    files: {
      ...nodeFiles,
      writeNew: async (...args: Parameters<typeof nodeFiles.writeNew>) => {
        const uri = await nodeFiles.writeNew(...args);
        onDisk = performance.now();
        return uri;
      },
    },
  };
  const workspace = path.join(home, 'workspace');
  await fs.mkdir(workspace);
  const output = { kind: 'new', folder: pathToFileURL(workspace).href, stem: 'fox' } as const;
  const request: GenerateRequest = { operation: 'generate', prompt: 'a fox', extent: { width: EDGE, height: EDGE }, format: 'png', count: 1, seed: 1, embedRecipe: true, output };
  const bare: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    collectGarbage();
    await settle(home);
    const context = { ...services, engine, prices: {}, budget: { monthlyUsd: 1000, perCallUsd: undefined, allowUnknown: true }, signal: new AbortController().signal, watched: road === 'events', onEvent: () => {} };
    const { files } = await runJob({ ...request, output: { ...output, stem: `fox ${round}` } }, context);
    const written = await nodeFiles.read(files[0] ?? '');
    if (Buffer.from(written).indexOf(png.subarray(1000, 200_000)) < 0) throw new Error('The picture was encoded again.');
    const alone = await bareWrite(path.join(home, `${round}.png`), written);
    if (round < WARM_UP) continue;
    whole.push(onDisk - lastByte);
    bare.push(alone);
  }
  await fs.rm(home, { recursive: true, force: true });
  return { road: ROADS[road], bytes: png.length, roadMs: median(whole), bareMs: median(bare), ratio: median(whole) / median(bare), limit: LIMIT };
}

async function main(): Promise<void> {
  const png = await noisyPng();
  const usage = { input_tokens: 10, output_tokens: 1756, input_tokens_details: { text_tokens: 10, image_tokens: 0 } };
  const picture = png.toString('base64');
  const json = Buffer.from(JSON.stringify({ created: 1, data: [{ b64_json: picture }], usage }));
  const events = Buffer.from(`event: image_generation.completed\ndata: ${JSON.stringify({ type: 'image_generation.completed', b64_json: picture, usage })}\n\n`);
  const server = new Worker(SERVER, { eval: true, workerData: { json, events, pieceBytes: PIECE_BYTES } });
  const pixels = createPixelClient(() => spawnWorker(path.join(__dirname, 'pixelWorker.js')));
  try {
    const [port] = (await once(server, 'message')) as [number];
    const all: Figures[] = [];
    for (const road of Object.keys(ROADS) as Road[]) {
      const figures = await measure(road, port, png, pixels);
      all.push(figures);
      console.log(`${figures.road}, ${(png.length / 1e6).toFixed(1)} MB: last byte to file ${figures.roadMs.toFixed(2)} ms, bare write and fsync ${figures.bareMs.toFixed(2)} ms: ${figures.ratio.toFixed(2)} times (limit ${LIMIT})`);
    }
    await fs.mkdir('bench-results', { recursive: true });
    await fs.writeFile('bench-results/latency.json', JSON.stringify(all, undefined, 2));
    if (all.some(({ ratio }) => ratio > LIMIT)) process.exitCode = 1;
  } finally {
    pixels.dispose();
    await server.terminate();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
