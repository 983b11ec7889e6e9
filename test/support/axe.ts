import fs from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { FrameLocator, Page } from 'playwright-core';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in a webview, in words. It runs inside the page, under the page's own policy. */
export async function axeViolations(frame: FrameLocator | Page): Promise<string[]> {
  const body = frame.locator('body');
  await body.evaluate(AXE);
  const { violations } = await body.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n  ')}`);
}
