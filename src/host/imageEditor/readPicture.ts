import type { Uri } from 'vscode';
import { sha256 } from '../../core/hash';
import { parseRecipe } from '../../core/recipe';
import type { JobServices } from '../../jobs/job';
import type { PictureVersion } from './editorDocument';

/** A picture's bytes as a version. Rejects with `not-an-image`, `broken-image` and `too-large`, from the header alone. */
export async function versionOf(bytes: Uint8Array, { pixels }: Pick<JobServices, 'pixels'>, signal?: AbortSignal): Promise<PictureVersion> {
  const { format, extent, recipe } = await pixels.inspect(bytes, signal);
  return { id: crypto.randomUUID(), bytes, hash: await sha256(bytes), format, extent, recipe: recipe === undefined ? undefined : parseRecipe(recipe) };
}

/** Reads a file as a version. Rejects like `versionOf`. */
export async function readPicture(uri: Uri, services: Pick<JobServices, 'pixels' | 'files'>, signal?: AbortSignal): Promise<PictureVersion> {
  return versionOf(await services.files.read(uri.toString()), services, signal);
}
