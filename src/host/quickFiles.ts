import { workspace, type Uri } from 'vscode';
import { listIfThere, readIfThere } from '../node/looks';

/** A file's bytes; undefined where it can't be read. What lies on this machine's disk is read there: by way of the window each file would take milliseconds. */
export async function bytesOf(uri: Uri): Promise<Uint8Array | undefined> {
  if (uri.scheme === 'file') return readIfThere(uri.fsPath);
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

/** The names in a folder; undefined where there is none. */
export async function namesIn(folder: Uri): Promise<readonly string[] | undefined> {
  if (folder.scheme === 'file') return listIfThere(folder.fsPath);
  try {
    return (await workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return undefined;
  }
}
