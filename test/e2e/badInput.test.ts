import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import { answerFileDialog, answerInput, answerModal, answerNotification, clearNotifications, dismissInput, editorTab, explorerMenu, explorerRow, modal, notification, openFile, pickItem, quickInput, runCommand, statusBarItem, webview } from '../support/vscode/ui';
import { EXTENSION_ID, useWorkbench } from '../support/vscode/workbench';

/** Answers the questions of a generation up to the last, which is left to the test. */
async function askFor(page: Page, prompt: string): Promise<void> {
  await runCommand(page, 'Easel: Generate Image');
  await answerInput(page, prompt);
  await pickItem(page, '1024x1024');
  await quickInput(page).getByText('1 picture').first().waitFor();
}

story('bad input, in a folder with signs in its name', () => {
  const workbench = useWorkbench({ folderName: 'a folder #1 100%' });
  const inFolder = (...names: string[]): string => path.join(workbench().workspace, ...names);

  it('does not take an empty prompt, nor one of 40,000 characters', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Generate Image');
    await quickInput(page).getByText('easel-offline-1').first().waitFor();
    await answerInput(page, '   ');
    await quickInput(page).getByText('Say what the picture should show').first().waitFor();
    await answerInput(page, 'x'.repeat(40_000));
    await quickInput(page).getByText('That is too long').first().waitFor();
    await dismissInput(page);
    assert.equal(fs.existsSync(inFolder('images')), false);
  });

  it('numbers what two windows write at once', async () => {
    const { page, secondWindow } = workbench();
    const other = await secondWindow();
    for (const window of [page, other]) await askFor(window, 'two windows');
    await Promise.all([page, other].map((window) => pickItem(window, '1 picture')));
    for (const window of [page, other]) await notification(window, 'drawn on this machine');
    assert.deepEqual(fs.readdirSync(inFolder('images')).sort(), ['two-windows-2.png', 'two-windows.png']);
    await other.close();
    await clearNotifications(page);
  });

  it('links what lies there', async () => {
    const { page } = workbench();
    fs.copyFileSync(inFolder('photo.png'), inFolder('my photo #2 50%.png'));
    await openFile(page, 'README.md');
    await page.keyboard.press('ControlOrMeta+End');
    await explorerMenu(page, 'my photo #2 50%.png', 'Easel', 'Insert Image Link…');
    await page.locator('.view-lines').getByText('my%20photo').first().waitFor();
    // The keys go to the document, where the alt text is selected.
    await statusBarItem(page, '15 selected').waitFor();
    await page.keyboard.type('A coast');
    await page.keyboard.press('ControlOrMeta+s');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.match(fs.readFileSync(inFolder('README.md'), 'utf8'), /!\[A coast\]\(my%20photo%20%232%2050%25\.png\)/);
  });

  it('goes on with what it read where the file is deleted meanwhile', async () => {
    const { page } = workbench();
    await explorerMenu(page, 'my photo #2 50%.png', 'Easel', 'Widen…');
    await pickItem(page, '2:1');
    await pickItem(page, 'In the centre');
    await quickInput(page).getByText('1024x512').first().waitFor();
    fs.rmSync(inFolder('my photo #2 50%.png'));
    await pickItem(page, 'Widen: 1 picture');
    await notification(page, 'Kept area: 0 of');
    assert.equal(fs.readdirSync(workbench().workspace).filter((name) => name.startsWith('my photo')).length, 1);
    await clearNotifications(page);
  });
});

describe('a window without a folder', () => {
  const workbench = useWorkbench({ noFolder: true });

  it('asks where to save, and saves there', async () => {
    const { page, workspace } = workbench();
    await askFor(page, 'no folder is open');
    await pickItem(page, '1 picture');
    await answerFileDialog(page, `${workspace}/`);
    await editorTab(page, 'no-folder-is-open.png').waitFor({ timeout: 60_000 });
    assert.ok(fs.existsSync(path.join(workspace, 'no-folder-is-open.png')));
  });
});

story('a workspace that is not trusted', () => {
  let server: ImagesServer;
  const workbench = useWorkbench({
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
    keybindings: [{ key: 'ctrl+alt+g', command: 'easel.generate', args: { prompt: 'a call', width: 64, height: 64 } }],
  });
  before('start a server', async () => {
    server = await startImagesServer({ profile: 'sd-server' });
  });
  after('close it', () => server.close());

  it('chooses neither server nor folder, and no call of it draws', async () => {
    const { page, workspace } = workbench();
    fs.mkdirSync(path.join(workspace, '.vscode'));
    const theirs = { 'easel.engine': 'openai', 'easel.openai.baseUrl': server.url, 'easel.output.folder': 'theirs' };
    fs.writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify(theirs));
    await statusBarItem(page, 'Restricted Mode').waitFor();
    // The window knows the keys only once it knows the extension.
    await runCommand(page, 'Easel: Show Log');
    await page.keyboard.press('Control+Alt+g');
    await notification(page, 'not trusted');
    await clearNotifications(page);
    await askFor(page, 'a person asks');
    await pickItem(page, '1 picture');
    await editorTab(page, 'a-person-asks.png').waitFor({ timeout: 60_000 });
    await explorerRow(page, 'images').waitFor();
    assert.deepEqual(fs.readdirSync(path.join(workspace, 'images')), ['a-person-asks.png']);
    assert.equal(fs.existsSync(path.join(workspace, 'theirs')), false);
    assert.equal(server.requests.length, 0);
    await clearNotifications(page);
  });

  it('shows a picture in the image editor, says why it cannot be drawn on, and lets it be once the workspace is trusted', async () => {
    const { page } = workbench();
    await openFile(page, 'photo.png');
    await runCommand(page, 'View: Reopen Editor With...');
    await pickItem(page, 'Easel');
    const editor = webview(page, EXTENSION_ID);
    await editor.locator('.bar').getByText('this workspace is not trusted').waitFor();
    await statusBarItem(page, '768x512').waitFor();
    const brush = editor.getByRole('button', { name: 'Brush (B)' });
    assert.equal(await brush.count(), 0);
    await screenshot(page, 'image editor, not trusted');
    await runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button').filter({ hasText: /^Trust/ }).first().click();
    await page.locator('.workspace-trust-header.workspace-trust-trusted').waitFor();
    await page.keyboard.press('Escape');
    await brush.waitFor();
  });

  it('once it is trusted, names a server that is asked about first, and once', async () => {
    const { page, workspace } = workbench();
    const theirs = { 'easel.engine': 'openai', 'easel.openai.baseUrl': 'https://pictures.invalid/v1', 'easel.openai.server': 'sd-server' };
    fs.writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify(theirs));
    await statusBarItem(page, 'Easel: no key').waitFor();
    await runCommand(page, 'Easel: Generate Image');
    await answerNotification(page, 'pictures to be drawn by https://pictures.invalid', 'Set API Key');
    await modal(page).getByText('Have pictures drawn by https://pictures.invalid?').waitFor();
    await screenshot(page, 'server of a workspace');
    await answerModal(page, 'Use Without a Key');
    await statusBarItem(page, 'gpt-image-2.6-sunburst').waitFor();
    await clearNotifications(page);
    await askFor(page, 'agreed to');
    await dismissInput(page);
  });
});
