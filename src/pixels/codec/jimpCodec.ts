import bmp from '@jimp/js-bmp';
import jpeg from '@jimp/js-jpeg';
import tiff from '@jimp/js-tiff';
import type { PixelImage } from '../../core/image';
import { broken } from './headers/stored';
import { lzwStrips } from './headers/tiff';
import { isSoundLzw } from './tiffLzw';

// jimp's formats without its class: that one guesses the format anew, turns JPEGs by itself, fetches what looks like a URL, and is as large again.
// This module is heavy: load it by import() on first use.

/** A JPEG is one in CMYK here: of the others the MozJPEG codec is faster and exact. */
export type JimpFormat = 'jpeg' | 'bmp' | 'tiff';

/** Room for 64 megapixels at full chroma: jpeg-js counts the memory it takes and stops at 512 MB by default. */
const JPEG_LIMITS = { maxResolutionInMP: 68, maxMemoryUsageInMB: 2048 };

type Decoded = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** Decodes a file as it is stored, orientation not applied; the size must have been looked at before. Throws whatever jimp throws. */
export function decodeWithJimp(bytes: Uint8Array, format: JimpFormat): PixelImage {
  const { width, height, data } = decodeFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), format);
  const own = exact(data);
  return { width, height, data: new Uint8ClampedArray(own.buffer, own.byteOffset, own.byteLength) };
}

function decodeFile(file: Buffer, format: JimpFormat): Decoded {
  switch (format) {
    case 'jpeg':
      return jpeg().decode(file, JPEG_LIMITS);
    case 'bmp':
      return bmp().decode(file);
    case 'tiff':
      if (!lzwStrips(file).every(isSoundLzw)) throw broken('tiff', 'its compressed data is damaged');
      return tiff().decode(firstPageOnly(file));
  }
}

/** jimp decodes all pages of a TIFF and follows their chain wherever it leads, in circles too: the copy it gets has one page. */
function firstPageOnly(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const littleEndian = copy[0] === 0x49;
  const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength);
  const directory = view.getUint32(4, littleEndian);
  const next = directory + 2 + view.getUint16(directory, littleEndian) * 12;
  if (next + 4 <= copy.length) view.setUint32(next, 0, littleEndian);
  return copy;
}

/** The bytes in a buffer of their own, so that it can be transferred: Node pools small ones. */
function exact(data: Uint8Array): Uint8Array {
  return data.byteOffset === 0 && data.byteLength === data.buffer.byteLength ? data : new Uint8Array(data);
}
