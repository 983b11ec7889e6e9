import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { drawPhoto, encodePhoto } from '../photo';
import { ROOT } from './root';

/** Makes a small web project in a new temporary folder: pages and a component from test/fixtures/workspace, photo.png (768x512) and photo.jpg (640x480). */
export async function makeWorkspace(name = 'workspace'): Promise<string> {
  const parent = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'easel-')));
  const folder = path.join(parent, name);
  fs.cpSync(path.join(ROOT, 'test/fixtures/workspace'), folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'photo.png'), await encodePhoto(drawPhoto(768, 512), 'png'));
  fs.writeFileSync(path.join(folder, 'photo.jpg'), await encodePhoto(drawPhoto(640, 480), 'jpeg'));
  return folder;
}

/** Removes a workspace made by `makeWorkspace`, also while a dying process still writes to it. */
export function removeWorkspace(folder: string): void {
  fs.rmSync(path.dirname(folder), { recursive: true, force: true, maxRetries: 10 });
}
