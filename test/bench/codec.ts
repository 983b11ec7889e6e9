import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeZlib } from '../../src/node/zlib';
import { loadWasm } from '../support/wasm';
import { bar, reportBars, type Bar } from './bars';
import { STEPS, type Material, type Step, type Work, type WorksOf } from './codecSteps/steps';
import { quantile } from './metrics';
import { numberOption, option } from './options';
import { peakMb, resetPeak } from './peakMemory';
import { loadMiddle, photographs, type Photograph } from './photographs';

/**
 * Reading, writing and resizing beside sharp (native) and jimp (JavaScript). `npm run bench -- codec [--photographs n]`. Each rival runs in processes of its own, so that none pays for what another
 * has left to be collected. CPU time is the process's, all threads. *Warm* is the median over photographs and rounds after rounds that count for nothing, half as many for each further photograph, since
 * V8 compiles anew what it had compiled for the first one's buffers; *cold* the first time in a process, with the memory that it needed beyond what the process held before. Bars are on the warm figures.
 */
const SIZES = [
  { side: 1024, photographs: 6, warmUps: 8, rounds: 5 },
  { side: 2048, photographs: 6, warmUps: 4, rounds: 3 },
  { side: 4096, photographs: 3, warmUps: 2, rounds: 2 },
] as const;
/** Above it jimp takes tens of seconds a step. */
const MOST_FOR_JIMP = 2048;

const RIVALS = ['Easel', 'sharp', 'jimp'] as const;
type By = (typeof RIVALS)[number];

interface Row {
  readonly step: Step;
  readonly side: number;
  readonly by: By;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Of the file, where the step makes one. */
  readonly bytes: number | undefined;
  /** The most memory that the process held, less what it held before, in MB; says something where the step was the process's only one. */
  readonly peakMb: number;
}

/** Loads no other one: what stands on the heap makes each collection of garbage longer. */
async function worksBy(by: By): Promise<WorksOf> {
  switch (by) {
    case 'Easel':
      return (await import('./codecSteps/easel')).worksOf;
    case 'sharp':
      return (await import('./codecSteps/sharp')).worksOf;
    case 'jimp':
      return (await import('./codecSteps/jimp')).worksOf;
  }
}

async function timed(step: Step, side: number, by: By, work: Work): Promise<Row> {
  const before = process.memoryUsage.rss() / 1e6;
  resetPeak();
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const file = await work();
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - start;
  return { step, side, by, cpuMs: (user + system) / 1000, wallMs, bytes: file ? file.length : undefined, peakMb: Math.max(0, peakMb() - before) };
}

/** In a process of its own: the steps of one rival on the pictures of a folder, each the given number of times, after those that warm up. */
async function child(folder: string, side: number, by: By, steps: readonly Step[], warmUps: number, rounds: number): Promise<Row[]> {
  const worksOf = await worksBy(by);
  const rows: Row[] = [];
  for (const [index, name] of readdirSync(folder).toSorted().entries()) {
    const works = worksOf(load(path.join(folder, name), side));
    for (const step of steps) {
      const work = works[step];
      for (let round = -Math.ceil(index === 0 ? warmUps : warmUps / 2); work && round < rounds; round++) {
        const row = await timed(step, side, by, work);
        if (round >= 0) rows.push(row);
      }
    }
  }
  return rows;
}

function load(folder: string, side: number): Material {
  const read = (name: string): Uint8Array => readFileSync(path.join(folder, name));
  const pixels = read('pixels');
  // No copy: what was let go of again would hide what a step needs.
  return { image: { width: side, height: side, data: new Uint8ClampedArray(pixels.buffer as ArrayBuffer, pixels.byteOffset, pixels.length) }, png: read('png'), jpeg: read('jpeg'), webp: read('webp') };
}

async function prepare(folder: string, photograph: Photograph, side: number): Promise<void> {
  const { image, png, jpeg, webp } = await (await import('./codecSteps/sharp')).materialOf(await loadMiddle(photograph, { width: side, height: side }));
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries({ pixels: image.data, png, jpeg, webp })) writeFileSync(path.join(folder, name), bytes);
}

