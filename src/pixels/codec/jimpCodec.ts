import bmp from '@jimp/js-bmp';
import gif from '@jimp/js-gif';
import jpeg from '@jimp/js-jpeg';
import tiff from '@jimp/js-tiff';
import type { PixelImage } from '../../core/image';

// jimp's formats without its class: that one guesses the format anew, turns JPEGs by itself, fetches what looks like a URL, and is as large again.
// This module is heavy: load it by import() on first use.

export type JimpFormat = 'jpeg' | 'gif' | 'bmp' | 'tiff';

/** 64 megapixels at full chroma; jpeg-js counts its own work and stops at 512 MB by default. */
const JPEG_LIMITS = { maxResolutionInMP: 68, maxMemoryUsageInMB: 2048 };

type Decoded = { readonly data: Uint8Array; readonly width: number; readonly height: number };

const DECODERS: Record<JimpFormat, (file: Buffer) => Decoded | Promise<Decoded>> = {
  jpeg: (file) => jpeg().decode(file, JPEG_LIMITS),
  gif: (file) => gif().decode(file),
  bmp: (file) => bmp().decode(file),
  tiff: (file) => tiff().decode(firstPageOnly(file)),
};

/** Decodes a file as it is stored, orientation not applied; the size must have been looked at before. Rejects with whatever jimp throws. */
export async function decodeWithJimp(bytes: Uint8Array, format: JimpFormat): Promise<PixelImage> {
  const { width, height, data } = await DECODERS[format](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return { width, height, data: exact(data) };
}

/** Encodes as JPEG without chroma subsampling; alpha is not looked at. `quality` 1–100. */
export function encodeJpegWithJimp(image: PixelImage, quality: number): Uint8Array {
  const { width, height, data } = image;
  return exactBytes(jpeg().encode({ width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }, { quality }));
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

/** The pixels in a buffer of their own, so that it can be transferred: Node pools small ones. */
function exact(data: Uint8Array): Uint8ClampedArray {
  const own = exactBytes(data);
  return new Uint8ClampedArray(own.buffer, own.byteOffset, own.byteLength);
}

function exactBytes(data: Uint8Array): Uint8Array {
  return data.byteOffset === 0 && data.byteLength === data.buffer.byteLength ? data : new Uint8Array(data);
}
