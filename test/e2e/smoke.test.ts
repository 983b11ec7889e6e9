import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {
  answerFileDialog,
  answerInput,
  answerModal,
  clearNotifications,
  dismissInput,
  editorTab,
  explorerMenu,
  explorerRow,
  modal,
  notification,
  openFile,
  pickItem,
  quickInput,
  runCommand,
  selectFiles,
  statusBarItem,
  tabMenu,
  webview,
} from '../support/vscode/ui';
import { useWorkbench } from '../support/vscode/workbench';

// One test for each surface of VS Code that the other tests drive, on VS Code's own features: where these fail, the harness is to blame and not Easel.
describe('the workbench under test', () => {
  const workbench = useWorkbench({ folderName: 'a folder #1 100%' });

  it('opens a file from the explorer and runs a command with an input box', async () => {
    const { page } = workbench();
    await openFile(page, 'README.md');
    await runCommand(page, 'Go to Line/Column...');
    await answerInput(page, ':5');
    await statusBarItem(page, 'Ln 5').waitFor();
  });

  it('picks from a list', async () => {
    const { page } = workbench();
    await runCommand(page, 'Change Language Mode');
    await pickItem(page, 'Plain Text');
    await statusBarItem(page, 'Plain Text').waitFor();
  });

  it('shows notifications', async () => {
    const { page } = workbench();
    await runCommand(page, 'Merge Conflict: Next Conflict');
    await notification(page, 'No merge conflicts found in this file');
    await clearNotifications(page);
    await page.locator('.notification-toast').waitFor({ state: 'detached' });
  });

  it('shows a picture in a webview', async () => {
    const { page } = workbench();
    await openFile(page, 'photo.png');
    const width = await webview(page, 'vscode.media-preview').locator('img').evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
    assert.equal(width, 768);
  });

  it('uses the context menus of a tab and of the explorer', async () => {
    const { page } = workbench();
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await tabMenu(page, 'photo.png', 'Copy Relative Path');
    assert.equal(await copied(), 'photo.png');
    await selectFiles(page, ['index.html', 'site.css']);
    await explorerMenu(page, 'site.css', 'Copy Relative Path');
    assert.equal(await copied(), 'index.html\nsite.css');
  });

  it('answers a file dialogue', async () => {
    const { page, workspace } = workbench();
    await runCommand(page, 'File: Open File...');
    await answerFileDialog(page, path.join(workspace, 'App.tsx'));
    await editorTab(page, 'App.tsx').waitFor();
  });

  it('answers a modal dialogue', async () => {
    const { page, workspace } = workbench();
    await explorerMenu(page, 'photo.jpg', 'Delete Permanently');
    await modal(page).getByText('photo.jpg').first().waitFor();
    await answerModal(page, 'Delete');
    await explorerRow(page, 'photo.jpg').waitFor({ state: 'detached' });
    assert.equal(fs.existsSync(path.join(workspace, 'photo.jpg')), false);
  });

  it('offers Easel in the palette', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Generate');
    await quickInput(page).locator('input').first().waitFor();
    await dismissInput(page);
  });
});
