import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually';
import { assertKept, decodeFile } from '../support/pictures';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import {
  answerInput,
  clearNotifications,
  editorTab,
  explorerMenu,
  explorerRow,
  notification,
  openFile,
  pickItem,
  quickInput,
  runCommand,
  statusBarItem,
  tabMenu,
} from '../support/vscode/ui';
import { useWorkbench } from '../support/vscode/workbench';

// Every verb that needs no key, as a person does it: by the palette, the explorer and a tab.
story('with no key', () => {
  const workbench = useWorkbench();
  const inFolder = (...names: string[]): string => path.join(workbench().workspace, ...names);

  it('generates from the palette, opens the picture and offers an AI model once', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Generate Image');
    await quickInput(page).getByText('easel-offline-1').first().waitFor();
    await answerInput(page, 'Misty mountains at dawn');
    await pickItem(page, '1600x900');
    await quickInput(page).getByText('free, drawn on this machine').first().waitFor();
    await pickItem(page, '1 picture');
    await editorTab(page, 'misty-mountains-at-dawn.png').waitFor({ timeout: 60_000 });
    await notification(page, 'drawn on this machine, not by an AI model');
    assert.equal(await page.getByText('Use OpenAI…').count(), 1);
    const { width, height } = await decodeFile(inFolder('images', 'misty-mountains-at-dawn.png'));
    assert.deepEqual([width, height], [1600, 900]);
    await statusBarItem(page, 'Easel').waitFor();
    await page.waitForTimeout(800);
    await screenshot(page, 'generate');
    await clearNotifications(page);
  });

  it('says which letters of a quoted text it does not have, and offers a model that draws them', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Generate Image');
    await answerInput(page, 'Poster of the sea “Привет 東京”');
    await pickItem(page, 'Square');
    await pickItem(page, '1 picture');
    await editorTab(page, 'poster-of-the-sea-привет-東京.png').waitFor({ timeout: 60_000 });
    const told = await notification(page, 'The text is not in the picture: the offline engine has no letters for “東京”.');
    await told.getByText('Use OpenAI…').waitFor();
    await screenshot(page, 'text-not-set');
    await clearNotifications(page);
  });

  it('widens from the explorer to a purpose, every pixel of the photograph where it was', async () => {
    const { page } = workbench();
    await explorerMenu(page, 'photo.png', 'Easel', 'Widen…');
    await pickItem(page, '21:9');
    await pickItem(page, 'In the centre');
    await quickInput(page).getByText('1195x512').first().waitFor();
    await screenshot(page, 'confirm');
    await pickItem(page, 'Widen: 1 picture');
    await editorTab(page, 'photo-2.png').waitFor({ timeout: 60_000 });
    await notification(page, 'Kept area: 0 of 393,216 pixels changed');
    const wide = await decodeFile(inFolder('photo-2.png'));
    assert.deepEqual([wide.width, wide.height], [1195, 512]);
    assertKept(wide, await decodeFile(inFolder('photo.png')), Math.floor((1195 - 768) / 2), 0);
    await page.waitForTimeout(800);
    await screenshot(page, 'widen');
    await clearNotifications(page);
  });

  it('fills a region from a tab without a prompt', async () => {
    const { page } = workbench();
    await openFile(page, 'photo.png');
    await tabMenu(page, 'photo.png', 'Easel', 'Edit a Region…');
    await answerInput(page, '100, 120, 200, 150');
    await quickInput(page).getByText('2/4').waitFor();
    await answerInput(page, '');
    await pickItem(page, '1 picture');
    await pickItem(page, 'Edit: 1 picture');
    await editorTab(page, 'photo-3.png').waitFor({ timeout: 60_000 });
    const edited = await decodeFile(inFolder('photo-3.png'));
    const before = await decodeFile(inFolder('photo.png'));
    assertKept(edited, before, 0, 0, (x, y) => x >= 100 && x < 300 && y >= 120 && y < 270);
    assert.notDeepEqual(edited.data, before.data);
    await clearNotifications(page);
  });

  it('makes variations from the explorer', async () => {
    const { page } = workbench();
    await explorerMenu(page, 'photo.jpg', 'Easel', 'Make Variations…');
    await pickItem(page, 'Strong');
    await pickItem(page, '2 pictures');
    await pickItem(page, 'Vary: 2 pictures');
    await explorerRow(page, 'photo-5.png').waitFor({ timeout: 60_000 });
    await notification(page, 'Saved 2 pictures');
    const { width, height } = await decodeFile(inFolder('photo-5.png'));
    assert.deepEqual([width, height], [640, 480]);
    await clearNotifications(page);
  });

  it('inserts the link that a document wants', async () => {
    const { page } = workbench();
    await openFile(page, 'README.md');
    await page.keyboard.press('ControlOrMeta+End');
    await explorerMenu(page, 'photo.jpg', 'Easel', 'Insert Image Link…');
    await page.locator('.view-lines').getByText('](photo.jpg)').first().waitFor();
    await page.keyboard.press('ControlOrMeta+s');
    await eventually(() => assert.match(fs.readFileSync(inFolder('README.md'), 'utf8'), /!\[[^\]]*\]\(photo\.jpg\)/));
  });

  it('says what is wrong with a file that is no picture, and writes nothing', async () => {
    const { page } = workbench();
    const before = fs.readdirSync(workbench().workspace).length;
    fs.writeFileSync(inFolder('broken.png'), fs.readFileSync(inFolder('photo.png')).subarray(0, 900));
    await explorerMenu(page, 'broken.png', 'Easel', 'Widen…');
    const told = await notification(page, /broken|cut off|damaged|incomplete/i);
    assert.ok(await told.isVisible());
    assert.equal(fs.readdirSync(workbench().workspace).length, before + 1);
  });
});
