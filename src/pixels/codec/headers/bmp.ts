import { UPRIGHT } from '../exif';
import { broken, viewOf } from './stored';
import type { StoredPicture } from './stored';

const FILE_HEADER = 14;
const INFO_HEADER = 40;
const DEPTHS = [1, 4, 8, 16, 24, 32];
/** BI_RGB and the bit-field kinds store whole rows; the others are run lengths. */
const UNCOMPRESSED = [0, 3, 6];

/** Reads BITMAPINFOHEADER and its later forms, and looks that palette and uncompressed rows are all there. */
export function readBmpInfo(bytes: Uint8Array): StoredPicture {
  if (bytes.length < FILE_HEADER + INFO_HEADER) throw broken('bmp', 'it ends too early');
  const view = viewOf(bytes);
  const headerLength = view.getUint32(14, true);
  if (headerLength < INFO_HEADER) throw broken('bmp', 'its header is of a kind that is not read (OS/2)');
  const width = view.getInt32(18, true);
  // A negative height means rows from the top.
  const height = Math.abs(view.getInt32(22, true));
  const bitsPerPixel = view.getUint16(28, true);
  if (width <= 0 || height === 0 || !DEPTHS.includes(bitsPerPixel)) throw broken('bmp', 'its header makes no sense');
  // The decoder makes room for as many colours as are promised.
  if (FILE_HEADER + headerLength + 4 * view.getUint32(46, true) > bytes.length) throw broken('bmp', 'its palette is incomplete');
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4;
  const missing = view.getUint32(10, true) + rowBytes * height > bytes.length;
  if (missing && UNCOMPRESSED.includes(view.getUint32(30, true))) throw broken('bmp', 'it ends too early');
  return { width, height, bitDepth: bitsPerPixel <= 8 ? bitsPerPixel : 8, orientation: UPRIGHT };
}
