import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { concat } from '../core/bytes';
import { codeOf } from '../core/errorCode';
import type { Storage } from '../core/ports';
import { createWhole } from './wholeFile';

/** An unfinished write this old has no writer any more, in milliseconds. */
const ABANDONED_MS = 3600 * 1000;

/** The extension's storage in a folder of the file system. A write goes to a temporary file, is synced, and is then renamed, so that a crash leaves the old entry or the new one. */
export function createStorage(folder: string): Storage {
  const fileOf = (name: string): string => path.join(folder, ...name.split('/'));
  return {
    read: (name) => readFile(fileOf(name)).then((bytes) => new Uint8Array(bytes), missingAs(undefined)),
    write: (name, bytes) => writeEntry(fileOf(name), bytes, true),
    note: (name, bytes) => writeEntry(fileOf(name), bytes, false),
    async create(name, bytes) {
      await mkdir(path.dirname(fileOf(name)), { recursive: true });
      return createWhole(fileOf(name), { bytes });
    },
    async append(name, line) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true });
      // One write with O_APPEND: lines of two windows never mix. It begins the line as well as it ends it, so that what a crash left of an earlier one spoils no other.
      await appendFile(file, `\n${line}\n`, { flush: true });
    },
    async grow(name) {
      await mkdir(path.dirname(fileOf(name)), { recursive: true });
      const handle = await open(fileOf(name), 'wx');
      return { add: (...pieces) => writeAll(handle, pieces), sync: () => handle.sync(), close: () => handle.close() };
    },
    rename: (name, to) => rename(fileOf(name), fileOf(to)),
    remove: (name) => rm(fileOf(name), { force: true }),
    async list(below) {
      const files = (await filesBelow(fileOf(below))).filter((file) => !isUnfinished(file));
      return files.map((file) => path.relative(folder, file).split(path.sep).join('/')).sort();
    },
    locate: (name) => pathToFileURL(fileOf(name)).href,
    async tidy(below) {
      for (const file of (await filesBelow(fileOf(below))).filter(isUnfinished)) {
        const age = await stat(file).then(({ mtimeMs }) => Date.now() - mtimeMs, missingAs(0));
        if (age > ABANDONED_MS) await rm(file, { force: true });
      }
    },
  };
}

/** A full disk takes less than it is given at once, and says so when it is given the rest. */
async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(pieces);
  const whole = pieces.reduce((sum, { length }) => sum + length, 0);
  if (bytesWritten < whole) await handle.writeFile(concat(pieces).subarray(bytesWritten));
}

async function writeEntry(file: string, bytes: Uint8Array, synced: boolean): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      if (synced) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(missingAs([]));
  return names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

function isUnfinished(file: string): boolean {
  return file.endsWith('.tmp') || file.endsWith('.easel-tmp');
}

/** What stands for a file that is not there; other errors stay errors. */
function missingAs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === 'ENOENT') return value;
    throw error;
  };
}
