import sharp, { type Sharp } from 'sharp';
import type { PixelImage } from '../../../src/core/image';
import { groundOf, maskedBy, softMask, type Material, type WorksOf } from './steps';

/** PNG as its adaptive level 6. */
const PNG = { compressionLevel: 6, adaptiveFiltering: true } as const;

export const worksOf: WorksOf = ({ image, png, jpeg, webp }) => {
  const { width, height } = image;
  const ground = bytesOf({ ...image, data: groundOf(image) });
  const part = { input: bytesOf({ ...image, data: maskedBy(image, softMask(image)) }), ...rawOf(image) };
  const read = (file: Uint8Array) => async () => void (await sharp(file).raw().toBuffer());
  return {
    'PNG read': read(png),
    'PNG write': () => opened(image).png(PNG).toBuffer(),
    'JPEG read': read(jpeg),
    'JPEG write, 85': () => opened(image).jpeg({ quality: 85, mozjpeg: true }).toBuffer(),
    'WebP read': read(webp),
    'WebP write, 80': () => opened(image).webp({ quality: 80 }).toBuffer(),
    'composite, soft mask': async () => void (await sharp(ground, rawOf(image)).composite([part]).raw().toBuffer()),
    'to half the size': async () => void (await sharp(bytesOf(image), rawOf(image)).gamma().resize(width / 2, height / 2).raw().toBuffer()),
  };
};

/** A picture with its files, as all rivals read them. */
export async function materialOf(image: PixelImage): Promise<Material> {
  return { image, png: await opened(image).png(PNG).toBuffer(), jpeg: await opened(image).jpeg({ quality: 90 }).toBuffer(), webp: await opened(image).webp({ quality: 80 }).toBuffer() };
}

function opened(image: PixelImage): Sharp {
  return sharp(bytesOf(image), rawOf(image)).removeAlpha();
}

function bytesOf({ data }: PixelImage): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function rawOf({ width, height }: PixelImage): { readonly raw: { readonly width: number; readonly height: number; readonly channels: 4 } } {
  return { raw: { width, height, channels: 4 } };
}
