import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Errors by which a file system says that it knows no hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']);

/**
 * Writes a new file, whole and on disk (fsync) or not at all; answers false, and changes nothing, where the name is taken. The name is given by a hard link,
 * which fails where the file exists: two processes can never both believe that they have it. Rejects with Node's error.
 */
export async function createWhole(file: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = temporaryBeside(file);
  try {
    await writeSynced(temporary, bytes);
    await nameOnce(temporary, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Replaces a file, whole or not at all, keeping its permissions; a symbolic link stays one and its target is replaced. Rejects with Node's error. */
export async function replaceWhole(file: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(file);
  const { mode } = await stat(target);
  // A rename would get around a file's write protection.
  await (await open(target, 'r+')).close();
  const temporary = temporaryBeside(target);
  try {
    await writeSynced(temporary, bytes, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function nameOnce(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error) ?? '')) throw error;
    await copyFile(temporary, file, constants.COPYFILE_EXCL);
  }
}

async function writeSynced(file: string, bytes: Uint8Array, mode?: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    if (mode !== undefined) await handle.chmod(mode);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function temporaryBeside(file: string): string {
  return path.join(path.dirname(file), `.${randomUUID()}.easel-tmp`);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
