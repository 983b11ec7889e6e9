import { RECIPE_KEYWORD } from '../../core/recipe';
import { CHUNK_OVERHEAD, chunksOf, concat, writeChunk } from './chunks';
import type { Crc32, PngChunk } from './chunks';
import { readInternationalText, writeInternationalText } from './text';

/** The `easel` chunk, ready to stand before IDAT. */
export function recipeChunk(recipe: string, crc32: Crc32): Uint8Array {
  return writeChunk('iTXt', writeInternationalText({ keyword: RECIPE_KEYWORD, text: recipe }), crc32);
}

/**
 * The PNG with its `easel` chunk set, or without one where `recipe` is undefined. Every other byte stays as it came, IDAT and what follows IEND included.
 * Throws `broken-image` where the file ends early.
 */
export function setRecipe(png: Uint8Array, recipe: string | undefined, crc32: Crc32): Uint8Array {
  const parts: Uint8Array[] = [];
  let kept = 0;
  let written = recipe === undefined;
  for (const chunk of chunksOf(png)) {
    if (chunk.type === 'IDAT' && !written && recipe !== undefined) {
      parts.push(png.subarray(kept, chunk.offset), recipeChunk(recipe, crc32));
      kept = chunk.offset;
      written = true;
    }
    if (!isRecipe(chunk)) continue;
    parts.push(png.subarray(kept, chunk.offset));
    kept = chunk.offset + CHUNK_OVERHEAD + chunk.data.length;
  }
  return concat([...parts, png.subarray(kept)]);
}

/** The JSON of the `easel` chunk, wherever it stands. */
export function recipeOf(chunk: PngChunk): string | undefined {
  if (chunk.type !== 'iTXt') return undefined;
  const content = readInternationalText(chunk.data);
  return content?.keyword === RECIPE_KEYWORD ? content.text : undefined;
}

function isRecipe(chunk: PngChunk): boolean {
  return recipeOf(chunk) !== undefined;
}
