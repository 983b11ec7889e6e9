import { ImageError } from '../../core/errors';
import { formatExtent, sameExtent } from '../../core/geometry';
import type { ImageInfo, PixelImage } from '../../core/image';
import type { Zlib } from '../../core/ports';
import { carriedChunks, densityChunk, profileChunk } from '../png/carried';
import type { CarriedChunks } from '../png/carried';
import { decodePng } from '../png/decode';
import { orient } from '../transform/orient';
import { decodeGif } from './gifCodec';
import { inspect } from './inspect';
import type { Inspection } from './inspect';
import type { JimpFormat } from './jimpCodec';
import type { LoadWasm } from './wasm';

/** What decoding needs from the world it runs in. */
export interface CodecServices {
  readonly zlib: Zlib;
  readonly loadWasm: LoadWasm;
}

export interface DecodedImage {
  /** Upright. */
  readonly image: PixelImage;
  readonly info: ImageInfo;
  /** What `encodePng` writes again. */
  readonly carried: CarriedChunks;
}

/**
 * Decodes any format that is read, told by its magic bytes, to an upright RGBA picture; of an animation it reads the first frame.
 * Rejects with `not-an-image`, `broken-image` and `too-large`; the header is read first, so that a bomb costs nothing.
 */
export async function decodeImage(bytes: Uint8Array, services: CodecServices): Promise<DecodedImage> {
  const inspection = inspect(bytes);
  const { info, stored } = inspection;
  const image = await decodeStored(bytes, inspection, services);
  if (!sameExtent(image, stored) || image.data.length !== stored.width * stored.height * 4) {
    throw new ImageError('broken-image', `The file's header says ${formatExtent(stored)}, but its picture has ${formatExtent(image)} pixels.`);
  }
  return { image: orient(image, info.orientation), info, carried: await carriedOf(bytes, inspection, services.zlib) };
}

async function decodeStored(bytes: Uint8Array, { info: { format }, stored }: Inspection, services: CodecServices): Promise<PixelImage> {
  try {
    switch (format) {
      case 'png':
        return await decodePng(bytes, services.zlib);
      case 'gif':
        return decodeGif(bytes);
      case 'webp':
        return await (await import('./webpCodec')).decodeWebp(bytes, stored, services.loadWasm);
      case 'avif':
        return await (await import('./avifCodec')).decodeAvif(bytes, stored, services.loadWasm);
      case 'jpeg':
        if (stored.cmyk) return await byJimp(bytes, format);
        return await (await import('./jpegCodec')).decodeJpeg(bytes, stored, services.loadWasm);
      case 'bmp':
      case 'tiff':
        return await byJimp(bytes, format);
    }
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError('broken-image', `The ${format.toUpperCase()} file cannot be read: it is damaged or of a rare kind.`, { cause: error });
  }
}

async function byJimp(bytes: Uint8Array, format: JimpFormat): Promise<PixelImage> {
  return (await import('./jimpCodec')).decodeWithJimp(bytes, format);
}

async function carriedOf(bytes: Uint8Array, { info, stored }: Inspection, zlib: Zlib): Promise<CarriedChunks> {
  if (info.format === 'png') return carriedChunks(bytes, info.orientation);
  const { profile, density } = stored;
  return { chunks: [...(profile ? await profileChunk(profile, zlib) : []), ...(density ? [densityChunk(density, info.orientation)] : [])] };
}
