import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { sha256 } from '../../src/core/hash';
import { DEFAULT_MODEL, findModel } from '../../src/core/models';
import type { FileContent } from '../../src/core/ports';
import type { JobEvent } from '../../src/jobs/job';
import type { OutpaintRequest } from '../../src/core/request';
import { Outbox } from '../../src/jobs/outbox';
import { runJob } from '../../src/jobs/run';
import { createStorage } from '../../src/node/storage';
import { spawnWorker } from '../../src/node/workerThread';
import { createPixelClient } from '../../src/pixels/client';
import { jobBench, ScriptedEngine } from '../support/jobBench';
import { MemoryFiles } from '../support/memory';
import { bar, reportBars } from './bars';
import { peakMb } from './peakMemory';
import { photographs } from './photographs';

/**
 * The peak memory of a process that widens a photograph to so many megapixels with its workers, tile by tile, from the file's bytes to the written PNG; `node memory.js`.
 * The tiles are as large as the default model draws them. It answers each with what it was sent, at once, so that those of both sides are composed at the same time where there are two workers.
 */
const TARGETS = [
  { megapixels: 4, workers: 1, count: 1 },
  { megapixels: 16, workers: 1, count: 1 },
  { megapixels: 64, workers: 1, count: 1 },
  { megapixels: 64, workers: 2, count: 1 },
  { megapixels: 64, workers: 1, count: 2 },
  { megapixels: 64, workers: 2, count: 2 },
] as const;
const MOST_MB = 1200;

interface Row {
  readonly workers: 1 | 2;
  readonly megapixels: number;
  /** How many candidates are drawn. */
  readonly count: number;
  readonly requests: number;
  readonly peakMb: number;
  readonly seconds: number;
  /** Megabytes at the beginning of each step, the largest where it came several times. */
  readonly steps: Readonly<Record<string, number>>;
}

/** Files that are written to a folder of this machine, as the extension's are: none of their bytes stay in memory. */
class DiskFiles extends MemoryFiles {
  constructor(private readonly folder: string) {
    super();
  }

  override async writeNew(_folder: string, stem: string, extension: string, { bytes }: FileContent): Promise<string> {
    const file = path.join(this.folder, `${stem}-${crypto.randomUUID()}${extension}`);
    await writeFile(file, bytes);
    return `file://${file}`;
  }
}

/** In a process of its own: widens the file from three quarters of a square of `side` to the whole of it. */
async function widen(file: string, side: number, workers: 1 | 2, count: number): Promise<Row> {
  const pixels = createPixelClient(() => spawnWorker(path.join(__dirname, 'pixelWorker.js')), workers === 2 ? 0 : Infinity);
  const bytes = new Uint8Array(readFileSync(file));
  const request: OutpaintRequest = {
    operation: 'outpaint',
    prompt: '',
    count,
    seed: 1,
    embedRecipe: true,
    output: { kind: 'new', folder: 'file:///w', stem: 'wide' },
    source: { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) },
    target: { kind: 'extent', extent: { width: side, height: side } },
    anchor: { x: 0.5, y: 0.5 },
    mode: 'exact',
  };
  const steps: Record<string, number> = {};
  const onEvent = ({ type }: JobEvent): void => void (steps[type] = Math.max(steps[type] ?? 0, Math.round(process.memoryUsage.rss() / 2 ** 20)));
  let requests = 0;
  const engine = new ScriptedEngine(async (call) => {
    requests += 1;
    // What was sent is the server's.
    engine.calls.length = 0;
    return 'images' in call ? call.images.slice(0, 1) : [];
  }, findModel(DEFAULT_MODEL));
  const start = performance.now();
  const context = jobBench(pixels).context(engine);
  // On disk as in the extension: the answers of many tiles are not held in memory.
  const outbox = new Outbox(createStorage(path.dirname(file)), context.clock, context.lease);
  await runJob(request, { ...context, outbox, files: new DiskFiles(path.dirname(file)), budget: { monthlyUsd: Number.MAX_VALUE, perCallUsd: undefined, allowUnknown: true }, onEvent });
  const seconds = (performance.now() - start) / 1000;
  pixels.dispose();
  return { workers, megapixels: side ** 2 / 2 ** 20, count, requests, peakMb: Math.round(peakMb()), seconds, steps };
}

async function main(): Promise<void> {
  const [photograph] = photographs();
  if (!photograph) throw new Error('No photograph was found.');
  const folder = mkdtempSync(path.join(tmpdir(), 'easel-memory-'));
  const rows: Row[] = [];
  try {
    console.log('\nmegapixels  workers  candidates  requests  seconds  peak MB   MB at the beginning of each step');
    for (const { megapixels, workers, count } of TARGETS) {
      const side = Math.sqrt(megapixels * 2 ** 20);
      const file = path.join(folder, `${side}.png`);
      await sharp(photograph.path).resize((side * 3) / 4, side).removeAlpha().png({ compressionLevel: 1 }).toFile(file);
      const { stdout, status, stderr } = spawnSync(process.execPath, [__filename, file, `${side}`, `${workers}`, `${count}`], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      const row = JSON.parse(stdout) as Row;
      rows.push(row);
      const steps = Object.entries(row.steps).map(([step, mb]) => `${step} ${mb}`);
      console.log(`${`${row.megapixels}`.padStart(10)}${`${workers}`.padStart(9)}${`${count}`.padStart(12)}${`${row.requests}`.padStart(10)}${row.seconds.toFixed(1).padStart(9)}${`${row.peakMb}`.padStart(9)}   ${steps.join(', ')}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const bars = rows.map((row) => bar(`${row.megapixels} megapixels, ${row.workers === 1 ? 'one worker' : 'two workers'}${row.count > 1 ? ', two candidates' : ''}, peak MB`, row.peakMb, MOST_MB));
  reportBars(bars);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/memory.json', JSON.stringify({ node: process.version, bars, rows }, undefined, 1));
}

const [file, side, workers, count] = process.argv.slice(2);
if (file === undefined) void main();
else void widen(file, Number(side), workers === '2' ? 2 : 1, Number(count)).then((row) => console.log(JSON.stringify(row)));
