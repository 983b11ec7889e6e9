import { concat } from '../../core/bytes';
import { ImageError } from '../../core/errors';

/** One chunk of a PNG; `data` is a view into the file. */
export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Uint8Array;
  /** Where the chunk begins in the file (its length field). */
  readonly offset: number;
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** CRC-32 of bytes that follow a running value. */
export type Crc32 = (bytes: Uint8Array, seed?: number) => number;

/** Bytes of a chunk beside its data: length, type and CRC. */
export const CHUNK_OVERHEAD = 12;

/**
 * Walks a PNG's chunks up to IEND; bytes after it are nobody's business. Throws `broken-image` where it is no PNG or the file ends early.
 * CRCs are not looked at: see `verifyChunk`.
 */
export function* chunksOf(png: Uint8Array): Generator<PngChunk> {
  if (!PNG_SIGNATURE.every((byte, i) => png[i] === byte)) throw new ImageError('broken-image', 'This is no PNG.');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let offset = PNG_SIGNATURE.length;
  for (;;) {
    if (offset + CHUNK_OVERHEAD > png.length) throw truncated();
    const length = view.getUint32(offset);
    const end = offset + CHUNK_OVERHEAD + length;
    if (end > png.length) throw truncated();
    const type = latin1(png.subarray(offset + 4, offset + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw new ImageError('broken-image', 'The PNG is damaged: a chunk has no valid name.');
    yield { type, data: png.subarray(offset + 8, offset + 8 + length), offset };
    if (type === 'IEND') return;
    offset = end;
  }
}

/** Throws `broken-image` where a chunk's CRC is not that of its bytes. */
export function verifyChunk(png: Uint8Array, chunk: PngChunk, crc32: (bytes: Uint8Array) => number): void {
  const crcAt = chunk.offset + 8 + chunk.data.length;
  const stored = new DataView(png.buffer, png.byteOffset + crcAt, 4).getUint32(0);
  if (crc32(png.subarray(chunk.offset + 4, crcAt)) !== stored) {
    throw new ImageError('broken-image', `The PNG is damaged: the checksum of ${chunk.type} is wrong.`);
  }
}

/** A whole chunk, with length and CRC. */
export function writeChunk(type: string, data: Uint8Array, crc32: Crc32): Uint8Array {
  return concat(chunkParts(type, [data], crc32));
}

/** The parts of a chunk whose data is in pieces, so that large ones are put together once with all else. */
export function chunkParts(type: string, pieces: readonly Uint8Array[], crc32: Crc32): Uint8Array[] {
  const head = new Uint8Array(8);
  const tail = new Uint8Array(4);
  new DataView(head.buffer).setUint32(0, pieces.reduce((sum, piece) => sum + piece.length, 0));
  for (let i = 0; i < 4; i++) head[4 + i] = type.charCodeAt(i);
  new DataView(tail.buffer).setUint32(0, pieces.reduce((crc, piece) => crc32(piece, crc), crc32(head.subarray(4))));
  return [head, ...pieces, tail];
}

/** Bytes as text, each one a character: for names and keywords. */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function truncated(): ImageError {
  return new ImageError('broken-image', 'The PNG ends before its last chunk: it is incomplete.');
}