function inOwnProcess(folder: string, side: number, by: By, steps: readonly Step[], warmUps: number, rounds: number): Row[] {
  if (by === 'jimp' && side > MOST_FOR_JIMP) return [];
  const args = Object.entries({ folder, side, by, steps: steps.join('|'), warmUps, rounds }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return JSON.parse(execFileSync(process.execPath, [__filename, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 })) as Row[];
}

type Figure = 'cpuMs' | 'wallMs' | 'bytes' | 'peakMb';

function median(rows: readonly Row[], step: Step, side: number, by: By, what: Figure): number {
  return quantile(rows.filter((row) => row.side === side && row.step === step && row.by === by).flatMap((row) => row[what] ?? []), 0.5);
}

function report(title: 'warm' | 'cold', rows: readonly Row[]): void {
  const last = title === 'warm' ? '   bytes of sharp' : '   peak MB: Easel   sharp    jimp';
  console.log(`\n${title.padEnd(20)}  size   Easel: CPU ms     wall   CPU of sharp   wall of sharp    CPU of jimp${last}`);
  for (const { side } of SIZES) {
    for (const step of STEPS) {
      const ratio = (what: Figure, rival: By): string => {
        const value = median(rows, step, side, 'Easel', what) / median(rows, step, side, rival, what);
        return (Number.isFinite(value) ? `${value.toFixed(2)}x` : '').padStart(15);
      };
      const [cpu, wall] = (['cpuMs', 'wallMs'] as const).map((what) => median(rows, step, side, 'Easel', what).toFixed(0).padStart(9));
      const peaks = RIVALS.map((by) => median(rows, step, side, by, 'peakMb').toFixed(0).replace('NaN', '').padStart(8));
      const end = title === 'warm' ? `  ${ratio('bytes', 'sharp')}` : `         ${peaks.join('')}`;
      console.log(`${step.padEnd(20)}${String(side).padStart(5)}²       ${cpu}${wall}${ratio('cpuMs', 'sharp')} ${ratio('wallMs', 'sharp')}${ratio('cpuMs', 'jimp')}${end}`);
    }
  }
}

/** What was asked of the codec, as ratios to sharp's CPU time and bytes. */
function ratioBars(rows: readonly Row[]): Bar[] {
  const ratio = (name: string, step: Step, side: number, what: Figure, limit: number): Bar =>
    bar(`${name}, ${side}², of sharp`, median(rows, step, side, 'Easel', what) / median(rows, step, side, 'sharp', what), limit);
  return SIZES.flatMap(({ side }) => [
    ratio('PNG write, CPU', 'PNG write', side, 'cpuMs', 0.8),
    ratio('PNG write, bytes', 'PNG write', side, 'bytes', 1.03),
    ratio('PNG read, CPU', 'PNG read', side, 'cpuMs', side < 2048 ? 1.5 : 2),
    ratio('composite, CPU', 'composite, soft mask', side, 'cpuMs', 0.5),
  ]);
}

async function main(): Promise<void> {
  const most = numberOption('photographs', Infinity);
  const chosen = photographs();
  const warm: Row[] = [];
  const cold: Row[] = [];
  for (const { side, photographs: count, warmUps, rounds } of SIZES) {
    const folder = mkdtempSync(path.join(tmpdir(), 'easel-codec-'));
    try {
      for (const [index, photograph] of chosen.slice(0, 1).entries()) await prepare(path.join(folder, String(index)), photograph, side);
      for (const step of STEPS) for (const by of RIVALS) cold.push(...inOwnProcess(folder, side, by, [step], 0, 1));
      for (const [index, photograph] of chosen.slice(1, Math.min(count, most)).entries()) await prepare(path.join(folder, String(index + 1)), photograph, side);
      for (const by of RIVALS) warm.push(...inOwnProcess(folder, side, by, STEPS, by === 'jimp' ? Math.min(2, warmUps) : warmUps, by === 'jimp' ? 1 : rounds));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  report('warm', warm);
  report('cold', cold);
  const [first] = chosen as [Photograph, ...Photograph[]];
  const [{ default: sharp }, { guardBars }] = await Promise.all([import('sharp'), import('./guards')]);
  const bars = [...ratioBars(warm), ...(await guardBars(sharp(first.path).resize(1024, 1024, { fit: 'cover' }).removeAlpha(), { zlib: nodeZlib, loadWasm }))];
  reportBars(bars);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/codec.json', JSON.stringify({ node: process.version, bars, warm, cold }, undefined, 1));
}

const folder = option('folder');
if (folder === undefined) void main();
else void child(folder, Number(option('side')), option('by') as By, (option('steps') ?? '').split('|') as Step[], Number(option('warmUps')), Number(option('rounds'))).then((rows) => console.log(JSON.stringify(rows)));
