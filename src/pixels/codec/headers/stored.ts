import { ImageError } from '../../../core/errors';
import type { Extent } from '../../../core/geometry';
import type { ReadFormat } from '../../../core/image';
import type { Density } from '../exif';

/** What a file's header says of the picture as it is stored, before its orientation is applied. */
export interface StoredPicture extends Extent {
  /** EXIF orientation, 1–8. */
  readonly orientation: number;
  /** Bits per channel. */
  readonly bitDepth: number;
  /** The `easel` text of a PNG. */
  readonly recipe?: string;
  /** The ICC profile of a JPEG, WebP, AVIF or TIFF. */
  readonly profile?: Uint8Array;
  /** What a JPEG or TIFF says of its size on paper. */
  readonly density?: Density;
  /** A JPEG in four inks. */
  readonly cmyk?: boolean;
}

/** A file that is what it says to be, but damaged or of a kind that nobody reads. */
export function broken(format: ReadFormat, what: string): ImageError {
  return new ImageError('broken-image', `The ${format.toUpperCase()} file cannot be read: ${what}.`);
}

/** A view for reading numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether `text` stands at `offset`, a byte each character. */
export function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}
