import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { eventually } from '../support/eventually';
import { THEMES } from '../support/pages/themes';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import { answerInput, answerModal, answerNotification, clearNotifications, contextMenu, explorerMenu, modal, notification, pickItem, quickInput, runCommand, statusBarItem } from '../support/vscode/ui';
import { useWorkbench } from '../support/vscode/workbench';

const LIST = {
  style: { words: 'flat, calm', palette: ['css:brand.css#--night', 'theme'] },
  pictures: [
    { name: 'images/hero.png', prompt: 'Misty mountains at dawn', size: '1600x600' },
    { name: 'images/night.png', prompt: 'Stars over the same mountains', size: '1600x600', parent: 'images/hero.png' },
    { name: 'images/og', prompt: 'Waves of paper', size: '1200x630', format: 'jpeg' },
  ],
};

// A project's pictures as a person meets them: the plan, then what was made.
story('the pictures of a project', () => {
  const workbench = useWorkbench();
  const view = (): Locator => workbench().page.locator('[id="workbench.view.explorer"] .pane').filter({ hasText: 'Image History' });
  const rows = (): Locator => view().locator('.monaco-list-row');
  const openFirstSteps = async (): Promise<void> => {
    await runCommand(workbench().page, 'Welcome: Open Walkthrough');
    await pickItem(workbench().page, 'Get started with Easel');
    await workbench().page.locator('.getting-started-step').first().waitFor();
  };

  // VS Code ticks what is done from then on, when its own start page is switched off as it is here.
  before('open the first steps', openFirstSteps);

  it('makes what the list wants, after one look at the plan', async () => {
    const { page, workspace } = workbench();
    const inFolder = (...names: string[]): string => path.join(workspace, ...names);
    fs.writeFileSync(inFolder('brand.css'), ':root { --paper: white; --night: rgb(12.2% 13.7% 20.8%) }');
    fs.writeFileSync(inFolder('theme.css'), '@theme { --color-sand: rgb(244 162 97); --radius: 4px }');
    fs.writeFileSync(inFolder('easel.json'), JSON.stringify(LIST, null, 2));
    await runCommand(page, 'Easel: Make Pictures');
    const box = quickInput(page);
    await box.getByText('Make 3 pictures · free, drawn on this machine').waitFor();
    await box.getByText('Style: flat, calm. Colour palette: #1f2335, #f4a261.').first().waitFor();
    await screenshot(page, 'make pictures');
    await box.locator('.monaco-list-row').filter({ hasText: 'images/og.jpg' }).click();
    await box.getByText('Make 2 pictures').waitFor();
    await box.locator('input').first().press('Enter');
    await notification(page, 'Made 2 pictures', 60_000);
    assert.deepEqual(fs.readdirSync(inFolder('images')).sort(), ['hero.png', 'night.png']);
    await runCommand(page, 'Easel: Make Pictures');
    await box.getByText('Make 1 picture ·').waitFor();
    await box.locator('input').first().press('Enter');
    await eventually(() => assert.ok(fs.existsSync(inFolder('images', 'og.jpg'))));
  });

  it('lists what was made, with its picture, in every theme', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Show History');
    await eventually(async () => assert.equal(await rows().count(), 3));
    await eventually(async () => assert.match((await rows().first().locator('.custom-view-tree-node-item-icon').getAttribute('style')) ?? '', /thumbnails/));
    assert.match((await rows().first().getAttribute('aria-label')) ?? '', /Waves of paper, images\/og\.jpg, 1200x630, easel-offline-1/);
    for (const [kind, theme] of Object.entries(THEMES)) {
      await runCommand(page, 'Preferences: Color Theme');
      await quickInput(page).locator('input').first().fill(theme);
      await quickInput(page).locator('input').first().press('Enter');
      // A hover shows where the pointer comes to rest, and a window that is still changing its theme puts it away again.
      await eventually(async () => {
        await page.mouse.move(700, 700);
        await rows().first().hover();
        await page.locator('.monaco-hover img').filter({ visible: true }).first().waitFor({ timeout: 4000 });
      }, 30_000);
      await page.waitForTimeout(500);
      await screenshot(page, `history, ${kind}`);
      await page.keyboard.press('Escape');
    }
  });

  it('forgets a picture, whose file stays', async () => {
    const { workspace } = workbench();
    await contextMenu(workbench().page, rows().filter({ hasText: 'Waves' }), ['Remove from History']);
    await eventually(async () => assert.equal(await rows().count(), 2));
    assert.deepEqual(fs.readdirSync(path.join(workspace, 'images')).sort(), ['hero.png', 'night.png', 'og.jpg']);
  });

  it('filters the history while one types, and clears it after a question', async () => {
    const { page } = workbench();
    const words = quickInput(page).locator('input').first();
    const action = async (label: string | RegExp): Promise<void> => {
      await view().locator('.pane-header').hover();
      await view().getByRole('button', { name: label, exact: true }).click();
    };
    await action('Filter…');
    await words.fill('stars');
    await eventually(async () => assert.equal(await rows().count(), 1));
    await screenshot(page, 'history, filtered');
    await words.press('Escape');
    await eventually(async () => assert.equal(await rows().count(), 2, 'Escape leaves the list as it was'));
    await action('Filter…');
    await words.fill('stars');
    await words.press('Enter');
    await rows().filter({ hasText: 'Stars over the same mountains' }).waitFor();
    await action('Show All');
    await eventually(async () => assert.equal(await rows().count(), 2));
    await action(/More Actions/);
    await page.locator('.monaco-menu .action-item').filter({ hasText: 'Clear History…' }).last().click({ delay: 150 });
    await modal(page).getByText('Forget what was made in this workspace?').waitFor();
    await answerModal(page, 'Clear');
    await eventually(async () => assert.equal(await rows().count(), 0));
  });

  it('converts, makes icons and cuts out, each after its dialogue, and says what was saved', async () => {
    const { page, workspace } = workbench();
    const inFolder = (...names: string[]): string => path.join(workspace, ...names);
    await sharp(inFolder('photo.png')).toColourspace('rgb16').png().toFile(inFolder('deep.png'));
    await explorerMenu(page, 'deep.png', 'Easel', 'Convert, Resize, Shrink…');
    await pickItem(page, 'WebP');
    await screenshot(page, 'convert, which size');
    await pickItem(page, 'Other widths…');
    await answerInput(page, '320, 640');
    await pickItem(page, 'Good for the web');
    await notification(page, /deep\.png [\d.]+ [kM]B → deep-320\.webp \d+ kB, \d+ % smaller; deep-640\.webp .* The picture of 16 bits a channel was reduced to 8\./);
    for (const width of [320, 640]) assert.equal((await sharp(inFolder(`deep-${width}.webp`)).metadata()).width, width);
    await clearNotifications(page);
    await explorerMenu(page, 'deep.png', 'Easel', 'Make an Icon Set…');
    await screenshot(page, 'icon set, which folder');
    await pickItem(page, 'beside the picture');
    await answerNotification(page, /Saved \d+ pictures in .*\. The picture of 16 bits a channel was reduced to 8\./, 'Copy Tags');
    await eventually(async () => assert.match(await page.evaluate(() => navigator.clipboard.readText()), /rel="icon" sizes="48x48" href="\/favicon\.ico"[^]*rel="apple-touch-icon"/));
    const badge = { create: { width: 100, height: 100, channels: 3, background: '#c33' } } as const;
    await sharp({ create: { width: 200, height: 200, channels: 3, background: 'white' } }).composite([{ input: badge, left: 50, top: 50 }]).toColourspace('rgb16').png().toFile(inFolder('badge.png'));
    await explorerMenu(page, 'badge.png', 'Easel', 'Cut Out Background…');
    await screenshot(page, 'cut out, what goes');
    await pickItem(page, 'What surrounds the subject');
    await notification(page, 'Saved badge-cutout.png. The picture of 16 bits a channel was reduced to 8.');
    assert.equal((await sharp(inFolder('badge-cutout.png')).extractChannel('alpha').raw().toBuffer())[0], 0);
  });

  it('shows the first steps, those that were done ticked, and after a reload who draws, without a command', async () => {
    const { page } = workbench();
    await openFirstSteps();
    const step = (title: string): Locator => page.locator('.getting-started-step').filter({ hasText: title });
    for (const [title, done] of Object.entries({ 'Make your first image': 'true', 'List what the project needs': 'true', 'Widen a picture to a banner': 'false' })) {
      await eventually(async () => assert.equal(await step(title).getByRole('checkbox').getAttribute('aria-checked'), done, await step(title).innerHTML()));
    }
    await screenshot(page, 'first steps');
    await page.reload();
    await statusBarItem(page, 'Easel: offline').waitFor({ timeout: 60_000 });
  });
});
