import { ImageError } from '../../core/errors';
import { boundsOf } from '../../core/geometry';
import type { Bounds } from '../../core/geometry';
import type { Zlib } from '../../core/ports';
import { adam7 } from './adam7';
import type { Pass } from './adam7';
import { chunksOf, verifyChunk } from './chunks';
import type { PngChunk } from './chunks';
import { expander } from './expand';
import type { ExpandRow } from './expand';
import { firstFrame } from './firstFrame';
import { channelsOf, damaged, readHeader, rowBytes } from './header';
import type { PngHeader } from './header';
import { unfilterRow } from './unfilter';

/** Chunks that change pixels; a wrong checksum in one of them means a damaged picture. */
const PIXEL_CHUNKS = ['IHDR', 'PLTE', 'tRNS', 'IDAT'];

/** Some encoders write a little more than the rows need; libpng reads their files too. */
const SPARE_OUTPUT = 65_536;

/** A PNG before its pixels are unpacked. */
export interface PngSource {
  readonly header: PngHeader;
  /** Where in the picture the packed rows go: all of it but for a frame of an animation. */
  readonly frame: Bounds;
  readonly expand: ExpandRow;
  readonly compressed: readonly Uint8Array[];
}

/** One row of a pass with the filter taken off: its samples stand in `bytes` from `start` on until the next one comes. */
export type OnRow = (pass: Pass, row: number, bytes: Uint8Array, start: number) => void;

/** Reads a PNG's chunks and looks at those that count; of an animation, those of its first frame. Throws `broken-image`. */
export function openPng(png: Uint8Array, zlib: Zlib): PngSource {
  const chunks = [...chunksOf(png)];
  const verify = (chunk: PngChunk): void => verifyChunk(png, chunk, (bytes) => zlib.crc32(bytes));
  chunks.filter((chunk) => PIXEL_CHUNKS.includes(chunk.type)).forEach(verify);
  const dataOf = (type: string): Uint8Array | undefined => chunks.find((chunk) => chunk.type === type)?.data;
  const ihdr = dataOf('IHDR');
  if (!ihdr) throw damaged('it has no header');
  const header = readHeader(ihdr);
  const compressed = chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data);
  if (compressed.length === 0) throw damaged('it has no picture data');
  const animated = firstFrame(chunks, header);
  animated?.chunks.forEach(verify);
  const expand = expander(header, { palette: dataOf('PLTE'), transparency: dataOf('tRNS') });
  return { header, frame: animated?.bounds ?? boundsOf(header), expand, compressed: animated?.compressed ?? compressed };
}

/** Unpacks the rows of all passes in their order and hands on each as it comes: no more than two are in memory. Rejects with `broken-image`. */
export async function eachRow({ header, frame, compressed }: PngSource, zlib: Zlib, onRow: OnRow): Promise<void> {
  const passes = header.interlaced ? adam7(frame) : [{ width: frame.width, height: frame.height, x: 0, y: 0, stepX: 1, stepY: 1 }];
  const expected = passes.reduce((sum, pass) => sum + pass.height * (1 + rowBytes(header, pass.width)), 0);
  const gatherer = new RowGatherer(header, passes, onRow);
  try {
    await zlib.inflatePieces(compressed, expected + SPARE_OUTPUT, (piece) => gatherer.take(piece));
  } catch (error) {
    if (error instanceof ImageError && error.reason === 'cancelled') throw error;
    throw new ImageError('broken-image', 'The PNG is damaged: its picture data cannot be unpacked.', { cause: error });
  }
  if (!gatherer.isComplete) throw damaged('rows are missing');
}

/** Puts rows together from pieces that end anywhere. Two rows are kept, this one and the one above, each behind its filter's byte. */
class RowGatherer {
  readonly #header: PngHeader;
  readonly #passes: readonly Pass[];
  readonly #onRow: OnRow;
  readonly #rows: Uint8Array;
  /** Bytes of a whole pixel, at least 1. */
  readonly #step: number;
  #pass = 0;
  #row = 0;
  /** Bytes of the current pass's rows without their filter. */
  #length: number;
  /** How much of the current row has come, its filter's byte included. */
  #filled = 0;
  /** Where the current row and the one above begin; the latter is not there in a pass's first row. */
  #current = 0;
  #above: number;

  constructor(header: PngHeader, passes: readonly Pass[], onRow: OnRow) {
    this.#header = header;
    this.#passes = passes;
    this.#onRow = onRow;
    this.#above = 1 + rowBytes(header, header.width);
    this.#rows = new Uint8Array(2 * this.#above);
    this.#step = Math.max(1, (channelsOf(header) * header.bitDepth) >> 3);
    this.#length = rowBytes(header, passes[0]?.width ?? 0);
  }

  get isComplete(): boolean {
    return this.#pass === this.#passes.length;
  }

  take(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && !this.isComplete; ) {
      const count = Math.min(piece.length - at, 1 + this.#length - this.#filled);
      this.#rows.set(piece.subarray(at, at + count), this.#current + this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === 1 + this.#length) this.#finishRow();
    }
  }

  #finishRow(): void {
    const pass = this.#passes[this.#pass] as Pass;
    const start = this.#current + 1;
    unfilterRow(this.#rows, this.#rows[this.#current] as number, start, this.#row === 0 ? -1 : this.#above + 1, this.#length, this.#step);
    this.#onRow(pass, this.#row, this.#rows, start);
    [this.#current, this.#above] = [this.#above, this.#current];
    this.#filled = 0;
    this.#row += 1;
    if (this.#row < pass.height) return;
    this.#row = 0;
    this.#pass += 1;
    this.#length = rowBytes(this.#header, this.#passes[this.#pass]?.width ?? 0);
  }
}
