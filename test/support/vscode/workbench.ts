import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { note, noteScan, type Scan } from '../keyScan';
import { launchBrowser, newWindow } from './browser';
import { installCodeServer } from './codeServer';
import { watchMessages } from './messages';
import { ROOT } from './root';
import { type Keybinding, type Settings, startServer } from './server';
import { makeWorkspace, removeWorkspace } from './workspace';

/** The extension's id as webviews carry it. */
export const EXTENSION_ID = 'easel.easel';

export interface WorkbenchOptions {
  /** User settings beyond the quiet ones. */
  settings?: Settings;
  /** The user's keybindings: how a test calls a command without a dialogue. */
  keybindings?: readonly Keybinding[];
  /** Name of the workspace folder, for tests of spaces and signs in paths. */
  folderName?: string;
  /** Open a window without a folder. */
  noFolder?: boolean;
  /** Ask whether the workspace is trusted. */
  workspaceTrust?: boolean;
  /** Speak another language than English, such as `de`. */
  language?: string;
  env?: NodeJS.ProcessEnv;
  /** A script that the extension host loads first. */
  preload?: string;
}

/** A window of a real VS Code with the packaged Easel installed and a workspace of its own. */
export interface Workbench {
  page: Page;
  /** The workspace folder on disk. It exists without being opened in a window without a folder. */
  workspace: string;
  /** Where VS Code keeps what is the user's: settings, and the storage of extensions. */
  userData: string;
  /** Another window of the same server and profile. */
  secondWindow(): Promise<Page>;
  close(): Promise<void>;
}

/** Opens a workbench and waits until it can be used. `npm run test:e2e` says where the packaged extension is installed. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const extensions = process.env['EASEL_TEST_EXTENSIONS'];
  if (!extensions) throw new Error('Browser tests run by `npm run test:e2e`, which packages and installs the extension');
  const { settings, keybindings, workspaceTrust, language, env, preload } = options;
  const workspace = await makeWorkspace(options.folderName);
  const server = await startServer({ installation: await installCodeServer(console.log), extensions, settings, keybindings, workspaceTrust, language, env, preload });
  const browser = await launchBrowser();
  const context = await newWindow(browser);
  context.setDefaultTimeout(20_000);
  const windows: (() => Scan)[] = [];
  const open = async (): Promise<Page> => {
    const page = await context.newPage();
    windows.push(watchMessages(page));
    await page.goto(server.url(options.noFolder ? undefined : workspace));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    return page;
  };
  const close = async (): Promise<void> => {
    await browser.close();
    for (const scan of windows) note(scan());
    await server.close();
    noteScan(workspace);
    removeWorkspace(workspace);
  };
  try {
    return { page: await open(), workspace, userData: path.join(server.profile, 'user/User'), secondWindow: open, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Gives the tests of a `describe` a workbench of their own: opened before them, closed after them. Where a test fails, a picture of the window
 * is left in test-results/.
 */
export function useWorkbench(options: WorkbenchOptions = {}): () => Workbench {
  let workbench: Workbench | undefined;
  const current = (): Workbench => {
    if (!workbench) throw new Error('The workbench is there in tests and hooks only');
    return workbench;
  };
  before('open a workbench', async () => {
    workbench = await openWorkbench(options);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/[^\w-]+/g, '-').slice(0, 100);
    const file = path.join(ROOT, 'test-results', `${name}.png`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    await current().page.screenshot({ path: file });
    console.log(`      (the window: ${path.relative(ROOT, file)})`);
  });
  after('close the workbench', () => workbench?.close());
  return current;
}
