import { ImageError } from '../../core/errors';
import type { PixelImage } from '../../core/image';
import type { Zlib } from '../../core/ports';
import { adam7 } from './adam7';
import type { Pass } from './adam7';
import { chunksOf, concat, verifyChunk } from './chunks';
import { expander } from './expand';
import { channelsOf, damaged, readHeader, rowBytes } from './header';
import type { PngHeader } from './header';
import { unfilterRow } from './unfilter';

/** Chunks that change pixels; a wrong checksum in one of them means a damaged picture. */
const PIXEL_CHUNKS = ['IHDR', 'PLTE', 'tRNS', 'IDAT'];

/** Some encoders write a little more than the rows need; libpng reads their files too. */
const SPARE_OUTPUT = 65_536;

/**
 * Decodes a PNG's pixels to RGBA as they are stored: `eXIf` orientation is the caller's business, and so is the size of the picture, which must have been
 * looked at before. Of an animation it reads the default image. Rejects with `broken-image`.
 */
export async function decodePng(png: Uint8Array, zlib: Zlib): Promise<PixelImage> {
  const chunks = [...chunksOf(png)];
  for (const chunk of chunks) if (PIXEL_CHUNKS.includes(chunk.type)) verifyChunk(png, chunk, (bytes) => zlib.crc32(bytes));
  const dataOf = (type: string): Uint8Array | undefined => chunks.find((chunk) => chunk.type === type)?.data;

  const ihdr = dataOf('IHDR');
  if (!ihdr) throw damaged('it has no header');
  const header = readHeader(ihdr);
  const expand = expander(header, { palette: dataOf('PLTE'), transparency: dataOf('tRNS') });
  const passes = header.interlaced ? adam7(header) : [{ ...header, x: 0, y: 0, stepX: 1, stepY: 1 }];
  const compressed = chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data);
  const rows = await inflateRows(compressed, storedBytes(header, passes), zlib);

  const words = new Uint32Array(header.width * header.height);
  const step = Math.max(1, (channelsOf(header) * header.bitDepth) >> 3);
  let start = 0;
  for (const pass of passes) {
    const length = rowBytes(header, pass.width);
    let above = -1;
    for (let row = 0; row < pass.height; row++) {
      unfilterRow(rows, rows[start] as number, start + 1, above, length, step);
      expand(rows, start + 1, pass.width, words, (pass.y + row * pass.stepY) * header.width + pass.x, pass.stepX);
      above = start + 1;
      start += 1 + length;
    }
  }
  return { width: header.width, height: header.height, data: new Uint8ClampedArray(words.buffer) };
}

/** Bytes of all rows of all passes, filter bytes included. */
function storedBytes(header: PngHeader, passes: readonly Pass[]): number {
  return passes.reduce((sum, pass) => sum + pass.height * (1 + rowBytes(header, pass.width)), 0);
}

async function inflateRows(compressed: readonly Uint8Array[], expected: number, zlib: Zlib): Promise<Uint8Array> {
  const [first, ...more] = compressed;
  if (!first) throw damaged('it has no picture data');
  let rows: Uint8Array;
  try {
    rows = await zlib.inflate(more.length === 0 ? first : concat(compressed), expected + SPARE_OUTPUT);
  } catch (error) {
    throw new ImageError('broken-image', 'The PNG is damaged: its picture data cannot be unpacked.', { cause: error });
  }
  if (rows.length < expected) throw damaged('rows are missing');
  return rows;
}
