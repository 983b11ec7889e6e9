import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startImagesServer } from '../test/support/imagesServer/server';
import { installCodeServer } from '../test/support/vscode/codeServer';
import { findDesktop, hasDisplay } from '../test/support/vscode/desktop';
import { endGroup, isRunning, npmCommand, runOrThrow, spawnGroup } from '../test/support/vscode/processes';
import { ROOT } from '../test/support/vscode/root';
import { installExtension, type Settings, startServer } from '../test/support/vscode/server';
import { onShutdown, shutDown } from '../test/support/vscode/shutdown';
import { makeWorkspace, removeWorkspace } from '../test/support/vscode/workspace';
import { packageExtension, VSIX } from '../test/support/vscode/packaged';

/** What is open at first: a file of the sample project that says what can be tried. */
const GUIDE = 'try-easel.md';

/** `npm start [-- --server]`: opens a real VS Code with Easel on a sample project, until Ctrl+C. Everything it opens is throw-away. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { server: { type: 'boolean' } } });
  endWithParents();
  const desktop = await findDesktop(console.log);
  console.log('Building…');
  if (desktop) await runOrThrow(...npmCommand(['run', 'build']), { cwd: ROOT });
  else await packageExtension();

  const workspace = await makeWorkspace('easel-sample');
  onShutdown(() => removeWorkspace(workspace));
  fs.cpSync(path.join(ROOT, 'test/fixtures/sample'), workspace, { recursive: true });
  const settings = values.server ? await standIn() : {};
  if (desktop) await openDesktop(desktop, workspace, settings);
  else await openInBrowser(workspace, settings);
  return new Promise(() => {
    // Never: the process ends by a signal, or with the desktop window.
  });
}

/** Starts the server that stands in for the Images API; returns the settings that lead to it. */
async function standIn(): Promise<Settings> {
  const server = await startImagesServer({ profile: 'openai', keyless: true });
  onShutdown(() => server.close());
  console.log(`Images server: ${server.url} (no key is needed)`);
  return { 'easel.engine': 'openai', 'easel.openai.baseUrl': server.url };
}

async function openDesktop(executable: string, workspace: string, settings: Settings): Promise<void> {
  const profile = path.join(path.dirname(workspace), 'profile');
  fs.mkdirSync(path.join(profile, 'User'), { recursive: true });
  fs.writeFileSync(path.join(profile, 'User/settings.json'), JSON.stringify({ 'workbench.startupEditor': 'none', ...settings }));
  const args = [`--extensionDevelopmentPath=${ROOT}`, `--user-data-dir=${profile}`, `--extensions-dir=${path.join(profile, 'extensions')}`];
  // VS Code's sandbox does not work for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawnGroup(executable, [...args, ...sandbox, '--disable-workspace-trust', '--skip-welcome', '--new-window', workspace, path.join(workspace, GUIDE)], { stdio: 'ignore' });
  onShutdown(() => endGroup(child));
  child.once('exit', () => void shutDown(0));
  console.log(`Easel: VS Code with ${workspace}`);
}

async function openInBrowser(workspace: string, settings: Settings): Promise<void> {
  const installation = await installCodeServer(console.log);
  const extensions = path.join(path.dirname(workspace), 'extensions');
  await installExtension(installation, VSIX, extensions);
  const server = await startServer({ installation, extensions, settings });
  onShutdown(() => server.close());
  const remote = `vscode-remote://${new URL(server.origin).host}`;
  const url = server.url(workspace, { payload: JSON.stringify([['openFile', remote + encodeURI(path.join(workspace, GUIDE))]]) });
  console.log(`Easel: ${url}`);
  if (hasDisplay()) openUrl(url);
}

/** Shows an address in the person's browser; they can still click the printed one if that fails. */
function openUrl(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(command, [url], { stdio: 'ignore' }).on('error', () => undefined);
}

/** Ends when npm, or the shell between npm and us, has gone without passing a signal on: nobody else would tell us. */
function endWithParents(): void {
  const parent = process.ppid;
  const npm = process.platform === 'win32' ? NaN : Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(parent)], { encoding: 'utf8' }).stdout);
  const watched = process.env['npm_lifecycle_event'] && npm > 1 ? npm : process.pid;
  setInterval(() => {
    if (process.ppid !== parent || !isRunning(watched)) void shutDown(130);
  }, 1000).unref();
}
