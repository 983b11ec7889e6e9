import bmp from '@jimp/js-bmp';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { PixelImage, ReadFormat } from '../../../../src/core/image';
import { nodeZlib } from '../../../../src/node/zlib';
import type { CodecServices } from '../../../../src/pixels/codec/decode';
import { loadWasm } from '../../../support/wasm';

export const services: CodecServices = { zlib: nodeZlib, loadWasm };

/** A smooth picture without any symmetry, opaque, wider than high. */
export function sample(width = 24, height = 16): PixelImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([(x * 230) / width, (y * 200) / height + 30, 120 + 60 * Math.sin((x + 2 * y) / 9), 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

function pipeline(image: PixelImage): Sharp {
  return sharp(Buffer.from(image.data), { raw: { width: image.width, height: image.height, channels: 4 } });
}

/** The picture as a file of a format, by other people's encoders. JPEG without chroma subsampling, WebP and TIFF without loss. */
export async function fileOf(format: ReadFormat, image: PixelImage, orientation?: number): Promise<Uint8Array> {
  const turned = orientation === undefined ? pipeline(image) : pipeline(image).withMetadata({ orientation });
  switch (format) {
    case 'png':
      return turned.png().toBuffer();
    case 'jpeg':
      return turned.removeAlpha().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer();
    case 'webp':
      return turned.webp({ lossless: true, exact: true }).toBuffer();
    case 'gif':
      return turned.gif({ effort: 1 }).toBuffer();
    case 'tiff':
      return turned.tiff({ compression: 'lzw' }).toBuffer();
    case 'avif':
      return turned.avif({ lossless: true, effort: 0 }).toBuffer();
    case 'bmp':
      return bmp().encode({ width: image.width, height: image.height, data: Buffer.from(image.data) });
  }
}

/** The largest and the mean difference of two pictures' bytes. */
export function difference(a: PixelImage, b: PixelImage): { max: number; mean: number } {
  let max = 0;
  let sum = 0;
  a.data.forEach((value, i) => {
    const distance = Math.abs(value - (b.data[i] ?? Number.NaN));
    max = distance <= max ? max : distance;
    sum += distance;
  });
  return { max, mean: sum / a.data.length };
}
