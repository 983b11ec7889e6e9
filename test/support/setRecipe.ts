import { concat } from '../../src/core/bytes';
import { nodeZlib } from '../../src/node/zlib';
import { RecipeWriter } from '../../src/pixels/png/recipeWriter';

/** A whole PNG with its recipe set. */
export function setRecipe(png: Uint8Array, recipe: string): Uint8Array {
  const writer = new RecipeWriter(recipe, nodeZlib.crc32);
  const parts = writer.push(png);
  if (!writer.whole) throw new Error('This is no whole PNG');
  return concat(parts);
}
