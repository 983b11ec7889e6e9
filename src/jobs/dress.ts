import type { FileBytes } from '../core/bytes';
import type { DrawnImage } from '../core/image';
import type { JobServices } from './job';

/**
 * A PNG with its recipe, or without one where that is undefined, so that it needs nothing more where it has the right size. A damaged one stays as it is: it is told apart later.
 * `file` is the PNG with its recipe, where it was made while the picture came.
 */
export function dressed(image: DrawnImage, recipe: string | undefined, setRecipe: JobServices['setRecipe'], file?: FileBytes): DrawnImage {
  if (image.format !== 'png') return image;
  try {
    const own = file ?? { bytes: setRecipe(image.bytes, recipe) };
    const { format, info, text } = image;
    return { format, ...(info && { info: { ...info, recipe } }), ...(text && { text }), get bytes() { return own.bytes; } };
  } catch {
    return image;
  }
}
