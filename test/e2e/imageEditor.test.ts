import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { Jimp } from 'jimp';
import sharp from 'sharp';
import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import { answerInput, answerModal, clearNotifications, editorTab, modal, notification, openFile, pickItem, runCommand, statusBarItem, webview } from '../support/vscode/ui';
import { EXTENSION_ID, openWorkbench, useWorkbench, type Workbench } from '../support/vscode/workbench';

const DRAWING_TIME = 60_000;
/** Set to see the editor in another theme. */
const THEME = process.env['EASEL_THEME'] ?? 'Default Dark Modern';

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

async function pixelsOf(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** How many pixels inside and outside a rectangle differ between two pictures, `b` lying at `x` on `a`. */
function differing(a: Pixels, b: Pixels, isInside: (x: number, y: number) => boolean, shift = 0): { inside: number; outside: number } {
  const count = { inside: 0, outside: 0 };
  for (let y = 0; y < b.height; y += 1) {
    for (let x = 0; x < b.width; x += 1) {
      const [at, bt] = [(y * a.width + x + shift) * 4, (y * b.width + x) * 4];
      if (a.data.compare(b.data, bt, bt + 4, at, at + 4) !== 0) count[isInside(x, y) ? 'inside' : 'outside'] += 1;
    }
  }
  return count;
}

story('the image editor', () => {
  const workbench = useWorkbench({
    settings: { 'easel.engine': 'offline', 'workbench.colorTheme': THEME, 'git.enabled': true, 'workbench.diffEditorAssociations': { '*.png': 'easel.imageEditor' } },
  });
  const frame = (): FrameLocator => webview(workbench().page, EXTENSION_ID);
  const stage = (): Locator => frame().locator('easel-stage .surface');
  const tool = (name: string): Locator => frame().getByRole('button', { name, exact: true });
  /** What can be done now; the same words are said to screen readers elsewhere. */
  const bar = (): Locator => frame().locator('.bar');
  const file = (name = 'photo.png'): string => path.join(workbench().workspace, name);
  const isDirty = (page: Page): Promise<boolean> => page.locator('.tabs-container .tab.dirty').count().then((count) => count > 0);
  let original: Pixels;

  const openInEasel = async (name: string): Promise<void> => {
    const { page } = workbench();
    await openFile(page, name);
    await runCommand(page, 'Easel: Edit a Region');
    await pickItem(page, 'Paint it');
    await stage().waitFor();
  };

  /** Waits for the state of the dirty dot. */
  const dirty = async (expected: boolean): Promise<void> => {
    const { page } = workbench();
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if ((await isDirty(page)) === expected) return;
      await page.waitForTimeout(100);
    }
    assert.fail(`The tab never became ${expected ? 'dirty' : 'clean'}`);
  };

  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> => {
    const { page } = workbench();
    const box = await stage().boundingBox();
    assert.ok(box);
    const place = (share: { x: number; y: number }): [number, number] => [box.x + box.width * share.x, box.y + box.height * share.y];
    await page.mouse.move(...place(from));
    await page.mouse.down();
    await page.mouse.move(...place({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }), { steps: 8 });
    await page.mouse.move(...place(to), { steps: 8 });
    await page.mouse.up();
  };

  /** Where two editors are side by side. */
  const pages = (): Locator => workbench().page.locator('iframe.webview.ready').filter({ visible: true });
  const side = (index: number): FrameLocator => pages().nth(index).contentFrame().locator('iframe#active-frame').contentFrame();

  it('shows a picture with its size and zoom', async () => {
    const { page } = workbench();
    original = await pixelsOf(file());
    await openInEasel('photo.png');
    await statusBarItem(page, '768x512').waitFor();
    await stage().press('1');
    await statusBarItem(page, '100%').waitFor();
    await stage().press('+');
    await statusBarItem(page, '150%').waitFor();
    await stage().press('0');
    assert.equal(await isDirty(page), false);
    assert.deepEqual(await axeViolations(frame()), []);
    await screenshot(page, `editor, looking, ${THEME}`);
  });

  it('paints a mask whose strokes Ctrl+Z takes back', async () => {
    const { page } = workbench();
    await tool('Brush (B)').click();
    await drag({ x: 0.4, y: 0.4 }, { x: 0.55, y: 0.5 });
    await dirty(true);
    await tool('Fill').and(frame().locator(':enabled')).waitFor();
    await screenshot(page, `editor, painting, ${THEME}`);
    if (THEME.includes('Dark')) await screenshot(page, 'image editor, dark');
    assert.deepEqual(await axeViolations(frame()), []);
    await page.keyboard.press('Control+z');
    await bar().getByText('Paint over what is to change.').waitFor();
    await dirty(false);
    await page.keyboard.press('Control+Shift+z');
    await tool('Fill').and(frame().locator(':enabled')).waitFor();
    // VS Code drops an undo that comes while a redo is under way.
    await page.waitForTimeout(500);
    await page.keyboard.press('Control+z');
    await bar().getByText('Paint over what is to change.').waitFor();
    await dirty(false);
  });

  it('paints by keys alone', async () => {
    await stage().focus();
    await stage().press('b');
    for (const key of ['ArrowRight', 'ArrowRight', 'Space']) await stage().press(key);
    await dirty(true);
    await tool('Fill').and(frame().locator(':enabled')).waitFor();
    await workbench().page.keyboard.press('Control+z');
    await dirty(false);
  });

  it('fills a rectangle given by numbers, and keeps every other pixel of the file', async () => {
    const { page } = workbench();
    await tool('Rectangle (R)').click();
    for (const [name, value] of [['Left edge', 300], ['Top edge', 150], ['Width', 120], ['Height', 90]] as const) {
      await frame().getByLabel(name).fill(String(value));
      await frame().getByLabel(name).press('Tab');
    }
    await tool('Mask Rectangle').click();
    await frame().getByLabel('How many').fill('2');
    await frame().getByLabel('How many').press('Tab');
    await tool('Fill').click();
    await tool('Accept').waitFor({ timeout: DRAWING_TIME });
    await bar().getByText('1 of 2').waitFor();
    await tool('Next candidate').click();
    await bar().getByText('2 of 2').waitFor();
    assert.deepEqual(await axeViolations(frame()), []);
    await screenshot(page, `editor, candidates, ${THEME}`);
    await tool('Accept').click();
    // The same words stand beside the candidate.
    await tool('Accept').waitFor({ state: 'hidden' });
    await bar().getByText('Kept area: 0 of').waitFor();

    await page.keyboard.press('Control+z');
    await tool('Fill').and(frame().locator(':enabled')).waitFor();
    await page.waitForTimeout(500);
    await page.keyboard.press('Control+Shift+z');
    await bar().getByText('Kept area: 0 of').waitFor();
    await page.keyboard.press('Control+s');
    await dirty(false);
    const saved = await pixelsOf(file());
    const { inside, outside } = differing(saved, original, (x, y) => x >= 300 && x < 420 && y >= 150 && y < 240);
    assert.equal(outside, 0);
    assert.ok(inside > 2000, `${inside}`);
  });

  it('widens by a handle, and by numbers to the pixel', async () => {
    const { page } = workbench();
    const before = await pixelsOf(file());
    await tool('Widen (W)').click();
    const box = await stage().boundingBox();
    assert.ok(box);
    // A row that has come stays clear of the picture without moving it: it need not be in the middle.
    const { x, y } = await frame()
      .locator('easel-stage')
      .evaluate((element: HTMLElement & { readonly view?: { x: number; y: number } }) => ({ x: element.view?.x ?? 0, y: element.view?.y ?? 0 }));
    const handle = { x: (x + before.width) / box.width, y: (y + before.height / 2) / box.height };
    await drag(handle, { ...handle, x: handle.x + 32 / box.width });
    await bar().getByText('800x512').waitFor();
    await screenshot(page, `editor, frame, ${THEME}`);
    assert.deepEqual(await axeViolations(frame()), []);
    await frame().getByLabel('Left', { exact: true }).fill('50');
    await frame().getByLabel('Left', { exact: true }).press('Tab');
    await bar().getByText('850x512').waitFor();
    await tool('Widen').click();
    await tool('Accept').waitFor({ timeout: DRAWING_TIME });
    await tool('Accept').click();
    await statusBarItem(page, '850x512').waitFor();
    await page.keyboard.press('Control+s');
    await dirty(false);
    const after = await pixelsOf(file());
    assert.deepEqual([after.width, after.height], [850, 512]);
    assert.equal(differing(after, before, () => false, 50).outside, 0);
  });

  it('takes unsaved work over a reload of the window', async () => {
    const { page } = workbench();
    await tool('Brush (B)').click();
    await drag({ x: 0.4, y: 0.4 }, { x: 0.5, y: 0.5 });
    await dirty(true);
    // VS Code writes backups a second after a change, and the browser's storage every five.
    await page.waitForTimeout(7000);
    await page.reload();
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await stage().waitFor({ timeout: 60_000 });
    await dirty(true);
    await tool('Fill').and(frame().locator(':enabled')).waitFor();
    await runCommand(page, 'File: Revert File');
    await dirty(false);
    await bar().getByText('Paint over what is to change.').waitFor();
  });

  it('asks how a changed JPEG is to be saved, and writes a PNG beside it', async () => {
    const { page } = workbench();
    const bytes = fs.readFileSync(file('photo.jpg'));
    await runCommand(page, 'View: Close All Editors');
    await openInEasel('photo.jpg');
    await tool('Rectangle (R)').click();
    await tool('Mask Rectangle').click();
    await tool('Fill').click();
    await tool('Accept').click({ timeout: DRAWING_TIME });
    await tool('Accept').waitFor({ state: 'hidden' });
    await bar().getByText('Kept area: 0 of').waitFor();
    await page.keyboard.press('Control+s');
    await modal(page).getByText('A JPEG is compressed as a whole').waitFor();
    await answerModal(page, 'Save as PNG');
    await editorTab(page, 'photo-2.png').waitFor();
    await dirty(false);
    assert.deepEqual(fs.readFileSync(file('photo.jpg')), bytes);
    assert.equal((await sharp(file('photo-2.png')).metadata()).width, 640);
  });

  it('shows WebP, GIF and BMP like any picture', async () => {
    const { page } = workbench();
    const { data, info } = await sharp(file('photo.jpg')).resize(320, 200).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const photo = sharp(data, { raw: info });
    await photo.clone().webp().toFile(file('small.webp'));
    await photo.clone().gif().toFile(file('small.gif'));
    fs.writeFileSync(file('small.bmp'), await Jimp.fromBitmap({ data, ...info }).getBuffer('image/bmp'));
    const centre = data.subarray((100 * 320 + 160) * 4, (100 * 320 + 160) * 4 + 3);
    for (const name of ['small.webp', 'small.gif', 'small.bmp']) {
      await openInEasel(name);
      await statusBarItem(page, '320x200').waitFor();
      await eventually(async () => {
        const shown = await frame().locator('easel-stage canvas').first().evaluate((canvas: HTMLCanvasElement) => [...(canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data ?? [])]);
        for (const [channel, value] of centre.entries()) assert.ok(Math.abs((shown[channel] ?? -1000) - value) < 24, `${name}: ${String(shown)} for ${String([...centre])}`);
      });
      await runCommand(page, 'View: Close Editor');
    }
  });

  it('shows in both of two editors what is painted in one, until it is reverted', async () => {
    const { page } = workbench();
    await runCommand(page, 'View: Close All Editors');
    await openInEasel('photo.png');
    await tool('Brush (B)').click();
    await runCommand(page, 'View: Split Editor Right');
    await side(1).getByRole('button', { name: 'Brush (B)' }).click();
    const empty = (index: number): Promise<void> => side(index).locator('.bar').getByText('Paint over what is to change.').waitFor();
    const full = (index: number): Promise<void> => side(index).getByRole('button', { name: 'Fill', exact: true }).and(side(index).locator(':enabled')).waitFor();
    for (const index of [0, 1]) await empty(index);
    await side(1).locator('easel-stage .surface').click();
    for (const index of [0, 1]) await full(index);
    await screenshot(page, 'image editor, twice');
    await runCommand(page, 'File: Revert File');
    for (const index of [0, 1]) await empty(index);
    await dirty(false);
    await runCommand(page, 'View: Close All Editors');
  });

  it('shows both sides of a diff, the committed one to look at only', async () => {
    const { page, workspace } = workbench();
    const git = (...args: string[]): Buffer => execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd: workspace });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Before');
    fs.copyFileSync(file('photo-2.png'), file());
    await runCommand(page, 'View: Close All Editors');
    await page.keyboard.press('Control+Shift+G');
    await page.locator('.scm-view .monaco-list-row').filter({ hasText: 'photo.png' }).click({ timeout: 60_000 });
    await pages().nth(1).waitFor();
    const widths = (): Promise<(number | undefined)[]> => Promise.all([0, 1].map((index) => side(index).locator('easel-stage').evaluate((element) => (element as HTMLElement & { extent?: { width: number } }).extent?.width)));
    const [first] = await widths();
    assert.deepEqual(new Set(await widths()), new Set([640, 850]));
    const [committed, present] = first === 850 ? [side(0), side(1)] : [side(1), side(0)];
    await committed.locator('.bar').getByText('View only: this file is read-only.').waitFor();
    assert.equal(await committed.getByRole('button', { name: 'Brush (B)' }).count(), 0);
    // What is drawn on in the diff can be undone there, too, though VS Code itself does not reach it.
    await present.getByRole('button', { name: 'Brush (B)' }).click();
    const canvas = await present.locator('easel-stage').boundingBox();
    assert.ok(canvas);
    const painted = async (): Promise<void> => present.getByRole('button', { name: 'Fill', exact: true }).and(present.locator(':enabled')).waitFor();
    const clear = async (): Promise<void> => present.locator('.bar').getByText('Paint over what is to change.').waitFor();
    await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    await painted();
    await page.keyboard.press('Control+z');
    await clear();
    await page.keyboard.press('Control+Shift+z');
    await painted();
    await page.keyboard.press('Control+z');
    await clear();
    await screenshot(page, 'image editor, diff');
  });
});

