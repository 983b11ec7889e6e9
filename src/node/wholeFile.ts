import { randomUUID } from 'node:crypto';
import { chmod, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf } from '../core/errorCode';
import type { FileContent } from '../core/ports';

/** Errors by which a file system says that it knows no hard links, or none from there. */
const NO_LINKS = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL', 'ENOENT']);
/** How the name of a file that is being written ends. */
const UNFINISHED = '.easel-tmp';

/**
 * Writes a new file, whole and on disk (fsync) or not at all; answers false, and changes nothing, where the name is taken. The name is given by a hard link,
 * which fails where the file exists: two processes can never both believe that they have it. Where the content's twin is a synced file on the same disk it is linked, and
 * nothing is written. Rejects with Node's error.
 */
export async function createWhole(file: string, content: FileContent): Promise<boolean> {
  const linked = await linkTwin(content.twin, file);
  if (linked !== undefined) return linked;
  const temporary = temporaryBeside(file);
  try {
    await writeSynced(temporary, content.bytes);
    await nameOnce(temporary, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Replaces a file, whole or not at all, keeping its permissions; a symbolic link stays one and its target is replaced. The content's twin as for `createWhole`. Rejects with Node's error. */
export async function replaceWhole(file: string, content: FileContent): Promise<void> {
  const target = await realpath(file);
  const { mode } = await stat(target);
  // A rename would get around a file's write protection.
  await (await open(target, 'r+')).close();
  const temporary = temporaryBeside(target);
  try {
    if (await linkTwin(content.twin, temporary)) await chmod(temporary, mode);
    else await writeSynced(temporary, content.bytes, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether a file of this name is one that a writer has not finished, or did not live to finish. */
export function isUnfinished(name: string): boolean {
  return name.startsWith('.') && name.endsWith(UNFINISHED);
}

/** Whether the name was free; undefined where the twin, named by its URI, cannot be linked there. */
async function linkTwin(twin: string | undefined, file: string): Promise<boolean | undefined> {
  if (!twin?.startsWith('file:')) return undefined;
  try {
    await link(fileURLToPath(twin), file);
    return true;
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (code === 'EEXIST') return false;
    if (NO_LINKS.has(code)) return undefined;
    throw error;
  }
}

async function nameOnce(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error) ?? '')) throw error;
    // Without links the name is taken first, by an empty file, which the whole one then replaces.
    await (await open(file, 'wx')).close();
    await rename(temporary, file);
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
  return path.join(path.dirname(file), `.${randomUUID()}${UNFINISHED}`);
}
