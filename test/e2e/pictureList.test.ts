import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually } from '../support/eventually';
import { THEMES } from '../support/pages/themes';
import { screenshot } from '../support/screenshots';
import { contextMenu, notification, quickInput, runCommand } from '../support/vscode/ui';
import { useWorkbench } from '../support/vscode/workbench';

const LIST = {
  style: { words: 'flat, calm', palette: ['#1f2335', '#f4a261'] },
  pictures: [
    { name: 'images/hero.png', prompt: 'Misty mountains at dawn', size: '1600x600' },
    { name: 'images/night.png', prompt: 'Stars over the same mountains', size: '1600x600', parent: 'images/hero.png' },
    { name: 'images/og', prompt: 'Waves of paper', size: '1200x630', format: 'jpeg' },
  ],
};

// A project's pictures as a person meets them: the plan, then what was made.
describe('the pictures of a project', () => {
  const workbench = useWorkbench();
  const view = (): Locator => workbench().page.locator('[id="workbench.view.explorer"] .pane').filter({ hasText: 'Image History' });
  const rows = (): Locator => view().locator('.monaco-list-row');

  it('makes what the list wants, after one look at the plan', async () => {
    const { page, workspace } = workbench();
    const inFolder = (...names: string[]): string => path.join(workspace, ...names);
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
});
