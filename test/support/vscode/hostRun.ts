import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { launchBrowser, newWindow } from './browser';
import { installCodeServer } from './codeServer';
import { onShutdown } from './shutdown';
import { startServer } from './server';

export interface HostRun {
  /** Folders of the extensions under development. */
  extensions: readonly string[];
  /** Absolute path of the script whose `run()` is the tests. */
  tests: string;
  /** Folder or `.code-workspace` to open; none opens an empty window. */
  workspace: string | undefined;
}

/** What the workbench itself logs on every start; it would drown the tests' own lines. */
const WORKBENCH_CHATTER =
  /^(\[(AgentHost|ChatModelSelection|AccountPolicyGate|Service Worker|reconnection-grace-time|RemoteAgentHostProtocol)|Resolv(ing|ed) connection token|Creating a socket|(Updating|Ignoring fetching) additional builtin|Canceled: Canceled|Timed out waiting for authentication provider|Creation of workbench contribution|No search provider registered)/;

const LIMIT = 8 * 60_000;

/**
 * Runs an extension's tests inside a real extension host without a desktop VS Code: code-server's host, driven by a page in Chromium.
 * Resolves to the exit code, 0 when `run()` was fulfilled.
 */
export async function runInCodeServer(hostRun: HostRun): Promise<number> {
  const installation = await installCodeServer(console.log);
  const server = await startServer({ installation, testDriver: true });
  const browser = await launchBrowser();
  const extensions = gather(hostRun.extensions);
  const close = async (): Promise<void> => {
    await Promise.all([browser.close(), server.close()]);
    fs.rmSync(extensions, { recursive: true, force: true });
  };
  const forget = onShutdown(close);
  try {
    const page = await (await newWindow(browser)).newPage();
    const ended = new Promise<number>((resolve, reject) => {
      page.once('crash', () => reject(new Error('The page with the workbench crashed')));
      setTimeout(() => reject(new Error(`The host tests did not end within ${LIMIT / 1000} s`)), LIMIT).unref();
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = format(...args);
      if (!WORKBENCH_CHATTER.test(line)) console.log(line);
    });
    await page.goto(server.url(hostRun.workspace && path.resolve(hostRun.workspace), { payload: payload(extensions, hostRun.tests, new URL(server.origin).host) }));
    return await ended;
  } finally {
    forget();
    await close();
  }
}

/** One folder that holds all extensions: a page takes only one name, and looks for several in a folder that is none itself. */
function gather(extensions: readonly string[]): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  for (const [index, extension] of extensions.entries()) fs.symlinkSync(path.resolve(extension), path.join(folder, `extension-${index}`));
  return folder;
}

/** The workbench's start-up parameters for a test run; files are named as the browser sees them, on the remote side. */
function payload(extensions: string, tests: string, authority: string): string {
  const remote = (file: string): string => `vscode-remote://${authority}${path.resolve(file).split('/').map(encodeURIComponent).join('/')}`;
  return JSON.stringify([['extensionDevelopmentPath', remote(extensions)], ['extensionTestsPath', remote(tests)]]);
}
