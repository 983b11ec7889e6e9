import { ImageError } from '../../core/errors';
import type { PixelImage } from '../../core/image';

/** The picture's pixels as 32-bit words, one a pixel, to be read: they share its memory where that is aligned, and are a copy where it is not. */
export function wordsOf(image: PixelImage): Readonly<Uint32Array> {
  return isAligned(image) ? writableWordsOf(image) : new Uint32Array(image.data.slice().buffer);
}

/** The same to be written, always sharing its memory. Throws `bad-argument` where that is not aligned: what is written to a copy would be lost. */
export function writableWordsOf(image: PixelImage): Uint32Array {
  if (!isAligned(image)) throw new ImageError('bad-argument', 'The memory of the picture does not begin at a whole word.');
  const { buffer, byteOffset, length } = image.data;
  return new Uint32Array(buffer, byteOffset, length >> 2);
}

function isAligned({ data }: PixelImage): boolean {
  return data.byteOffset % 4 === 0;
}

/** A picture of these words, sharing their memory. */
export function imageOf(width: number, height: number, words: Uint32Array<ArrayBuffer>): PixelImage {
  return { width, height, data: new Uint8ClampedArray(words.buffer) };
}

/** The least RGBA word of full alpha. */
export const OPAQUE = 0xff000000;

/** Whether no pixel is transparent. */
export function isOpaque(image: PixelImage): boolean {
  return allOpaque(wordsOf(image));
}

function allOpaque(words: Uint32Array): boolean {
  for (let i = 0; i < words.length; i++) if ((words[i] as number) < OPAQUE) return false;
  return true;
}
