import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Storage } from '../core/ports';

/** The extension's storage in a folder of the file system. A write goes to a temporary file, is synced, and is then renamed, so that a crash leaves the old entry or the new one. */
export function createStorage(folder: string): Storage {
  const fileOf = (name: string): string => path.join(folder, ...name.split('/'));
  return {
    async read(name) {
      try {
        return new Uint8Array(await readFile(fileOf(name)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async write(name, bytes) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true });
      const temporary = `${file}.${randomUUID()}.tmp`;
      try {
        const handle = await open(temporary, 'wx');
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, file);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async append(name, line) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true });
      // One write with O_APPEND: lines of two windows never mix. It begins the line as well as it ends it, so that what a crash left of an earlier one spoils no other.
      await appendFile(file, `\n${line}\n`, { flush: true });
    },
    async remove(name) {
      await rm(fileOf(name), { force: true });
    },
    async list(below) {
      try {
        const names = await readdir(fileOf(below), { recursive: true, withFileTypes: true });
        const files = names.filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'));
        return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')).sort();
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
