import type { Zlib } from '../../core/ports';
import { RECIPE_KEYWORD } from '../../core/recipe';
import { concat } from '../../core/bytes';
import { chunksOf, latin1 } from './chunks';
import type { PngChunk } from './chunks';
import { COLOR_TYPE, readHeader } from './header';

/** Chunks that go with a picture from file to file, in the order in which they are written before the pixels. */
export interface CarriedChunks {
  readonly chunks: readonly CarriedChunk[];
}

export interface CarriedChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

export const NOTHING_CARRIED: CarriedChunks = { chunks: [] };

/** What colours mean, how large a pixel is on paper, and text. EXIF is not carried: it names the stored size, orientation and often a place. */
const CARRIED_TYPES = ['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM', 'pHYs', 'tEXt', 'zTXt', 'iTXt'];

const TEXT_TYPES = ['tEXt', 'zTXt', 'iTXt'];

/**
 * Keywords of texts that hold EXIF, XMP or IPTC, as Photoshop, ImageMagick, ExifTool and exiv2 write them. Such a text is not carried for EXIF's reasons: an orientation would turn a picture again that
 * was turned upright, a place is nobody's business. Profiles of colour are written in that way too, and stay.
 */
const METADATA_KEYWORD = /^(raw profile type (?!ic[cm]$)|xml:com\.adobe\.xmp$|(exif|xmp|tiff|iptc|gps|photoshop):)/i;

/** The most bytes of a keyword, with its end. */
const KEYWORD_BYTES = 80;

/** EXIF orientations from here on swap width and height. */
const FIRST_SWAPPING = 5;
/** The unit of pHYs that is a length. */
const METRE = 1;

/** The chunks of a PNG that are written again after its picture has been edited; `orientation` is the one that was applied on reading. */
export function carriedChunks(png: Uint8Array, orientation: number): CarriedChunks {
  const carried: CarriedChunk[] = [];
  let grey = false;
  for (const chunk of chunksOf(png)) {
    if (chunk.type === 'IHDR') {
      const { colorType } = readHeader(chunk.data);
      grey = colorType === COLOR_TYPE.greyscale || colorType === COLOR_TYPE.greyscaleAlpha;
    }
    if (!CARRIED_TYPES.includes(chunk.type) || isStale(chunk)) continue;
    // A grey profile is not allowed on the RGB picture that is written.
    if (grey && chunk.type === 'iCCP') continue;
    carried.push({ type: chunk.type, data: chunk.type === 'pHYs' && orientation >= FIRST_SWAPPING ? swapAxes(chunk.data) : chunk.data.slice() });
  }
  carried.sort((a, b) => CARRIED_TYPES.indexOf(a.type) - CARRIED_TYPES.indexOf(b.type));
  return { chunks: carried };
}

/** Whether a text chunk no longer tells the truth, or too much of it: the recipe is replaced by the new one. */
function isStale(chunk: PngChunk): boolean {
  if (!TEXT_TYPES.includes(chunk.type)) return false;
  const keyword = latin1(chunk.data.subarray(0, Math.max(0, chunk.data.subarray(0, KEYWORD_BYTES).indexOf(0))));
  return keyword === RECIPE_KEYWORD || METADATA_KEYWORD.test(keyword);
}

/** Pixels a metre of a stored picture of another format as a PNG chunk; `orientation` is the one that was applied on reading. */
export function densityChunk({ x, y }: { readonly x: number; readonly y: number }, orientation: number): CarriedChunk {
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  view.setUint32(0, x);
  view.setUint32(4, y);
  view.setUint8(8, METRE);
  return { type: 'pHYs', data: orientation >= FIRST_SWAPPING ? swapAxes(data) : data };
}

/** pHYs is pixels per unit in x, then in y, then the unit. */
function swapAxes(phys: Uint8Array): Uint8Array {
  const swapped = phys.slice();
  swapped.set(phys.subarray(4, 8), 0);
  swapped.set(phys.subarray(0, 4), 4);
  return swapped;
}

/** More than any profile has; a chunk that holds more is a bomb. */
const MAX_PROFILE = 16 * 1024 * 1024;

/** The ICC profile among the carried chunks, unpacked, for other formats; undefined where there is none or it is damaged. */
export async function carriedProfile({ chunks }: CarriedChunks, zlib: Zlib): Promise<Uint8Array | undefined> {
  const data = chunks.find((chunk) => chunk.type === 'iCCP')?.data;
  if (!data) return undefined;
  // A name, its end, the method of compression.
  return zlib.inflate(data.subarray(data.indexOf(0) + 2), MAX_PROFILE).catch(() => undefined);
}

/** The ICC profile of another format as a PNG chunk; none where the profile is not for RGB, as the pixels then are not what it speaks of. */
export async function profileChunk(profile: Uint8Array, zlib: Zlib): Promise<CarriedChunk[]> {
  const colorSpace = latin1(profile.subarray(16, 20));
  if (colorSpace !== 'RGB ') return [];
  const name = new TextEncoder().encode('ICC profile\0\0');
  return [{ type: 'iCCP', data: concat([name, await zlib.deflate(profile, 9)]) }];
}
