import { readOrientation, TiffReader } from '../exif';
import { broken } from './stored';
import type { StoredPicture } from './stored';

const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  samplesPerPixel: 277,
  planarConfiguration: 284,
  stripOffsets: 273,
  stripByteCounts: 279,
  tileOffsets: 324,
  tileByteCounts: 325,
} as const;

/** Uncompressed, CCITT's three, LZW, JPEG, both deflates, PackBits. */
const COMPRESSIONS = [1, 2, 3, 4, 5, 7, 8, 32946, 32773];
const LZW = 5;
const JPEG_IN_TIFF = 7;
/** The depths that jimp's decoder reads: of grey where white is zero, grey where black is zero, RGB and palette pictures. */
const DEPTHS: Record<number, readonly number[]> = { 0: [1, 4, 8, 16], 1: [1, 2, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8] };
const YCBCR = 6;
const SEPARATE_PLANES = 2;

/** More strips than rows no file has. */
const MAX_STRIPS = 1_000_000;

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
  const separate = valueOf(TAG.planarConfiguration) === SEPARATE_PLANES && (valueOf(TAG.samplesPerPixel) ?? 1) > 1;
  if (separate) throw broken('tiff', 'colours in separate planes are not read');

  const strips = stripsOf(bytes);
  if (strips.length === 0) throw broken('tiff', 'it has no picture data');
  return { width, height, bitDepth, orientation: readOrientation(bytes) };
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
