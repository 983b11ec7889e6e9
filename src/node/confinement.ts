import { lstat, mkdir, readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { sameBytes, type FileBytes } from '../core/bytes';
import { codeOf } from '../core/errorCode';
import { ImageError } from '../core/errors';

/** Errors that say of a path that nothing is there. */
const MISSING = ['ENOENT', 'ENOTDIR'];

/** Where a path really leads, links followed; of what is not there yet, where it would be made. Rejects with `bad-path` where that is not in `root`, and with Node's error where the root cannot be looked at. */
export async function realPathWithin(file: string, root: string): Promise<string> {
  const [real, realRoot] = await Promise.all([realPathOf(file), realpath(root)]);
  const way = path.relative(realRoot, real);
  if (way.split(path.sep)[0] === '..' || path.isAbsolute(way)) throw leadsOut(file);
  return real;
}

/**
 * Writes a new file below `root`, links followed: a link that is put in the folder's place after it was looked at leads nowhere else, since `write` is given the real folder, which is made where
 * missing, and one that takes its place while it is written to is seen afterwards, and the file removed. `write` answers the file's path, or undefined where it wrote none.
 * Rejects with `bad-path`, and as `write` does.
 */
export async function writeWithin(folder: string, root: string, content: FileBytes, write: (realFolder: string) => Promise<string | undefined>): Promise<string | undefined> {
  const real = await realFolderWithin(folder, root);
  const file = await write(real);
  if (file === undefined) return undefined;
  const now = await realpath(real).catch(() => undefined);
  if (now === real) return file;
  if (now !== undefined) await removeOwn(path.join(now, path.basename(file)), content.bytes);
  throw leadsOut(folder);
}

async function realFolderWithin(folder: string, root: string): Promise<string> {
  const real = await realPathWithin(folder, root);
  if (await isThere(real)) return real;
  await mkdir(real, { recursive: true });
  // As the file system writes it: only then can it be compared.
  return realPathWithin(real, root);
}

async function realPathOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    const parent = path.dirname(file);
    if (codeOf(error) === 'ELOOP') throw leadsOut(file);
    if (!MISSING.includes(codeOf(error) ?? '') || parent === file) throw error;
    // A link to what is not there yet may lead anywhere once it is.
    if (await isThere(file)) throw leadsOut(file);
    return path.join(await realPathOf(parent), path.basename(file));
  }
}

function isThere(file: string): Promise<boolean> {
  return lstat(file).then(() => true, () => false);
}

/** Removes a file only where it holds what was written: another of that name may be somebody else's. */
async function removeOwn(file: string, bytes: Uint8Array): Promise<void> {
  const held = await readFile(file).catch(() => undefined);
  if (held && sameBytes(held, bytes)) await rm(file, { force: true });
}

function leadsOut(file: string): ImageError {
  return new ImageError('bad-path', `That lies outside the workspace: ${file} is a link, or lies behind one.`);
}
