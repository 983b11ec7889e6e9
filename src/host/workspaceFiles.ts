import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import { sameBytes } from '../core/bytes';
import { ImageError } from '../core/errors';
import { sha256 } from '../core/hash';
import { isNumberedName, numberedName } from '../core/naming';
import type { FileContent, WorkspaceFiles } from '../core/ports';
import { realPathWithin, writeWithin } from '../node/confinement';
import { createNumbered, MAX_NUMBER } from '../node/numberedFile';
import { createWhole, isUnfinished, replaceWhole } from '../node/wholeFile';
import { baseName, parentOf, toUri } from './uris';

/** Above this a file is not read, in bytes. */
const MAX_BYTES = 512 * 1024 * 1024;
/** An unfinished file this old has no writer any more, in milliseconds. */
const ABANDONED_MS = 60_000;

/**
 * The workspace's files over `vscode.workspace.fs`, so that they may be anywhere. Only on this machine's disk Node writes: `workspace.fs` looks first and renames then,
 * and between the two another window may take the name.
 */
export class VscodeFiles implements WorkspaceFiles {
  async read(uri: string): Promise<Uint8Array> {
    const file = toUri(uri);
    try {
      const stat = await workspace.fs.stat(file);
      if ((stat.type & FileType.Directory) !== 0) throw new ImageError('not-an-image', `${baseName(file)} is a folder.`);
      if (stat.size > MAX_BYTES) throw new ImageError('too-large', `${baseName(file)} has ${Math.round(stat.size / 2 ** 20)} MB; up to 512 MB are read.`);
      return await workspace.fs.readFile(file);
    } catch (cause) {
      if (cause instanceof ImageError) throw cause;
      const gone = cause instanceof FileSystemError && cause.code === 'FileNotFound';
      throw new ImageError('not-an-image', gone ? `${baseName(file)} is not there (any more).` : `${baseName(file)} cannot be read.`, { cause });
    }
  }

  async writeNew(folder: string, stem: string, extension: string, content: FileContent): Promise<string> {
    const parent = toUri(folder);
    try {
      if (parent.scheme === 'file') {
        const file = await onDisk(parent.fsPath, content, (real) => createNumbered(real, (n) => numberedName(stem, n, extension), content));
        if (file !== undefined) return Uri.joinPath(parent, path.basename(file)).toString();
        throw allTaken(stem);
      }
      await workspace.fs.createDirectory(parent);
      for (let n = 1; n <= MAX_NUMBER; n += 1) {
        const target = Uri.joinPath(parent, numberedName(stem, n, extension));
        if (!(await exists(target)) && (await createVirtual(target, content))) return target.toString();
      }
    } catch (cause) {
      throw cause instanceof ImageError ? cause : cannotSave(parent, cause);
    }
    throw allTaken(stem);
  }

  async writeAt(uri: string, content: FileContent): Promise<void> {
    const file = toUri(uri);
    let written: boolean;
    try {
      if (file.scheme !== 'file') await workspace.fs.createDirectory(parentOf(file));
      written = !(await exists(file)) && (file.scheme === 'file' ? await createOnDisk(file.fsPath, content) : await createVirtual(file, content));
    } catch (cause) {
      throw cause instanceof ImageError ? cause : cannotSave(file, cause);
    }
    if (!written) throw new ImageError('cannot-save', `${baseName(file)} is there by now, so it was not written.`);
  }

  async replace(uri: string, expected: string, content: FileContent): Promise<void> {
    const named = toUri(uri);
    try {
      // From here on it is the file that was looked at, whatever becomes of links.
      const file = named.scheme === 'file' && content.within !== undefined ? Uri.file(await realPathWithin(named.fsPath, toUri(content.within).fsPath)) : named;
      if ((await sha256(await workspace.fs.readFile(file))) !== expected) {
        throw new ImageError('cannot-save', `${baseName(named)} was changed meanwhile, so it was not replaced.`);
      }
      if (file.scheme === 'file') await replaceWhole(file.fsPath, content);
      else await workspace.fs.writeFile(file, content.bytes);
    } catch (cause) {
      throw cause instanceof ImageError ? cause : cannotSave(named, cause);
    }
  }

