import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { axeViolations } from '../support/axe';
import { openPage, pictureAddress, type OpenPage, type PageOptions } from '../support/pages/pageHarness';
import { candidate, editorAnswers, makePictures, PROPOSAL, run, studioAnswers, WISH } from '../support/pages/scenes';
import type { ThemeKind } from '../support/pages/themes';
import { launchBrowser } from '../support/vscode/browser';

const THEMES: readonly ThemeKind[] = ['dark', 'light', 'high contrast'];

/** One state that a person can see. */
interface Scene {
  readonly name: string;
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly saved?: unknown;
  readonly awaits?: string;
  /** Leads the page there. */
  readonly reach?: (open: OpenPage) => Promise<void>;
}

const click = (name: string) => async ({ page }: OpenPage): Promise<void> => page.getByRole('button', { name, exact: true }).first().click();
const references = [
  { id: 'a', src: pictureAddress('icon'), name: 'logo.png' },
  { id: 'b', src: pictureAddress('warm'), name: 'mood.jpg' },
];
const draft = { at: 1, wish: WISH };
const DONE = { draft, prompts: ['A lighthouse in a storm', WISH.prompt], runs: [run('1', 'done', { detail: 'Paid: $0.026.' })], candidates: [candidate('c1', '1', 'first'), candidate('c2', '1', 'warm', { keptAs: 'images/misty-mountains.png' })] };
const VARIED = {
  ...DONE,
  runs: [run('0', 'done', { wish: { ...WISH, vary: { candidate: 'c1', strength: 'subtle' } } }), ...DONE.runs],
  candidates: [...DONE.candidates, candidate('c3', '0', 'cool', { before: pictureAddress('first') })],
};

const STUDIO: readonly Scene[] = [
  { name: 'loading', answers: {}, awaits: 'easel-studio .first' },
  { name: 'empty' },
  { name: 'done', answers: studioAnswers(DONE) },
  {
    name: 'running',
    answers: studioAnswers({ draft, runs: [run('1', 'queued'), run('2', 'drawing', { detail: 'Drawing…', wish: { ...WISH, count: 3 } }), run('3', 'composing', { detail: 'Putting it together…' })], candidates: [candidate('c1', '2', 'warm')] }),
    reach: async ({ tell, page }) => {
      await tell('preview', { run: '2' }, 'blurred');
      await page.getByRole('img', { name: 'Picture 2 of 3, still being drawn' }).waitFor();
    },
  },
  {
    name: 'ended badly',
    answers: studioAnswers({
      draft,
      runs: [
        run('1', 'failed', { detail: 'Your account with the server has no money left.', remedy: 'Open Billing' }),
        run('2', 'interrupted', { detail: 'The window closed while this was drawn; it may have been billed.' }),
        run('3', 'cancelled'),
      ],
    }),
  },
  { name: 'large', answers: studioAnswers(VARIED), reach: async ({ page }) => page.getByRole('button', { name: /^Picture 1 of 2/ }).click() },
  {
    name: 'comparing',
    answers: studioAnswers(VARIED),
    reach: async ({ page }) => {
      await page.getByRole('button', { name: /^Picture 1 of 1/ }).click();
      await page.getByRole('button', { name: 'Compare with the picture before' }).click();
      await page.getByRole('slider').press('ArrowRight');
    },
  },
  { name: 'varying', answers: studioAnswers(DONE), reach: click('Vary') },
  { name: 'refused', answers: studioAnswers({ draft }, { cost: '', note: '60000x60000 has more than 64 megapixels.', refused: true }), reach: ({ page }) => page.getByText('64 megapixels').waitFor() },
  { name: 'references', answers: studioAnswers({ ...DONE, references, draft: { at: 1, wish: { ...WISH, references: ['a', 'b'] } } }) },
  { name: 'discarded', answers: studioAnswers(DONE), reach: click('Discard') },
  { name: 'earlier prompts', answers: studioAnswers(DONE), reach: click('Earlier prompts') },
  {
    name: 'dragging',
    answers: studioAnswers(DONE),
    reach: ({ page }) => drag(page, 'dragover', ['Files']),
  },
];

