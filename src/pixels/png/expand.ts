import { COLOR_TYPE, damaged } from './header';
import type { PngHeader } from './header';

/** What PLTE and tRNS say. */
export interface PngColors {
  /** PLTE's bytes, three an entry. */
  readonly palette: Uint8Array | undefined;
  /** tRNS's bytes: an alpha for each palette entry, or the one transparent colour in 16-bit samples. */
  readonly transparency: Uint8Array | undefined;
}

/** Writes the pixels of one unfiltered row: `count` pixels from `bytes[start]`, RGBA words to `out[at]`, `out[at + stride]`, … */
export type ExpandRow = (bytes: Uint8Array, start: number, count: number, out: Uint32Array, at: number, stride: number) => void;

/** 0xFF as alpha of a little-endian RGBA word. */
const OPAQUE = 0xff000000;

/**
 * The way from a picture's stored samples to RGBA words (red in the lowest byte). 16-bit samples are rounded to 8 bits, shallow grey is stretched to 0–255,
 * colours that tRNS names become transparent at the stored depth, before rounding.
 */
export function expander(header: PngHeader, colors: PngColors): ExpandRow {
  const { colorType, bitDepth } = header;
  switch (colorType) {
    case COLOR_TYPE.indexed:
      return bitDepth === 8 ? lookUpBytes(paletteWords(colors)) : lookUpBits(bitDepth, paletteWords(colors));
    case COLOR_TYPE.greyscale:
      if (bitDepth === 16) return greyscale16(transparentSample(colors, 0));
      return bitDepth === 8 ? lookUpBytes(greyWords(8, colors)) : lookUpBits(bitDepth, greyWords(bitDepth, colors));
    case COLOR_TYPE.greyscaleAlpha:
      return bitDepth === 16 ? greyscaleAlpha16 : greyscaleAlpha8;
    case COLOR_TYPE.truecolor:
      return bitDepth === 16 ? truecolor16(colors) : truecolor8(colors);
    case COLOR_TYPE.truecolorAlpha:
      return bitDepth === 16 ? truecolorAlpha16 : truecolorAlpha8;
  }
}

/** All entries that an index can name; those beyond PLTE are opaque black, as browsers draw them. */
function paletteWords(colors: PngColors): Uint32Array {
  const { palette, transparency } = colors;
  if (!palette || palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768) throw damaged('its palette is missing or wrong');
  const words = new Uint32Array(256).fill(OPAQUE);
  for (let entry = 0; entry * 3 < palette.length; entry++) {
    const red = palette[entry * 3] as number;
    const green = palette[entry * 3 + 1] as number;
    const blue = palette[entry * 3 + 2] as number;
    words[entry] = red | (green << 8) | (blue << 16) | ((transparency?.[entry] ?? 255) << 24);
  }
  return words;
}

function greyWords(bitDepth: number, colors: PngColors): Uint32Array {
  const top = (1 << bitDepth) - 1;
  const words = Uint32Array.from({ length: top + 1 }, (_, grey) => Math.round((grey * 255) / top) * 0x010101 + OPAQUE);
  const transparent = transparentSample(colors, 0) & top;
  if (colors.transparency) words[transparent] = (words[transparent] as number) & 0xffffff;
  return words;
}

/** One sample of the colour that tRNS makes transparent; -1, which no sample is, where there is none. */
function transparentSample(colors: PngColors, channel: number): number {
  const { transparency } = colors;
  if (!transparency) return -1;
  const [high, low] = transparency.subarray(channel * 2);
  if (high === undefined || low === undefined) throw damaged('its transparent colour is too short');
  return (high << 8) | low;
}

/** Rounds the 16-bit sample at `i` to 8 bits: exactly round(v / 257). */
function sample16(bytes: Uint8Array, i: number): number {
  const value = ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  return (value * 255 + 32895) >>> 16;
}

function lookUpBytes(words: Uint32Array): ExpandRow {
  return (bytes, start, count, out, at, stride) => {
    for (let i = start, o = at; i < start + count; i++, o += stride) out[o] = words[bytes[i] as number] as number;
  };
}

