import { deflateSync } from 'node:zlib';
import { nodeZlib } from '../../../../src/node/zlib';
import { concat } from '../../../../src/core/bytes';
import { PNG_SIGNATURE, writeChunk } from '../../../../src/pixels/png/chunks';

/** A PNG to be built plainly and slowly, in any layout that the format has: what the decoder is tested with. */
export interface PngSpec {
  readonly width: number;
  readonly height: number;
  readonly colorType: 0 | 2 | 3 | 4 | 6;
  readonly bitDepth: number;
  readonly interlaced?: boolean;
  /** The sample of a channel at a place, 0 to 2^bitDepth - 1. */
  readonly sample: (x: number, y: number, channel: number) => number;
  /** The filter of a row of a pass; by default they take turns. */
  readonly filter?: (row: number) => number;
  readonly palette?: Uint8Array;
  readonly transparency?: Uint8Array;
  /** Chunks before and behind IDAT. */
  readonly before?: readonly Uint8Array[];
  readonly after?: readonly Uint8Array[];
  /** In how many IDAT chunks the picture is cut. */
  readonly pieces?: number;
  /** Changes the rows before they are compressed. */
  readonly damage?: (rows: Uint8Array) => Uint8Array;
}

export const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function chunk(type: string, data: Uint8Array | string): Uint8Array {
  return writeChunk(type, typeof data === 'string' ? Buffer.from(data, 'latin1') : data, nodeZlib.crc32);
}

export function buildPng(spec: PngSpec): Uint8Array {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(spec.width, 0);
  ihdr.writeUInt32BE(spec.height, 4);
  ihdr.set([spec.bitDepth, spec.colorType, 0, 0, spec.interlaced ? 1 : 0], 8);
  const rows = concat((spec.interlaced ? PASSES : [[0, 0, 1, 1] as const]).flatMap((pass) => passRows(spec, pass)));
  const compressed = deflateSync(spec.damage?.(rows) ?? rows);
  const piece = Math.ceil(compressed.length / (spec.pieces ?? 1));
  return concat([
    PNG_SIGNATURE,
    chunk('IHDR', ihdr),
    ...(spec.palette ? [chunk('PLTE', spec.palette)] : []),
    ...(spec.transparency ? [chunk('tRNS', spec.transparency)] : []),
    ...(spec.before ?? []),
    ...Array.from({ length: Math.ceil(compressed.length / piece) }, (_, i) => chunk('IDAT', compressed.subarray(i * piece, (i + 1) * piece))),
    ...(spec.after ?? []),
    chunk('IEND', ''),
  ]);
}

function passRows(spec: PngSpec, [startX, startY, stepX, stepY]: readonly [number, number, number, number]): Uint8Array[] {
  const rows: Uint8Array[] = [];
  const channels = CHANNELS[spec.colorType];
  const step = Math.max(1, (channels * spec.bitDepth) >> 3);
  if (startX >= spec.width) return rows;
  let above: number[] = [];
  for (let y = startY; y < spec.height; y += stepY) {
    let bits = '';
    for (let x = startX; x < spec.width; x += stepX) {
      for (let channel = 0; channel < channels; channel++) bits += spec.sample(x, y, channel).toString(2).padStart(spec.bitDepth, '0');
    }
    const row = (bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2));
    const filter = spec.filter ? spec.filter(rows.length) : (rows.length + 1) % 5;
    rows.push(Uint8Array.of(filter, ...row.map((value, i) => value - predict(filter, row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0))));
    above = row;
  }
  return rows;
}

/** The predictions as the specification words them. */
function predict(filter: number, a: number, b: number, c: number): number {
  if (filter === 4) {
    const p = a + b - c;
    const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
    if (pa <= pb && pa <= pc) return a;
    return pb <= pc ? b : c;
  }
  return [0, a, b, Math.floor((a + b) / 2)][filter] ?? 0;
}
