import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { ROOT } from './root';

/** Whether a window can be shown here. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * The executable of a desktop VS Code: the installed one whose `code` is on PATH, else a download. Undefined where no window can be shown or
 * nothing could be downloaded, as in a container or behind a proxy.
 */
export async function findDesktop(log: (line: string) => void): Promise<string | undefined> {
  if (!hasDisplay()) return undefined;
  const installed = installedDesktop();
  if (installed) return installed;
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(ROOT, '.vscode-test'), timeout: 30_000 });
  } catch (error) {
    log(`(VS Code could not be downloaded: ${error instanceof Error ? error.message : String(error)})`);
    return undefined;
  }
}

/** `code` itself is a script that hands over to a running VS Code and returns; what we can wait for, and end, is the application behind it. */
function installedDesktop(): string | undefined {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const script = path.join(folder, name);
    if (!fs.existsSync(script)) continue;
    const bin = path.dirname(fs.realpathSync(script));
    const application = applications(bin).find((file) => fs.existsSync(file));
    if (application) return application;
  }
  return undefined;
}

function applications(bin: string): string[] {
  if (process.platform === 'win32') return [path.join(bin, '../Code.exe')];
  if (process.platform === 'darwin') return ['Electron', 'Code'].map((name) => path.join(bin, '../../../MacOS', name));
  return [path.join(bin, '../code')];
}
