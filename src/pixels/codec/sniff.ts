import { ImageError } from '../../core/errors';
import type { ReadFormat } from '../../core/image';
import { hasBrand } from './headers/boxes';
import { hasText } from './headers/stored';

/** Magic numbers, at the file's start unless `at` says otherwise. */
const MAGIC: readonly { readonly format: ReadFormat; readonly text: string }[] = [
  { format: 'png', text: '\x89PNG\r\n\x1a\n' },
  { format: 'jpeg', text: '\xff\xd8\xff' },
  { format: 'gif', text: 'GIF87a' },
  { format: 'gif', text: 'GIF89a' },
  { format: 'tiff', text: 'II*\0' },
  { format: 'tiff', text: 'MM\0*' },
  { format: 'bmp', text: 'BM' },
];

/** Still pictures and sequences; HEIC has the same boxes with other brands. */
const AVIF_BRANDS = ['avif', 'avis'];

/** What people take for pictures that can be read, named so that the message helps. */
const OTHERS: readonly { readonly name: string; readonly text: string; readonly at: number }[] = [
  { name: 'a HEIC', text: 'ftyphei', at: 4 },
  { name: 'a HEIC', text: 'ftypmif1', at: 4 },
  { name: 'a JPEG XL', text: '\xff\x0a', at: 0 },
  { name: 'a JPEG XL', text: '\0\0\0\x0cJXL ', at: 0 },
  { name: 'a JPEG 2000', text: '\0\0\0\x0cjP  ', at: 0 },
  { name: 'a BigTIFF', text: 'II+\0', at: 0 },
  { name: 'a Photoshop', text: '8BPS', at: 0 },
  { name: 'an icon', text: '\0\0\x01\0', at: 0 },
  { name: 'a PDF', text: '%PDF', at: 0 },
  { name: 'a Git LFS pointer', text: 'version https://git-lfs', at: 0 },
];

/** How much of a text is looked at. */
const TEXT_SAMPLE = 1024;

/** The format that the first bytes tell. Throws `not-an-image`, saying what the file seems to be instead, or `broken-image` for an empty one. */
export function sniffFormat(bytes: Uint8Array): ReadFormat {
  const magic = MAGIC.find(({ text }) => hasText(bytes, 0, text));
  if (magic) return magic.format;
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) return 'webp';
  if (hasBrand(bytes, AVIF_BRANDS)) return 'avif';
  if (bytes.length === 0) throw new ImageError('broken-image', 'The file is empty.');
  if (wasPng(bytes)) throw new ImageError('broken-image', 'The PNG is damaged: its first bytes were changed, as happens where a file is copied as text.');
  throw new ImageError('not-an-image', `This is ${describe(bytes)}. Easel reads PNG, JPEG, WebP, AVIF, GIF, BMP and TIFF.`);
}

/** PNG's signature holds line ends and a byte above 127 to show such a copy; the header's name follows it, moved by a byte where a line end was changed. */
function wasPng(bytes: Uint8Array): boolean {
  return [11, 12, 13, 14].some((at) => hasText(bytes, at, 'IHDR'));
}

function describe(bytes: Uint8Array): string {
  const other = OTHERS.find(({ text, at }) => hasText(bytes, at, text));
  if (other) return `${other.name} file`;
  const sample = bytes.subarray(0, TEXT_SAMPLE);
  if (sample.includes(0)) return 'no picture that is known';
  const text = new TextDecoder().decode(sample).toLowerCase();
  if (text.includes('<svg')) return 'an SVG: a drawing in text and not in pixels';
  if (text.includes('<html') || text.includes('<!doctype html')) return 'an HTML page';
  return 'no picture that is known';
}
