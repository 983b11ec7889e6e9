import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { packageExtension, VSIX, withExtensions } from '../support/vscode/packaged';
import { runOrThrow } from '../support/vscode/processes';
import { ROOT } from '../support/vscode/root';
import { webview } from '../support/vscode/ui';
import { EXTENSION_ID, openWorkbench } from '../support/vscode/workbench';
import { quantile } from './metrics';

/**
 * How soon the studio shows something, beside a webview that holds one heading and no script: by turns in one window of a real workbench, from the key that opens the panel to the
 * browser's first contentful paint in it. Each is opened once before, so that neither pays for its extension's loading; what the studio's very first opening took stands beside it.
 */
const ROUNDS = 15;
const LIMIT = 1.5;

const BARE = {
  id: 'easel-bench.bare',
  manifest: { name: 'bare', publisher: 'easel-bench', version: '1.0.0', engines: { vscode: '^1.100.0' }, main: './extension.js', activationEvents: ['onStartupFinished'], contributes: { commands: [{ command: 'bare.open', title: 'Bare' }] } },
  script: `'use strict';
const vscode = require('vscode');
exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('bare.open', () => {
    const panel = vscode.window.createWebviewPanel('bare', 'Bare', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><h1>Bare</h1></body></html>';
  }));
};
`,
};

declare global {
  interface Window {
    easelPressed?: number;
  }
}

interface Opened {
  /** Until the first contentful paint, in milliseconds from the key; so is the next. */
  readonly paint: number;
  /** Until the last of the page's parts is there. */
  readonly whole: number;
}

/** Runs in the studio's page: the time when its button, the last thing of it, stands in a frame. */
async function stands(): Promise<number> {
  const composer = (): Element | null | undefined => document.querySelector('easel-studio')?.shadowRoot?.querySelector('easel-composer');
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  while (!composer()?.shadowRoot?.querySelector('vscode-button')) await frame();
  await frame();
  return performance.now();
}

/** Packs the extension with the bare webview. */
async function packBare(folder: string): Promise<string> {
  const vsix = path.join(folder, 'bare.vsix');
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(BARE.manifest));
  writeFileSync(path.join(folder, 'extension.js'), BARE.script);
  await runOrThrow(process.execPath, [path.join(ROOT, 'node_modules/@vscode/vsce/vsce'), 'package', '--allow-missing-repository', '--skip-license', '--out', vsix], { cwd: folder });
  return vsix;
}

/** Opens a panel by its key, waits for its first contentful paint, and closes it. */
async function open(page: Page, key: string, isStudio: boolean): Promise<Opened> {
  await page.keyboard.press(key);
  const frame = webview(page, isStudio ? EXTENSION_ID : BARE.id);
  const painted = await frame.locator('body').evaluate(async () => {
    const [known] = performance.getEntriesByName('first-contentful-paint');
    const entry = known ?? (await new Promise<PerformanceEntry>((resolve) => {
      new PerformanceObserver((list, observer) => {
        const [first] = list.getEntriesByName('first-contentful-paint');
        if (!first) return;
        observer.disconnect();
        resolve(first);
      }).observe({ type: 'paint', buffered: true });
    }));
    return { origin: performance.timeOrigin, at: entry.startTime };
  });
  const whole = isStudio ? await frame.locator('body').evaluate(stands) : painted.at;
  const pressed = await page.evaluate(() => window.easelPressed ?? Number.NaN);
  await page.keyboard.press('Control+Alt+0');
  await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  const began = painted.origin - pressed;
  return { paint: began + painted.at, whole: began + whole };
}

async function measure(): Promise<{ readonly first: Opened; readonly studio: readonly Opened[]; readonly bare: readonly Opened[] }> {
  const keybindings = [
    { key: 'ctrl+alt+1', command: 'easel.openStudio' },
    { key: 'ctrl+alt+2', command: 'bare.open' },
    { key: 'ctrl+alt+0', command: 'workbench.action.closeAllEditors' },
  ];
  const workbench = await openWorkbench({ settings: { 'easel.engine': 'offline' }, keybindings });
  try {
    const { page } = workbench;
    await page.evaluate(() => {
      window.addEventListener('keydown', () => (window.easelPressed = performance.timeOrigin + performance.now()), { capture: true });
    });
    await page.waitForTimeout(5000);
    const openBare = (): Promise<Opened> => open(page, 'Control+Alt+2', false);
    const openStudio = (): Promise<Opened> => open(page, 'Control+Alt+1', true);
    await openBare();
    const first = await openStudio();
    const studio: Opened[] = [];
    const bare: Opened[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await openBare());
      studio.push(await openStudio());
    }
    return { first, studio, bare };
  } finally {
    await workbench.close();
  }
}

async function main(): Promise<void> {
  await packageExtension();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'easel-bare-'));
  try {
    const bareVsix = await packBare(folder);
    const { first, studio, bare } = await withExtensions([VSIX, bareVsix], (extensions) => {
      process.env['EASEL_TEST_EXTENSIONS'] = extensions;
      return measure();
    });
    const middle = (all: readonly Opened[], of: keyof Opened): number => quantile(all.map((each) => each[of]), 0.5);
    const [studioMs, bareMs, wholeMs] = [middle(studio, 'paint'), middle(bare, 'paint'), middle(studio, 'whole')];
    const figures = { studioMs, bareMs, ratio: studioMs / bareMs, limit: LIMIT, wholeMs, first, rounds: { studio, bare } };
    console.log(`From the key to the first paint: the studio ${studioMs.toFixed(0)} ms, a bare webview ${bareMs.toFixed(0)} ms: ${figures.ratio.toFixed(2)} times (limit ${LIMIT})`);
    console.log(`The studio whole: ${wholeMs.toFixed(0)} ms. Its very first opening: ${first.paint.toFixed(0)} and ${first.whole.toFixed(0)} ms`);
    mkdirSync('bench-results', { recursive: true });
    writeFileSync('bench-results/firstPaint.json', JSON.stringify(figures, undefined, 1));
    if (figures.ratio > LIMIT) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
