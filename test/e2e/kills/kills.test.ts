import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { startImagesServer, type ImagesServer } from '../../support/imagesServer/server';
import { noteScan, scanFolder } from '../../support/keyScan';
import { drawPhoto, encodePhoto } from '../../support/photo';
import { screenshot } from '../../support/screenshots';
import { clearNotifications, runCommand, statusBarItem, webview } from '../../support/vscode/ui';
import { EXTENSION_ID, openWorkbench, type Workbench } from '../../support/vscode/workbench';
import { Found, type Figures } from './found';
import { KILLS, order, reportOf, stepsOf, wasKilled } from './orders';
import { KEYS, KILLED_VERBS, SOURCE, type KilledVerb } from './verbs';

/** The long form (`npm run faults`) kills at two steps of each verb, after a life to the end that counts them; the short one, once. */
const LONG = process.env['EASEL_FAULTS'] === 'full';
/** Where the most is at stake: all is paid for and nothing in hand, and, in the long form, a file is there that also waits to be offered. */
const NAMED = LONG ? ['end of the body', 'after link'] : ['end of the body'];
/** Before this share of its steps a verb has little to lose. */
const FIRST_SHARE = 0.25;
const ROUND_TIME = 60_000;

describe('an extension host that is killed while pictures are drawn, and its window loaded again', () => {
  const kills = fs.mkdtempSync(path.join(os.tmpdir(), 'easel-'));
  const figures: Figures[] = [];
  let server: ImagesServer;
  let workbench: Workbench;
  let found: Found;
  let rounds = 0;

  before('start the server and a workbench', async () => {
    server = await startImagesServer({ profile: 'sd-server', redraw: 'mild' });
    workbench = await openWorkbench({
      settings: { 'easel.openai.baseUrl': server.url, 'easel.openai.model': 'any-model' },
      keybindings: [...KEYS, { key: 'ctrl+alt+k', command: 'easel.setApiKey', args: { key: server.key } }],
      env: { [KILLS]: kills },
      preload: path.join(__dirname, 'killSwitch.js'),
    });
    // A key that is pressed before VS Code has read which command it calls is lost.
    await runCommand(workbench.page, 'Easel: Show Log', ROUND_TIME);
    // A server of this machine needs no key: this one is there to be looked for in what is left.
    await workbench.page.keyboard.press('Control+Alt+k');
    await statusBarItem(workbench.page, 'any-model').waitFor({ timeout: ROUND_TIME });
    found = new Found(workbench, await encodePhoto(drawPhoto(SOURCE.width, SOURCE.height), 'png'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(workbench.page, `failed ${this.currentTest.title}`);
  });
  after('close both', async () => {
    await workbench.close();
    await server.close();
    noteScan(kills);
    fs.rmSync(kills, { recursive: true, force: true, maxRetries: 10 });
  });

  for (const [index, [name, verb]] of Object.entries(KILLED_VERBS).slice(0, LONG ? undefined : 1).entries()) {
    it(`${name}: each paid picture is in the workspace or offered, once, and no file is half written`, async function () {
      this.timeout(8 * ROUND_TIME);
      // Nothing that is lost once may be tried again.
      this.retries(0);
      if (index === 0) for (const step of NAMED) await account(name, verb, step);
      if (!LONG) return;
      await account(name, verb, undefined);
      const steps = stepsOf(kills, `${rounds}`).length;
      for (const share of sharesOf(index)) await account(name, verb, Math.ceil(share * steps));
    });
  }

  after('tell the figures', () => {
    const sum = (what: keyof Omit<Figures, 'killed'>): number => figures.reduce((total, one) => total + one[what], 0);
    const killed = figures.filter((one) => one.killed).length;
    console.log(`      ${killed} kills in the extension host: ${sum('paid')} paid, ${sum('written')} in the workspace, ${sum('candidates')} in the studio, ${sum('offered')} offered, ${sum('lost')} lost, ${sum('doubled')} doubled`);
  });

  /** One life of the host, to a step or to the end, and what the window finds that is loaded after it. */
  async function account(name: string, verb: KilledVerb, killAt: number | string | undefined): Promise<void> {
    const { page } = workbench;
    rounds += 1;
    const round = `${rounds}`;
    found.begin();
    order(kills, { round, killAt, paths: [path.join(path.basename(workbench.userData), 'globalStorage', 'easel.easel'), path.join('easel.easel', 'candidates'), workbench.workspace], drawing: `${server.url}/images/` });
    await verb.start(page);
    await eventually(() => assert.ok(wasKilled(kills, round) || found.isDone(verb.pictures), `${name}: neither killed nor done`), ROUND_TIME);
    const killed = wasKilled(kills, round);
    if (killAt === undefined) assert.ok(!killed);
    found.ageLeases();
    await reload(page);
    await found.saveOffered(ROUND_TIME);

    const steps = stepsOf(kills, round);
    const figure = { ...(await found.figures(path.join(kills, round))), killed };
    figures.push(figure);
    const told = `${name}, ${killed ? `killed at ${steps.length} (${steps.slice(-3).join(', ')})` : `to the end of ${steps.length}`}: ${figure.paid} paid, ${figure.written} in the workspace, ${figure.candidates} in the studio, ${figure.offered} offered`;
    console.log(`      ${told}`);
    assert.deepEqual([figure.lost, figure.doubled], [0, 0], told);
    if (killed) {
      assert.match(fs.readFileSync(reportOf(kills, round), 'utf8'), /"javascriptStack"/);
      assert.deepEqual(scanFolder(path.join(kills, round)).hits, []);
      assert.equal(server.requests.findLast(({ route }) => route !== 'models')?.headers.authorization, `Bearer ${server.key}`);
    }
    if (typeof killAt === 'string') assert.ok(killed, `never came to ${killAt}`);
    await clearNotifications(page);
  }

  /** Loads the window again, and wakes Easel in it. */
  async function reload(page: Page): Promise<void> {
    await page.reload();
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: ROUND_TIME });
    const inStudio = found.candidates();
    await runCommand(page, inStudio > 0 ? 'Easel: Open Studio' : 'Easel: Show Log', ROUND_TIME);
    if (inStudio > 0) await webview(page, EXTENSION_ID).locator('easel-tile img').nth(inStudio - 1).waitFor({ timeout: ROUND_TIME });
  }
});

/** Where one verb's two kills lie, as shares of its steps: all kills together are spread evenly. */
function sharesOf(index: number): number[] {
  const verbs = Object.keys(KILLED_VERBS).length;
  return [index, index + verbs].map((kill) => FIRST_SHARE + ((1 - FIRST_SHARE) * (kill + 0.5)) / (2 * verbs));
}