const PAINTED = { steps: ['s1'] };
const STEPS = { steps: [{ kind: 'brush', erase: false, size: 120, hardness: 0.6, points: [200, 260, 1, 320, 240, 1, 420, 300, 1] }] };
const tool = (name: string, change: object = {}): unknown => ({ settings: { tool: name, ...change } });
const EDITOR: readonly Scene[] = [
  { name: 'looking' },
  { name: 'view only', answers: editorAnswers({ viewOnly: 'View only: this file is read-only.' }) },
  { name: 'brush', saved: tool('brush') },
  { name: 'painted', saved: tool('brush', { prompt: 'a small wooden hut' }), answers: editorAnswers(PAINTED, STEPS), reach: ({ page }) => page.getByText('about $0.053').waitFor() },
  { name: 'rectangle', saved: tool('rectangle'), answers: editorAnswers(PAINTED, STEPS) },
  { name: 'lasso', saved: tool('lasso') },
  { name: 'drawing', saved: tool('brush'), answers: editorAnswers({ ...PAINTED, run: { busy: true, detail: 'Drawing…', failure: '' } }, STEPS) },
  { name: 'candidates', saved: tool('brush'), answers: editorAnswers({ ...PAINTED, proposal: PROPOSAL }, STEPS), reach: ({ page }) => page.getByRole('button', { name: 'Accept' }).waitFor() },
  { name: 'widen', saved: tool('widen', { sides: { left: 0, right: 256, top: 0, bottom: 0 } }), reach: ({ page }) => page.getByText('2 requests').waitFor() },
  {
    name: 'widened',
    saved: tool('widen'),
    answers: editorAnswers({ proposal: { ...PROPOSAL, kind: 'widen', candidates: ['wide'], extent: { width: 1024, height: 512 } } }),
    reach: ({ page }) => page.getByRole('button', { name: 'Accept' }).waitFor(),
  },
  { name: 'failed', saved: tool('brush'), answers: editorAnswers({ ...PAINTED, run: { busy: false, detail: '', failure: 'The server could not be reached: api.openai.com.' } }, STEPS) },
  { name: 'accepted', answers: editorAnswers({ badge: 'Kept area: 0 of 382,416 pixels changed.' }) },
];

describe('the pages by themselves', () => {
  let browser: Browser;
  let pictures: Record<string, Buffer>;
  const opened: OpenPage[] = [];

  const open = async (name: 'studio' | 'editor', { answers, saved, awaits, reach }: Scene, options: PageOptions = {}): Promise<OpenPage> => {
    const page = await openPage(browser, name, answers ?? (name === 'studio' ? studioAnswers() : editorAnswers()), pictures, { saved, awaits, ...options });
    opened.push(page);
    await reach?.(page);
    return page;
  };

  before('start a browser', async () => {
    browser = await launchBrowser();
    pictures = await makePictures();
  });
  afterEach('close the pages', async () => {
    for (const page of opened.splice(0)) await page.close();
  });
  after('close the browser', () => browser.close());

  for (const [name, scenes] of [['studio', STUDIO], ['editor', EDITOR]] as const) {
    for (const scene of scenes) {
      it(`leave nothing for axe to find: ${name}, ${scene.name}`, async () => {
        const { page, setTheme, screenshot } = await open(name, scene);
        for (const [index, theme] of THEMES.entries()) {
          await setTheme(theme);
          // Another theme changes colours alone.
          assert.deepEqual(await axeViolations(page, index === 0 ? [] : ['color-contrast']), [], theme);
          if (process.env['EASEL_SCREENSHOTS']) await screenshot(`page, ${name}, ${scene.name}, ${theme}`);
        }
      });
    }
  }
});

/** A drag or a drop of files that are named by their types alone. */
async function drag(page: Page, event: 'dragover' | 'drop', types: readonly string[]): Promise<void> {
  await page.locator('easel-studio').evaluate(
    (studio, { name, kinds }) => {
      const data = new DataTransfer();
      for (const kind of kinds) {
        if (kind === 'Files') data.items.add(new File([new Uint8Array(3)], 'dropped.png', { type: 'image/png' }));
        else data.setData(kind, 'c1');
      }
      studio.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    { name: event, kinds: types },
  );
}
