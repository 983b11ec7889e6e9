import { workspace, type Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import { refuseWayOut } from '../destination';
import { isInside, resolveUri } from '../uris';

/** A file that a model named. What it reads is sent to a server and shown to a model, so it must lie in the workspace, links followed. Rejects with `bad-path` and `no-workspace`. */
export async function workspaceFile(path: string): Promise<Uri> {
  const uri = resolveUri(path);
  const root = workspace.workspaceFolders?.find(({ uri: folder }) => isInside(folder, uri))?.uri;
  if (!root) throw new ImageError('bad-path', `Not in the workspace: ${path}`);
  await refuseWayOut(root, uri);
  return uri;
}
