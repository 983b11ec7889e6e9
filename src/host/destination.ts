import { realpath } from 'node:fs/promises';
import { l10n, Uri, window, workspace } from 'vscode';
import { ImageError } from '../core/errors';
import { resolveFolder } from '../core/naming';
import { firstFolder, isInside, parentOf } from './uris';

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
  if (root.scheme !== 'file') return;
  const real = Uri.file(await deepestReal(target));
  const realRoot = Uri.file(await realpath(root.fsPath));
  if (real.path !== realRoot.path && !isInside(realRoot, real)) {
    throw new ImageError('bad-path', `That lies outside the workspace: ${workspace.asRelativePath(target)} is a link.`);
  }
}

async function deepestReal(folder: Uri): Promise<string> {
  try {
    return await realpath(folder.fsPath);
  } catch (error) {
    const parent = parentOf(folder);
    if (parent.path === folder.path) throw error;
    return deepestReal(parent);
  }
}
