import { l10n, Uri, window, workspace } from 'vscode';
import { resolveFolder } from '../core/naming';
import type { Output } from '../core/request';
import { realPathWithin } from '../node/confinement';
import { firstFolder, toUri } from './uris';

/** A folder of the first workspace folder, named relative to it. Rejects with `bad-path` for a way out of it, through a link too, and with `no-workspace`. */
export async function workspaceFolder(relative: string): Promise<Uri> {
  const root = firstFolder();
  const folder = Uri.joinPath(root, ...resolveFolder(relative));
  await refuseWayOut(root, folder);
  return folder;
}

/** Where a person wants generated pictures: the folder of the settings; with no workspace open, a folder that is asked for. Undefined where the person turned away. */
export async function personsFolder(relative: string): Promise<Uri | undefined> {
  if (workspace.workspaceFolders?.length) return workspaceFolder(relative);
  return pickFolder(l10n.t('Save Pictures Here'));
}

/** Asks for a folder. */
export async function pickFolder(label: string): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, canSelectMany: false, openLabel: label, title: label });
  return picked?.[0];
}

/** A symbolic link below the workspace may lead out of it: rejects with `bad-path` where it does. Only this machine's disk has links that can be followed. */
export async function refuseWayOut(root: Uri, target: Uri): Promise<void> {
  if (root.scheme === 'file') await realPathWithin(target.fsPath, root.fsPath);
}

/** The output, to be written only where it really lies in the workspace folder that it lies in by name: a link may be put in its way while the model draws. */
export function confined<O extends Output>(output: O): O & { readonly within?: string } {
  if (output.kind === 'candidates') return output;
  const folder = workspace.getWorkspaceFolder(toUri(output.kind === 'new' ? output.folder : output.uri));
  return folder ? { ...output, within: folder.uri.toString() } : output;
}
