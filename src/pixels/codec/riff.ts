import type { Extent } from '../../core/geometry';
import { concat } from '../../core/bytes';

/** Bits of VP8X's flags (WebP container specification). */
export const WEBP_FLAG = { profile: 0x20, alpha: 0x10 } as const;

/** A whole WebP of these chunks. */
export function writeWebp(chunks: readonly Uint8Array[]): Uint8Array {
  return writeRiffChunk('RIFF', concat([ascii('WEBP'), ...chunks]));
}

/** VP8X, which stands first where there is more than the picture: flags, then both sides less one in 24 bits. */
export function writeCanvas(extent: Extent, flags: number): Uint8Array {
  const data = new Uint8Array(10);
  const view = new DataView(data.buffer);
  view.setUint32(0, flags, true);
  view.setUint32(4, extent.width - 1, true);
  view.setUint16(7, (extent.height - 1) & 0xffff, true);
  view.setUint8(9, (extent.height - 1) >> 16);
  return writeRiffChunk('VP8X', data);
}

/** A chunk with its length in front, padded to an even one. */
export function writeRiffChunk(type: string, data: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length, true);
  return concat([ascii(type), length, data, new Uint8Array(data.length & 1)]);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
