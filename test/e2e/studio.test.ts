import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { axeViolations } from '../support/axe';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { keepTheme, THEMES, type ThemeKind } from '../support/pages/themes';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import { answerInput, clearNotifications, dismissInput, editorTab, notification, openFile, pickItem, quickInput, runCommand, webview } from '../support/vscode/ui';
import { EXTENSION_ID, openWorkbench, useWorkbench, type Workbench } from '../support/vscode/workbench';

/** A prompt that would run where a page took it for markup. */
const HOSTILE = '<img src=x onerror=alert(1)> {0} & "co"';
const DRAWING_TIME = 60_000;

const studioOf = (page: Page): FrameLocator => webview(page, EXTENSION_ID);
const promptOf = (frame: FrameLocator): Locator => frame.getByRole('textbox', { name: 'Prompt', exact: true });
const tilesOf = (frame: FrameLocator): Locator => frame.locator('easel-tile img');

story('the studio', () => {
  const workbench = useWorkbench();
  const studio = (): FrameLocator => studioOf(workbench().page);

  it('opens from the palette and says what a picture costs', async () => {
    const { page } = workbench();
    await openStudio(page);
    await studio().getByText('free, drawn on this machine').waitFor();
    await studio().getByText('Your pictures appear here').waitFor();
    assert.equal(await studio().getByRole('button', { name: 'Generate', exact: true }).getAttribute('aria-disabled'), 'true');
    assert.deepEqual(await axeViolations(studio()), []);
    assert.equal(await focusedName(studio()), 'Prompt');
    await screenshot(page, 'studio, empty');
  });

  it('draws as many pictures as were asked for, at the size that was chosen', async () => {
    const frame = studio();
    await promptOf(frame).fill('Misty mountains at dawn');
    await frame.getByRole('radio', { name: /^3:2/ }).check();
    await frame.getByRole('radio', { name: '2', exact: true }).check();
    await frame.getByRole('button', { name: 'Generate 2' }).click();
    await tilesOf(frame).nth(1).waitFor({ timeout: DRAWING_TIME });
    const sizes = await tilesOf(frame).evaluateAll((images: HTMLImageElement[]) => Promise.all(images.map((image) => image.decode().then(() => `${image.naturalWidth}x${image.naturalHeight}`))));
    assert.deepEqual(sizes, ['1248x832', '1248x832']);
    assert.deepEqual(await imagesInWorkspace(), [], 'nothing is in the workspace yet');
    assert.deepEqual(await axeViolations(frame), []);
    await screenshots(workbench().page, 'studio');
  });

  it('keeps a picture: a PNG of that size, named after the prompt', async () => {
    const frame = studio();
    await frame.getByRole('button', { name: 'Keep in the Workspace' }).first().click();
    await frame.getByRole('button', { name: 'Open images/misty-mountains-at-dawn.png' }).waitFor();
    await frame.getByRole('status').filter({ hasText: 'Kept as images/misty-mountains-at-dawn.png.' }).waitFor({ state: 'attached' });
    const file = path.join(workbench().workspace, 'images', 'misty-mountains-at-dawn.png');
    const { format, width, height } = await sharp(file).metadata();
    assert.deepEqual([format, width, height], ['png', 1248, 832]);
    assert.equal(await focusedName(frame), 'Reveal in Explorer', 'the focus stays');
  });

  it('discards a picture, brings it back, and discards it again', async () => {
    const frame = studio();
    await frame.getByRole('button', { name: 'Discard' }).click();
    await frame.getByText('The picture was discarded.').first().waitFor();
    assert.equal(await tilesOf(frame).count(), 1);
    assert.deepEqual(await axeViolations(frame), []);
    await frame.getByRole('button', { name: 'Undo' }).click();
    await tilesOf(frame).nth(1).waitFor();
    await frame.getByRole('button', { name: 'Discard' }).click();
    await tilesOf(frame).nth(1).waitFor({ state: 'detached' });
  });

  it('loses nothing when the window is loaded again, the words being typed included', async () => {
    const { page } = workbench();
    await promptOf(studio()).fill('Half a thou');
    await page.waitForTimeout(1000);
    await page.reload();
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: DRAWING_TIME });
    const frame = studio();
    await tilesOf(frame).first().waitFor({ timeout: DRAWING_TIME });
    assert.equal(await tilesOf(frame).count(), 1);
    await frame.getByRole('button', { name: 'Open images/misty-mountains-at-dawn.png' }).waitFor();
    assert.equal(await promptOf(frame).inputValue(), 'Half a thou');
    assert.equal(await frame.getByRole('radio', { name: '2', exact: true }).isChecked(), true);
  });

  it('loses nothing when the panel is closed and opened again, and draws on meanwhile', async () => {
    const { page } = workbench();
    await promptOf(studio()).fill(HOSTILE);
    await promptOf(studio()).press('ControlOrMeta+Enter');
    await studio().locator('.run').nth(1).waitFor();
    await page.waitForTimeout(1000);
    await runCommand(page, 'View: Close Editor');
    await editorTab(page, 'Easel Studio').waitFor({ state: 'detached' });
    await openStudio(page);
    await tilesOf(studio()).nth(2).waitFor({ timeout: DRAWING_TIME });
    assert.equal(await promptOf(studio()).inputValue(), HOSTILE);
  });

  it('shows a prompt as text everywhere', async () => {
    const frame = studio();
    await frame.getByRole('heading', { name: HOSTILE, exact: true }).waitFor();
    assert.equal(await frame.locator('img[src="x"]').count(), 0);
    await frame.getByRole('button', { name: 'Earlier prompts' }).click();
    await frame.getByRole('textbox', { name: 'Search earlier prompts' }).or(frame.getByRole('searchbox', { name: 'Search earlier prompts' })).fill('DAWN misty');
    assert.deepEqual(await frame.locator('.earlier li').allInnerTexts(), ['Misty mountains at dawn']);
    assert.deepEqual(await axeViolations(frame), []);
    await frame.locator('.earlier li button').press('Escape');
    await frame.locator('.earlier').waitFor({ state: 'detached' });
  });

  it('walks through earlier prompts by the arrow keys at the edges of the box', async () => {
    const box = promptOf(studio());
    await box.fill('first line\nsecond');
    await box.press('ArrowUp');
    assert.equal(await box.inputValue(), 'first line\nsecond', 'inside the text the key moves the caret');
    await pressUntil(box, 'ArrowUp', HOSTILE);
    await pressUntil(box, 'ArrowUp', 'Misty mountains at dawn');
    await pressUntil(box, 'ArrowDown', HOSTILE);
    await pressUntil(box, 'ArrowDown', 'first line\nsecond');
  });

  it('shows a picture large, goes through all of them by the arrow keys, and back by Escape', async () => {
    const { page } = workbench();
    const frame = studio();
    await frame.getByRole('button', { name: /Enlarge/ }).first().click();
    const large = frame.getByRole('dialog');
    await large.getByText('1 of 3').waitFor();
    await page.keyboard.press('ArrowRight');
    await large.getByText('2 of 3').waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    await screenshot(page, 'studio, large');
    await large.getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'detached' });
    assert.match(await focusedName(frame), /^Picture 2 of 2/);
    await page.keyboard.press('ArrowRight');
    assert.match(await focusedName(frame), /^Picture 1 of 1/);
  });

  it('varies a picture in its own size', async () => {
    const frame = studio();
    const before = await tilesOf(frame).count();
    await frame.getByRole('toolbar').last().getByRole('button', { name: 'Vary' }).click();
    await frame.getByText('Variations of this picture, in its size').waitFor();
    await frame.getByRole('radio', { name: '1', exact: true }).check();
    await frame.getByRole('radio', { name: 'Strong' }).check();
    assert.deepEqual(await axeViolations(frame), []);
    await screenshot(workbench().page, 'studio, varying');
    await frame.locator('vscode-button', { hasText: 'Vary' }).click();
    await tilesOf(frame).nth(before).waitFor({ timeout: DRAWING_TIME });
    assert.equal(await tilesOf(frame).first().evaluate((image: HTMLImageElement) => image.decode().then(() => `${image.naturalWidth}x${image.naturalHeight}`)), '1248x832');
    await frame.getByRole('button', { name: 'Back to new pictures' }).click();
  });

  it('takes exact pixels and purposes, and refuses what nobody can draw', async () => {
    const frame = studio();
    await frame.getByRole('combobox', { name: 'For' }).click();
    await frame.getByRole('option', { name: 'Open Graph card' }).click();
    assert.equal(await frame.getByRole('textbox', { name: 'Width in pixels' }).inputValue(), '1200');
    await frame.getByRole('textbox', { name: 'Width in pixels' }).fill('60000');
    await frame.getByRole('textbox', { name: 'Height in pixels' }).fill('60000');
    await promptOf(frame).focus();
    await frame.getByText('60000x60000 has more than 64 megapixels').waitFor();
    assert.deepEqual(await axeViolations(frame), []);
    await frame.getByRole('textbox', { name: 'Width in pixels' }).fill('no number');
    await promptOf(frame).focus();
    await frame.getByRole('alert').getByText('from 1 to 65,535').waitFor();
    assert.equal(await frame.getByRole('textbox', { name: 'Width in pixels' }).inputValue(), 'no number');
    await frame.getByRole('radio', { name: /^1:1/ }).check();
    await frame.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('inserts a picture into the document that was used last, with its file', async () => {
    const { page, workspace } = workbench();
    await openFile(page, 'README.md');
    await page.keyboard.press('ControlOrMeta+End');
    await editorTab(page, 'Easel Studio').click();
    const frame = studio();
    await frame.locator('.run', { hasText: 'Misty' }).first().getByRole('button', { name: 'Insert at Cursor' }).first().click();
    await page.locator('.monaco-editor .view-line').filter({ hasText: 'images/misty-mountains-at-dawn-2.png' }).waitFor();
    assert.ok(fs.existsSync(path.join(workspace, 'images', 'misty-mountains-at-dawn-2.png')));
    await editorTab(page, 'Easel Studio').click();
    await promptOf(studio()).waitFor();
  });

  it('lets the engine be chosen', async () => {
    const { page } = workbench();
    await studio().getByRole('button', { name: /easel-offline-1/ }).click();
    await quickInput(page).getByText('Who draws?').or(quickInput(page).locator('input[placeholder="Who draws?"]')).first().waitFor();
    await dismissInput(page);
  });

  it('fits into a narrow panel', async () => {
    const { page } = workbench();
    await runCommand(page, 'View: Close Primary Side Bar');
    await page.setViewportSize({ width: 376, height: 800 });
    const frame = studio();
    const widths = await frame.locator('html').evaluate((html) => [html.clientWidth, html.scrollWidth]);
    assert.ok((widths[0] ?? 999) <= 340, `the panel is ${widths[0]} px wide`);
    assert.equal(widths[1], widths[0], 'nothing sticks out');
    assert.deepEqual(await axeViolations(frame), []);
    await screenshot(page, 'studio, narrow');
    await page.setViewportSize({ width: 1600, height: 900 });
    await screenshot(page, 'studio, wide');
  });

  async function imagesInWorkspace(): Promise<string[]> {
    const folder = path.join(workbench().workspace, 'images');
    return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  }
});

