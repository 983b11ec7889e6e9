import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../core/errorCode';
import type { FileContent } from '../core/ports';
import { createWhole } from './wholeFile';

/** After so many taken names something else is wrong. */
export const MAX_NUMBER = 10_000;

/**
 * Writes a new file under the first of its names that is free, whole and on disk or not at all, into a folder that is made where missing; answers its path, or undefined
 * where all names are taken. `nameOf` is asked for the n-th name, from 1. The content's twin as for `createWhole`. Rejects with Node's error.
 */
export async function createNumbered(folder: string, nameOf: (n: number) => string, content: FileContent): Promise<string | undefined> {
  // Only a link is as quick to try as to look.
  let taken = content.twin === undefined ? await namesIn(folder) : undefined;
  for (let n = 1; n <= MAX_NUMBER; n += 1) {
    const name = nameOf(n);
    if (taken?.has(name)) continue;
    const file = path.join(folder, name);
    if (await createIn(folder, file, content)) return file;
    taken ??= await namesIn(folder);
  }
  return undefined;
}

async function createIn(folder: string, file: string, content: FileContent): Promise<boolean> {
  try {
    return await createWhole(file, content);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true });
    return createWhole(file, content);
  }
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  return new Set(await readdir(folder).catch(() => []));
}
