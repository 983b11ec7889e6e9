import { concat, type PieceFilter } from '../../core/bytes';
import { ImageError } from '../../core/errors';
import type { Crc32 } from './chunks';
import { RecipeWriter } from './recipeWriter';

/** Sets the `easel` chunk of a PNG that passes by in pieces. One that ends early may keep its last bytes back. */
export function recipeFilter(recipe: string | undefined, crc32: Crc32): PieceFilter {
  return new RecipeWriter(recipe, crc32);
}

/**
 * The PNG with its `easel` chunk set, or without one where `recipe` is undefined. Every other byte stays as it came, IDAT and what follows IEND included.
 * Throws `broken-image` where it is none, or ends early.
 */
export function setRecipe(png: Uint8Array, recipe: string | undefined, crc32: Crc32): Uint8Array {
  const writer = new RecipeWriter(recipe, crc32);
  const parts = writer.push(png);
  if (!writer.whole) throw new ImageError('broken-image', 'This is no PNG, or not a whole one.');
  return concat(parts);
}
