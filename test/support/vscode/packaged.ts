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

/** Packs an extension of test/fixtures; answers the file, which lies in `folder`. */
export async function packFixture(name: string, folder: string): Promise<string> {
  const vsix = path.join(folder, `${name}.vsix`);
  const vsce = path.join(ROOT, 'node_modules/@vscode/vsce/vsce');
  await runOrThrow(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', vsix], { cwd: path.join(ROOT, 'test/fixtures', name) });
  return vsix;
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
