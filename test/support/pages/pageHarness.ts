import fs from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { studioFirstSight } from '../../../src/host/studio/firstSight';
import { webviewPage } from '../../../src/host/webviewPage';
import { screenshot } from '../screenshots';
import { ROOT } from '../vscode/root';
import { standIn } from './pageSide';
import { readTheme, type ThemeKind } from './themes';

const ORIGIN = 'https://easel.test';

/** One of our pages by itself: the packed script under its own policy, with VS Code's theme around it and a host that answers from a table. */
export interface OpenPage {
  readonly page: Page;
  /** Tells the page something; `picture` puts the bytes of that picture into the body. */
  tell(name: string, body: unknown, picture?: string): Promise<void>;
  /** The bodies of what the page has said under a name. */
  heard(name: string): Promise<unknown[]>;
  setTheme(kind: ThemeKind): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface PageOptions {
  /** A BCP 47 tag, which also gives the direction. */
  readonly language?: string;
  readonly theme?: ThemeKind;
  /** What `setState` kept of an earlier life. */
  readonly saved?: unknown;
  readonly window?: BrowserContextOptions;
  /** What is there once the page has loaded; else what a page shows that has its answer. */
  readonly awaits?: string;
}

/** Opens a page; `answers` by the name of the question, `pictures` are PNGs by id, served under `pictureAddress` too. */
export async function openPage(browser: Browser, name: 'studio' | 'editor', answers: Readonly<Record<string, unknown>>, pictures: Readonly<Record<string, Buffer>>, options: PageOptions = {}): Promise<OpenPage> {
  const { language = 'en', theme = 'dark', saved, window: windowOptions, awaits = name === 'studio' ? 'easel-prompt' : 'easel-stage' } = options;
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 }, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...windowOptions });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const firstSight = name === 'studio' ? studioFirstSight({ title: 'Easel Studio', prompt: 'Prompt', promptPlaceholder: 'Misty mountains at dawn' }) : undefined;
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const picture = pictures[path.basename(pathname, '.png')];
    if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: webviewPage({ nonce: 'n', source: ORIGIN, script: `${ORIGIN}/page.js`, language, title: name, firstSight }) });
    else if (pathname === '/page.js') await route.fulfill({ contentType: 'text/javascript', body: fs.readFileSync(path.join(ROOT, 'dist/webview', `${name}.js`), 'utf8') });
    else if (picture) await route.fulfill({ contentType: 'image/png', body: picture });
    else await route.fulfill({ status: 404, body: '' });
  });
  const encoded = Object.fromEntries(Object.entries(pictures).map(([id, bytes]) => [id, bytes.toString('base64')]));
  await page.addInitScript((table) => void (window.easelTable = table), { ...readTheme(theme), answers, pictures: encoded, saved });
  await page.addInitScript(standIn);
  await page.goto(`${ORIGIN}/`);
  await page.locator(awaits).first().waitFor();
  return {
    page,
    tell: (notice, body, picture) => page.evaluate(([about, what, id]) => window.easelSide.tell(about, what, id), [notice, body, picture] as const),
    heard: async (about) => (await page.evaluate(() => window.easelSide.heard)).filter(([each]) => each === about).map(([, body]) => body),
    setTheme: (kind) => page.evaluate(({ classes, variables }) => window.easelSide.setTheme(classes, variables), readTheme(kind)),
    screenshot: (as) => screenshot(page, as),
    close: () => context.close(),
  };
}

/** The address of a picture, as `asWebviewUri` would make it. */
export function pictureAddress(id: string): string {
  return `${ORIGIN}/${id}.png`;
}
