import type { DrawnImage } from '../core/image';
import type { JobServices } from './job';

/** A PNG with its recipe, or without one where that is undefined, so that it needs nothing more where it has the right size. A damaged one stays as it is: it is told apart later. */
export function dressed(image: DrawnImage, recipe: string | undefined, setRecipe: JobServices['setRecipe']): DrawnImage {
  if (image.format !== 'png') return image;
  try {
    const bytes = setRecipe(image.bytes, recipe);
    return image.info ? { ...image, bytes, info: { ...image.info, recipe } } : { ...image, bytes };
  } catch {
    return image;
  }
}
