import { FilePermission, l10n, workspace, type Uri } from 'vscode';

/** Why a picture can only be looked at, in words; empty where it can be edited. */
export async function viewOnlyWords(uri: Uri): Promise<string> {
  if (!workspace.isTrusted) return l10n.t('View only: this workspace is not trusted.');
  const readOnly = workspace.fs.isWritableFileSystem(uri.scheme) === false || (await isReadOnly(uri));
  return readOnly ? l10n.t('View only: this file is read-only.') : '';
}

async function isReadOnly(uri: Uri): Promise<boolean> {
  try {
    const { permissions = 0 } = await workspace.fs.stat(uri);
    return (permissions & FilePermission.Readonly) !== 0;
  } catch {
    // A file that is gone can be written again.
    return false;
  }
}