function lookUpBits(bitDepth: number, words: Uint32Array): ExpandRow {
  const mask = (1 << bitDepth) - 1;
  return (bytes, start, count, out, at, stride) => {
    for (let x = 0, bit = 0, o = at; x < count; x++, bit += bitDepth, o += stride) {
      const sample = ((bytes[start + (bit >> 3)] as number) >> (8 - bitDepth - (bit & 7))) & mask;
      out[o] = words[sample] as number;
    }
  };
}

function greyscale16(transparent: number): ExpandRow {
  return (bytes, start, count, out, at, stride) => {
    for (let x = 0, i = start, o = at; x < count; x++, i += 2, o += stride) {
      const stored = ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
      out[o] = sample16(bytes, i) * 0x010101 + (stored === transparent ? 0 : OPAQUE);
    }
  };
}

const greyscaleAlpha8: ExpandRow = (bytes, start, count, out, at, stride) => {
  for (let x = 0, i = start, o = at; x < count; x++, i += 2, o += stride) {
    out[o] = ((bytes[i] as number) * 0x010101) | ((bytes[i + 1] as number) << 24);
  }
};

const greyscaleAlpha16: ExpandRow = (bytes, start, count, out, at, stride) => {
  for (let x = 0, i = start, o = at; x < count; x++, i += 4, o += stride) {
    out[o] = (sample16(bytes, i) * 0x010101) | (sample16(bytes, i + 2) << 24);
  }
};

function truecolor8(colors: PngColors): ExpandRow {
  if (colors.transparency) return truecolor8Keyed(colors);
  return (bytes, start, count, out, at, stride) => {
    for (let x = 0, i = start, o = at; x < count; x++, i += 3, o += stride) {
      out[o] = (bytes[i] as number) | ((bytes[i + 1] as number) << 8) | ((bytes[i + 2] as number) << 16) | OPAQUE;
    }
  };
}

function truecolor8Keyed(colors: PngColors): ExpandRow {
  const key = [0, 1, 2].reduce((word, channel) => word | ((transparentSample(colors, channel) & 255) << (8 * channel)), 0);
  return (bytes, start, count, out, at, stride) => {
    for (let x = 0, i = start, o = at; x < count; x++, i += 3, o += stride) {
      const color = (bytes[i] as number) | ((bytes[i + 1] as number) << 8) | ((bytes[i + 2] as number) << 16);
      out[o] = color === key ? color : color | OPAQUE;
    }
  };
}

function truecolor16(colors: PngColors): ExpandRow {
  const red = transparentSample(colors, 0);
  const green = transparentSample(colors, 1);
  const blue = transparentSample(colors, 2);
  const stored = (bytes: Uint8Array, i: number): number => ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  return (bytes, start, count, out, at, stride) => {
    for (let x = 0, i = start, o = at; x < count; x++, i += 6, o += stride) {
      const transparent = stored(bytes, i) === red && stored(bytes, i + 2) === green && stored(bytes, i + 4) === blue;
      const color = sample16(bytes, i) | (sample16(bytes, i + 2) << 8) | (sample16(bytes, i + 4) << 16);
      out[o] = transparent ? color : color | OPAQUE;
    }
  };
}

const truecolorAlpha8: ExpandRow = (bytes, start, count, out, at, stride) => {
  for (let x = 0, i = start, o = at; x < count; x++, i += 4, o += stride) {
    out[o] = (bytes[i] as number) | ((bytes[i + 1] as number) << 8) | ((bytes[i + 2] as number) << 16) | ((bytes[i + 3] as number) << 24);
  }
};

const truecolorAlpha16: ExpandRow = (bytes, start, count, out, at, stride) => {
  for (let x = 0, i = start, o = at; x < count; x++, i += 8, o += stride) {
    out[o] = sample16(bytes, i) | (sample16(bytes, i + 2) << 8) | (sample16(bytes, i + 4) << 16) | (sample16(bytes, i + 6) << 24);
  }
};
