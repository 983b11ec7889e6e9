import type { PixelImage } from '../../core/image';

/** The picture's pixels as 32-bit words, one a pixel, sharing its memory; a copy where the memory is not aligned. */
export function wordsOf({ data }: PixelImage): Uint32Array {
  return data.byteOffset % 4 === 0 ? new Uint32Array(data.buffer, data.byteOffset, data.length >> 2) : new Uint32Array(data.slice().buffer);
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
