import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Jimp } from 'jimp';
import sharp, { type OverlayOptions } from 'sharp';
import type { Bounds, Extent } from '../../src/core/geometry';
import type { PixelImage } from '../../src/core/image';
import { placeAnswer } from '../../src/pixels/compose/place';
import { crop, paste } from '../../src/pixels/transform/crop';
import { blank } from '../../src/pixels/worker/canvas';
import { redraw } from '../support/redraw';
import { peakMb, resetPeak } from './peakMemory';
import { loadMiddle, type Photograph } from './photographs';

/** Sides of the square that is widened to twice its width. */
const SIDES = [1024, 2048];

const COMPOSERS = ['Easel', 'sharp', 'jimp'] as const;
export type Composer = (typeof COMPOSERS)[number];

/** What a composition from pixels to pixels needs beyond what it is given, in MB: the wide picture itself, and all that is made on the way. */
export interface MemoryRow {
  readonly by: Composer;
  readonly side: number;
  readonly peakMb: number;
}

/** The square and the two redraws of the wide picture's halves. */
interface Given {
  readonly original: PixelImage;
  readonly answers: readonly PixelImage[];
}

/** Easel's composition beside those of sharp and jimp, which paste both answers and the original over them; each in a process of its own that runs this script as `--child composer --folder folder --side side`. */
export async function composeMemory(photograph: Photograph, seed: number): Promise<MemoryRow[]> {
  const rows: MemoryRow[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'easel-compose-'));
  try {
    for (const side of SIDES) {
      const truth = await loadMiddle(photograph, { width: 2 * side, height: side });
      writeFileSync(path.join(folder, 'original'), crop(truth, originalOf(side)).data);
      for (const [k, window] of windowsOf(side).entries()) writeFileSync(path.join(folder, `answer-${k}`), redraw(crop(truth, window), 'brief', seed + k).data);
      for (const by of COMPOSERS) {
        const args = [__filename, '--child', by, '--folder', folder, '--side', String(side)];
        rows.push({ by, side, peakMb: Number(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) });
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`\nmemory of the composition, MB   ${COMPOSERS.map((by) => by.padStart(8)).join('')}`);
  for (const side of SIDES) console.log(`${`${side}² to ${2 * side}x${side}`.padEnd(32)}${rows.flatMap((row) => (row.side === side ? row.peakMb.toFixed(0).padStart(8) : [])).join('')}`);
  return rows;
}

/** In a process of its own: composes what lies in the folder once, and resolves to the MB that this took. */
export async function composeOnce(by: Composer, folder: string, side: number): Promise<number> {
  const read = (name: string): PixelImage => {
    const { buffer, byteOffset, length } = readFileSync(path.join(folder, name));
    // No copy: what was let go of again would hide what the composition needs.
    return { width: side, height: side, data: new Uint8ClampedArray(buffer, byteOffset, length) };
  };
  const given = { original: read('original'), answers: [read('answer-0'), read('answer-1')] };
  const before = process.memoryUsage.rss() / 1e6;
  resetPeak();
  await COMPOSE[by](given, { width: 2 * side, height: side });
  return peakMb() - before;
}

const COMPOSE: Record<Composer, (given: Given, extent: Extent) => Promise<{ readonly length: number }>> = {
  Easel: async ({ original, answers }, extent) => {
    const canvas = blank(extent);
    const pending = { ...extent, data: new Uint8Array(extent.width * extent.height).fill(255) };
    const { x, width, height } = originalOf(extent.height);
    paste(canvas, original, { x, y: 0 });
    for (let y = 0; y < height; y++) pending.data.fill(0, y * extent.width + x, y * extent.width + x + width);
    for (const [k, window] of windowsOf(extent.height).entries()) await placeAnswer(canvas, pending, window, answers[k] as PixelImage, 'exact');
    return canvas.data;
  },
  sharp: async ({ original, answers }, extent) => {
    const part = ({ data, width, height }: PixelImage, left: number): OverlayOptions => ({ input: bytesOf(data), raw: { width, height, channels: 4 }, left, top: 0 });
    const parts = [...answers.map((answer, k) => part(answer, k * extent.height)), part(original, originalOf(extent.height).x)];
    return sharp({ create: { ...extent, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).composite(parts).raw().toBuffer();
  },
  jimp: async ({ original, answers }, extent) => {
    const bitmap = ({ data, width, height }: PixelImage): ReturnType<typeof Jimp.fromBitmap> => Jimp.fromBitmap({ width, height, data: bytesOf(data) });
    const wide = new Jimp({ ...extent, color: 0x00000000 });
    answers.forEach((answer, k) => void wide.composite(bitmap(answer), k * extent.height, 0));
    return wide.composite(bitmap(original), originalOf(extent.height).x, 0).bitmap.data;
  },
};

function bytesOf(data: Uint8ClampedArray): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function originalOf(side: number): Bounds {
  return { x: side / 2, y: 0, width: side, height: side };
}

function windowsOf(side: number): readonly Bounds[] {
  return [0, side].map((x) => ({ x, y: 0, width: side, height: side }));
}
