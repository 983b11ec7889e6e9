import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { formatRecipe, type Recipe } from '../../src/core/recipe';
import { setRecipe } from '../support/setRecipe';
import { eventually } from '../support/eventually';
import { ERRORS } from '../support/imagesServer/behaviour';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { assertKept, decodeFile } from '../support/pictures';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import { answerInput, answerModal, answerNotification, clearNotifications, dismissInput, editorTab, explorerMenu, explorerRow, modal, notification, pickItem, quickInput, runCommand, selectFiles, statusBarItem } from '../support/vscode/ui';
import { openWorkbench, type Workbench } from '../support/vscode/workbench';

// The verbs against a server that is as strict as the real one and redraws everything it is sent.
story('with a key and a server', () => {
  let server: ImagesServer;
  let workbench: Workbench;
  const inFolder = (...names: string[]): string => path.join(workbench.workspace, ...names);

  before('start the server and a workbench', async () => {
    server = await startImagesServer();
    workbench = await openWorkbench({ settings: { 'easel.openai.baseUrl': server.url, 'easel.openai.quality': 'low', 'easel.budget.perCallUsd': 0.001 } });
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
    // What it did cost: told at once, and counted.
    await notification(page, 'under $0.01');
    await statusBarItem(page, '<$0.01').waitFor();
    await screenshot(page, 'generated, with the cost');
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

  it('lists the models that the server has with the day they end, and warns of one in use', async () => {
    const { page } = workbench;
    const choose = async (model: string): Promise<void> => {
      await runCommand(page, 'Easel: Choose Engine and Model');
      await quickInput(page).getByText('Models of the server').first().waitFor();
      await pickItem(page, model);
      await statusBarItem(page, model).waitFor();
    };
    await runCommand(page, 'Easel: Choose Engine and Model');
    await quickInput(page).getByText('ends on 2026-12-01').first().waitFor();
    await screenshot(page, 'models of the server');
    await dismissInput(page);
    await choose('gpt-image-1.5');
    await runCommand(page, 'Easel: Generate Image');
    await notification(page, /The model gpt-image-1\.5 (?:stops|has stopped) on 2026-12-01/);
    await screenshot(page, 'model that ends');
    await dismissInput(page);
    await clearNotifications(page);
    await choose('gpt-image-2.6-sunburst');
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
    // Above the limit of a call a person is asked apart: a tool may have been allowed once for all.
    await modal(page).getByText('An agent wants to spend more than you allow it.').waitFor();
    await modal(page).getByText('This would cost about $0.0059, above "easel.budget.perCallUsd" ($0.001).').waitFor();
    await screenshot(page, 'agent, above the limit');
    assert.equal(server.to('generations').length, before);
    await answerModal(page, 'Allow Once');
    await explorerRow(page, 'a-blue-kite.png').waitFor({ timeout: 60_000 });
    // The picture is shown in front of the chat.
    await editorTab(page, 'a-blue-kite.png').waitFor();
    await page.getByRole('tab', { name: /@painter easel_generate/ }).last().click();
    await page.getByText(/The model was told: .*a-blue-kite\.png/).last().waitFor({ timeout: 60_000 });
    await screenshot(page, 'agent, answer');
  });

  it('cancels in the middle, keeps what is finished, and pays only for the rest', async () => {
    const { page } = workbench;
    const LISTED = ['red', 'green', 'blue', 'grey'].map((name) => ({ name: `paid/${name}.png`, prompt: `a ${name} kite`, size: '1024x1024' }));
    const drawn = (): string[] => (fs.existsSync(inFolder('paid')) ? fs.readdirSync(inFolder('paid')).sort() : []);
    const prompts = (): string[] => server.to('generations').map(({ fields }) => String(fields['prompt'])).sort();
    server.reset();
    fs.writeFileSync(inFolder('easel.json'), JSON.stringify({ pictures: LISTED }, null, 2));
    // The first to come is answered; all others hang.
    server.next({}, 'generations');
    for (let others = 1; others < LISTED.length; others += 1) server.next({ hang: true }, 'generations');
    const box = quickInput(page);
    await runCommand(page, 'Easel: Make Pictures');
    await box.getByText('Make 4 pictures · ').waitFor();
    await screenshot(page, 'make pictures, paid');
    await box.locator('input').first().press('Enter');
    await eventually(() => assert.deepEqual([drawn().length, server.to('generations').length], [1, 4]), 60_000);
    const progress = await notification(page, '1 of 4 drawn');
    await screenshot(page, 'make pictures, one drawn');
    await progress.locator('.monaco-button').filter({ hasText: 'Cancel' }).first().click();
    await progress.waitFor({ state: 'detached' });
    await notification(page, /Cancelled\. About \$0\.024 may have been billed and is counted\. Files written before that: 1\./);
    await explorerRow(page, 'paid').waitFor();
    await screenshot(page, 'make pictures, cancelled');
    const [finished] = drawn();
    const bytes = fs.readFileSync(inFolder('paid', finished ?? ''));
    await clearNotifications(page);
    server.reset();
    await runCommand(page, 'Easel: Make Pictures');
    await box.getByText('Make 3 pictures · ').waitFor();
    await screenshot(page, 'make pictures, the rest');
    await box.locator('input').first().press('Enter');
    await notification(page, 'Made 3 pictures', 60_000);
    await screenshot(page, 'make pictures, all');
    await clearNotifications(page);
    fs.rmSync(inFolder('easel.json'));
    assert.deepEqual(prompts(), LISTED.filter(({ name }) => name !== `paid/${finished}`).map(({ prompt }) => prompt).sort());
    assert.deepEqual(drawn(), ['blue.png', 'green.png', 'grey.png', 'red.png']);
    assert.ok(fs.readFileSync(inFolder('paid', finished ?? '')).equals(bytes), 'what was finished stays as it was');
  });

  it('says that the model draws no transparent background, and offers one that can be cut out', async () => {
    const { page } = workbench;
    const badge = { create: { width: 500, height: 500, channels: 3, background: '#c33' } } as const;
    const plain = await sharp({ create: { width: 1024, height: 1024, channels: 3, background: 'white' } }).composite([{ input: badge, left: 262, top: 262 }]).png().toBuffer();
    // The default model can; this one is known not to.
    await runCommand(page, 'Easel: Choose Engine and Model');
    await quickInput(page).locator('.monaco-list-row').filter({ has: page.getByText('gpt-image-2', { exact: true }) }).click();
    await statusBarItem(page, /gpt-image-2$/).waitFor();
    server.reset();
    server.next({ raw: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ data: [{ b64_json: plain.toString('base64') }] }) } });
    await runCommand(page, 'Easel: Generate Image');
    await answerInput(page, 'a fox sticker on a transparent background');
    await quickInput(page).getByPlaceholder('gpt-image-2 does not draw on a transparent background').waitFor();
    await screenshot(page, 'transparent background, not by this model');
    await pickItem(page, 'On a plain background, to be cut out');
    await pickItem(page, '1024x1024');
    await pickItem(page, '1 picture');
    const saved = await notification(page, 'Saved images/a-fox-sticker-on-a-transparent-background.png', 60_000);
    await screenshot(page, 'transparent background, saved');
    const [sent] = server.to('generations');
    assert.equal(sent?.fields['background'], undefined);
    assert.match(String(sent?.fields['prompt']), /plain/);
    await saved.locator('.monaco-button').filter({ hasText: 'Cut Out Background…' }).first().click();
    await pickItem(page, 'What surrounds the subject');
    await notification(page, 'Saved images/a-fox-sticker-on-a-transparent-background-cutout.png');
    await screenshot(page, 'transparent background, cut out');
    const alpha = await sharp(inFolder('images', 'a-fox-sticker-on-a-transparent-background-cutout.png')).extractChannel('alpha').raw().toBuffer();
    assert.deepEqual([alpha[0], alpha[512 * 1024 + 512]], [0, 255]);
    await clearNotifications(page);
  });

  // Pictures as another clone of the project has them: only the file says how it was made.
  const put = (name: string, made: Partial<Recipe>): void => {
    const photo = fs.readFileSync(inFolder('photo.png'));
    const recipe: Recipe = { version: 1, operation: 'outpaint', prompt: 'a valley', engine: 'openai', model: 'gpt-image-2', width: 768, height: 512, parent: createHash('sha256').update(photo).digest('hex'), ...made };
    fs.writeFileSync(inFolder(name), setRecipe(photo, formatRecipe(recipe)));
  };

  it('runs a widening again: where its picture stays is asked only where no recipe says it', async () => {
    const { page } = workbench;
    put('early.png', { width: 1536, height: 640 });
    put('late.png', { width: 1536, height: 640, placed: { x: 64, y: 100, width: 768, height: 512 }, mode: 'exact' });
    await explorerMenu(page, 'early.png', 'Easel', 'Run Again…');
    await quickInput(page).getByPlaceholder('Where does the picture stay?').waitFor();
    await screenshot(page, 'run again, where it stays');
    await pickItem(page, 'In the top right corner');
    await screenshot(page, 'run again, the prompt');
    await answerInput(page, 'a valley with a river');
    await screenshot(page, 'run again, the cost');
    await pickItem(page, 'Run Again: 1 picture');
    await notification(page, 'Saved early-2.png', 60_000);
    await clearNotifications(page);
    await explorerMenu(page, 'late.png', 'Easel', 'Run Again…');
    await quickInput(page).getByText('Run Again (1/2)').waitFor();
    await answerInput(page, 'a valley with a lake');
    await quickInput(page).getByText('Run Again: 1 picture').waitFor();
    await dismissInput(page);
    assertKept(await decodeFile(inFolder('early-2.png')), await decodeFile(inFolder('photo.png')), 768, 0);
  });

  it('says what a recipe lacks, and leads to what can be done', async () => {
    const { page } = workbench;
    put('edited.png', { operation: 'inpaint' });
    put('blended.png', { operation: 'blend' });
    put('orphan.png', { operation: 'variation', parent: 'ab'.repeat(32) });
    const ways: [string, RegExp, string, string][] = [
      ['edited.png', /edited\.png is an edit of photo\.png\..*mark the region again/, 'Edit photo.png…', 'Edit a Region'],
      ['blended.png', /blended\.png was blended of several pictures.*photo\.png: choose the others again/, 'Blend photo.png…', 'Blend Images'],
      ['orphan.png', /orphan\.png was made from another picture, which is neither/, 'Vary orphan.png…', 'Make Variations'],
    ];
    for (const [file, words, way, dialogue] of ways) {
      await explorerMenu(page, file, 'Easel', 'Run Again…');
      await notification(page, words);
      await screenshot(page, `run again, ${file}`);
      await answerNotification(page, words, way);
      await quickInput(page).getByText(dialogue).first().waitFor();
      if (dialogue === 'Blend Images') await quickInput(page).getByText('1 Selected').waitFor();
      await screenshot(page, `run again, ${file}, the way`);
      await dismissInput(page);
      await clearNotifications(page);
    }
  });

  // The last, since nothing more goes to this server until the wait is over.
  it('waits as long as the server asks, says so, and sends nothing more where that is cancelled', async () => {
    const { page } = workbench;
    const before = server.to('generations').length;
    server.next({ error: { ...ERRORS.slowDown, headers: { 'retry-after': '50' } } }, 'generations');
    await runCommand(page, 'Easel: Generate Image');
    await answerInput(page, 'drawn later');
    await pickItem(page, '1024x1024');
    await pickItem(page, '1 picture');
    const progress = await notification(page, 'Waiting 50 s: the server asks for it');
    await screenshot(page, 'waiting for the server');
    await progress.locator('.monaco-button').filter({ hasText: 'Cancel' }).first().click();
    await progress.waitFor({ state: 'detached' });
    assert.equal(server.to('generations').length, before + 1);
    assert.equal(await explorerRow(page, 'drawn-later.png').count(), 0);
    await clearNotifications(page);
  });
});
