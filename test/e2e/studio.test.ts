import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { FrameLocator, Page } from 'playwright-core';
import sharp from 'sharp';
import { ROOT } from '../support/vscode/root';
import { editorTab, pickItem, runCommand, webview } from '../support/vscode/ui';
import { EXTENSION_ID, useWorkbench } from '../support/vscode/workbench';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const THEMES = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Dark High Contrast' };
/** A prompt that would run where a page took it for markup. */
const HOSTILE = '<img src=x onerror=alert(1)> "{0}" & co';

describe('the studio', () => {
  const workbench = useWorkbench();
  const studio = (): FrameLocator => webview(workbench().page, EXTENSION_ID);

  it('opens from the palette and says what a picture costs', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Open Studio');
    await editorTab(page, 'Easel Studio').waitFor();
    await studio().getByRole('textbox', { name: 'Prompt' }).waitFor();
    await studio().getByText('free, drawn on this machine').waitFor();
    await studio().getByText('Your pictures appear here').waitFor();
    await assertAccessible(studio());
    await pictures(page, 'studio-empty');
  });

  it('draws as many pictures as were asked for, at the size that was chosen', async () => {
    const frame = studio();
    await frame.getByRole('textbox', { name: 'Prompt' }).fill('Misty mountains at dawn');
    await frame.getByRole('radio', { name: /^3:2/ }).check();
    await frame.getByRole('radio', { name: '2', exact: true }).check();
    await frame.getByRole('button', { name: 'Generate 2' }).click();
    await frame.locator('easel-tile img').nth(1).waitFor({ timeout: 60_000 });
    const sizes = await frame.locator('easel-tile img').evaluateAll((images: HTMLImageElement[]) => Promise.all(images.map((image) => image.decode().then(() => [image.naturalWidth, image.naturalHeight]))));
    assert.deepEqual(sizes, [
      [1248, 832],
      [1248, 832],
    ]);
    await assertAccessible(frame);
    await pictures(workbench().page, 'studio-drawn');
  });
});

/** No rule of axe may be broken; it runs inside the page, under the page's own policy. */
async function assertAccessible(frame: FrameLocator): Promise<void> {
  const body = frame.locator('body');
  await body.evaluate(AXE);
  const { violations } = await body.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n  ')}`);
  assert.deepEqual(found, []);
}

/** A picture of the window in each theme, for people to look at. */
async function pictures(page: Page, name: string): Promise<void> {
  fs.mkdirSync(path.join(ROOT, 'test-results'), { recursive: true });
  for (const [kind, theme] of Object.entries(THEMES)) {
    await runCommand(page, 'Preferences: Color Theme');
    await pickItem(page, theme);
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(ROOT, 'test-results', `${name}-${kind}.png`) });
  }
}
void sharp; void HOSTILE;
