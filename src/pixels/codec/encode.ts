import { ImageError } from '../../core/errors';
import { formatExtent } from '../../core/geometry';
import type { PixelImage, WriteFormat } from '../../core/image';
import type { EncodeOptions } from '../../core/pixels';
import { carriedProfile } from '../png/carried';
import type { CarriedChunks } from '../png/carried';
import { encodePng } from '../png/encode';
import type { CodecServices } from './decode';
import { embedInAvif, embedInJpeg, embedInWebp } from './embedProfile';

type LossyFormat = Exclude<WriteFormat, 'png'>;

/** Where nothing is to be seen without looking for it. */
const DEFAULT_QUALITY: Record<LossyFormat, number> = { jpeg: 92, webp: 90, avif: 75 };

/** The longest side that a format has numbers for. */
const LONGEST_SIDE: Record<LossyFormat, number> = { jpeg: 65_535, webp: 16_383, avif: 65_535 };

/** Encodes in each format that is written; what it carries goes with it: all into a PNG, the colour profile into the others. Rejects with `bad-argument` for a quality out of range and `too-large` for a picture that the format cannot hold. */
export async function encodeImage(image: PixelImage, options: EncodeOptions, carried: CarriedChunks, services: CodecServices): Promise<Uint8Array> {
  const { format, recipe } = options;
  if (format === 'png') return encodePng(image, services.zlib, { carried, ...(recipe === undefined ? {} : { recipe }) });
  const quality = options.quality ?? DEFAULT_QUALITY[format];
  if (!(quality >= 1 && quality <= 100)) throw new ImageError('bad-argument', `A quality of ${quality} is not between 1 and 100.`);
  if (Math.max(image.width, image.height) > LONGEST_SIDE[format]) {
    throw new ImageError('too-large', `${formatExtent(image)} is more than ${format.toUpperCase()} holds: ${LONGEST_SIDE[format]} pixels a side.`);
  }
  const bytes = await encodeLossy(image, format, quality, services);
  const profile = await carriedProfile(carried, services.zlib);
  if (!profile) return bytes;
  switch (format) {
    case 'jpeg':
      return embedInJpeg(bytes, profile);
    case 'webp':
      return embedInWebp(bytes, profile, image);
    case 'avif':
      return embedInAvif(bytes, profile);
  }
}

async function encodeLossy(image: PixelImage, format: LossyFormat, quality: number, { loadWasm }: CodecServices): Promise<Uint8Array> {
  switch (format) {
    case 'jpeg':
      return (await import('./jpegCodec')).encodeJpeg(image, quality, loadWasm);
    case 'webp':
      return (await import('./webpCodec')).encodeWebp(image, quality, loadWasm);
    case 'avif':
      return (await import('./avifCodec')).encodeAvif(image, quality, loadWasm);
  }
}