  async holds(folder: string, stem: string, extension: string, bytes: Uint8Array): Promise<boolean> {
    const parent = toUri(folder);
    const names = await workspace.fs.readDirectory(parent).then((entries) => entries.map(([name]) => name), () => []);
    for (const name of names.filter(isUnfinished)) await removeAbandoned(Uri.joinPath(parent, name));
    for (const name of names.filter((one) => isNumberedName(one, stem, extension))) {
      const file = Uri.joinPath(parent, name);
      // A file that goes meanwhile holds nothing.
      const { size } = await workspace.fs.stat(file).then((stat) => stat, () => ({ size: -1 }));
      if (size === bytes.length && sameBytes(await workspace.fs.readFile(file), bytes)) return true;
    }
    return false;
  }

  exists(uri: string): Promise<boolean> {
    return exists(toUri(uri));
  }

  folderOf(uri: string): string {
    return parentOf(toUri(uri)).toString();
  }

  stemOf(uri: string): string {
    return baseName(toUri(uri)).replace(/(?<=.)\.[^.]*$/, '');
  }
}

/** Writes into a folder of this machine's disk, and only within the folder that is named. */
async function onDisk(folder: string, content: FileContent, write: (folder: string) => Promise<string | undefined>): Promise<string | undefined> {
  const { within } = content;
  return within === undefined ? write(folder) : writeWithin(folder, toUri(within).fsPath, content, write);
}

/** Writes a file that did not exist a moment ago, into a folder that is made where missing; false where it does now. */
async function createOnDisk(target: string, content: FileContent): Promise<boolean> {
  const written = await onDisk(path.dirname(target), content, async (folder) => {
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, path.basename(target));
    return (await createWhole(file, content)) ? file : undefined;
  });
  return written !== undefined;
}

/** The same on a file system of an extension, whose folder is there. */
async function createVirtual(target: Uri, content: FileContent): Promise<boolean> {
  const temporary = Uri.joinPath(target, '..', `.${crypto.randomUUID()}.easel-tmp`);
  try {
    await workspace.fs.writeFile(temporary, content.bytes);
    await workspace.fs.rename(temporary, target, { overwrite: false });
    return true;
  } catch (error) {
    await workspace.fs.delete(temporary).then(undefined, () => {});
    if (error instanceof FileSystemError && error.code === 'FileExists') return false;
    // Some file systems cannot rename; a half-written file is then theirs to prevent.
    if (!(error instanceof FileSystemError) || error.code === 'NoPermissions') throw error;
    if (await exists(target)) return false;
    await workspace.fs.writeFile(target, content.bytes);
    return true;
  }
}

/** The first name of a stem that is free in a folder: `stem.ext`, `stem-2.ext`, … Rejects with `cannot-save` where none is. */
export async function freeFile(folder: Uri, stem: string, extension: string): Promise<Uri> {
  for (let n = 1; n <= MAX_NUMBER; n += 1) {
    const target = Uri.joinPath(folder, numberedName(stem, n, extension));
    if (!(await exists(target))) return target;
  }
  throw allTaken(stem);
}

function allTaken(stem: string): ImageError {
  return new ImageError('cannot-save', `There are ${MAX_NUMBER} files named ${stem} already.`);
}

/** Whether anything has that name; a file system that fails to say counts as no. */
export async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Removes an unfinished file that nobody writes any more. */
async function removeAbandoned(file: Uri): Promise<void> {
  try {
    const { mtime } = await workspace.fs.stat(file);
    if (Date.now() - mtime > ABANDONED_MS) await workspace.fs.delete(file);
  } catch {
    // Gone by itself, or not ours to remove: it is tried again the next time.
  }
}

function cannotSave(uri: Uri, cause: unknown): ImageError {
  const why = (cause instanceof Error ? cause.message : String(cause)).replace(/[^.]$/, '$&.');
  return new ImageError('cannot-save', `Nothing could be written to ${uri.scheme === 'file' ? uri.fsPath : uri.toString(true)}: ${why}`, { cause });
}
