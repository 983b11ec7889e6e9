import fs from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { FrameLocator, Page } from 'playwright-core';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe?: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  }
}

/** What axe finds wrong in a webview, in words: by all its rules, or by some. It runs inside the page, under the page's own policy. */
export async function axeViolations(frame: FrameLocator | Page, rules: readonly string[] = []): Promise<string[]> {
  const body = frame.locator('body');
  if (!(await body.evaluate(() => window.axe !== undefined))) await body.evaluate(AXE);
  const options: RunOptions = rules.length > 0 ? { runOnly: [...rules] } : {};
  const { violations } = await body.evaluate(async (_, chosen) => (await window.axe?.run(document, chosen)) ?? { violations: [] }, options);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n  ')}`);
}
