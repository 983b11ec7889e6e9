import type { PixelImage } from '../../core/image';
import { readGifFrame, subBlocks } from './headers/gif';
import type { GifFrame } from './headers/gif';
import { unpackGifLzw } from './gifLzw';

/** Rows of an interlaced frame: every eighth, every eighth from the fourth, every fourth from the second, every second from the first. */
const INTERLACED = [
  { first: 0, step: 8 },
  { first: 4, step: 8 },
  { first: 2, step: 4 },
  { first: 1, step: 2 },
] as const;
const PLAIN = [{ first: 0, step: 1 }] as const;

/**
 * Decodes a GIF's first frame on its transparent screen; the size must have been looked at before. Ours, as omggif, which jimp uses, never comes back from
 * some damaged files. Throws `broken-image`.
 */
export function decodeGif(bytes: Uint8Array): PixelImage {
  const frame = readGifFrame(bytes);
  const { screen, bounds } = frame;
  const indices = new Uint8Array(bounds.width * bounds.height);
  const written = unpackGifLzw(subBlocks(bytes, frame.dataAt + 1), bytes[frame.dataAt] ?? 0, indices);
  const colors = paletteWords(frame);
  const words = new Uint32Array(screen.width * screen.height);
  let next = 0;
  for (const { first, step } of frame.interlaced ? INTERLACED : PLAIN) {
    for (let y = first; y < bounds.height; y += step) {
      const row = (bounds.y + y) * screen.width + bounds.x;
      for (let x = 0; x < bounds.width && next < written; x++) words[row + x] = colors[indices[next++] as number] as number;
    }
  }
  return { width: screen.width, height: screen.height, data: new Uint8ClampedArray(words.buffer) };
}

/** Each index as an RGBA word, red in the lowest byte; those beyond the palette are opaque black. */
function paletteWords({ palette, transparent }: GifFrame): Uint32Array {
  const words = new Uint32Array(256).fill(0xff000000);
  for (let index = 0; index * 3 < palette.length; index++) {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3);
    words[index] = red | (green << 8) | (blue << 16) | 0xff000000;
  }
  if (transparent !== undefined) words[transparent] = 0;
  return words;
}
