import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './vscode/root';

/** The pictures that the README shows, by their names in the tests. */
const IN_README: Readonly<Record<string, string>> = { generate: 'generate', widen: 'widen', 'studio, dark': 'studio', 'image editor, dark': 'editor' };

/** A picture of the window in test-results/screenshots; with EASEL_DOCS set also in docs/screenshots, where the README shows it. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folders = [{ folder: 'test-results/screenshots', as: name }];
  const shown = IN_README[name];
  if (shown !== undefined && process.env['EASEL_DOCS']) folders.push({ folder: 'docs/screenshots', as: shown });
  for (const { folder, as } of folders) {
    fs.mkdirSync(path.join(ROOT, folder), { recursive: true });
    await page.screenshot({ path: path.join(ROOT, folder, `${as}.png`) });
  }
}
