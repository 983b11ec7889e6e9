import { RECIPE_KEYWORD } from '../../core/recipe';
import { writeChunk } from './chunks';
import type { Crc32, PngChunk } from './chunks';
import { readInternationalText, writeInternationalText } from './text';

/** The `easel` chunk, ready to stand before IDAT. */
export function recipeChunk(recipe: string, crc32: Crc32): Uint8Array {
  return writeChunk('iTXt', writeInternationalText({ keyword: RECIPE_KEYWORD, text: recipe }), crc32);
}

/** The JSON of the `easel` chunk, wherever it stands. */
export function recipeOf(chunk: PngChunk): string | undefined {
  if (chunk.type !== 'iTXt') return undefined;
  const content = readInternationalText(chunk.data);
  return content?.keyword === RECIPE_KEYWORD ? content.text : undefined;
}
