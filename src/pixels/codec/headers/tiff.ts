import { area } from '../../../core/geometry';
import type { Extent } from '../../../core/geometry';
import { MAX_PIXELS } from '../../../core/image';
import { readDensity, readOrientation, TiffReader } from '../exif';
import { readJpegInfo } from './jpeg';
import { broken } from './stored';
import type { StoredPicture } from './stored';

const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  planarConfiguration: 284,
  stripOffsets: 273,
  stripByteCounts: 279,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  profile: 34675,
} as const;

/** Uncompressed, CCITT's three, LZW, JPEG, both deflates, PackBits. */
const COMPRESSIONS = [1, 2, 3, 4, 5, 7, 8, 32946, 32773];
const UNCOMPRESSED = 1;
const LZW = 5;
const JPEG_IN_TIFF = 7;
/** The depths that jimp's decoder reads: of grey where white is zero, grey where black is zero, RGB and palette pictures. */
const DEPTHS: Record<number, readonly number[]> = { 0: [1, 4, 8, 16], 1: [1, 2, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8] };
const YCBCR = 6;
const SEPARATE_PLANES = 2;

/** More strips than rows no file has. */
const MAX_STRIPS = 1_000_000;
/** Colours, alpha and what a program keeps beside them. */
const MOST_SAMPLES = 8;
/** JPEG stores whole blocks, of up to 16 pixels. */
const JPEG_BLOCK = 16;

/** Reads the first picture's directory. It is strict, as the decoder behind it trusts each number: all that is pointed at must lie in the file. */
export function readTiffInfo(bytes: Uint8Array): StoredPicture {
  const reader = new TiffReader(bytes);
  if (!reader.isSound()) throw broken('tiff', 'its directory is incomplete');
  const valueOf = (tag: number): number | undefined => reader.entry(tag)?.values(1)[0];

  const width = valueOf(TAG.width);
  const height = valueOf(TAG.height);
  if (!width || !height) throw broken('tiff', 'it has no size');
  const compression = valueOf(TAG.compression) ?? 1;
  const photometric = valueOf(TAG.photometric) ?? 2;
  if (!COMPRESSIONS.includes(compression)) throw broken('tiff', 'its compression is not read');
  const bitDepth = valueOf(TAG.bitsPerSample) ?? 1;
  const depths = photometric === YCBCR && compression === JPEG_IN_TIFF ? [8] : DEPTHS[photometric];
  if (!depths) throw broken('tiff', 'its colours (CMYK, Lab or YCbCr) are not read');
  if (!depths.includes(bitDepth)) throw broken('tiff', `${bitDepth} bits of this kind are not read`);
  const samples = valueOf(TAG.samplesPerPixel) ?? 1;
  if (samples < 1 || samples > MOST_SAMPLES) throw broken('tiff', `${samples} values a pixel are not read`);
  if (valueOf(TAG.planarConfiguration) === SEPARATE_PLANES && samples > 1) throw broken('tiff', 'colours in separate planes are not read');

  const strips = stripsOf(bytes);
  if (strips.length === 0) throw broken('tiff', 'it has no picture data');
  const part = partOf(reader, { width, height });
  if (strips.length < Math.ceil(width / part.width) * Math.ceil(height / part.height)) throw broken('tiff', 'it ends too early');
  if (compression === UNCOMPRESSED && totalBytes(strips) < height * Math.ceil((width * samples * bitDepth) / 8)) throw broken('tiff', 'it ends too early');
  if (compression === JPEG_IN_TIFF && !strips.every((strip) => isJpegOf(strip, part))) throw broken('tiff', 'its compressed data is damaged');
  const profile = reader.entry(TAG.profile)?.bytes;
  const density = readDensity(bytes);
  return { width, height, bitDepth, orientation: readOrientation(bytes), ...(profile ? { profile } : {}), ...(density ? { density } : {}) };
}

/** The size of a strip or tile. The decoder never comes back from tiles that have none, and makes room for each as it is called. */
function partOf(reader: TiffReader, page: Extent): Extent {
  const valueOf = (tag: number): number | undefined => reader.entry(tag)?.values(1)[0];
  const tiled = reader.entry(TAG.tileOffsets) !== undefined || reader.entry(TAG.tileWidth) !== undefined;
  const part = tiled
    ? { width: valueOf(TAG.tileWidth) ?? 0, height: valueOf(TAG.tileLength) ?? 0 }
    : { width: page.width, height: Math.min(page.height, valueOf(TAG.rowsPerStrip) ?? page.height) };
  if (area(part) === 0 || area(part) > MAX_PIXELS) throw broken('tiff', 'its parts have a size that makes no sense');
  return part;
}

function totalBytes(strips: readonly Uint8Array[]): number {
  return strips.reduce((sum, { length }) => sum + length, 0);
}

/** Whether a strip's own JPEG header promises no more than its part of the picture. */
function isJpegOf(strip: Uint8Array, part: Extent): boolean {
  try {
    const { width, height } = readJpegInfo(strip);
    return width < part.width + JPEG_BLOCK && height < part.height + JPEG_BLOCK;
  } catch {
    return false;
  }
}

/** The strips or tiles of the first picture where they are LZW, whose codes are to be looked at before they are decoded. */
export function lzwStrips(bytes: Uint8Array): Uint8Array[] {
  return new TiffReader(bytes).entry(TAG.compression)?.values(1)[0] === LZW ? stripsOf(bytes) : [];
}

function stripsOf(bytes: Uint8Array): Uint8Array[] {
  const reader = new TiffReader(bytes);
  const valuesOf = (tag: number): number[] => reader.entry(tag)?.values(MAX_STRIPS) ?? [];
  const tiled = reader.entry(TAG.tileOffsets) !== undefined;
  const offsets = valuesOf(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const counts = valuesOf(tiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  return offsets.map((offset, i) => {
    const end = offset + (counts[i] ?? Number.POSITIVE_INFINITY);
    if (end > bytes.length) throw broken('tiff', 'it ends too early');
    return bytes.subarray(offset, end);
  });
}
