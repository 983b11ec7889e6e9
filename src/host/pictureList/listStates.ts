import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import { ImageError } from '../../core/errors';
import { sha256 } from '../../core/hash';
import type { ListedPicture } from '../../core/list/pictureList';
import { stateOf, type FoundFile, type PictureState } from '../../core/list/staleness';
import { parseRecipe, type Recipe } from '../../core/recipe';
import { refuseWayOut } from '../destination';
import type { Services } from '../services';
import { displayPath } from '../uris';
import type { ProjectList } from './projectList';
import { styleOf, type LoadedStyle } from './projectStyle';

/** A listed picture with what stands in its place. */
export interface Finding {
  readonly picture: ListedPicture;
  readonly uri: Uri;
  readonly state: PictureState;
  /** Of the file as it was read; undefined where it is missing. */
  readonly hash: string | undefined;
}

/**
 * Looks at every picture's file. A PNG says itself how it was made; for the other formats, and where recipes are not embedded, this workspace's history does.
 * Rejects with `bad-path` where a path leads out of the project by a link or is a folder's.
 */
export async function findStates(services: Services, list: ProjectList, style: LoadedStyle | undefined, signal: AbortSignal): Promise<Finding[]> {
  const made = new Map((await services.jobs.history.list()).map(({ hash, recipe }) => [hash, recipe]));
  const found = new Map<ListedPicture, { readonly uri: Uri; readonly file: FoundFile | undefined }>();
  for (const picture of list.pictures) {
    if (signal.aborted) throw new ImageError('cancelled', 'Cancelled.');
    const uri = Uri.joinPath(list.folder, ...picture.path);
    await refuseWayOut(list.folder, uri);
    found.set(picture, { uri, file: await findFile(services, picture, uri, made, signal) });
  }
  const wanted = { style: style && styleOf(style), references: style?.references.map(({ source }) => source.hash) ?? [] };
  return [...found].map(([picture, { uri, file }]) => {
    const parent = picture.parent && found.get(picture.parent)?.file?.hash;
    return { picture, uri, hash: file?.hash, state: stateOf(picture, { ...wanted, parent }, file) };
  });
}

async function findFile(services: Services, picture: ListedPicture, uri: Uri, made: ReadonlyMap<string, Recipe>, signal: AbortSignal): Promise<FoundFile | undefined> {
  const { files, pixels } = services.jobs;
  if (!(await isFile(uri))) return undefined;
  const bytes = await files.read(uri.toString());
  const hash = await sha256(bytes);
  try {
    const { format, recipe } = await pixels.inspect(bytes, signal);
    return { hash, format, recipe: (recipe === undefined ? undefined : parseRecipe(recipe)) ?? made.get(hash) };
  } catch (error) {
    // A pointer of Git LFS, a half-written file: somebody's own, whatever it is.
    if (error instanceof ImageError && error.reason !== 'cancelled') return { hash, format: picture.format, recipe: undefined };
    throw error;
  }
}

async function isFile(uri: Uri): Promise<boolean> {
  try {
    const { type } = await workspace.fs.stat(uri);
    if ((type & FileType.Directory) !== 0) throw new ImageError('bad-path', `${displayPath(uri)} is a folder.`);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}
