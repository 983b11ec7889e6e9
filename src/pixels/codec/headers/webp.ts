import { readOrientation, UPRIGHT } from '../exif';
import { broken, hasText, viewOf } from './stored';
import type { StoredPicture } from './stored';

/** RIFF, the file's length and WEBP. */
const FILE_HEADER = 12;
const CHUNK_HEADER = 8;
const VP8L_SIGNATURE = 0x2f;
const EXIF_NAME = 'Exif\0\0';

/** A chunk of a WebP; `offset` is where it begins in the file. */
export interface WebpChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** Reads the size, which canvas and bitstream must agree on in a still picture, the orientation and the profile. */
export function readWebpInfo(bytes: Uint8Array): StoredPicture {
  const chunks = [...webpChunks(bytes)];
  const dataOf = (type: string): Uint8Array | undefined => chunks.find((chunk) => chunk.type === type)?.data;
  const canvas = dataOf('VP8X');
  const still = chunks.find((chunk) => chunk.type === 'VP8 ' || chunk.type === 'VP8L');
  const exif = dataOf('EXIF');
  const profile = dataOf('ICCP');
  if (!still && dataOf('ANMF')) throw broken('webp', 'animated WebP is not read');
  if (!still) throw broken('webp', 'it has no picture data');
  const size = bitstreamExtent(still);
  if (canvas) {
    const canvasSize = canvasExtent(canvas);
    if (canvasSize.width !== size.width || canvasSize.height !== size.height) throw broken('webp', 'its header names another size than its picture');
  }
  // EXIF begins with its TIFF header here, but some writers keep JPEG's name before it.
  const tiff = exif && hasText(exif, 0, EXIF_NAME) ? exif.subarray(EXIF_NAME.length) : exif;
  return { ...size, bitDepth: 8, orientation: tiff ? readOrientation(tiff) : UPRIGHT, ...(profile ? { profile } : {}) };
}

/** Walks the chunks (WebP container specification); throws `broken-image` where the file is shorter than it says. */
export function* webpChunks(bytes: Uint8Array): Generator<WebpChunk> {
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) throw truncated();
  for (let offset = FILE_HEADER; offset + CHUNK_HEADER <= end; ) {
    const length = view.getUint32(offset + 4, true);
    const data = offset + CHUNK_HEADER;
    if (data + length > end) throw truncated();
    yield { type: String.fromCharCode(...bytes.subarray(offset, offset + 4)), data: bytes.subarray(data, data + length) };
    // Chunks are padded to even lengths.
    offset = data + length + (length & 1);
  }
}

function canvasExtent(data: Uint8Array): { width: number; height: number } {
  if (data.length < 10) throw truncated();
  const view = viewOf(data);
  return { width: 1 + (view.getUint32(3, true) >>> 8), height: 1 + (view.getUint32(6, true) >>> 8) };
}

function bitstreamExtent({ type, data }: WebpChunk): { width: number; height: number } {
  const view = viewOf(data);
  if (type === 'VP8L') {
    if (data.length < 5 || data[0] !== VP8L_SIGNATURE) throw truncated();
    const bits = view.getUint32(1, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  // A key frame: three bytes of tag, the start code 9D 01 2A, then the sizes in 14 bits each (RFC 6386, 9.1).
  if (data.length < 10 || data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) throw truncated();
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

function truncated(): Error {
  return broken('webp', 'it ends too early');
}
