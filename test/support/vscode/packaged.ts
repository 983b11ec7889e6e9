import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installCodeServer } from './codeServer';
import { npmCommand, runOrThrow } from './processes';
import { ROOT } from './root';
import { installExtension } from './server';

/** Where the packed extension lies. */
export const VSIX = path.join(ROOT, 'easel.vsix');

/** Builds dist/ and packs it into easel.vsix. */
export async function packageExtension(): Promise<void> {
  await runOrThrow(...npmCommand(['run', 'package']), { cwd: ROOT });
}

/** Runs `use` with a folder of extensions into which packed ones are installed, and removes it afterwards. `openWorkbench` finds it by the environment. */
export async function withExtensions<T>(vsixes: readonly string[], use: (extensions: string) => Promise<T>): Promise<T> {
  const installation = await installCodeServer(console.log);
  const extensions = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  try {
    for (const vsix of vsixes) await installExtension(installation, vsix, extensions);
    return await use(extensions);
  } finally {
    fs.rmSync(extensions, { recursive: true, force: true, maxRetries: 10 });
  }
}
