import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './vscode/root';

/** A picture of the window in test-results/screenshots; with EASEL_DOCS set, in docs/screenshots, where the README shows it. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = path.join(ROOT, process.env['EASEL_DOCS'] ? 'docs/screenshots' : 'test-results/screenshots');
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
