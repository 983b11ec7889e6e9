import assert from 'node:assert/strict';
import { DEFAULT_MODEL } from '../../src/core/models';
import { ERRORS } from '../support/imagesServer/behaviour';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { chunk } from '../support/pngBytes';
import { bytesOf, configure, easel, exists, inWorkspace, largestDifference, namesIn, one, pixelsOf, put, recipeOf, refused, remove, unconfigure } from './easel';

const REGION = { x: 300, y: 200, width: 160, height: 120 };

describe('the verbs on a strict Images API server', () => {
  let server: ImagesServer;
  before(async () => {
    server = await startImagesServer({ redraw: 'brief' });
    await configure({ engine: 'auto', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
    await put('paid/photo.png', await bytesOf(inWorkspace('photo.png')));
    await put('paid/photo.jpg', await bytesOf(inWorkspace('photo.jpg')));
    await easel('setApiKey', { key: server.key });
  });
  beforeEach(() => server.reset());
  afterEach(() => remove('images'));
  after(async () => {
    await easel('clearApiKey', {});
    await unconfigure('engine', 'openai.baseUrl', 'openai.quality', 'openai.model', 'budget.monthlyUsd', 'budget.perCallUsd');
    await remove('paid');
    await server.close();
  });

  it('generate sends model, quality and a legal size, and re-encodes nothing that is right', async () => {
    const file = one(await easel('generate', { prompt: 'a red boat', width: 1024, height: 1024 }));
    const [request, ...others] = server.to('generations');
    assert.equal(others.length, 0);
    assert.deepEqual(request?.fields, { model: DEFAULT_MODEL, prompt: 'a red boat', n: 1, size: '1024x1024', quality: 'low' });
    const recipe = await recipeOf(file);
    assert.deepEqual(recipe, { version: 1, operation: 'generate', prompt: 'a red boat', engine: 'openai', model: DEFAULT_MODEL, width: 1024, height: 1024 });
  });

  it('generate reaches a size that the model cannot draw', async () => {
    const file = one(await easel('generate', { prompt: 'a red boat', width: 1200, height: 630 }));
    assert.notEqual(server.to('generations')[0]?.fields['size'], '1200x630');
    const { width, height } = await pixelsOf(file);
    assert.deepEqual([width, height], [1200, 630]);
  });

  it('generate draws a transparent background where the model can, and refuses where it cannot', async () => {
    const wanted = { prompt: 'a red boat', width: 1024, height: 1024, transparent: true };
    const file = one(await easel('generate', wanted));
    assert.equal(server.to('generations')[0]?.fields['background'], 'transparent');
    assert.equal((await pixelsOf(file)).data[3], 0);
    await refused('bad-argument', 'generate', { ...wanted, format: 'jpeg' });
    await configure({ 'openai.model': 'gpt-image-2' });
    const { message } = await refused('unsupported', 'generate', wanted);
    assert.match(message, /easel\.cutOut/);
    await unconfigure('openai.model');
    assert.equal(server.requests.length, 1);
  });

  it('edit sends image and mask, and keeps what was to be kept although the server redrew it', async () => {
    const photo = inWorkspace('paid/photo.png');
    const file = one(await easel('edit', photo, { prompt: 'a red boat', region: REGION }));
    const [request, ...others] = server.to('edits');
    assert.equal(others.length, 0);
    assert.equal(request?.fields['model'], DEFAULT_MODEL);
    assert.equal(request.fields['quality'], 'low');
    assert.match(String(request.fields['prompt']), /a red boat/);
    assert.deepEqual(request.files.map(({ field }) => field).sort(), ['image', 'mask']);
    const source = await pixelsOf(photo);
    const edited = await pixelsOf(file);
    assert.equal(largestDifference(edited, source, 0, 0, (x, y) => x < REGION.x || y < REGION.y || x >= REGION.x + REGION.width || y >= REGION.y + REGION.height), 0);
    assert.ok(largestDifference(edited, source, 0, 0, () => true) > 8);
  });

  it('edit without a prompt sends the stock text', async () => {
    await easel('edit', inWorkspace('paid/photo.png'), { region: REGION });
    assert.match(String(server.to('edits')[0]?.fields['prompt']), /continues its surroundings/);
  });

  it('vary sends an edit where there is no variations route, and never looks for one', async () => {
    const files = await easel('vary', inWorkspace('paid/photo.png'), { count: 2, strength: 'strong', prompt: 'a bay' });
    assert.equal(files.length, 2);
    assert.equal(server.to('variations').length, 0);
    assert.match(String(server.to('edits')[0]?.fields['prompt']), /a bay/);
  });

  it('vary does not send a stranger’s prompt unseen, but its own picture’s', async () => {
    const own = one(await easel('generate', { prompt: 'a words-of-mine boat', width: 1024, height: 1024 }));
    await easel('vary', own, {});
    assert.match(String(server.to('edits')[0]?.fields['prompt']), /words-of-mine/);
    server.reset();
    const bytes = await bytesOf(own);
    const stranger = await put('paid/stranger.png', Buffer.concat([bytes.subarray(0, -12), chunk('tEXt', Buffer.from('by\0me', 'latin1')), bytes.subarray(-12)]));
    assert.ok(await recipeOf(stranger));
    await easel('vary', stranger, {});
    assert.doesNotMatch(String(server.to('edits')[0]?.fields['prompt']), /words-of-mine/);
  });

  it('widen delivers the exact size with the original’s pixels in their place', async () => {
    const photo = inWorkspace('paid/photo.png');
    const file = one(await easel('widen', photo, { ratio: '21:9', anchor: 'left', prompt: 'mountains' }));
    assert.ok(server.to('edits').length >= 1);
    const result = await pixelsOf(file);
    assert.deepEqual([result.width, result.height], [1195, 512]);
    assert.equal(largestDifference(result, await pixelsOf(photo), 0, 0, () => true), 0);
  });

  it('blend sends all pictures in one request', async () => {
    const file = one(await easel('blend', inWorkspace('paid/photo.png'), [inWorkspace('paid/photo.png'), inWorkspace('paid/photo.jpg')], { prompt: 'as one' }));
    assert.deepEqual(server.to('edits')[0]?.files.map(({ field }) => field), ['image[]', 'image[]']);
    const { width, height } = await pixelsOf(file);
    assert.deepEqual([width, height], [768, 512]);
    assert.equal((await recipeOf(file))?.operation, 'blend');
  });

  it('rejects with the reason of what the server says, and writes nothing', async () => {
    const options = { prompt: 'x', width: 1024, height: 1024 };
    for (const [error, reason] of [['moderationBlocked', 'refused-by-safety'], ['insufficientQuota', 'quota'], ['invalidKey', 'key-refused'], ['notVerified', 'key-refused']] as const) {
      server.next({ error: ERRORS[error] });
      await refused(reason, 'generate', options);
    }
    server.next({ reset: 'in-answer' });
    await refused('maybe-billed', 'generate', options);
    assert.equal(server.to('generations').length, 5);
    assert.deepEqual(await namesIn('images'), []);
  });

  it('refuses before anything is sent where a source is broken or a prompt too long', async () => {
    const whole = await bytesOf(inWorkspace('paid/photo.png'));
    const cut = await put('paid/cut.png', whole.subarray(0, whole.length / 2));
    await refused('broken-image', 'vary', cut, { prompt: 'x' });
    await refused('prompt-too-long', 'generate', { prompt: 'x'.repeat(40_000) });
    await refused('bad-argument', 'edit', inWorkspace('paid/photo.png'), { region: { ...REGION, x: 5000 } });
    assert.equal(server.requests.length, 0);
  });

  it('holds callers to both budgets, over all files of a call', async () => {
    await configure({ 'openai.quality': 'max', 'budget.perCallUsd': 0.25 });
    const options = { prompt: 'x', width: 1024, height: 1024 };
    one(await easel('generate', options));
    await refused('over-budget', 'generate', { ...options, count: 2 });
    await refused('over-budget', 'vary', { uris: ['paid/photo.png', 'paid/photo.jpg'], prompt: 'x' });
    await configure({ 'budget.perCallUsd': 100, 'budget.monthlyUsd': 0.01 });
    await refused('over-budget', 'generate', options);
    assert.equal(server.requests.length, 1);
    await unconfigure('budget.perCallUsd', 'budget.monthlyUsd');
    await configure({ 'openai.quality': 'low' });
  });

  it('keeps what arrived where the source was changed meanwhile', async () => {
    const copy = await put('paid/mine.png', await bytesOf(inWorkspace('paid/photo.png')));
    server.next({ delayMs: 1500 });
    const running = refused('cannot-save', 'edit', copy, { prompt: 'x', region: REGION, output: 'replace' });
    while (server.to('edits').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const changed = await bytesOf(inWorkspace('paid/photo.jpg'));
    await put('paid/mine.png', changed);
    await running;
    assert.deepEqual(await bytesOf(copy), changed);
  });

  it('writes what arrives into a folder that was deleted meanwhile, and beside what others write there', async () => {
    server.next({ delayMs: 700 });
    const options = { prompt: 'a meanwhile boat', width: 1024, height: 1024, folder: 'images/deep', fileName: 'boat' };
    const all = Promise.all([easel('generate', options), easel('generate', options)]);
    while (server.to('generations').length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    await remove('images');
    const files = (await all).flat();
    assert.deepEqual(files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).sort(), ['boat-2.png', 'boat.png']);
    for (const file of files) assert.equal((await pixelsOf(file)).width, 1024);
    assert.deepEqual(await namesIn('images/deep'), ['boat-2.png', 'boat.png']);
  });

  it('does not follow a link that takes the folder’s place meanwhile: what arrives is kept', async () => {
    const fs = await import('node:fs/promises');
    const outside = await fs.mkdtemp('/tmp/easel-outside-');
    try {
      await put('images/linked/x.txt', Buffer.from('x'));
      server.next({ delayMs: 1500 });
      const running = refused('cannot-save', 'generate', { prompt: 'a stray boat', width: 1024, height: 1024, folder: 'images/linked' });
      while (server.to('generations').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await remove('images/linked');
      await fs.symlink(outside, inWorkspace('images/linked').fsPath);
      assert.match((await running).message, /outside the workspace.*is kept and can be saved elsewhere/);
      assert.deepEqual(await fs.readdir(outside), []);
      await fs.rm(inWorkspace('images/linked').fsPath);
    } finally {
      await fs.rm(outside, { recursive: true });
    }
  });

  it('answers which files were written before it failed', async () => {
    server.next({ count: 1 }, 'edits');
    server.next({ error: ERRORS.moderationBlocked }, 'edits');
    const rejection = await refused('refused-by-safety', 'vary', { uris: ['paid/photo.png', 'paid/photo.jpg'], prompt: 'x' });
    const [file] = rejection.files ?? [];
    assert.ok(file && (await exists(file)));
    assert.equal(rejection.files?.length, 1);
  });
});
