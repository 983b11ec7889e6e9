import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { CANDIDATE_MIME } from '../../src/protocol/candidateDrag';
import type { Wish } from '../../src/protocol/studio';
import { axeViolations } from '../support/axe';
import { openPage, pictureAddress, type OpenPage, type PageOptions } from '../support/pages/pageHarness';
import { candidate, editorAnswers, editorState, makePictures, PROPOSAL, run, studioAnswers, WISH } from '../support/pages/scenes';
import { launchBrowser } from '../support/vscode/browser';

const DONE = { draft: { at: 1, wish: WISH }, runs: [run('1', 'done')], candidates: [candidate('c1', '1', 'first'), candidate('c2', '1', 'warm')] };

describe('what a person does on a page by itself', () => {
  let browser: Browser;
  let pictures: Record<string, Buffer>;
  const opened: OpenPage[] = [];

  const open = async (name: 'studio' | 'editor', answers: Readonly<Record<string, unknown>>, options: PageOptions = {}): Promise<OpenPage> => {
    const page = await openPage(browser, name, answers, pictures, options);
    opened.push(page);
    return page;
  };
  const wishOf = async ({ heard }: OpenPage): Promise<Wish | undefined> => (await heard('run')).at(-1) as Wish | undefined;

  before('start a browser', async () => {
    browser = await launchBrowser();
    pictures = await makePictures();
  });
  afterEach('close the pages', async () => {
    for (const page of opened.splice(0)) await page.close();
  });
  after('close the browser', () => browser.close());

  it('drops, pastes and removes reference pictures, and sends their names with the wish', async () => {
    const studio = await open('studio', studioAnswers(DONE));
    const { page, heard, tell } = studio;
    await hand(page, 'drop', { Files: '' });
    await page.getByRole('img', { name: 'dropped.png' }).waitFor();
    const [sent] = (await heard('addReference')) as { name: string }[];
    assert.equal(sent?.name, 'dropped.png');
    await hand(page, 'drop', { [CANDIDATE_MIME]: 'c1' });
    await hand(page, 'drop', { 'application/vnd.code.uri-list': 'file:///w/a.png\r\nfile:///w/b.png' });
    assert.deepEqual(await heard('referenceCandidates'), [{ candidates: ['c1'] }]);
    assert.deepEqual(await heard('referenceFiles'), [{ uris: ['file:///w/a.png', 'file:///w/b.png'] }]);
    await tell('reference', { id: 'picked', src: pictureAddress('warm'), name: 'picked.png' });
    await page.getByRole('button', { name: 'Remove dropped.png' }).click();
    await page.getByRole('button', { name: 'Generate 2' }).click();
    assert.deepEqual((await wishOf(studio))?.references, ['picked']);
  });

  it('says why a picture was not added', async () => {
    const { page } = await open('studio', { ...studioAnswers(DONE), addReference: { broken: true } });
    await hand(page, 'drop', { Files: '' });
    await page.locator('easel-references').getByText(/^Not added: /).waitFor();
  });

  it('keeps in the format that was chosen', async () => {
    const studio = await open('studio', studioAnswers(DONE));
    await studio.page.getByRole('combobox', { name: 'Keep as' }).click();
    await studio.page.getByRole('option', { name: 'WebP' }).click();
    await studio.page.getByRole('button', { name: 'Generate 2' }).click();
    assert.equal((await wishOf(studio))?.format, 'webp');
  });

  it('copies a picture to the clipboard as it is', async () => {
    const { page } = await open('studio', studioAnswers(DONE), {});
    // The candidate's file, under the id by which the page asks.
    await page.evaluate(() => Object.assign(window.easelTable.pictures, { c1: window.easelTable.pictures['first'] }));
    await page.getByRole('button', { name: 'Copy to Clipboard' }).first().click();
    await page.locator('.notice').getByText('Copied.').waitFor();
    const size = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = item && (await createImageBitmap(await item.getType('image/png')));
      return bitmap && [bitmap.width, bitmap.height];
    });
    assert.deepEqual(size, [768, 512]);
  });

  it('drags a picture under its own type', async () => {
    const { page } = await open('studio', studioAnswers(DONE));
    const carried = await page.getByRole('button', { name: /^Picture 1 of 2/ }).evaluate((button, type) => {
      const dataTransfer = new DataTransfer();
      button.dispatchEvent(new DragEvent('dragstart', { dataTransfer, bubbles: true }));
      return dataTransfer.getData(type);
    }, CANDIDATE_MIME);
    assert.equal(carried, 'c1');
  });

  it('shows a picture as it is drawn, each state in place of the last', async () => {
    const { page, tell } = await open('studio', studioAnswers({ draft: DONE.draft, runs: [run('1', 'drawing')] }));
    await page.getByRole('img', { name: 'Picture 1 of 2 is not drawn yet' }).waitFor();
    for (const picture of ['blurred', 'first']) await tell('preview', { run: '1' }, picture);
    const preview = page.locator('.pending img');
    await preview.waitFor();
    assert.equal(await preview.count(), 1);
    assert.equal(await preview.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 768);
    await tell('candidate', candidate('c1', '1', 'first'));
    await page.getByRole('button', { name: /^Picture 1 of 2/ }).waitFor();
    await preview.waitFor({ state: 'detached' });
  });

  for (const name of ['studio', 'editor'] as const) {
    const answers = name === 'studio' ? studioAnswers(DONE) : editorAnswers({ proposal: PROPOSAL });

    it(`has room at 200 %: ${name}`, async () => {
      const { page, screenshot } = await open(name, answers, { window: { viewport: { width: 550, height: 380 }, deviceScaleFactor: 2 } });
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.equal(inner, outer, 'nothing sticks out');
      assert.deepEqual(await axeViolations(page), []);
      if (process.env['EASEL_SCREENSHOTS']) await screenshot(`page, ${name}, 200 percent`);
    });

    it(`runs from right to left: ${name}`, async () => {
      const { page, screenshot } = await open(name, answers, { language: 'he' });
      const start = page.locator(name === 'studio' ? '.composer' : '.strip');
      const box = await start.boundingBox();
      assert.ok(box && Math.round(box.x + box.width) === 1100, 'what is at the start is at the right edge');
      if (process.env['EASEL_SCREENSHOTS']) await screenshot(`page, ${name}, right to left`);
    });

    it(`shows what is chosen and what has the focus where the system sets the colours: ${name}`, async () => {
      const { page, screenshot } = await open(name, answers, { theme: 'high contrast', window: { forcedColors: 'active', viewport: { width: 1100, height: 760 } } });
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        // A radio button shows its focus by the label around it.
        const shown = active?.closest('label') ?? active;
        return shown && getComputedStyle(shown).outlineStyle;
      });
      assert.equal(outline, 'solid');
      if (process.env['EASEL_SCREENSHOTS']) await screenshot(`page, ${name}, forced colours`);
    });
  }

  it('goes to the next picture by the arrow that points there, in either direction of reading', async () => {
    for (const [language, key] of [['en', 'ArrowRight'], ['he', 'ArrowLeft']] as const) {
      const { page } = await open('studio', studioAnswers(DONE), { language });
      await page.getByRole('button', { name: /^Picture 1 of 2/ }).click();
      await page.getByRole('dialog').getByText('1 of 2').waitFor();
      await page.keyboard.press(key);
      await page.getByRole('dialog').getByText('2 of 2').waitFor();
    }
  });

  it('compares by holding and by clicking, goes through candidates, and accepts the one that is shown', async () => {
    const { page, heard } = await open('editor', editorAnswers({ proposal: PROPOSAL }));
    const colour = async (): Promise<number[]> => {
      await page.waitForTimeout(150);
      return page.locator('easel-stage canvas').first().evaluate((canvas: HTMLCanvasElement) => [...(canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data ?? [])]);
    };
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    const first = await colour();
    await page.getByRole('button', { name: 'Next candidate' }).click();
    const second = await colour();
    assert.notDeepEqual(first, second);
    const before = page.getByRole('button', { name: 'Before' });
    await before.focus();
    await page.keyboard.down('Space');
    const original = await colour();
    // A short press would be a click.
    await page.waitForTimeout(300);
    await page.keyboard.up('Space');
    assert.notDeepEqual(original, second);
    assert.deepEqual(await colour(), second);
    await before.click();
    assert.equal(await before.getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await colour(), original);
    await before.click();
    assert.deepEqual(await colour(), second);
    await page.getByRole('button', { name: 'Accept' }).click();
    assert.deepEqual(await heard('accept'), [{ candidate: 'cool' }]);
  });

  it('paints with the pressure of a pen, and sends the stroke as points', async () => {
    const { page, heard } = await open('editor', editorAnswers(), { saved: { settings: { tool: 'brush', size: 60 } } });
    await page.locator('easel-stage .surface').evaluate((surface: HTMLElement) => {
      surface.setPointerCapture = () => {};
      const { left, top } = surface.getBoundingClientRect();
      const send = (type: string, x: number, pressure: number): boolean =>
        surface.dispatchEvent(new PointerEvent(type, { clientX: left + x, clientY: top + 300, pointerType: 'pen', pressure, bubbles: true, button: type === 'pointermove' ? -1 : 0 }));
      send('pointerdown', 300, 0.25);
      for (let x = 310; x <= 500; x += 10) send('pointermove', x, (x - 300) / 200);
      send('pointerup', 500, 0);
    });
    const [painted] = (await heard('paint')) as { step: { kind: string; size: number; points: number[] } }[];
    assert.equal(painted?.step.kind, 'brush');
    const pressures = painted.step.points.filter((_, index) => index % 3 === 2);
    assert.equal(pressures[0], 0.25);
    assert.ok(Math.max(...pressures) > 0.9 && new Set(pressures).size > 5);
  });

  it('takes the host’s word for the mask: an undo elsewhere clears it here, and so does another picture', async () => {
    const step = { kind: 'rectangle', erase: false, bounds: { x: 0, y: 0, width: 768, height: 512 } };
    const { page, tell } = await open('editor', editorAnswers({ steps: ['s1'] }, { steps: [step] }), { saved: { settings: { tool: 'rectangle' } } });
    const covered = (): Promise<number | undefined> =>
      page.locator('easel-stage canvas').nth(1).evaluate((canvas: HTMLCanvasElement) => canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3]);
    await until(async () => ((await covered()) ?? 0) > 100);
    await tell('state', editorState());
    await until(async () => (await covered()) === 0);
    await tell('state', editorState({ steps: ['s1'] }));
    await until(async () => ((await covered()) ?? 0) > 100);
    const { picture } = editorState();
    await tell('state', editorState({ picture: { ...picture, id: 'warm' }, badge: 'Accepted.' }));
    await page.locator('.bar').getByText('Accepted.').waitFor();
    await until(async () => (await covered()) === 0);
  });

  it('shows a rectangle that was drawn in its fields, as far as it lies on the picture', async () => {
    const { page, heard } = await open('editor', editorAnswers(), { saved: { settings: { tool: 'rectangle' } } });
    const box = await page.locator('easel-stage').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y + box.height - 1, { steps: 3 });
    await page.mouse.up();
    const fields = await Promise.all(['Left edge', 'Top edge', 'Width', 'Height'].map(async (name) => Number(await page.getByRole('spinbutton', { name, exact: true }).inputValue())));
    const [x = 0, y = 0, width = 0, height = 0] = fields;
    assert.ok(x > 300 && y > 200, fields.join());
    assert.deepEqual([x + width, y + height], [768, 512]);
    assert.equal((await heard('paint')).length, 1);
  });

  it('leaves the picture where it is when the rows around it change', async () => {
    const { page, tell } = await open('editor', editorAnswers());
    /** Left, top and scale of the picture on the screen. */
    const place = (): Promise<string> =>
      page.locator('easel-stage').evaluate((stage: HTMLElement & { readonly view?: { x: number; y: number; scale: number } }) => {
        const { left, top } = stage.getBoundingClientRect();
        return [left + (stage.view?.x ?? 0), top + (stage.view?.y ?? 0), stage.view?.scale].join();
      });
    await page.getByText('Take the brush').waitFor();
    const first = await place();
    // The rectangle's fields take a second row here.
    for (const name of [/^Brush/, /^Rectangle/, /^Lasso/, /^Widen/, /^Look/]) {
      await page.getByRole('button', { name }).click();
      await page.waitForTimeout(100);
      await until(async () => (await place()) === first);
    }
    await tell('state', editorState({ run: { busy: true, detail: 'Drawing…', failure: '' } }));
    await page.locator('.bar').getByText('Drawing…').waitFor();
    await until(async () => (await place()) === first);
    await tell('state', editorState({ proposal: PROPOSAL }));
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await until(async () => (await place()) === first);
  });

  it('says what a size may be, keeps what was typed, and does not draw until that is set right', async () => {
    const studio = await open('studio', studioAnswers(DONE));
    const { page, heard } = studio;
    const width = page.getByRole('textbox', { name: 'Width in pixels' });
    const generate = page.getByRole('button', { name: 'Generate 2' });
    await width.fill('99999');
    await width.press('Tab');
    await page.getByRole('alert').getByText('from 1 to 65,535').waitFor();
    assert.equal(await width.inputValue(), '99999');
    assert.equal(await generate.getAttribute('aria-disabled'), 'true');
    await page.getByRole('textbox', { name: 'Height in pixels' }).fill('300');
    await page.keyboard.press('Control+Enter');
    assert.deepEqual(await heard('run'), []);
    assert.equal(await width.inputValue(), '99999');
    await width.fill('640');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await generate.click();
    assert.deepEqual((await wishOf(studio))?.extent, { width: 640, height: 300 });
    await width.fill('');
    await width.press('Tab');
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Use This Prompt and Size' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    assert.equal(await width.inputValue(), String(WISH.extent.width));
  });

  it('brings a discarded picture back by the keys that undo, wherever the focus is, but not into what was typed since', async () => {
    const { page, heard, tell } = await open('studio', studioAnswers({ ...DONE, candidates: [candidate('c1', '1', 'first')] }));
    const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
    await prompt.fill('a hare');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Undo' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Control+z');
    assert.deepEqual(await heard('restore'), [{ candidates: ['c1'] }]);
    assert.equal(await prompt.inputValue(), 'a hare');
    await tell('candidate', candidate('c1', '1', 'first'));
    await page.getByRole('button', { name: /^Picture 1 of/ }).and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await prompt.press('x');
    await page.keyboard.press('Control+z');
    assert.equal((await heard('restore')).length, 1);
  });

  it('opens the earlier prompts on their search, and closes them by Escape from wherever the focus is', async () => {
    const { page } = await open('studio', studioAnswers({ ...DONE, prompts: ['a fox', 'a hare'] }));
    const toggle = page.getByRole('button', { name: 'Earlier prompts' });
    const search = page.getByRole('searchbox', { name: 'Search earlier prompts' });
    await toggle.click();
    await search.waitFor();
    await page.keyboard.type('hare');
    assert.equal(await search.inputValue(), 'hare');
    await toggle.focus();
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('It never came');
}

/** Hands data to the studio as a drag or a paste would; `Files` is a small PNG. */
async function hand(page: Page, event: 'drop', data: Readonly<Record<string, string>>): Promise<void> {
  await page.locator('easel-studio').evaluate(
    (studio, { name, entries }) => {
      const dataTransfer = new DataTransfer();
      for (const [type, value] of entries) {
        if (type === 'Files') dataTransfer.items.add(new File([new Uint8Array(3)], 'dropped.png', { type: 'image/png' }));
        else dataTransfer.setData(type, value);
      }
      studio.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
    },
    { name: event, entries: Object.entries(data) },
  );
}