story('the studio with a server', () => {
  let server: ImagesServer;
  let workbench: Workbench;
  const studio = (): FrameLocator => studioOf(workbench.page);

  before('start the server and a workbench', async () => {
    server = await startImagesServer();
    workbench = await openWorkbench({ settings: { 'easel.openai.baseUrl': server.url, 'easel.openai.quality': 'medium', 'easel.engine': 'openai' } });
  });
  after('close both', async () => {
    await workbench.close();
    await server.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(workbench.page, `failed ${this.currentTest.title}`);
  });

  it('says what the model costs, by quality and count', async () => {
    const { page } = workbench;
    await runCommand(page, 'Easel: Set API Key');
    await answerInput(page, server.key);
    await notification(page, /key/i);
    await clearNotifications(page);
    await openStudio(page);
    await promptOf(studio()).fill('A lighthouse in a storm');
    // One picture is streamed, with a preview that costs too.
    await studio().getByText('about $0.016').waitFor();
    await studio().getByRole('radio', { name: '2', exact: true }).check();
    await studio().getByText('about $0.026').waitFor();
    await studio().getByRole('combobox', { name: 'Quality' }).click();
    await studio().getByRole('option', { name: 'Low' }).click();
    await studio().getByText('about $0.012').waitFor();
    assert.deepEqual(await axeViolations(studio()), []);
  });

  it('puts a failure into words, and runs again', async () => {
    server.next({ error: { status: 400, code: 'billing_hard_limit_reached', message: 'Billing hard limit has been reached.' } });
    await promptOf(studio()).press('ControlOrMeta+Enter');
    await studio().getByText('Your account with the server has no money').first().waitFor({ timeout: DRAWING_TIME });
    assert.deepEqual(await axeViolations(studio()), []);
    await screenshot(workbench.page, 'studio, failed');
    await studio().getByRole('button', { name: 'Run Again' }).click();
    await tilesOf(studio()).nth(1).waitFor({ timeout: DRAWING_TIME });
    assert.equal(await studio().locator('.run').count(), 1);
    assert.equal(server.to('generations').at(-1)?.fields['quality'], 'low');
  });

  it('queues, and cancels one that waits', async () => {
    const { page } = workbench;
    server.next({ hang: true });
    for (const prompt of ['First', 'Second', 'Third']) {
      await promptOf(studio()).fill(prompt);
      await promptOf(studio()).press('ControlOrMeta+Enter');
    }
    await studio().locator('.run.drawing', { hasText: 'First' }).waitFor();
    await studio().locator('.run.queued', { hasText: 'Third' }).waitFor();
    assert.deepEqual(await axeViolations(studio()), []);
    await screenshots(page, 'studio, drawing');
    await studio().locator('.run.queued', { hasText: 'Second' }).getByRole('button', { name: 'Cancel' }).click();
    await studio().locator('.run.cancelled', { hasText: 'Second' }).waitFor();
  });

  it('finds what died with the window, and sends nothing again by itself', async () => {
    const { page } = workbench;
    const sent = server.to('generations').length;
    await page.reload();
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: DRAWING_TIME });
    await studio().locator('.run.interrupted', { hasText: 'it may have been billed' }).filter({ hasText: 'First' }).waitFor({ timeout: DRAWING_TIME });
    await studio().locator('.run.interrupted', { hasText: 'Nothing was billed' }).filter({ hasText: 'Third' }).waitFor();
    await studio().locator('.run.cancelled', { hasText: 'Second' }).getByRole('button', { name: 'Dismiss' }).click();
    assert.equal(server.to('generations').length, sent);
    assert.deepEqual(await axeViolations(studio()), []);
    await screenshot(page, 'studio, interrupted');
    await studio().locator('.run.interrupted', { hasText: 'Third' }).getByRole('button', { name: 'Run Again' }).click();
    await studio().locator('.run.done', { hasText: 'Third' }).waitFor({ timeout: DRAWING_TIME });
    assert.equal(await tilesOf(studio()).count(), 4);
    // What it did cost goes with the picture that is kept.
    await studio().locator('.run.done', { hasText: 'Third' }).getByText('Paid: $0.012.').waitFor();
    await studio().getByRole('button', { name: 'Keep in the Workspace' }).first().click();
    await studio().getByRole('button', { name: 'Open images/third.png' }).waitFor();
    await runCommand(page, 'Easel: Show History');
    await page.locator('.pane').filter({ hasText: 'Image History' }).getByRole('treeitem', { name: /^Third, images\/third\.png.*under \$0\.01/ }).waitFor();
    await screenshot(page, 'history, with the cost');
  });
});

