import { mkdirSync, writeFileSync } from 'node:fs';
import { Jimp } from 'jimp';
import sharp from 'sharp';
import type { Extent } from '../../src/core/geometry';
import { nodeZlib } from '../../src/node/zlib';
import { decodeImage, type CodecServices } from '../../src/pixels/codec/decode';
import { encodePng } from '../../src/pixels/png/encode';
import { resize } from '../../src/pixels/transform/resize';
import { loadWasm } from '../support/wasm';
import { quantile } from './metrics';
import { loadMiddle, photographs } from './photographs';

/**
 * Reading, writing and resizing beside sharp (native) and jimp (JavaScript), each in turn in one run. `node codec.js [photographs]`.
 * Time is the process's CPU time, all threads; the ratio is of the medians over the photographs, after one that warms up.
 */
const SIZES: readonly Extent[] = [
  { width: 1024, height: 1024 },
  { width: 2048, height: 2048 },
];
const services: CodecServices = { zlib: nodeZlib, loadWasm };

interface Row {
  readonly step: string;
  readonly extent: Extent;
  readonly by: 'Easel' | 'sharp' | 'jimp';
  readonly cpuMs: number;
  /** Bytes of the file, where the step makes one. */
  readonly bytes?: number;
}

async function timed(work: () => Promise<number | undefined>): Promise<{ cpuMs: number; bytes?: number }> {
  const start = process.cpuUsage();
  const bytes = await work();
  const { user, system } = process.cpuUsage(start);
  return { cpuMs: (user + system) / 1000, ...(bytes === undefined ? {} : { bytes }) };
}

async function measure(extent: Extent, photograph: Parameters<typeof loadMiddle>[0]): Promise<Row[]> {
  const image = await loadMiddle(photograph, extent);
  const raw = { raw: { width: image.width, height: image.height, channels: 4 as const } };
  const rgba = Buffer.from(image.data.buffer, image.data.byteOffset, image.data.byteLength);
  const png = await sharp(rgba, raw).removeAlpha().png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer();
  const jpeg = await sharp(rgba, raw).jpeg({ quality: 90 }).toBuffer();
  const half = { width: extent.width / 2, height: extent.height / 2 };
  const bitmap = Jimp.fromBitmap({ width: image.width, height: image.height, data: Buffer.from(rgba) });
  const works: Record<string, Record<Row['by'], () => Promise<number | undefined>>> = {
    'PNG read': {
      Easel: async () => void (await decodeImage(png, services)),
      sharp: async () => void (await sharp(png).raw().toBuffer()),
      jimp: async () => void (await Jimp.fromBuffer(png)),
    },
    'PNG write': {
      Easel: async () => (await encodePng(image, nodeZlib, {})).length,
      sharp: async () => (await sharp(rgba, raw).removeAlpha().png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer()).length,
      jimp: async () => (await bitmap.getBuffer('image/png')).length,
    },
    'JPEG read': {
      Easel: async () => void (await decodeImage(jpeg, services)),
      sharp: async () => void (await sharp(jpeg).raw().toBuffer()),
      jimp: async () => void (await Jimp.fromBuffer(jpeg)),
    },
    'to half the size': {
      Easel: async () => void resize(image, half),
      sharp: async () => void (await sharp(rgba, raw).gamma().resize(half.width, half.height).raw().toBuffer()),
      jimp: async () => void bitmap.clone().resize({ w: half.width, h: half.height }),
    },
  };
  const rows: Row[] = [];
  for (const [step, by] of Object.entries(works)) {
    for (const name of ['Easel', 'sharp', 'jimp'] as const) rows.push({ step, extent, by: name, ...(await timed(by[name])) });
  }
  return rows;
}

function report(rows: readonly Row[]): void {
  console.log('\nstep                   size   Easel ms     of sharp      of jimp    bytes of sharp');
  for (const { width } of SIZES) {
    for (const step of new Set(rows.map((row) => row.step))) {
      const those = (by: Row['by']): Row[] => rows.filter((row) => row.extent.width === width && row.step === step && row.by === by);
      const time = (by: Row['by']): number => quantile(those(by).map((row) => row.cpuMs), 0.5);
      const size = (by: Row['by']): number => quantile(those(by).flatMap((row) => row.bytes ?? []), 0.5);
      const ratio = (a: number, b: number): string => (Number.isFinite(a / b) ? `${(a / b).toFixed(2)}x` : '').padStart(13);
      console.log(`${step.padEnd(20)}${String(width).padStart(5)}²${time('Easel').toFixed(0).padStart(11)}${ratio(time('Easel'), time('sharp'))}${ratio(time('Easel'), time('jimp'))}${ratio(size('Easel'), size('sharp')).padStart(18)}`);
    }
  }
}

async function main(): Promise<void> {
  const chosen = photographs().slice(0, Number(process.argv[2] ?? 6));
  const rows: Row[] = [];
  for (const extent of SIZES) {
    const [first] = chosen;
    if (first) await measure(extent, first);
    for (const photograph of chosen) rows.push(...(await measure(extent, photograph)));
  }
  report(rows);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/codec.json', JSON.stringify({ node: process.version, rows }, undefined, 1));
}

void main();
