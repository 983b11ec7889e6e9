import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { ROOT } from '../vscode/root';

/** VS Code's kinds of theme, and the theme of each that tests use. */
export const THEMES = { dark: 'Dark Modern', light: 'Light Modern', 'high contrast': 'Dark High Contrast', 'high contrast light': 'Light High Contrast' } as const;
export type ThemeKind = keyof typeof THEMES;

/** What VS Code gives to a webview's page by its theme. */
export interface PageTheme {
  /** Of the body. */
  readonly classes: string;
  readonly kind: string;
  /** CSS variable → value. */
  readonly variables: Readonly<Record<string, string>>;
}

const FOLDER = path.join(ROOT, 'test/fixtures/themes');
const fileOf = (kind: ThemeKind): string => path.join(FOLDER, `${kind.replaceAll(' ', '-')}.json`);

/** A theme as a real workbench gave it. */
export function readTheme(kind: ThemeKind): PageTheme {
  return JSON.parse(fs.readFileSync(fileOf(kind), 'utf8')) as PageTheme;
}

/** Keeps the theme that a real webview has for `readTheme`: the variables that our pages ask for. */
export async function keepTheme(kind: ThemeKind, webview: FrameLocator): Promise<void> {
  const asked = new Set(['studio', 'editor'].flatMap((page) => fs.readFileSync(path.join(ROOT, 'dist/webview', `${page}.js`), 'utf8').match(/--vscode-[\w-]+/g) ?? []));
  const theme = await webview.locator('body').evaluate((body: HTMLElement): PageTheme => {
    const { style } = document.documentElement;
    return { classes: body.className, kind: body.dataset['vscodeThemeKind'] ?? '', variables: Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)])) };
  });
  const variables = Object.fromEntries(Object.entries(theme.variables).filter(([name]) => asked.has(name)).sort(([a], [b]) => (a < b ? -1 : 1)));
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(fileOf(kind), `${JSON.stringify({ ...theme, variables }, undefined, 1)}\n`);
}
