import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { run, runOrThrow } from './processes';
import { ROOT } from './root';

/** Browsers by name on PATH, then where their installers put them on macOS and Windows. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder ? [path.join(folder, 'Google/Chrome/Application/chrome.exe'), path.join(folder, 'Microsoft/Edge/Application/msedge.exe')] : [];
  }),
];

/** A browser of the Chromium family: the environment's `CHROMIUM`, an installed one, or Playwright's download. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM'];
  if (chosen) return chosen;
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => COMMANDS.map((name) => path.join(folder, name)));
  return [...onPath, ...PLACES, chromium.executablePath()].find((file) => fs.existsSync(file));
}

/** Finds a Chromium, else installs one: from Debian as root, from Playwright's server elsewhere. */
export async function installChromium(log: (line: string) => void): Promise<string> {
  const found = findChromium();
  if (found) return found;
  log('Installing Chromium, once…');
  if (isRootOnDebian()) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    const { code, output } = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env });
    if (code !== 0) log(`(Debian's Chromium could not be installed: ${output.trim().split('\n').slice(-3).join(' ')})`);
  }
  if (!findChromium()) await runOrThrow(process.execPath, [path.join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  const installed = findChromium();
  if (!installed) throw new Error('No Chromium was found or could be installed. Install one, or name it in the environment variable CHROMIUM.');
  return installed;
}

function isRootOnDebian(): boolean {
  return process.getuid?.() === 0 && fs.existsSync('/etc/debian_version') && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}
