import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import type { Mask, PixelImage } from '../../src/core/image';
import { fillFromSurroundings } from '../../src/pixels/fill/fill';
import { bar, reportBars, type Bar } from './bars';
import { quantile, seamGradientRatio } from './metrics';
import { numberOption, option, seedOption } from './options';
import { loadMiddle, photographs } from './photographs';

/**
 * The offline fill on photographs of 1024²: both sides to 2048x1024, the bottom, all four sides, a hole and a corner. `npm run bench -- fill [--seed n] [--photographs n] [--folder for-the-pictures]`;
 * without a seed a fresh one is taken and printed. Time is the process's CPU time, all threads, so that a busy machine counts less; the first photograph warms the code up and is measured twice.
 */
const SIDE = 1024;

/** How far the canvas reaches beyond the photograph, and what is to be drawn inside it. */
interface Case {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly inside?: (x: number, y: number) => boolean;
}

const CASES: readonly Case[] = [
  { name: 'sides', left: 512, top: 0, right: 512, bottom: 0 },
  { name: 'bottom', left: 0, top: 0, right: 0, bottom: 512 },
  { name: 'all', left: 256, top: 256, right: 256, bottom: 256 },
  { name: 'hole', left: 0, top: 0, right: 0, bottom: 0, inside: (x, y) => (x - 490) ** 2 + (y - 550) ** 2 < 150 ** 2 },
  { name: 'corner', left: 0, top: 0, right: 0, bottom: 0, inside: (x, y) => x >= 560 && y >= 600 },
];

interface Measurement {
  readonly photograph: string;
  readonly case: string;
  readonly cpuMs: number;
  readonly sgr?: number;
  readonly changed: number;
}

function prepare(photograph: PixelImage, { left, top, right, bottom, inside }: Case): { canvas: PixelImage; pending: Mask } {
  const extent = { width: SIDE + left + right, height: SIDE + top + bottom };
  const canvas = { ...extent, data: new Uint8ClampedArray(extent.width * extent.height * 4) };
  const pending = { ...extent, data: new Uint8Array(extent.width * extent.height).fill(255) };
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const to = (y + top) * extent.width + x + left;
      canvas.data.set(photograph.data.subarray((y * SIDE + x) * 4, (y * SIDE + x) * 4 + 4), to * 4);
      pending.data[to] = inside?.(x, y) ? 255 : 0;
    }
  }
  return { canvas, pending };
}

async function measure(name: string, photograph: PixelImage, each: Case, seed: number, folder: string | undefined): Promise<Measurement> {
  const { canvas, pending } = prepare(photograph, each);
  const before = { data: canvas.data.slice(), pending: pending.data.slice() };
  const started = process.cpuUsage();
  await fillFromSurroundings(canvas, pending, seed, () => undefined);
  const cpu = process.cpuUsage(started);
  let changed = 0;
  for (let k = 0; k < canvas.data.length; k++) if (before.pending[k >> 2] === 0 && canvas.data[k] !== before.data[k]) changed++;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    await sharp(Buffer.from(canvas.data.buffer), { raw: { width: canvas.width, height: canvas.height, channels: 4 } }).png().toFile(`${folder}/${each.name}-${name}.png`);
  }
  const seams = [each.left, each.left + SIDE].filter((seam) => each.name === 'sides' && seam > 0);
  const sgrs = seams.map((seam) => seamGradientRatio(canvas, seam));
  return { photograph: name, case: each.name, cpuMs: (cpu.user + cpu.system) / 1000, changed, ...(sgrs.length > 0 ? { sgr: sgrs.reduce((a, b) => a + b, 0) / sgrs.length } : {}) };
}

function report(all: readonly Measurement[]): void {
  console.log('\ncase        CPU ms     p90     SGR     p90   kept values changed');
  for (const { name } of CASES) {
    const rows = all.filter((each) => each.case === name);
    const times = rows.map((each) => each.cpuMs);
    const sgrs = rows.flatMap((each) => each.sgr ?? []);
    const number = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '').padStart(8);
    const sgr = sgrs.length > 0 ? number(quantile(sgrs, 0.5), 2) + number(quantile(sgrs, 0.9), 2) : ' '.repeat(16);
    console.log(`${name.padEnd(10)}${number(quantile(times, 0.5), 0)}${number(quantile(times, 0.9), 0)}${sgr}${String(rows.reduce((sum, each) => sum + each.changed, 0)).padStart(22)}`);
  }
}

/** What was asked of the fill: both sides in a second and a half, nine photographs of ten, with a seam that does not show. */
function barsOf(all: readonly Measurement[]): Bar[] {
  const sides = all.filter((each) => each.case === 'sides');
  return [
    bar('both sides, CPU ms, p90', quantile(sides.map((each) => each.cpuMs), 0.9), 1500),
    bar('both sides, SGR', quantile(sides.flatMap((each) => each.sgr ?? []), 0.5), 1.5),
    bar('kept values changed', all.reduce((sum, each) => sum + each.changed, 0), 0),
  ];
}

async function main(): Promise<void> {
  const seed = seedOption();
  const chosen = photographs().slice(0, numberOption('photographs', Infinity));
  const folder = option('folder');
  console.log(`Seed ${seed}, ${chosen.length} photographs.`);
  const all: Measurement[] = [];
  for (const [index, photograph] of chosen.entries()) {
    const image = await loadMiddle(photograph, { width: SIDE, height: SIDE });
    if (index === 0) for (const each of CASES) await measure(photograph.name, image, each, seed, undefined);
    for (const each of CASES) all.push(await measure(photograph.name, image, each, seed, folder));
    const sides = all.find((each) => each.photograph === photograph.name && each.case === 'sides');
    console.log(`${photograph.name.padEnd(16)} sides ${sides?.cpuMs.toFixed(0).padStart(5)} ms, SGR ${sides?.sgr?.toFixed(2)}`);
  }
  report(all);
  const bars = barsOf(all);
  reportBars(bars);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/fill.json', JSON.stringify({ seed, node: process.version, bars, measurements: all }, undefined, 1));
}

void main();
