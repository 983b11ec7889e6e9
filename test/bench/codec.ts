import { mkdirSync, writeFileSync } from 'node:fs';
import { Jimp } from 'jimp';
import sharp, { type Sharp } from 'sharp';
import type { Extent } from '../../src/core/geometry';
import type { EncodeOptions } from '../../src/core/pixels';
import { nodeZlib } from '../../src/node/zlib';
import { decodeImage, type CodecServices } from '../../src/pixels/codec/decode';
import { encodeImage } from '../../src/pixels/codec/encode';
import { NOTHING_CARRIED } from '../../src/pixels/png/carried';
import { paste } from '../../src/pixels/transform/crop';
import { resize } from '../../src/pixels/transform/resize';
import { blank } from '../../src/pixels/worker/canvas';
import { loadWasm } from '../support/wasm';
import { bar, reportBars, type Bar } from './bars';
import { guardBars } from './guards';
import { quantile } from './metrics';
import { loadMiddle, photographs, type Photograph } from './photographs';

/**
 * Reading, writing and resizing beside sharp (native) and jimp (JavaScript), each in turn in one run. `node codec.js [photographs]`.
 * CPU time is the process's, all threads; ratios are of the medians over the photographs, after one that warms up.
 */
const SIZES: readonly Extent[] = [
  { width: 1024, height: 1024 },
  { width: 2048, height: 2048 },
  { width: 4096, height: 4096 },
];
/** Above it jimp takes tens of seconds a step. */
const MOST_FOR_JIMP = 2048;
const services: CodecServices = { zlib: nodeZlib, loadWasm };

type By = 'Easel' | 'sharp' | 'jimp';

interface Row {
  readonly step: string;
  readonly extent: Extent;
  readonly by: By;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Bytes of the file, where the step makes one. */
  readonly bytes?: number;
}

async function timed(work: () => Promise<{ readonly length: number } | void>): Promise<Pick<Row, 'cpuMs' | 'wallMs' | 'bytes'>> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const file = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - start, ...(file ? { bytes: file.length } : {}) };
}

async function measure(extent: Extent, photograph: Photograph): Promise<Row[]> {
  const image = await loadMiddle(photograph, extent);
  const raw = { raw: { width: image.width, height: image.height, channels: 4 as const } };
  const rgba = Buffer.from(image.data.buffer, image.data.byteOffset, image.data.byteLength);
  const bySharp = (): Sharp => sharp(rgba, raw).removeAlpha();
  const png = await bySharp().png({ compressionLevel: 6, adaptiveFiltering: true }).toBuffer();
  const jpeg = await bySharp().jpeg({ quality: 90 }).toBuffer();
  const webp = await bySharp().webp({ quality: 80 }).toBuffer();
  const half = { width: extent.width / 2, height: extent.height / 2 };
  const canvas = blank({ width: 2 * extent.width, height: extent.height });
  const ground = Buffer.from(canvas.data.buffer);
  const wide = new Jimp({ width: canvas.width, height: canvas.height, color: 0x00000000 });
  const bitmap = Jimp.fromBitmap({ width: image.width, height: image.height, data: Buffer.from(rgba) });
  const read = (file: Uint8Array, jimp = true): Works => ({
    Easel: async () => void (await decodeImage(file, services)),
    sharp: async () => void (await sharp(file).raw().toBuffer()),
    ...(jimp ? { jimp: async () => void (await Jimp.fromBuffer(Buffer.from(file))) } : {}),
  });
  const write = (options: EncodeOptions, sharps: Sharp): Works => ({ Easel: () => encodeImage(image, options, NOTHING_CARRIED, services), sharp: () => sharps.toBuffer() });
  const works: Record<string, Works> = {
    'PNG read': read(png),
    'PNG write': { ...write({ format: 'png' }, bySharp().png({ compressionLevel: 6, adaptiveFiltering: true })), jimp: () => bitmap.getBuffer('image/png') },
    'JPEG read': read(jpeg),
    'JPEG write, 85': { ...write({ format: 'jpeg', quality: 85 }, bySharp().jpeg({ quality: 85, mozjpeg: true })), jimp: () => bitmap.getBuffer('image/jpeg', { quality: 85 }) },
    'WebP read': read(webp, false),
    'WebP write, 80': write({ format: 'webp', quality: 80 }, bySharp().webp({ quality: 80 })),
    'composite on canvas': {
      Easel: async () => paste(canvas, image, { x: half.width, y: 0 }),
      sharp: async () => void (await sharp(ground, { raw: { width: canvas.width, height: canvas.height, channels: 4 } }).composite([{ input: rgba, ...raw, left: half.width, top: 0 }]).raw().toBuffer()),
      jimp: async () => void wide.composite(bitmap, half.width, 0),
    },
    'to half the size': {
      Easel: async () => void resize(image, half),
      sharp: async () => void (await sharp(rgba, raw).gamma().resize(half.width, half.height).raw().toBuffer()),
      jimp: async () => void bitmap.clone().resize({ w: half.width, h: half.height }),
    },
  };
  const rows: Row[] = [];
  for (const [step, by] of Object.entries(works)) {
    for (const name of ['Easel', 'sharp', 'jimp'] as const) {
      const work = by[name];
      if (work && (name !== 'jimp' || extent.width <= MOST_FOR_JIMP)) rows.push({ step, extent, by: name, ...(await timed(work)) });
    }
  }
  return rows;
}

