import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ImageError } from '../../src/core/errors';
import { sha256 } from '../../src/core/hash';
import { isNumberedName, numberedName } from '../../src/core/naming';
import type { WorkspaceFiles } from '../../src/core/ports';
import { realPathWithin, writeWithin } from '../../src/node/confinement';
import { createNumbered } from '../../src/node/numberedFile';
import { createWhole, replaceWhole } from '../../src/node/wholeFile';

/** The workspace port over `node:fs`, for tests outside an extension host: what the host's does on this machine's disk. */
export const nodeFiles: WorkspaceFiles = {
  read: async (uri) => new Uint8Array(await fs.readFile(fileURLToPath(uri))),
  async writeNew(folder, stem, extension, content) {
    const write = (real: string): Promise<string | undefined> => createNumbered(real, (n) => numberedName(stem, n, extension), content);
    const file = await (content.within === undefined ? write(fileURLToPath(folder)) : writeWithin(fileURLToPath(folder), fileURLToPath(content.within), content, write));
    if (file === undefined) throw new ImageError('cannot-save', 'All names are taken.');
    return pathToFileURL(file).href;
  },
  async writeAt(uri, content) {
    if (!(await createWhole(fileURLToPath(uri), content))) throw new ImageError('cannot-save', 'It is there by now.');
  },
  async replace(uri, expected, content) {
    const file = content.within === undefined ? fileURLToPath(uri) : await realPathWithin(fileURLToPath(uri), fileURLToPath(content.within));
    if ((await sha256(await fs.readFile(file))) !== expected) throw new ImageError('cannot-save', 'It was changed meanwhile.');
    await replaceWhole(file, content);
  },
  async holds(folder, stem, extension, bytes) {
    const parent = fileURLToPath(folder);
    const names = await fs.readdir(parent).catch(() => []);
    const held = await Promise.all(names.filter((name) => isNumberedName(name, stem, extension)).map((name) => fs.readFile(path.join(parent, name))));
    return held.some((one) => one.equals(bytes));
  },
  exists: (uri) => fs.access(fileURLToPath(uri)).then(() => true, () => false),
  folderOf: (uri) => pathToFileURL(path.dirname(fileURLToPath(uri))).href,
  stemOf: (uri) => path.parse(fileURLToPath(uri)).name,
};
