const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const SHORTEST = 9;
const LONGEST = 12;

/**
 * Whether a strip of a TIFF's LZW data (TIFF 6.0, section 13) names only codes that stand in its table. jimp's decoder believes each code: one that is not
 * there closes its chain of entries to a ring, and it never comes back.
 */
export function isSoundLzw(strip: Uint8Array): boolean {
  const bits = strip.length * 8;
  let width = SHORTEST;
  let free = FIRST_FREE;
  let cleared = false;
  for (let bit = 0; bit + width <= bits; ) {
    const code = readCode(strip, bit, width);
    bit += width;
    if (code === END) return true;
    if (code === CLEAR) {
      cleared = true;
      width = SHORTEST;
      free = FIRST_FREE;
      if (bit + width > bits) return true;
      // The code behind a clear is a plain byte and makes no entry.
      const first = readCode(strip, bit, width);
      bit += width;
      if (first === END) return true;
      if (first > 255) return false;
      continue;
    }
    if (!cleared || code > free || free >= 2 ** LONGEST) return false;
    free++;
    if (free + 1 === 2 ** width && width < LONGEST) width++;
  }
  return true;
}

/** The code of up to 12 bits that begins at a bit of the strip, highest bit first. */
function readCode(strip: Uint8Array, bit: number, width: number): number {
  const at = bit >> 3;
  const window = ((strip[at] ?? 0) << 16) | ((strip[at + 1] ?? 0) << 8) | (strip[at + 2] ?? 0);
  return (window >> (24 - (bit & 7) - width)) & (2 ** width - 1);
}
