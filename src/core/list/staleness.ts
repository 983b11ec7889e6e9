import { sameExtent } from '../geometry';
import type { ReadFormat } from '../image';
import type { Recipe } from '../recipe';
import { applyStyle, withoutStyle, type ProjectStyle } from '../style';
import type { ListedPicture } from './pictureList';

/** A file that stands where a listed picture belongs. */
export interface FoundFile {
  /** SHA-256 in hex. */
  readonly hash: string;
  /** By its bytes, not by its name. */
  readonly format: ReadFormat;
  /** How it was made; undefined where neither the file nor the history says. */
  readonly recipe: Recipe | undefined;
}

/** What a recipe must say for the picture to be up to date. */
export interface WantedRecipe {
  readonly style: ProjectStyle | undefined;
  /** Hash of the parent's file; undefined where the picture has no parent. */
  readonly parent: string | undefined;
  /** Hashes of the style's reference pictures, in order. */
  readonly references: readonly string[];
}

/** In what a picture differs from the list. */
export type Change = 'prompt' | 'style' | 'size' | 'format' | 'parent' | 'references';

/**
 * `missing`: there is no file. `stale`: its recipe differs from the list. `unknown`: there is a file and nothing says how it was made; it is somebody's own and left alone.
 */
export type PictureState =
  | { readonly state: 'missing' }
  | { readonly state: 'fresh' }
  | { readonly state: 'unknown' }
  | { readonly state: 'stale'; readonly changes: readonly Change[] };

/** Compares a file with what the list wants. Another engine, model, quality or seed does not make a picture stale: everything would be drawn and paid for again for the sake of a setting. */
export function stateOf(picture: ListedPicture, wanted: WantedRecipe, file: FoundFile | undefined): PictureState {
  if (!file) return { state: 'missing' };
  const { recipe } = file;
  if (!recipe) return { state: 'unknown' };
  const changes: Change[] = [];
  const style = wanted.style && { ...wanted.style, references: recipe.references?.length ?? 0 };
  if (recipe.prompt !== applyStyle(picture.prompt, style)) changes.push(withoutStyle(recipe.prompt) === withoutStyle(picture.prompt) ? 'style' : 'prompt');
  if (!sameExtent(recipe, picture.extent)) changes.push('size');
  if (file.format !== picture.format) changes.push('format');
  if (recipe.parent !== wanted.parent) changes.push('parent');
  if (differInReferences(recipe.references, wanted.references)) changes.push('references');
  return changes.length === 0 ? { state: 'fresh' } : { state: 'stale', changes };
}

/** An empty list in the recipe says that there were some, and that the engine could not take them: no reason to try again. */
function differInReferences(used: readonly string[] | undefined, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return used !== undefined && used.length > 0;
  return used === undefined || (used.length > 0 && used.join() !== wanted.join());
}