story('the image editor with a server', () => {
  let server: ImagesServer;
  let workbench: Workbench;
  const frame = (): FrameLocator => webview(workbench.page, EXTENSION_ID);
  const button = (name: string): Locator => frame().getByRole('button', { name, exact: true });
  const saved = async (): Promise<Pixels> => pixelsOf(path.join(workbench.workspace, 'photo.png'));
  let original: Pixels;

  before('start the server and a workbench', async () => {
    server = await startImagesServer();
    workbench = await openWorkbench({ settings: { 'easel.openai.baseUrl': server.url, 'easel.engine': 'openai', 'files.autoSave': 'off' } });
    original = await saved();
    const { page } = workbench;
    await runCommand(page, 'Easel: Set API Key');
    await answerInput(page, server.key);
    await notification(page, /key/i);
    await clearNotifications(page);
    await openFile(page, 'photo.png');
    await runCommand(page, 'Easel: Edit a Region');
    await pickItem(page, 'Paint it');
    await frame().locator('easel-stage .surface').waitFor();
    await button('Rectangle (R)').click();
    await button('Mask Rectangle').click();
    await frame().getByRole('textbox', { name: 'What should be there?' }).fill('a small wooden hut');
  });
  after('close both', async () => {
    await workbench.close();
    await server.close();
  });

  it('cancels in the middle, and keeps the mask', async () => {
    server.next({ hang: true });
    await button('Redraw').click();
    await frame().locator('.bar').getByText('Drawing…').waitFor({ timeout: DRAWING_TIME });
    await button('Cancel').click();
    await button('Redraw').and(frame().locator(':enabled')).waitFor({ timeout: DRAWING_TIME });
    await frame().locator('.bar').getByText(/may have been billed/).waitFor();
    assert.deepEqual((await saved()).data, original.data);
  });

  it('redraws, accepts, undoes, redoes and saves: the file holds the drawing, and every other pixel as it was', async () => {
    const { page } = workbench;
    await button('Redraw').click();
    await button('Accept').click({ timeout: DRAWING_TIME });
    const kept = frame().locator('.bar').getByText('Kept area: 0 of');
    await button('Accept').waitFor({ state: 'hidden' });
    await kept.waitFor();
    await page.keyboard.press('Control+z');
    await button('Redraw').and(frame().locator(':enabled')).waitFor();
    await page.waitForTimeout(500);
    await page.keyboard.press('Control+Shift+z');
    await kept.waitFor();
    await page.keyboard.press('Control+s');
    await page.locator('.tabs-container .tab.dirty').waitFor({ state: 'detached' });
    const { inside, outside } = differing(await saved(), original, (x, y) => x < 100 && y < 100);
    assert.equal(outside, 0);
    assert.ok(inside > 1000, `${inside}`);
    assert.match(String(server.to('edits').at(-1)?.fields['prompt']), /a small wooden hut/);
    // What it did cost goes with what is saved.
    await runCommand(page, 'Easel: Show History');
    await page.locator('.pane').filter({ hasText: 'Image History' }).getByRole('treeitem', { name: /^A small wooden hut, photo\.png.*\$0\.\d+,/i }).waitFor();
  });
});
