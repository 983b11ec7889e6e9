import { broken } from './headers/stored';

/** Codes have at most 12 bits. */
const TABLE_SIZE = 4096;
const LONGEST = 12;

/**
 * Unpacks a GIF's LZW codes (GIF89a, appendix F) into `indices` and answers how many were written: fewer than there is room for where the data says that it
 * ends. A file that names a code that cannot be there yet is broken.
 */
export function unpackGifLzw(blocks: Iterable<Uint8Array>, codeSize: number, indices: Uint8Array): number {
  if (codeSize < 1 || codeSize > 8) throw broken('gif', `its code size is ${codeSize}`);
  const clear = 2 ** codeSize;
  const end = clear + 1;
  // A string is its last byte behind the string `prefixes` names; its first byte and its length are kept to write it from the back.
  const prefixes = new Uint16Array(TABLE_SIZE);
  const lasts = Uint8Array.from({ length: TABLE_SIZE }, (_, code) => code);
  const firsts = lasts.slice();
  const lengths = new Uint16Array(TABLE_SIZE).fill(1);

  let [width, free, previous, window, bits, written] = [codeSize + 1, end + 1, -1, 0, 0, 0];
  for (const block of blocks) {
    for (const byte of block) {
      window |= byte << bits;
      bits += 8;
      while (bits >= width) {
        const code = window & ((1 << width) - 1);
        window >>>= width;
        bits -= width;
        if (code === end) return written;
        if (code === clear) {
          width = codeSize + 1;
          free = end + 1;
          previous = -1;
          continue;
        }
        if (code > free || (code >= clear && previous < 0)) throw broken('gif', 'its compressed data is damaged');

        // The one code that is not in the table yet stands for the string before and once more its first byte.
        const known = code < free ? code : previous;
        const length = lengths[known] as number;
        for (let at = written + length - 1, part = known; at >= written; at--) {
          indices[at] = lasts[part] as number;
          part = prefixes[part] as number;
        }
        written += length;
        if (known !== code) indices[written++] = firsts[known] as number;
        if (written >= indices.length) return indices.length;

        if (previous >= 0 && free < TABLE_SIZE) {
          prefixes[free] = previous;
          lasts[free] = firsts[known] as number;
          firsts[free] = firsts[previous] as number;
          lengths[free] = (lengths[previous] as number) + 1;
          free++;
          if (free === 1 << width && width < LONGEST) width++;
        }
        previous = code;
      }
    }
  }
  return written;
}
