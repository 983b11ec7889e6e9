import type { PixelImage } from '../../core/image';
import type { Zlib } from '../../core/ports';
import { imageOf } from '../transform/words';
import { eachRow, openPng } from './rows';

/**
 * Decodes a PNG's pixels to RGBA as they are stored: `eXIf` orientation is the caller's business, and so is the size of the picture, which must have been
 * looked at before. Of an animation it reads the first frame. Rejects with `broken-image`.
 */
export async function decodePng(png: Uint8Array, zlib: Zlib): Promise<PixelImage> {
  const source = openPng(png, zlib);
  const { frame } = source;
  const { width, height } = source.header;
  const words = new Uint32Array(width * height);
  await eachRow(source, zlib, (pass, row, bytes, start) => {
    source.expand(bytes, start, pass.width, words, (frame.y + pass.y + row * pass.stepY) * width + frame.x + pass.x, pass.stepX);
  });
  return imageOf(width, height, words);
}
