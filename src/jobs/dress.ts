import { Pieces, type FileBytes, type PieceFilter } from '../core/bytes';
import type { DrawnImage } from '../core/image';
import type { JobServices } from './job';

/**
 * A PNG with its recipe, or without one where that is undefined, so that it needs nothing more where it has the right size. A damaged one stays as it is: it is told apart later.
 * `file` is the PNG with its recipe, where it was made while the picture came.
 */
export function dressed(image: DrawnImage, recipe: string | undefined, recipeFilter: JobServices['recipeFilter'], file?: FileBytes): DrawnImage {
  if (image.format !== 'png') return image;
  const own = file ?? refitted(image, recipeFilter(recipe));
  if (!own) return image;
  const { format, info, text } = image;
  return { format, ...(info && { info: { ...info, recipe } }), ...(text && { text }), get bytes() { return own.bytes; } };
}

/** The file as it comes out of a filter, put together when somebody asks for it; undefined where it is not whole. */
function refitted({ bytes }: DrawnImage, filter: PieceFilter): FileBytes | undefined {
  const pieces = new Pieces();
  for (const piece of filter.push(bytes)) pieces.add(piece);
  return filter.whole ? pieces : undefined;
}
