import { access, constants } from 'node:fs/promises';
import { FilePermission, FileType, workspace, type FileStat, type Uri } from 'vscode';
import { ImageError } from '../core/errors';
import type { Output } from '../core/request';
import { displayPath, parentOf, toUri } from './uris';
import { exists } from './workspaceFiles';

/** Looks, before anything is paid for, whether the result could be written. Rejects with `cannot-save`, and with `bad-path` where an exact name is taken. What changes afterwards is found when writing, and the picture is kept. */
export async function refuseUnwritable(output: Output): Promise<void> {
  if (output.kind === 'candidates') return;
  const target = await firstTouched(output);
  if (workspace.fs.isWritableFileSystem(target.scheme) === false) throw refusal(target, 'its file system is read-only');
  const { uri, stat } = await nearest(target);
  const isFolder = (stat.type & FileType.Directory) !== 0;
  if (isFolder !== (output.kind !== 'replace')) throw refusal(uri, isFolder ? 'it is a folder' : 'it is no folder');
  if (((stat.permissions ?? 0) & FilePermission.Readonly) !== 0 || !(await isWritable(uri))) throw refusal(uri, 'it is read-only');
}

/** The folder that a new file goes into, or the file that is replaced. */
async function firstTouched(output: Exclude<Output, { kind: 'candidates' }>): Promise<Uri> {
  if (output.kind === 'new') return toUri(output.folder);
  const file = toUri(output.uri);
  if (output.kind === 'replace') return file;
  if (await exists(file)) throw new ImageError('bad-path', `${displayPath(file)} is there already.`);
  return parentOf(file);
}

/** What is there of a path: itself, or the folder in which the missing ones would be made. */
async function nearest(target: Uri): Promise<{ readonly uri: Uri; readonly stat: FileStat }> {
  try {
    return { uri: target, stat: await workspace.fs.stat(target) };
  } catch (cause) {
    const parent = parentOf(target);
    if (parent.path === target.path) throw new ImageError('cannot-save', `${target.toString(true)} cannot be reached.`, { cause });
    return nearest(parent);
  }
}

async function isWritable(uri: Uri): Promise<boolean> {
  if (uri.scheme !== 'file') return true;
  return access(uri.fsPath, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function refusal(uri: Uri, why: string): ImageError {
  return new ImageError('cannot-save', `Nothing can be written to ${displayPath(uri)}, since ${why}. Nothing was sent.`);
}
