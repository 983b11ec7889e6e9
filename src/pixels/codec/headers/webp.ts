import { boundsOf, contains, sameExtent } from '../../../core/geometry';
import type { Extent } from '../../../core/geometry';
import { readOrientation, UPRIGHT } from '../exif';
import { broken, hasText, viewOf } from './stored';
import type { StoredPicture } from './stored';

/** RIFF, the file's length and WEBP. */
const FILE_HEADER = 12;
const CHUNK_HEADER = 8;
/** ANMF: place, size, duration and flags of a frame, before its chunks. */
const FRAME_HEADER = 16;
const VP8L_SIGNATURE = 0x2f;
const EXIF_NAME = 'Exif\0\0';

/** A chunk of a WebP. */
export interface WebpChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** Reads the size, which canvas and bitstream must agree on in a still picture, the orientation and the profile. */
export function readWebpInfo(bytes: Uint8Array): StoredPicture {
  const chunks = webpChunks(bytes);
  const dataOf = (type: string): Uint8Array | undefined => chunks.find((chunk) => chunk.type === type)?.data;
  const exif = dataOf('EXIF');
  const profile = dataOf('ICCP');
  const size = pictureExtent(chunks);
  // EXIF begins with its TIFF header here, but some writers keep JPEG's name before it.
  const tiff = exif && hasText(exif, 0, EXIF_NAME) ? exif.subarray(EXIF_NAME.length) : exif;
  return { ...size, bitDepth: 8, orientation: tiff ? readOrientation(tiff) : UPRIGHT, ...(profile ? { profile } : {}) };
}

/** The canvas's size where there is a canvas, which the picture or the first frame must fit; else the picture's own. */
function pictureExtent(chunks: readonly WebpChunk[]): Extent {
  const frame = firstFrame(chunks);
  const drawn = bitstreamExtent(frame.picture);
  const header = chunks.find((chunk) => chunk.type === 'VP8X');
  if (!header && !frame.animated) return drawn;
  if (!header) throw broken('webp', 'it has frames but no canvas');
  const canvas = canvasExtent(header.data);
  const fits = frame.animated ? contains(boundsOf(canvas), { ...drawn, x: frame.x, y: frame.y }) : sameExtent(canvas, drawn);
  if (!fits) throw broken('webp', 'its header names another size than its picture');
  return canvas;
}

/** The picture of a still file, or the first one of an animation with its place on the canvas. */
export interface WebpFrame {
  readonly animated: boolean;
  readonly x: number;
  readonly y: number;
  /** The `VP8 ` or `VP8L` chunk. */
  readonly picture: WebpChunk;
  /** The alpha that belongs to a `VP8 ` picture. */
  readonly alpha?: WebpChunk;
}

/** Throws `broken-image` where there is no picture. */
export function firstFrame(chunks: readonly WebpChunk[]): WebpFrame {
  const frame = chunks.find((chunk) => chunk.type === 'ANMF')?.data;
  const parts = frame ? [...subChunks(frame, FRAME_HEADER, frame.length)] : chunks;
  const picture = parts.find((chunk) => chunk.type === 'VP8 ' || chunk.type === 'VP8L');
  if (!picture) throw broken('webp', 'it has no picture data');
  const alpha = parts.find((chunk) => chunk.type === 'ALPH');
  const place = frame ? { animated: true, x: uint24(frame, 0) * 2, y: uint24(frame, 3) * 2 } : { animated: false, x: 0, y: 0 };
  return { ...place, picture, ...(alpha ? { alpha } : {}) };
}

/** Walks the chunks (WebP container specification); throws `broken-image` where the file is shorter than it says. */
export function webpChunks(bytes: Uint8Array): WebpChunk[] {
  if (bytes.length < FILE_HEADER) throw truncated();
  const end = CHUNK_HEADER + viewOf(bytes).getUint32(4, true);
  if (end > bytes.length) throw truncated();
  return [...subChunks(bytes, FILE_HEADER, end)];
}

function* subChunks(bytes: Uint8Array, start: number, end: number): Generator<WebpChunk> {
  const view = viewOf(bytes);
  for (let offset = start; offset + CHUNK_HEADER <= end; ) {
    const length = view.getUint32(offset + 4, true);
    const data = offset + CHUNK_HEADER;
    if (data + length > end) throw truncated();
    yield { type: String.fromCharCode(...bytes.subarray(offset, offset + 4)), data: bytes.subarray(data, data + length) };
    // Chunks are padded to even lengths.
    offset = data + length + (length & 1);
  }
}

function canvasExtent(data: Uint8Array): Extent {
  if (data.length < 10) throw truncated();
  return { width: 1 + uint24(data, 4), height: 1 + uint24(data, 7) };
}

/** The size that a `VP8 ` or `VP8L` chunk says it has. */
export function bitstreamExtent({ type, data }: WebpChunk): Extent {
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

function uint24(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8) | ((bytes[offset + 2] ?? 0) << 16);
}

function truncated(): Error {
  return broken('webp', 'it ends too early');
}
