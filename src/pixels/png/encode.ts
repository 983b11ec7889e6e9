import type { PixelImage } from '../../core/image';
import type { Zlib } from '../../core/ports';
import { NOTHING_CARRIED } from './carried';
import type { CarriedChunks } from './carried';
import { concat, PNG_SIGNATURE, writeChunk } from './chunks';
import { filterRow } from './filter';
import { COLOR_TYPE, IHDR_LENGTH } from './header';
import { recipeChunk } from './recipeChunk';

/** zlib's level: on filtered photographs 4 takes half of 6's time for 1–2 % more bytes. */
const LEVEL = 4;

export interface PngEncodeOptions {
  /** JSON for the `easel` iTXt chunk. */
  readonly recipe?: string;
  /** What is written again from the file that the picture came from. */
  readonly carried?: CarriedChunks;
}

/** Encodes 8-bit RGB where every pixel is opaque, else RGBA, the colour under alpha 0 included: decoding gives the same bytes back. */
export async function encodePng(image: PixelImage, zlib: Zlib, options: PngEncodeOptions): Promise<Uint8Array> {
  const channels = isOpaque(image) ? 3 : 4;
  const compressed = await zlib.deflate(filteredRows(image, channels), LEVEL);
  const crc32 = (bytes: Uint8Array): number => zlib.crc32(bytes);
  const { chunks } = options.carried ?? NOTHING_CARRIED;
  return concat([
    PNG_SIGNATURE,
    writeChunk('IHDR', header(image, channels), crc32),
    ...chunks.map((chunk) => writeChunk(chunk.type, chunk.data, crc32)),
    ...(options.recipe === undefined ? [] : [recipeChunk(options.recipe, crc32)]),
    writeChunk('IDAT', compressed, crc32),
    writeChunk('IEND', new Uint8Array(0), crc32),
  ]);
}

function isOpaque(image: PixelImage): boolean {
  const { data } = image;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
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

/** All rows, each behind its filter's byte. */
function filteredRows(image: PixelImage, channels: 3 | 4): Uint8Array {
  const { width, height, data } = image;
  const stored = new Uint8Array(height * (1 + width * channels));
  let row = new Uint8Array((width + 1) * channels);
  let above = new Uint8Array((width + 1) * channels);
  for (let y = 0; y < height; y++) {
    const source = data.subarray(y * width * 4, (y + 1) * width * 4);
    if (channels === 4) row.set(source, 4);
    else dropAlpha(source, row);
    filterRow(row, above, channels, stored, y * (1 + width * channels));
    [row, above] = [above, row];
  }
  return stored;
}

/** RGBA to RGB, behind one empty pixel. */
function dropAlpha(source: Uint8ClampedArray, row: Uint8Array): void {
  for (let i = 0, o = 3; i < source.length; i += 4, o += 3) {
    row[o] = source[i] as number;
    row[o + 1] = source[i + 1] as number;
    row[o + 2] = source[i + 2] as number;
  }
}
