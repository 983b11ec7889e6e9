import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { eventually } from '../support/eventually';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import { editorTab, explorerRow, openFile, pickItem, quickInput, runCommand, webview } from '../support/vscode/ui';
import { EXTENSION_ID, useWorkbench } from '../support/vscode/workbench';

const TEXT = '# Trails\n\n![A lake below the north face](img/lake-320x160.png)\n\n![The hut](img/hut.png)\n';
const LIMIT = 60_000;

story('pictures and the documents that name them', () => {
  const workbench = useWorkbench();
  const page = (): Page => workbench().page;
  const inFolder = (...names: string[]): string => path.join(workbench().workspace, ...names);
  const saved = (name: string): string => fs.readFileSync(inFolder(name), 'utf8');
  const line = (text: string): Locator => page().locator('.view-line').filter({ hasText: text }).first();
  const hints = (): Locator => page().locator('.cdr.squiggly-hint, .squiggly-hint');

  before(async () => {
    fs.writeFileSync(inFolder('trails.md'), TEXT);
    await explorerRow(page(), 'trails.md').waitFor();
    await openFile(page(), 'trails.md');
  });

  it('offers a missing picture at the light bulb, with prompt, size and cost, and draws it at its path', async () => {
    await hints().first().waitFor({ timeout: LIMIT });
    assert.equal(await hints().count(), 2);
    await chooseFix("Generate 'img/lake-320x160.png'");
    await quickInput(page()).getByText('320x160 · free, drawn on this machine').waitFor();
    assert.equal(await quickInput(page()).locator('input').first().inputValue(), 'A lake below the north face');
    await screenshot(page(), 'missing image');
    await quickInput(page()).locator('input').first().press('Enter');
    await hints().nth(1).waitFor({ state: 'detached', timeout: LIMIT });
    const { format, width, height } = await sharp(inFolder('img', 'lake-320x160.png')).metadata();
    assert.deepEqual([format, width, height], ['png', 320, 160]);
    assert.ok(await editorTab(page(), 'trails.md').isVisible());
  });

  it('draws all that a file misses after one question', async () => {
    fs.rmSync(inFolder('img', 'lake-320x160.png'));
    await hints().nth(1).waitFor({ timeout: LIMIT });
    await chooseFix('Generate all 2 missing images in this file');
    await quickInput(page()).getByText('Generate Missing Images: 2 pictures · free, drawn on this machine').waitFor();
    await screenshot(page(), 'missing images, all');
    await quickInput(page()).locator('input[type=text], input:not([type=checkbox])').first().press('Enter');
    await hints().first().waitFor({ state: 'detached', timeout: LIMIT });
    assert.deepEqual(fs.readdirSync(inFolder('img')).sort(), ['hut.png', 'lake-320x160.png']);
  });

  it('takes a picture from the explorer, dropped with Shift, as a link', async () => {
    await drag(explorerRow(page(), 'photo.png'), blankLine(), 'Shift');
    await line('![photo](photo.png)').waitFor();
    await screenshot(page(), 'drop');
    await undo();
    await line('![photo](photo.png)').waitFor({ state: 'detached' });
  });

  it('asks for the form of a link where the language has several', async () => {
    await blankLine().click();
    await runCommand(page(), 'Easel: Insert Image Link…');
    await pickItem(page(), 'photo.png');
    await pickItem(page(), '<img src alt width height loading>');
    await line('<img src="photo.png"').waitFor();
    await runCommand(page(), 'File: Save');
    const written = '<img src="photo.png" alt="photo" width="768" height="512" loading="lazy">';
    for (let tries = 0; !saved('trails.md').includes(written) && tries < 50; tries += 1) await page().waitForTimeout(100);
    assert.equal(saved('trails.md'), TEXT.replace('\n\n', `\n${written}\n`));
    await undo();
  });

  it('takes a picture from the studio, and gives file and link back by one undo', async () => {
    await runCommand(page(), 'Easel: Open Studio');
    const studio = webview(page(), EXTENSION_ID);
    await studio.getByRole('textbox', { name: 'Prompt', exact: true }).fill('Red kite');
    await studio.getByRole('button', { name: 'Generate', exact: true }).click();
    const tile = studio.locator('easel-tile button.picture').first();
    await tile.locator('img').waitFor({ timeout: LIMIT });
    await runCommand(page(), 'View: Move Editor into Right Group');
    await line('# Trails').waitFor();
    await tile.scrollIntoViewIfNeeded();
    await drag(tile, blankLine());
    await line('![Red kite](images/red-kite.png)').waitFor();
    const file = inFolder('images', 'red-kite.png');
    await eventually(async () => assert.equal((await sharp(file).metadata()).width, 1024));
    await bothGone(file);
    // The same by its button: the cursor is where the undo left it.
    await studio.locator('easel-tile').first().hover();
    await studio.getByRole('button', { name: 'Insert at Cursor' }).first().click();
    await line('![Red kite](images/red-kite.png)').waitFor();
    await eventually(() => assert.ok(fs.existsSync(file)));
    await screenshot(page(), 'inserted from the studio');
    await bothGone(file);
  });

  async function bothGone(file: string): Promise<void> {
    await undo();
    await line('![Red kite]').waitFor({ state: 'detached' });
    await eventually(() => assert.ok(!fs.existsSync(file)));
    await webview(page(), EXTENSION_ID).locator('.kept-as').waitFor({ state: 'detached' });
  }

  const blankLine = (): Locator => page().locator('.view-line').nth(1);

  async function undo(): Promise<void> {
    await page().keyboard.press('Escape');
    await line('img/hut.png').click();
    await page().keyboard.press('ControlOrMeta+z');
  }

  async function chooseFix(title: string): Promise<void> {
    await line('img/lake-320x160.png').click();
    await page().keyboard.press('Home');
    for (let steps = 0; steps < 32; steps += 1) await page().keyboard.press('ArrowRight');
    await page().keyboard.press('ControlOrMeta+.');
    const item = page().locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
    await item.waitFor();
    await item.click();
  }

  /** Drags as a hand does: a first step that begins the drag, others that the target sees. */
  async function drag(from: Locator, to: Locator, key?: 'Shift'): Promise<void> {
    const [start, end] = [await from.boundingBox(), await to.boundingBox()];
    assert.ok(start && end);
    const { mouse, keyboard } = page();
    await mouse.move(start.x + Math.min(40, start.width / 2), start.y + start.height / 2);
    await mouse.down();
    await mouse.move(start.x + Math.min(60, start.width / 2 + 15), start.y + start.height / 2 + 4, { steps: 4 });
    if (key) await keyboard.down(key);
    const target = { x: end.x + Math.min(60, end.width / 2), y: end.y + end.height / 2 };
    await mouse.move(target.x + 10, target.y + 2, { steps: 10 });
    await mouse.move(target.x, target.y, { steps: 4 });
    await page().waitForTimeout(300);
    await mouse.up();
    if (key) await keyboard.up(key);
  }
});
