import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { noteScan } from '../keyScan';
import type { CodeServerInstallation } from './codeServer';
import { endGroup, runOrThrow, spawnGroup } from './processes';

export type Settings = Record<string, unknown>;

export interface Keybinding {
  key: string;
  command: string;
  args?: unknown;
}

/** A quiet workbench: nothing that asks, moves, updates, or phones home. */
const QUIET_SETTINGS: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'remote.autoForwardPorts': false,
  'git.enabled': false,
  'files.autoSave': 'off',
};

export interface ServerOptions {
  installation: CodeServerInstallation;
  /** Folder of installed extensions; may be shared by servers that run one after the other. An empty one of its own by default. */
  extensions?: string;
  /** Folder that keeps user data between two servers; a throw-away one by default. */
  profile?: string;
  /** User settings beyond the quiet ones. */
  settings?: Settings;
  /** The user's keybindings, as in keybindings.json. */
  keybindings?: readonly Keybinding[];
  /** Ask whether the workspace is trusted, as VS Code does by default. */
  workspaceTrust?: boolean;
  /** Let a page hand over an extension's tests and hear how they went. Hides every notification, so not for browser tests. */
  testDriver?: boolean;
  /** Speak another language than English, such as `de`. The workbench itself stays English: only extensions bring words of their own. */
  language?: string;
  env?: NodeJS.ProcessEnv;
  /** A script that each of its processes loads first, the extension host too. */
  preload?: string;
}

/** A running code-server on 127.0.0.1 that answers. */
export interface CodeServer {
  origin: string;
  /** Where its user data and `server.log` lie. */
  profile: string;
  /** Address of a window: a folder, a `.code-workspace` file, or neither. */
  url(folder?: string, query?: Record<string, string>): string;
  /** Ends it and all its processes; removes the profile if it was a throw-away one. */
  close(): Promise<void>;
}

/** Starts a server and waits until its first page really comes. */
export async function startServer(options: ServerOptions): Promise<CodeServer> {
  // A short path: a unix socket lies in it, and those hold about 100 characters.
  const profile = options.profile ?? fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  const user = path.join(profile, 'user/User');
  fs.mkdirSync(user, { recursive: true });
  fs.writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }, undefined, 2));
  if (options.keybindings) fs.writeFileSync(path.join(user, 'keybindings.json'), JSON.stringify(options.keybindings));
  if (options.language) announceLanguage(path.join(profile, 'user'), options.language);
  const { node, entry } = options.installation;
  const args = [
    ...(options.preload ? ['--require', options.preload] : []),
    entry,
    ...folders(profile, options.extensions),
    '--bind-addr=127.0.0.1:0',
    '--auth=none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--reconnection-grace-time=1',
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.language ? [`--locale=${options.language}`] : []),
    ...(options.testDriver ? ['--vscode-option=enable-smoke-test-driver'] : []),
  ];
  const child = spawnGroup(node, args, { env: serverEnvironment(options.env), stdio: ['ignore', 'pipe', 'pipe'] });
  const log = fs.createWriteStream(path.join(profile, 'server.log'));
  const close = async (): Promise<void> => {
    await endGroup(child);
    log.end();
    noteScan(profile);
    if (!options.profile) fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const origin = await listening(child, log);
    await answering(origin);
    const url = (folder?: string, query: Record<string, string> = {}): string => `${origin}/?${new URLSearchParams({ ...place(folder), ...query })}`;
    return { origin, profile, url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Puts a packaged extension into a folder of extensions. */
export async function installExtension(installation: CodeServerInstallation, vsix: string, extensions: string): Promise<void> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  try {
    await runOrThrow(installation.node, [installation.entry, ...folders(profile, extensions), '--install-extension', vsix, '--force'], { env: serverEnvironment() });
  } finally {
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** VS Code speaks a language only where a language pack is installed for it: this one translates nothing. */
function announceLanguage(userData: string, language: string): void {
  const words = path.join(userData, `${language}.i18n.json`);
  fs.writeFileSync(words, JSON.stringify({ contents: {} }));
  const pack = { hash: language, extensions: [{ extensionIdentifier: { id: `easel-tests.${language}` }, version: '1.0.0' }], translations: { vscode: words }, label: language };
  fs.writeFileSync(path.join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

function folders(profile: string, extensions = path.join(profile, 'extensions')): string[] {
  return ['--config', path.join(profile, 'config.yaml'), '--user-data-dir', path.join(profile, 'user'), '--extensions-dir', extensions];
}

function place(folder: string | undefined): Record<string, string> {
  if (folder === undefined) return { ew: 'true' };
  return folder.endsWith('.code-workspace') ? { workspace: folder } : { folder };
}

/** Our own environment without what would steer this server: a VS Code that we may run inside of, code-server's passwords, npm's settings. */
function serverEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries({ ...process.env, ...extra })) {
    if (!/^(VSCODE_|ELECTRON_|CODE_SERVER_|npm_|PASSWORD$|HASHED_PASSWORD$|PORT$)/.test(name)) env[name] = value;
  }
  const gallery = ['serviceUrl', 'itemUrl', 'extensionUrlTemplate', 'resourceUrlTemplate', 'controlUrl', 'recommendationsUrl'];
  return { ...env, EXTENSIONS_GALLERY: JSON.stringify(Object.fromEntries(gallery.map((name) => [name, '']))) };
}

/** The address that the server says it listens on. */
function listening(child: ChildProcess, log: fs.WriteStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`code-server did not start within a minute:\n${output}`)), 60_000);
    const settle = (): void => clearTimeout(timer);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log.write(text);
        if (output.length < 20_000) output += text;
        const origin = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
        if (origin) {
          settle();
          resolve(origin);
        }
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => {
      settle();
      reject(new Error(`code-server ended with ${code}:\n${output}`));
    });
  });
}

async function answering(origin: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const status = await fetch(origin).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await delay(100);
  }
  throw new Error(`${origin} does not answer`);
}
