import type { Uri } from 'vscode';
import { ImageError } from '../core/errors';
import { sha256 } from '../core/hash';
import type { ImageInfo } from '../core/image';
import { parseRecipe, type Recipe } from '../core/recipe';
import type { Source } from '../core/request';
import type { Services } from './services';
import { baseName } from './uris';

/** A picture of the workspace, read once: everything after works on these bytes. */
export interface OpenedSource {
  readonly uri: Uri;
  readonly source: Source;
  readonly info: ImageInfo;
  /** How it was made, where the file says so. Whoever made the file wrote it: shown to a person before it is sent. */
  readonly recipe: Recipe | undefined;
}

/** Reads pictures and looks at their headers. Rejects with `not-an-image`, `broken-image` and `too-large`. */
export async function openSources(services: Services, uris: readonly Uri[], signal?: AbortSignal): Promise<OpenedSource[]> {
  const opened: OpenedSource[] = [];
  for (const uri of uris) opened.push(await openSource(services, uri, signal));
  return opened;
}

/** Reads one picture and looks at its header. Rejects like `openSources`. */
export async function openSource(services: Pick<Services, 'jobs'>, uri: Uri, signal?: AbortSignal): Promise<OpenedSource> {
  const { files, pixels } = services.jobs;
  const bytes = await files.read(uri.toString());
  const info = await pixels.inspect(bytes, signal).catch((error: unknown) => Promise.reject(naming(uri, error)));
  const recipe = info.recipe === undefined ? undefined : parseRecipe(info.recipe);
  return { uri, source: { uri: uri.toString(), bytes, hash: await sha256(bytes) }, info, recipe };
}

/** Of several selected files, a failure says which. */
function naming(uri: Uri, error: unknown): unknown {
  return error instanceof ImageError && error.reason !== 'cancelled' ? new ImageError(error.reason, `${baseName(uri)}: ${error.message}`, { cause: error }) : error;
}

/** The prompt of the file's recipe that a caller's call may send: only of a picture that this workspace's history holds, since no person sees it before. */
export async function trustedPrompt(services: Services, { recipe, source }: OpenedSource): Promise<string> {
  return recipe && recipe.prompt !== '' && (await services.jobs.history.holds(source.hash)) ? recipe.prompt : '';
}
