import { ImageError } from '../../core/errors';
import { area, formatExtent } from '../../core/geometry';
import { MAX_PIXELS } from '../../core/image';
import type { ImageInfo, ReadFormat } from '../../core/image';
import { readAvifInfo } from './headers/avif';
import { readBmpInfo } from './headers/bmp';
import { readGifInfo } from './headers/gif';
import { readJpegInfo } from './headers/jpeg';
import { readPngInfo } from './headers/png';
import { broken } from './headers/stored';
import type { StoredPicture } from './headers/stored';
import { readTiffInfo } from './headers/tiff';
import { readWebpInfo } from './headers/webp';
import { swapsSides } from './exif';
import { sniffFormat } from './sniff';

const READERS: Record<ReadFormat, (bytes: Uint8Array) => StoredPicture> = {
  png: readPngInfo,
  jpeg: readJpegInfo,
  webp: readWebpInfo,
  gif: readGifInfo,
  bmp: readBmpInfo,
  tiff: readTiffInfo,
  avif: readAvifInfo,
};

/** A file's header: what everybody may know, and what only the decoder needs. */
export interface Inspection {
  readonly info: ImageInfo;
  readonly stored: StoredPicture;
}

/**
 * Reads a file's header, told by its magic bytes; no pixel is decoded and nothing is allocated for one.
 * Throws `not-an-image`, `broken-image` (also for a file that ends early) and `too-large` above `MAX_PIXELS`.
 */
export function inspectImage(bytes: Uint8Array): ImageInfo {
  return inspect(bytes).info;
}

/** As `inspectImage`, with what the file stores. */
export function inspect(bytes: Uint8Array): Inspection {
  const format = sniffFormat(bytes);
  const stored = READERS[format](bytes);
  const { width, height, orientation, bitDepth, recipe } = stored;
  if (width === 0 || height === 0) throw broken(format, 'it has no pixels');
  if (area(stored) > MAX_PIXELS) {
    throw new ImageError('too-large', `The picture has ${formatExtent(stored)} pixels; the most that is read is 64 megapixels.`);
  }
  const extent = swapsSides(orientation) ? { width: height, height: width } : { width, height };
  return { stored, info: { format, extent, orientation, bitDepth, ...(recipe === undefined ? {} : { recipe }) } };
}
