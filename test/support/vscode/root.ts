import fs from 'node:fs';
import path from 'node:path';

/** The project's folder: the nearest one above this bundle that holds package-lock.json, so that a bundle works from anywhere under it. */
export const ROOT = above(__dirname);

function above(folder: string): string {
  if (fs.existsSync(path.join(folder, 'package-lock.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`${__dirname} lies in no checkout of Easel`);
  return above(parent);
}
