import { chunksOf } from '../../png/chunks';
import { readHeader } from '../../png/header';
import type { PngHeader } from '../../png/header';
import { recipeOf } from '../../png/recipeChunk';
import { readOrientation, UPRIGHT } from '../exif';
import { broken } from './stored';
import type { StoredPicture } from './stored';

/** Reads IHDR, and the orientation and the recipe wherever in the file they stand. */
export function readPngInfo(bytes: Uint8Array): StoredPicture {
  let header: PngHeader | undefined;
  let orientation = UPRIGHT;
  let recipe: string | undefined;
  let hasPixels = false;
  for (const chunk of chunksOf(bytes)) {
    if (!header && chunk.type !== 'IHDR') throw broken('png', 'it does not begin with its header');
    if (chunk.type === 'IHDR') header ??= readHeader(chunk.data);
    if (chunk.type === 'IDAT') hasPixels = true;
    if (chunk.type === 'eXIf') orientation = readOrientation(chunk.data);
    recipe ??= recipeOf(chunk);
  }
  if (!header || !hasPixels) throw broken('png', 'it has no picture data');
  const { width, height, bitDepth } = header;
  return { width, height, bitDepth, orientation, ...(recipe === undefined ? {} : { recipe }) };
}
