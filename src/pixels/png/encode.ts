import type { PixelImage } from '../../core/image';
import type { Effort, Zlib } from '../../core/ports';
import { isOpaque, wordsOf } from '../transform/words';
import { NOTHING_CARRIED } from './carried';
import type { CarriedChunks } from './carried';
import { concat } from '../../core/bytes';
import { chunkParts, PNG_SIGNATURE, writeChunk } from './chunks';
import { filterRow } from './filter';
import { COLOR_TYPE, IHDR_LENGTH } from './header';
import { recipeChunk } from './recipeChunk';
import { FILTER } from './unfilter';

/** Bytes of rows that are filtered at a time: one piece is compressed while the next is filtered. */
const PIECE = 512 * 1024;

export interface PngEncodeOptions {
  /** JSON for the `easel` iTXt chunk. */
  readonly recipe?: string;
  /** What is written again from the file that the picture came from. */
  readonly carried?: CarriedChunks;
  /** *compact* by default. */
  readonly effort?: Effort;
}

/** Encodes 8-bit RGB where every pixel is opaque, else RGBA, the colour under alpha 0 included: decoding gives the same bytes back. */
export async function encodePng(image: PixelImage, zlib: Zlib, options: PngEncodeOptions): Promise<Uint8Array> {
  const channels = isOpaque(image) ? 3 : 4;
  const compressed = await zlib.deflatePieces(filteredRows(image, channels), options.effort ?? 'compact');
  const { crc32 } = zlib;
  const { chunks } = options.carried ?? NOTHING_CARRIED;
  return concat([
    PNG_SIGNATURE,
    writeChunk('IHDR', header(image, channels), crc32),
    ...chunks.map((chunk) => writeChunk(chunk.type, chunk.data, crc32)),
    ...(options.recipe === undefined ? [] : [recipeChunk(options.recipe, crc32)]),
    ...chunkParts('IDAT', compressed, crc32),
    writeChunk('IEND', new Uint8Array(0), crc32),
  ]);
}

function header(image: PixelImage, channels: 3 | 4): Uint8Array {
  const bytes = new Uint8Array(IHDR_LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, image.width);
  view.setUint32(4, image.height);
  bytes[8] = 8;
  bytes[9] = channels === 3 ? COLOR_TYPE.truecolor : COLOR_TYPE.truecolorAlpha;
  return bytes;
}

/** All rows, each behind its filter's byte, some at a time, in two buffers by turns: `deflatePieces` is done with one when it asks for the next but one. */
function* filteredRows(image: PixelImage, channels: 3 | 4): Generator<Uint8Array> {
  const { width, height } = image;
  const words = wordsOf(image);
  const stride = 1 + width * channels;
  const rows = Math.min(height, Math.max(1, Math.floor(PIECE / stride)));
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  let above: Uint8Array = new Uint8Array(width * 4);
  const buffers: Uint8Array[] = [];
  for (let top = 0, turn = 0; top < height; top += rows, turn ^= 1) {
    const bottom = Math.min(height, top + rows);
    const piece = (buffers[turn] ??= new Uint8Array(rows * stride)).subarray(0, (bottom - top) * stride);
    for (let y = top; y < bottom; y++) {
      const row = bytes.subarray(y * width * 4, (y + 1) * width * 4);
      // A row like the one above, as most of a mask's are, is all zeros behind its filter's byte.
      if (y > 0 && isRepeated(words, y, width)) repeatRow(piece, (y - top) * stride, stride);
      else filterRow(row, above, channels, piece, (y - top) * stride);
      above = row;
    }
    yield piece;
  }
}

function repeatRow(piece: Uint8Array, start: number, stride: number): void {
  piece.fill(0, start, start + stride);
  piece[start] = FILTER.up;
}

/** Whether a row's pixels are those of the row above. */
function isRepeated(words: Uint32Array, y: number, width: number): boolean {
  const end = (y + 1) * width;
  let i = y * width;
  while (i < end && words[i] === words[i - width]) i++;
  return i === end;
}
