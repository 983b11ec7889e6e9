import type { Uri } from 'vscode';
import { toImageError } from '../../core/errors';
import type { Extent } from '../../core/geometry';
import type { Recipe } from '../../core/recipe';
import type { Services } from '../services';
import { openSource } from '../sources';
import { findRecipe } from './knownRecipe';

/** What is known of a picture; the size is not that of one too large to be read. */
export interface PictureFacts {
  readonly extent?: Extent;
  readonly recipe?: Recipe;
}

/** Tells the facts of a picture; undefined of a file that is none, or a damaged one. */
export type FactsOf = (uri: Uri) => Promise<PictureFacts | undefined>;

/** Reads a picture's facts from the file and, since only PNGs hold a recipe, from this workspace's history. */
export async function pictureFacts(services: Services, uri: Uri): Promise<PictureFacts | undefined> {
  try {
    const opened = await openSource(services, uri);
    const known = await findRecipe(services, opened);
    return { extent: opened.info.extent, ...(known ? { recipe: known.recipe } : {}) };
  } catch (error) {
    return toImageError(error, 'broken-image').reason === 'too-large' ? {} : undefined;
  }
}