type Works = Partial<Record<By, () => Promise<{ readonly length: number } | void>>>;

type Figure = 'cpuMs' | 'wallMs' | 'bytes';

function median(rows: readonly Row[], step: string, width: number, by: By, what: Figure): number {
  return quantile(rows.filter((row) => row.extent.width === width && row.step === step && row.by === by).flatMap((row) => row[what] ?? []), 0.5);
}

function report(rows: readonly Row[]): void {
  console.log('\nstep                   size   Easel: CPU ms     wall   CPU of sharp   wall of sharp    CPU of jimp   bytes of sharp');
  for (const { width } of SIZES) {
    for (const step of new Set(rows.map((row) => row.step))) {
      const ratio = (what: Figure, rival: By): string => {
        const value = median(rows, step, width, 'Easel', what) / median(rows, step, width, rival, what);
        return (Number.isFinite(value) ? `${value.toFixed(2)}x` : '').padStart(15);
      };
      const [cpu, wall] = (['cpuMs', 'wallMs'] as const).map((what) => median(rows, step, width, 'Easel', what).toFixed(0).padStart(9));
      console.log(`${step.padEnd(20)}${String(width).padStart(5)}²       ${cpu}${wall}${ratio('cpuMs', 'sharp')} ${ratio('wallMs', 'sharp')}${ratio('cpuMs', 'jimp')}  ${ratio('bytes', 'sharp')}`);
    }
  }
}

/** What was asked of the codec, as ratios to sharp's CPU time and bytes. */
function ratioBars(rows: readonly Row[]): Bar[] {
  const ratio = (name: string, step: string, width: number, what: Figure, limit: number): Bar =>
    bar(`${name}, ${width}², of sharp`, median(rows, step, width, 'Easel', what) / median(rows, step, width, 'sharp', what), limit);
  return SIZES.flatMap(({ width }) => [
    ratio('PNG write, CPU', 'PNG write', width, 'cpuMs', 0.8),
    ratio('PNG write, bytes', 'PNG write', width, 'bytes', 1.03),
    ratio('PNG read, CPU', 'PNG read', width, 'cpuMs', width < 2048 ? 1.5 : 2),
    ratio('composite, CPU', 'composite on canvas', width, 'cpuMs', 0.5),
  ]);
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
  const [first] = chosen;
  const bars = [...ratioBars(rows), ...(first ? await guardBars(sharp(first.path).resize(1024, 1024, { fit: 'cover' }).removeAlpha(), services) : [])];
  reportBars(bars);
  mkdirSync('bench-results', { recursive: true });
  writeFileSync('bench-results/codec.json', JSON.stringify({ node: process.version, bars, rows }, undefined, 1));
}

void main();
