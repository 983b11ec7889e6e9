import { RelativePattern, workspace, type Uri } from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import { sha256 } from '../../core/hash';
import { IMAGE_EXTENSIONS } from '../../core/naming';
import { NOT_THE_PERSONS } from '../notThePersons';
import { bytesOf } from '../quickFiles';
import type { Services } from '../services';
import { openSource, type OpenedSource } from '../sources';
import { parentOf, toUri } from '../uris';

const PICTURES = `*.{${IMAGE_EXTENSIONS.join(',')}}`;
/** Each of them is read whole. */
const MOST_FILES = 3000;
const MOST_BESIDE = 200;

/**
 * The file that a recipe's `parent` stands for, which is its SHA-256: one that the history knows and that is the same still, or any picture of the workspace with
 * these bytes, those beside `near` first. Undefined where there is none. Rejects with `cancelled`.
 */
export async function findParent(services: Services, parent: string, near: Uri, signal: AbortSignal): Promise<OpenedSource | undefined> {
  for (const { uri, hash } of await services.jobs.history.list()) {
    if (hash !== parent) continue;
    const opened = await openSource(services, toUri(uri), signal).catch(() => undefined);
    if (opened?.source.hash === parent) return opened;
  }
  for (const pattern of [new RelativePattern(parentOf(near), PICTURES), `**/${PICTURES}`]) {
    const found = await withHash(await workspace.findFiles(pattern, NOT_THE_PERSONS, MOST_FILES), parent, signal);
    if (found) return openSource(services, found, signal);
  }
  return undefined;
}

/**
 * Where the file of a recipe's `parent` is or was, for words only: as the history knows it, or beside `near`; undefined elsewhere. Unlike `findParent` it reads no other
 * folder.
 */
export async function findParentNear(services: Services, parent: string, near: Uri): Promise<Uri | undefined> {
  const entry = (await services.jobs.history.list()).find(({ hash }) => hash === parent);
  if (entry) return toUri(entry.uri);
  return withHash(await workspace.findFiles(new RelativePattern(parentOf(near), PICTURES), undefined, MOST_BESIDE), parent);
}

async function withHash(files: readonly Uri[], hash: string, signal?: AbortSignal): Promise<Uri | undefined> {
  for (const file of files) {
    throwIfCancelled(signal);
    const bytes = await bytesOf(file);
    if (bytes !== undefined && (await sha256(bytes)) === hash) return file;
  }
  return undefined;
}
