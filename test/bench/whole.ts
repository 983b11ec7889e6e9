import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findModel } from '../../src/core/models';
import { planOutpaint } from '../../src/core/outpaint';
import { bar, reportBars, type Bar } from './bars';
import { quantile } from './metrics';
import { numberOption, option, seedOption } from './options';
import { peakMb } from './peakMemory';
import { photographs } from './photographs';
import type { Model, Widen } from './wideners/widener';

/**
 * A whole widening, from the PNG that is read to the PNG that is written, without the model's own time: 1024² to 2048x1024 by two tiles beside sharp and jimp doing it the article's way, and how
 * Easel's time and memory grow to 64 megapixels. `npm run bench -- whole [--seed n] [--runs n] [--largest megapixels]`. Each run is a process of its own, so that its peak of memory is its own; time is CPU time,
 * all threads: *first* from the start of the work in a cold process, *warm* the best of the further ones in the same process. What a person waits for stands beside it: the time on the clock from the first
 * answer to the finished PNG in a cold process, without the model's own in between, where each answer came at once and where the model took its time (*waited*), in which Easel rehearses.
 */
const SIDE = 1024;
const CENTRE = { x: 0.5, y: 0.5 };
const MEGAPIXEL = 1024 * 1024;
/** How long a model takes at the very least, in milliseconds. */
const DRAWING_MS = 1500;

/** Who widens to more and more megapixels. */
const GROWING = 'Easel, growing';

interface Run {
  readonly by: string;
  /** Megapixels of the result. */
  readonly megapixels: number;
  readonly requests: number;
  readonly firstMs: number;
  readonly warmMs: number;
  /** From the first answer to the finished PNG in the first run, on the clock, without what the model took for later ones. */
  readonly answeredMs: number;
  /** Whether the model took its time in the first run. */
  readonly waited: boolean;
  /** The most memory that the process has held, and what it held before the work, in MB. */
  readonly peakMb: number;
  readonly idleMb: number;
}

