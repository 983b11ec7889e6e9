import type { FileBytes } from './bytes';
import type { Extent } from './geometry';
import type { TextReport } from './textReport';

/** A picture as the pixel rooms hold it: 8-bit RGBA, straight alpha, upright, rows from the top, `data.length === width * height * 4`. */
export interface PixelImage extends Extent {
  readonly data: Uint8ClampedArray;
}

/** Which pixels are to be drawn: one byte a pixel, rows from the top; 0 keeps the pixel, 255 draws it, between blends. */
export interface Mask extends Extent {
  readonly data: Uint8Array;
}

/** What Easel reads. The name is told by magic bytes, never by the file's name. */
export const READ_FORMATS = ['png', 'jpeg', 'webp', 'gif', 'bmp', 'tiff', 'avif'] as const;
export type ReadFormat = (typeof READ_FORMATS)[number];

/** What Easel writes. */
export const WRITE_FORMATS = ['png', 'jpeg', 'webp', 'avif'] as const;
export type WriteFormat = (typeof WRITE_FORMATS)[number];

/** The ending of a format's files, without the dot. */
export const FILE_ENDINGS = { png: 'png', jpeg: 'jpg', webp: 'webp', avif: 'avif' } as const satisfies Record<WriteFormat, string>;
export type FileEnding = (typeof FILE_ENDINGS)[WriteFormat];

/** The ending of a file that came where a picture was asked for and is none: an SVG as text, a file of no known kind, and a server's answer as it came. */
export type UnusableEnding = 'svg.txt' | 'bin' | 'answer.txt';

/** An image file's bytes with the format that its magic bytes tell. */
export interface EncodedImage extends FileBytes {
  readonly format: ReadFormat;
}

/** A picture as it came from who drew it. */
export interface DrawnImage extends EncodedImage {
  /** What its header says, where that was read already. */
  readonly info?: ImageInfo;
  /** Which of the pictures it is that were copied while the answer came. */
  readonly part?: number;
  /** What became of a text that it was to show, where that is known. */
  readonly text?: TextReport;
}

/** The most pixels a picture may have: 64 megapixels. Above it a file is refused from its header alone. */
export const MAX_PIXELS = 64 * 1024 * 1024;

/** What a file's header says, before any pixel is decoded. */
export interface ImageInfo {
  readonly format: ReadFormat;
  /** The size when upright, after the file's orientation was applied. */
  readonly extent: Extent;
  /** EXIF orientation, 1–8; 1 where the file names none. */
  readonly orientation: number;
  /** Bits per channel as stored; 16 is reduced to 8 on reading. */
  readonly bitDepth: number;
  /** The JSON of the `easel` iTXt chunk, unparsed, where a PNG carries one. */
  readonly recipe?: string;
}
