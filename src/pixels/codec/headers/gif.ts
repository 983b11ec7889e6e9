import { UPRIGHT } from '../exif';
import { broken, viewOf } from './stored';
import type { StoredPicture } from './stored';

const FILE_HEADER = 13;
const EXTENSION = 0x21;
const IMAGE = 0x2c;

/** Reads the logical screen and looks that the first frame lies on it and is complete (GIF89a specification). */
export function readGifInfo(bytes: Uint8Array): StoredPicture {
  if (bytes.length < FILE_HEADER) throw truncated();
  const view = viewOf(bytes);
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  let offset = FILE_HEADER + colorTableBytes(bytes[10] as number);
  while (bytes[offset] === EXTENSION) offset = skipSubBlocks(bytes, offset + 2);
  if (bytes[offset] !== IMAGE) throw broken('gif', 'it has no picture');
  if (offset + 10 > bytes.length) throw truncated();
  const right = view.getUint16(offset + 1, true) + view.getUint16(offset + 5, true);
  const bottom = view.getUint16(offset + 3, true) + view.getUint16(offset + 7, true);
  if (right > size.width || bottom > size.height) throw broken('gif', 'its first frame is larger than the picture');
  // The byte before the sub-blocks is LZW's code size.
  skipSubBlocks(bytes, offset + 10 + colorTableBytes(bytes[offset + 9] as number) + 1);
  return { ...size, bitDepth: 8, orientation: UPRIGHT };
}

function colorTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Where the sub-blocks from `offset` end, behind the empty one that closes them. */
function skipSubBlocks(bytes: Uint8Array, offset: number): number {
  for (;;) {
    const length = bytes[offset];
    if (length === undefined) throw truncated();
    offset += 1 + length;
    if (length === 0) return offset;
  }
}

function truncated(): Error {
  return broken('gif', 'it ends too early');
}
