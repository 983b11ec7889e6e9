import { readdir, readFile } from 'node:fs/promises';

/** A file's bytes; undefined where it can't be read. */
export function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch(() => undefined);
}

/** The names in a folder; undefined where there is none that can be read. */
export function listIfThere(path: string): Promise<readonly string[] | undefined> {
  return readdir(path).catch(() => undefined);
}
