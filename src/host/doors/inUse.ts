import { Disposable, Uri, workspace, type ExtensionContext } from 'vscode';
import { LIST_FILE } from '../../core/list/pictureList';
import { OUTBOX_FOLDER } from '../../jobs/outboxEntry';

/** How long a window is left alone first, in milliseconds. */
const REST_MS = 2000;

/** Starts Easel where it is in use, so that its status bar shows without a word: where this workspace holds something of it or has a picture list, and where pictures of an earlier life may wait to be offered. */
export function startWhereInUse({ globalStorageUri, storageUri }: Pick<ExtensionContext, 'globalStorageUri' | 'storageUri'>, start: () => Promise<unknown>): Disposable {
  const look = async (): Promise<void> => {
    const lists = (workspace.workspaceFolders ?? []).map(({ uri }) => isThere(Uri.joinPath(uri, LIST_FILE)));
    const signs = await Promise.all([...lists, holds(Uri.joinPath(globalStorageUri, OUTBOX_FOLDER)), ...(storageUri ? [holds(storageUri)] : [])]);
    if (signs.includes(true)) await start();
  };
  const timer = setTimeout(() => void look(), REST_MS);
  return new Disposable(() => clearTimeout(timer));
}

function isThere(file: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(file)).then(() => true, () => false);
}

/** No folder holds nothing. */
function holds(folder: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.readDirectory(folder)).then((entries) => entries.length > 0, () => false);
}
