import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { sha256 } from '../../src/core/hash';
import type { InpaintRequest } from '../../src/core/request';
import { Outbox } from '../../src/jobs/outbox';
import { runJob } from '../../src/jobs/run';
import { createStorage } from '../../src/node/storage';
import { spawnWorker } from '../../src/node/workerThread';
import { nodeZlib } from '../../src/node/zlib';
import { createPixelClient } from '../../src/pixels/client';
import { encodePng } from '../../src/pixels/png/encode';
import { jobBench, ScriptedEngine } from '../support/jobBench';
import { nodeFiles } from '../support/nodeFiles';
import { seeded } from '../support/random';
import { bar, reportBars } from './bars';
import { quantile } from './metrics';
import { numberOption } from './options';
import { loadMiddle, photographs } from './photographs';

/**
 * How late the main thread's timers come while a picture of 4096x4096 is edited as the extension does it (read, tile out, tile placed, written, checked),
 * beside a process whose main thread idles while two workers are as busy: what the machine does by itself. Files and outbox are on the disk, as in the extension; the picture is a photograph
 * with grain, so that its file is as large as a camera's. Each in turn, `npm run bench -- loop [--rounds n]`; milliseconds.
 */
const SIDE = 4096;
/** In levels, either way. */
const GRAIN = 4;
/** What editing may add to the worst delay of an idle host. */
const MOST_ADDED = 20;
const BUSY = `require('node:worker_threads').parentPort.on('message', () => {}); for (let x = 1; ; x = Math.sqrt(x + 1)) if (x < 0) break;`;

interface Delay {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
  readonly seconds: number;
}

async function watched(work: () => Promise<unknown>): Promise<Delay> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  const start = performance.now();
  histogram.enable();
  await work();
  // A delay is known when the timer after it has come.
  await wait(20);
  histogram.disable();
  const ms = (nanoseconds: number): number => nanoseconds / 1e6;
  return { median: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), worst: ms(histogram.max), seconds: (performance.now() - start) / 1000 };
}

/** Nothing on this thread, two workers that count, for as long as the edit took. */
async function idle(seconds: number): Promise<Delay> {
  const workers = [new Worker(BUSY, { eval: true }), new Worker(BUSY, { eval: true })];
  await wait(200);
  const delay = await watched(() => wait(seconds * 1000));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return delay;
}

async function photographWithGrain(): Promise<Uint8Array> {
  const [photograph] = photographs();
  if (!photograph) throw new Error('No photograph was found.');
  const image = await loadMiddle(photograph, { width: SIDE, height: SIDE });
  const random = seeded(3);
  for (let i = 0; i < image.data.length; i++) if (i % 4 !== 3) image.data[i] = (image.data[i] as number) + GRAIN * random.signed();
  return encodePng(image, nodeZlib, {});
}

async function main(): Promise<void> {
  const pixels = createPixelClient(() => spawnWorker(path.join(__dirname, 'pixelWorker.js')));
  const folder = mkdtempSync(path.join(tmpdir(), 'easel-loop-'));
  const bytes = await photographWithGrain();
  const request: InpaintRequest = {
    operation: 'inpaint',
    prompt: 'a boat',
    count: 1,
    seed: 1,
    embedRecipe: true,
    output: { kind: 'new', folder: pathToFileURL(folder).href, stem: 'boat' },
    source: { uri: 'file:///w/sea.png', bytes, hash: await sha256(bytes) },
    region: { kind: 'bounds', bounds: { x: 1700, y: 1800, width: 700, height: 500 } },
    mode: 'exact',
  };
  const engine = new ScriptedEngine(async (call) => ('images' in call ? call.images.slice(0, 1) : []));
  const edit = async (): Promise<void> => {
    const context = jobBench(pixels).context(engine);
    const outbox = new Outbox(createStorage(path.join(folder, 'storage')), context.clock, context.lease);
    await runJob(request, { ...context, outbox, files: nodeFiles });
  };
  await edit();

  const rounds = numberOption('rounds', 5);
  const rows: { readonly edit: Delay; readonly idle: Delay }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const edited = await watched(edit);
    rows.push({ edit: edited, idle: await idle(edited.seconds) });
  }
  pixels.dispose();
  rmSync(folder, { recursive: true });
  const middle = (of: 'edit' | 'idle', what: keyof Delay): number => quantile(rows.map((row) => row[of][what]), 0.5);
  console.log(`\nLateness of the main thread, ms, medians of ${rows.length} rounds; a ${SIDE}² PNG of ${(bytes.length / 1e6).toFixed(0)} MB, edited in ${middle('edit', 'seconds').toFixed(1)} s`);
  console.log('                       median      p99    worst');
  for (const [name, of] of [['editing', 'edit'], ['idle, two busy workers', 'idle']] as const) {
    console.log(`${name.padEnd(22)}${(['median', 'p99', 'worst'] as const).map((what) => middle(of, what).toFixed(1).padStart(9)).join('')}`);
  }
  const added = middle('edit', 'worst') - middle('idle', 'worst');
  const bars = [bar('added by editing to the worst, ms', added, MOST_ADDED)];
  reportBars(bars);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/loop.json', JSON.stringify({ node: process.version, megabytes: bytes.length / 1e6, bars, rows }, undefined, 1));
}

void main();
