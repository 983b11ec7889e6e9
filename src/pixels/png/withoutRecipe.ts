import { concat } from '../../core/bytes';
import type { Crc32 } from './chunks';
import { RecipeWriter } from './recipeWriter';

/** A file without its recipe, every other byte as it is. What is no whole PNG has none, and stays. */
export function withoutRecipe(file: Uint8Array, crc32: Crc32): Uint8Array {
  const writer = new RecipeWriter(undefined, crc32);
  const parts = writer.push(file);
  return writer.whole ? concat(parts) : file;
}
