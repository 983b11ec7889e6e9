import assert from 'node:assert/strict';
import path from 'node:path';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { assertKept, decodeFile } from '../support/pictures';
import { screenshot } from '../support/screenshots';
import { answerInput, clearNotifications, editorTab, explorerMenu, explorerRow, notification, pickItem, quickInput, runCommand, selectFiles } from '../support/vscode/ui';
import { openWorkbench, type Workbench } from '../support/vscode/workbench';

// The verbs against a server that is as strict as the real one and redraws everything it is sent.
describe('with a key and a server', () => {
  let server: ImagesServer;
  let workbench: Workbench;
  const inFolder = (...names: string[]): string => path.join(workbench.workspace, ...names);

  before('start the server and a workbench', async () => {
    server = await startImagesServer();
    workbench = await openWorkbench({ settings: { 'easel.openai.baseUrl': server.url, 'easel.openai.quality': 'low' } });
  });
  after('close both', async () => {
    await workbench.close();
    await server.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(workbench.page, `failed ${this.currentTest.title}`);
  });

  it('refuses a wrong key and takes the right one', async () => {
    const { page } = workbench;
    await runCommand(page, 'Easel: Set API Key');
    await answerInput(page, 'sk-wrong');
    await page.getByText(/refused|does not accept|not accepted/i).first().waitFor();
    if (await quickInput(page).isVisible()) await page.keyboard.press('Escape');
    await runCommand(page, 'Easel: Set API Key');
    await answerInput(page, server.key);
    await notification(page, /key/i);
    assert.ok(server.to('models').length >= 2);
    await clearNotifications(page);
  });

  it('generates by the model, with the cost before and after', async () => {
    const { page } = workbench;
    await runCommand(page, 'Easel: Generate Image');
    await answerInput(page, 'A lighthouse in a storm');
    await pickItem(page, '1024x1024');
    await quickInput(page).getByText('under $0.01').first().waitFor();
    await pickItem(page, '1 picture');
    await editorTab(page, 'a-lighthouse-in-a-storm.png').waitFor({ timeout: 60_000 });
    const [request] = server.to('generations');
    assert.deepEqual(request?.fields['prompt'], 'A lighthouse in a storm');
    assert.deepEqual([request?.fields['model'], request?.fields['quality'], request?.fields['size']], ['gpt-image-2.6-sunburst', 'low', '1024x1024']);
    const { width } = await decodeFile(inFolder('images', 'a-lighthouse-in-a-storm.png'));
    assert.equal(width, 1024);
    await clearNotifications(page);
  });

  it('widens a photograph that the model redraws, not one kept pixel changed', async () => {
    const { page } = workbench;
    await explorerMenu(page, 'photo.png', 'Easel', 'Widen…');
    await answerInput(page, '1536x640');
    await quickInput(page).getByText('Where does the picture stay?').or(quickInput(page).getByText('In the centre')).first().waitFor();
    await pickItem(page, 'In the centre');
    await answerInput(page, 'a valley with a river');
    await quickInput(page).getByText('1 request').first().waitFor();
    await pickItem(page, 'Widen: 1 picture');
    await editorTab(page, 'photo-2.png').waitFor({ timeout: 60_000 });
    const wide = await decodeFile(inFolder('photo-2.png'));
    assert.deepEqual([wide.width, wide.height], [1536, 640]);
    assertKept(wide, await decodeFile(inFolder('photo.png')), 384, 64);
    await notification(page, 'Kept area: 0 of 393,216 pixels changed');
    await page.waitForTimeout(800);
    await screenshot(page, 'widen-through-server');
    await clearNotifications(page);
  });

  it('edits a region with a prompt, all else as it was', async () => {
    const { page } = workbench;
    await explorerMenu(page, 'photo.png', 'Easel', 'Edit a Region…');
    await answerInput(page, '300, 200, 160, 120');
    await quickInput(page).getByText('2/4').waitFor();
    await answerInput(page, 'a red tent');
    await pickItem(page, '1 picture');
    await pickItem(page, 'Edit: 1 picture');
    await editorTab(page, 'photo-3.png').waitFor({ timeout: 60_000 });
    assertKept(await decodeFile(inFolder('photo-3.png')), await decodeFile(inFolder('photo.png')), 0, 0, (x, y) => x >= 300 && x < 460 && y >= 200 && y < 320);
    assert.match(String(server.to('edits').at(-1)?.fields['prompt']), /a red tent/);
    await clearNotifications(page);
  });

  it('blends selected pictures into one', async () => {
    const { page } = workbench;
    await selectFiles(page, ['photo.png', 'photo.jpg']);
    await explorerMenu(page, 'photo.jpg', 'Easel', 'Blend Images…');
    await answerInput(page, 'as one panorama');
    await pickItem(page, 'Blend: 1 picture');
    await explorerRow(page, 'photo-4.png').waitFor({ timeout: 60_000 });
    assert.equal(server.to('edits').at(-1)?.files.length, 2);
    await clearNotifications(page);
  });

  it('stops the request and writes nothing when it is cancelled', async () => {
    const { page } = workbench;
    server.next({ hang: true }, 'generations');
    await runCommand(page, 'Easel: Generate Image');
    await answerInput(page, 'never drawn');
    await pickItem(page, '1024x1024');
    await pickItem(page, '1 picture');
    const progress = await notification(page, 'Easel: Generating');
    await progress.locator('.monaco-button').filter({ hasText: 'Cancel' }).first().click();
    await progress.waitFor({ state: 'detached' });
    await notification(page, 'Cancelled. Under $0.01 may have been billed and is counted.');
    await screenshot(page, 'cancelled');
    assert.equal(await explorerRow(page, 'never-drawn.png').count(), 0);
  });

  it('draws nothing for an agent that a person refuses, and what they allow', async () => {
    const { page } = workbench;
    const before = server.to('generations').length;
    const ask = async (prompt: string): Promise<void> => {
      await runCommand(page, 'Chat: New Chat Editor');
      await page.getByRole('button', { name: 'Scripted' }).last().waitFor({ timeout: 60_000 });
      await page.locator('.interactive-input-editor').last().click();
      await page.keyboard.type(`@painter easel_generate {"prompt":"${prompt}"}`);
      await page.keyboard.press('Enter');
      await page.getByText(`Writes images/${prompt.replaceAll(' ', '-')}.png`).last().waitFor({ timeout: 60_000 });
    };
    await ask('a red kite');
    await page.getByText('1 picture · 1 request · under $0.01').last().waitFor();
    await screenshot(page, 'agent, confirmation');
    await page.getByRole('button', { name: 'Skip' }).last().click();
    await page.getByText('The model was told: The user chose to skip the tool call').first().waitFor();
    assert.equal(server.to('generations').length, before);
    await ask('a blue kite');
    await page.getByRole('button', { name: /^Allow/ }).last().click();
    await page.getByText(/The model was told: .*a-blue-kite\.png/).first().waitFor({ timeout: 60_000 });
    await explorerRow(page, 'a-blue-kite.png').waitFor();
    await screenshot(page, 'agent, answer');
  });
});