/** Widens `source.png` of a folder by the answers beside it, or, where there are none, by a model that returns what it is sent. */
async function child(by: string, folder: string, side: number, times: number, waited: boolean): Promise<Run> {
  const widen = await widenBy(by);
  const source = readFileSync(path.join(folder, 'source.png'));
  const canvas = { width: 2 * side, height: side };
  const answers = by === GROWING ? undefined : [0, 1].map((k) => readFileSync(path.join(folder, `answer-${k}.png`)));
  let answered: number | undefined;
  let later = 0;
  const model: Model = async (index, sent) => {
    const asked = performance.now();
    if (waited && cpu.length === 0) await sleep(DRAWING_MS);
    if (answered === undefined) answered = performance.now();
    else later += performance.now() - asked;
    return answers?.[index] ?? sent;
  };
  const plan = planOutpaint({ width: side, height: side }, { kind: 'extent', extent: canvas }, CENTRE, findModel(answers ? 'dall-e-2' : 'gpt-image-2'));
  const idleMb = process.memoryUsage().rss / 1e6;
  const cpu: number[] = [];
  let answeredMs = NaN;
  for (let run = 0; run < times; run++) {
    const before = process.cpuUsage();
    await widen(source, plan, model);
    if (run === 0 && answered !== undefined) answeredMs = performance.now() - answered - later;
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  const megapixels = (canvas.width * canvas.height) / MEGAPIXEL;
  return { by, megapixels, requests: plan.tiles.length, firstMs: cpu[0] ?? NaN, warmMs: Math.min(...cpu.slice(1), Infinity), answeredMs, waited, peakMb: peakMb(), idleMb };
}

/** Loads no other one: what stands on the heap makes each collection of garbage longer. */
async function widenBy(by: string): Promise<Widen> {
  if (by === 'sharp') return (await import('./wideners/sharp')).widen;
  return by === 'jimp' ? (await import('./wideners/jimp')).widen : (await import('./wideners/easel')).widen;
}

function inOwnProcess(by: string, folder: string, side: number, times: number, waited = false): Run {
  const args = ['--child', by, '--folder', folder, '--side', String(side), '--times', String(times), '--waited', waited ? 'yes' : 'no'];
  return JSON.parse(execFileSync(process.execPath, [__filename, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Run;
}

function waitedFor(by: string): string {
  return `${by}, waited`;
}

function labelOf({ by, waited }: Run): string {
  return waited ? waitedFor(by) : by;
}

function print(runs: readonly Run[], names: readonly string[]): void {
  console.log('\n                              MP   requests   first ms    warm ms answered ms    peak MB    idle MB');
  for (const label of names.flatMap((by) => [by, waitedFor(by)])) {
    for (const megapixels of new Set(runs.filter((run) => labelOf(run) === label).map((run) => run.megapixels))) {
      const those = runs.filter((run) => labelOf(run) === label && run.megapixels === megapixels);
      const median = (pick: (run: Run) => number): string => {
        const value = quantile(those.map(pick), 0.5);
        return (Number.isFinite(value) ? value.toFixed(0) : '–').padStart(11);
      };
      const columns = [(run: Run) => run.requests, (run: Run) => run.firstMs, (run: Run) => run.warmMs, (run: Run) => run.answeredMs, (run: Run) => run.peakMb, (run: Run) => run.idleMb];
      console.log(`${label.padEnd(24)}${megapixels.toFixed(1).padStart(8)}${columns.map(median).join('')}`);
    }
  }
}

/**
 * What was asked of a whole widening: half a second, no slower than jimp, 64 megapixels in 1.2 GB and near linear in time, within a quarter. Nothing was asked of a cold process, in which most of the work
 * is V8's compiling: its figures stand in the table beside those of the others.
 */
const GROWTH = '64 megapixels, warm, CPU of one megapixel';
const PEAK = '64 megapixels, peak MB';

function barsOf(runs: readonly Run[]): Bar[] {
  const median = (label: string, pick: (run: Run) => number): number => quantile(runs.filter((run) => labelOf(run) === label).map(pick), 0.5);
  const grown = (megapixels: number): Run | undefined => runs.find((run) => run.by === GROWING && Math.round(run.megapixels) === megapixels);
  const [one, most] = [grown(1), grown(64)];
  return [
    bar('whole widening, warm, CPU ms', median('Easel', (run) => run.warmMs), 500),
    bar('whole widening, warm, of jimp', median('Easel', (run) => run.warmMs) / median('jimp', (run) => run.warmMs), 1),
    ...(one && most ? [bar(GROWTH, most.warmMs / one.warmMs, 80), bar(PEAK, most.peakMb, 1200)] : []),
  ];
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'easel-whole-'));
  const runs: Run[] = [];
  const seed = seedOption();
  console.log(`Seed ${seed}.`);
  try {
    const { saveSquare, saveTiles } = await import('./wideners/material');
    const names = ['Easel', 'sharp', 'jimp'];
    for (const [index, photograph] of photographs().slice(0, numberOption('runs', 5)).entries()) {
      await saveTiles(photograph, SIDE, folder, seed + 10 * index);
      for (const by of names) runs.push(inOwnProcess(by, folder, SIDE, 8), inOwnProcess(by, folder, SIDE, 1, true));
    }
    print(runs, names);
    const [photograph] = photographs();
    for (const megapixels of [1, 4, 16, 64]) {
      if (!photograph || megapixels > numberOption('largest', 64)) continue;
      const side = Math.floor(Math.sqrt((megapixels * MEGAPIXEL) / 2));
      await saveSquare(photograph, side, folder);
      runs.push(inOwnProcess(GROWING, folder, side, 2));
    }
    print(runs, [GROWING]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const bars = barsOf(runs);
  const leftOut = [GROWTH, PEAK].filter((name) => bars.every((each) => each.name !== name));
  reportBars(bars, leftOut);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/whole.json', JSON.stringify({ seed, node: process.version, bars, leftOut, runs }, undefined, 1));
}

const by = option('child');
if (by === undefined) void main();
else void child(by, option('folder') ?? '', Number(option('side')), Number(option('times')), option('waited') === 'yes').then((run) => console.log(JSON.stringify(run)));
