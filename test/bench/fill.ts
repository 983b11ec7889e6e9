import { mkdirSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import type { Mask, PixelImage } from '../../src/core/image';
import { fillFromSurroundings } from '../../src/pixels/fill/fill';
import { quantile, seamGradientRatio } from './metrics';
import { loadMiddle, photographs } from './photographs';

/**
 * The offline fill on photographs of 1024²: both sides to 2048x1024, the bottom, all four sides, a hole and a corner. `node fill.js [photographs] [folder for the pictures]`.
 * Time is the process's CPU time, all threads, so that a busy machine counts less; the first photograph warms the code up and is measured twice.
 */
const SIDE = 1024;
const SEED = 1;

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

async function measure(name: string, photograph: PixelImage, each: Case, folder: string | undefined): Promise<Measurement> {
  const { canvas, pending } = prepare(photograph, each);
  const before = { data: canvas.data.slice(), pending: pending.data.slice() };
  const started = process.cpuUsage();
  await fillFromSurroundings(canvas, pending, SEED, () => undefined);
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

async function main(): Promise<void> {
  const chosen = photographs().slice(0, Number(process.argv[2] ?? Infinity));
  const folder = process.argv[3];
  const all: Measurement[] = [];
  for (const [index, photograph] of chosen.entries()) {
    const image = await loadMiddle(photograph, { width: SIDE, height: SIDE });
    if (index === 0) for (const each of CASES) await measure(photograph.name, image, each, undefined);
    for (const each of CASES) all.push(await measure(photograph.name, image, each, folder));
    const sides = all.find((each) => each.photograph === photograph.name && each.case === 'sides');
    console.log(`${photograph.name.padEnd(16)} sides ${sides?.cpuMs.toFixed(0).padStart(5)} ms, SGR ${sides?.sgr?.toFixed(2)}`);
  }
  report(all);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/fill.json', JSON.stringify({ seed: SEED, node: process.version, measurements: all }, undefined, 1));
}

void main();