async function openStudio(page: Page): Promise<void> {
  await runCommand(page, 'Easel: Open Studio');
  await editorTab(page, 'Easel Studio').waitFor();
  await promptOf(studioOf(page)).waitFor();
}

/** The label of what has the focus, through all shadow roots. */
function focusedName(frame: FrameLocator): Promise<string> {
  return frame.locator('body').evaluate((body) => {
    let active = body.ownerDocument.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('aria-label') ?? '';
  });
}

/** Presses an arrow key until the box shows a text: how often depends on where the platform's caret stops. */
async function pressUntil(box: Locator, key: string, text: string): Promise<void> {
  for (let press = 0; press < 4 && (await box.inputValue()) !== text; press += 1) {
    await box.press(key);
    await box.page().waitForTimeout(60);
  }
  assert.equal(await box.inputValue(), text);
}

/** A picture of the window in each theme, for people to look at. */
async function screenshots(page: Page, name: string): Promise<void> {
  for (const [kind, theme] of Object.entries(THEMES)) {
    await runCommand(page, 'Preferences: Color Theme');
    await pickItem(page, theme);
    await quickInput(page).waitFor({ state: 'hidden' });
    await page.waitForTimeout(300);
    assert.deepEqual(await axeViolations(studioOf(page)), [], kind);
    if (process.env['UPDATE']) await keepTheme(kind as ThemeKind, studioOf(page));
    await screenshot(page, `${name}, ${kind}`);
  }
}
