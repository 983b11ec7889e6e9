import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { assertKept, decodeFile } from '../support/pictures';
import { screenshot } from '../support/screenshots';
import { story } from '../support/story';
import { answerFileDialog, answerInput, answerNotification, clearNotifications, editorTab, explorerMenu, notification, pickItem, quickInput, runCommand } from '../support/vscode/ui';
import { openWorkbench, type Workbench } from '../support/vscode/workbench';

// What a person meets when the model answers with another picture altogether.
story('an answer that does not fit', () => {
  let server: ImagesServer;
  let workbench: Workbench;
  const inFolder = (...names: string[]): string => path.join(workbench.workspace, ...names);
  const edits = (): number => server.to('edits').length;
  /** Widens the photograph to both sides by several tiles; answers how many requests that was said to take. */
  const widen = async (prompt: string): Promise<number> => {
    const { page } = workbench;
    await explorerMenu(page, 'photo.png', 'Easel', 'Widen…');
    await answerInput(page, '6144x512');
    await pickItem(page, 'In the centre');
    await answerInput(page, prompt);
    const plan = quickInput(page).getByText(/\d+ requests/).first();
    await plan.waitFor();
    const requests = Number(/(\d+) requests/.exec(await plan.innerText())?.[1]);
    await pickItem(page, 'Widen: 1 picture');
    return requests;
  };

  before('start the server and a workbench', async () => {
    server = await startImagesServer({ redraw: 'mild' });
    workbench = await openWorkbench({ settings: { 'easel.openai.baseUrl': server.url, 'easel.openai.quality': 'low' } });
    const { page } = workbench;
    await runCommand(page, 'Easel: Set API Key');
    await answerInput(page, server.key);
    await notification(page, /key/i);
    await clearNotifications(page);
  });
  after('close both', async () => {
    await workbench.close();
    await server.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(workbench.page, `failed ${this.currentTest.title}`);
  });

  it('changes nothing, and can be saved as it is', async () => {
    const { page } = workbench;
    const before = fs.readFileSync(inFolder('photo.png'));
    server.next({ anotherPicture: true }, 'edits');
    await explorerMenu(page, 'photo.png', 'Easel', 'Edit a Region…');
    await answerInput(page, '300, 200, 160, 120');
    await quickInput(page).getByText('2/4').waitFor();
    await answerInput(page, 'a red tent');
    await pickItem(page, '1 picture');
    await pickItem(page, 'Edit: 1 picture');
    const told = await notification(page, 'The model returned another picture that does not fit into this one. It is kept and can be saved as it is.', 60_000);
    assert.match(await told.innerText(), /Trying again pays for it anew: /);
    await screenshot(page, 'does not fit');
    fs.mkdirSync(inFolder('as it is'));
    await answerNotification(page, 'does not fit into this one', 'Save as It Is…');
    await answerFileDialog(page, `${inFolder('as it is')}/`);
    await notification(page, 'Saved');
    const [saved, ...others] = fs.readdirSync(inFolder('as it is'));
    assert.ok(saved);
    assert.deepEqual(others, []);
    assert.ok((await decodeFile(inFolder('as it is', saved))).width > 160);
    assert.deepEqual(fs.readFileSync(inFolder('photo.png')), before);
    await clearNotifications(page);
  });

  it('keeps the parts of a widening that fit, and trying again pays for the missing ones only', async () => {
    const { page } = workbench;
    const before = edits();
    // The first part holds the whole photograph: the others wait for it.
    server.next({}, 'edits');
    server.next({ anotherPicture: true }, 'edits');
    const requests = await widen('a valley with a river');
    const told = await notification(page, 'For a part of this picture the model returned another picture that does not fit in.', 60_000);
    const words = await told.innerText();
    const kept = Number(/fit are kept: (\d+)/.exec(words)?.[1]);
    assert.match(words, /pays only for what is missing: .* What could not be used is kept, too/);
    assert.equal(await told.getByText('Save as It Is…').count(), 0);
    assert.ok(kept > 0 && kept < requests, `${kept} of ${requests}`);
    const asked = edits();
    await screenshot(page, 'parts are kept');
    await answerNotification(page, 'For a part of this picture', 'Try Again');
    await editorTab(page, 'photo-2.png').waitFor({ timeout: 60_000 });
    // One part is paid for twice, no other.
    assert.equal(edits() - asked, requests - kept);
    assert.equal(edits() - before, requests + 1);
    assertKept(await decodeFile(inFolder('photo-2.png')), await decodeFile(inFolder('photo.png')), 2688, 0);
  });

  it('says which parts of a cancelled widening need not be paid for again, and asks for the others only', async () => {
    const { page } = workbench;
    server.reset();
    const before = edits();
    server.next({}, 'edits');
    for (let others = 0; others < 8; others++) server.next({ hang: true }, 'edits');
    await widen('a valley with a lake');
    // What waits for the first part is asked for once that is laid.
    await eventually(() => assert.ok(edits() - before > 1), 60_000);
    const progress = await notification(page, 'Easel: Widening');
    await screenshot(page, 'one part came');
    await progress.locator('.monaco-button').filter({ hasText: 'Cancel' }).first().click();
    await notification(page, /Cancelled\. .* Parts that came and fit are kept: 1\. Trying again pays only for what is missing: about/);
    await screenshot(page, 'cancelled, a part is kept');
    server.reset();
    const asked = edits();
    const requests = await widen('a valley with a lake');
    await editorTab(page, 'photo-3.png').waitFor({ timeout: 60_000 });
    assert.equal(edits() - asked, requests - 1);
  });
});
