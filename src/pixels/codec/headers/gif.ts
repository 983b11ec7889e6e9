import { boundsOf, contains } from '../../../core/geometry';
import type { Bounds, Extent } from '../../../core/geometry';
import { UPRIGHT } from '../exif';
import { broken, viewOf } from './stored';
import type { StoredPicture } from './stored';

const FILE_HEADER = 13;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const IMAGE = 0x2c;
const IMAGE_HEADER = 10;

/** The first frame of a GIF and all it takes to draw it. */
export interface GifFrame {
  /** The whole picture's size. */
  readonly screen: Extent;
  /** Where the frame stands in it. */
  readonly bounds: Bounds;
  readonly interlaced: boolean;
  /** Three bytes a colour. */
  readonly palette: Uint8Array;
  /** The palette's index that stands for nothing; undefined where none does. */
  readonly transparent: number | undefined;
  /** Where the LZW code size stands in the file, and behind it the sub-blocks. */
  readonly dataAt: number;
}

/** Reads the logical screen and looks that the first frame lies on it and is complete. */
export function readGifInfo(bytes: Uint8Array): StoredPicture {
  const { screen, dataAt } = readGifFrame(bytes);
  skipSubBlocks(bytes, dataAt + 1);
  return { ...screen, bitDepth: 8, orientation: UPRIGHT };
}

/** Reads all that stands before the first frame's pixels (GIF89a specification). Throws `broken-image`. */
export function readGifFrame(bytes: Uint8Array): GifFrame {
  if (bytes.length < FILE_HEADER) throw truncated();
  const view = viewOf(bytes);
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const common = colorTable(bytes, FILE_HEADER, bytes[10] as number);
  let transparent: number | undefined;
  let offset = FILE_HEADER + common.length;
  while (bytes[offset] === EXTENSION) {
    // Flags, delay and index: the lowest flag says whether the index means anything.
    if (bytes[offset + 1] === GRAPHIC_CONTROL) transparent = (bytes[offset + 3] ?? 0) & 1 ? bytes[offset + 6] : undefined;
    offset = skipSubBlocks(bytes, offset + 2);
  }
  if (bytes[offset] !== IMAGE) throw broken('gif', 'it has no picture');
  if (offset + IMAGE_HEADER > bytes.length) throw truncated();
  const [x, y, width, height] = [1, 3, 5, 7].map((at) => view.getUint16(offset + at, true)) as [number, number, number, number];
  const bounds = { x, y, width, height };
  if (!contains(boundsOf(screen), bounds)) throw broken('gif', 'its first frame is not inside the picture');
  const flags = bytes[offset + 9] as number;
  const own = colorTable(bytes, offset + IMAGE_HEADER, flags);
  const palette = own.length > 0 ? own : common;
  if (palette.length === 0) throw broken('gif', 'it has no colours');
  return { screen, bounds, interlaced: (flags & 0x40) !== 0, palette, transparent, dataAt: offset + IMAGE_HEADER + own.length };
}

/** The sub-blocks' bytes from `offset` on, without their lengths. */
export function* subBlocks(bytes: Uint8Array, offset: number): Generator<Uint8Array> {
  for (let at = offset; ; ) {
    const length = bytes[at];
    if (length === undefined || at + length >= bytes.length) throw truncated();
    if (length === 0) return;
    yield bytes.subarray(at + 1, at + 1 + length);
    at += 1 + length;
  }
}

/** Where the sub-blocks from `offset` end, behind the empty one that closes them. */
function skipSubBlocks(bytes: Uint8Array, offset: number): number {
  let end = offset;
  for (const block of subBlocks(bytes, offset)) end += 1 + block.length;
  return end + 1;
}

/** The colours at `offset`, none where the flags say so. */
function colorTable(bytes: Uint8Array, offset: number, flags: number): Uint8Array {
  const length = flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
  if (offset + length > bytes.length) throw truncated();
  return bytes.subarray(offset, offset + length);
}

function truncated(): Error {
  return broken('gif', 'it ends too early');
}
