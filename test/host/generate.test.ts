import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bytesOf, configure, easel, inWorkspace, namesIn, one, pixelsOf, recipeOf, refused, remove, unconfigure, until } from './easel';

const PROMPT = 'Misty mountains at dawn';

describe('easel.generate, offline', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(() => remove('images'));
  after(() => unconfigure('engine', 'output.folder', 'output.fileName', 'output.format', 'recipe.embed'));

  it('writes a picture of exactly the size asked for, named after the prompt, and numbers the next', async () => {
    const first = one(await easel('generate', { prompt: PROMPT, width: 333, height: 222 }));
    const second = one(await easel('generate', { prompt: PROMPT, width: 333, height: 222 }));
    assert.deepEqual(await namesIn('images'), ['misty-mountains-at-dawn-2.png', 'misty-mountains-at-dawn.png']);
    assert.deepEqual([first, second].map(String), ['images/misty-mountains-at-dawn.png', 'images/misty-mountains-at-dawn-2.png'].map((name) => inWorkspace(name).toString()));
    const { width, height } = await pixelsOf(first);
    assert.deepEqual({ width, height }, { width: 333, height: 222 });
  });

  it('draws 1024x1024 where no size is said, and carries the recipe', async () => {
    const file = one(await easel('generate', { prompt: `  ${PROMPT} `, seed: 7 }));
    assert.deepEqual(await recipeOf(file), { version: 1, operation: 'generate', prompt: PROMPT, engine: 'offline', model: 'easel-offline-1', width: 1024, height: 1024, seed: 7 });
    assert.equal((await pixelsOf(file)).width, 1024);
  });

  it('gives the same picture for the same prompt and seed, another for another', async () => {
    const draw = async (seed: number): Promise<Buffer> => (await pixelsOf(one(await easel('generate', { prompt: PROMPT, width: 64, height: 64, seed })))).data;
    const [a, b, c] = [await draw(1), await draw(1), await draw(2)];
    assert.deepEqual(a, b);
    assert.notDeepEqual(a, c);
  });

  it('writes all it was asked for, in order', async () => {
    const files = await easel('generate', { prompt: 'waves', width: 64, height: 64, count: 3 });
    assert.deepEqual(files.map((file) => file.path.split('/').at(-1)), ['waves.png', 'waves-2.png', 'waves-3.png']);
  });

  it('takes a folder, a name and a format', async () => {
    const jpeg = one(await easel('generate', { prompt: 'waves', width: 64, height: 64, folder: 'images/a b#1%', fileName: 'hero.jpg' }));
    assert.equal(jpeg.toString(), inWorkspace('images', 'a b#1%', 'hero.jpg').toString());
    assert.deepEqual([...(await bytesOf(jpeg)).subarray(0, 3)], [0xff, 0xd8, 0xff]);
    const png = one(await easel('generate', { prompt: 'waves', width: 64, height: 64, folder: 'images', fileName: 'hero.v2', format: 'png' }));
    assert.equal(png.path, inWorkspace('images', 'hero.v2.png').path);
  });

  it('follows the settings', async () => {
    await configure({ 'output.folder': 'images/set', 'output.fileName': 'pic-${width}', 'output.format': 'jpeg' });
    const file = one(await easel('generate', { prompt: 'waves', width: 64, height: 64 }));
    await unconfigure('output.folder', 'output.fileName', 'output.format');
    assert.equal(file.path, inWorkspace('images', 'set', 'pic-64.jpg').path);
    await configure({ 'recipe.embed': false });
    const plain = one(await easel('generate', { prompt: 'waves', width: 64, height: 64 }));
    await unconfigure('recipe.embed');
    assert.equal(await recipeOf(plain), undefined);
  });

  it('opens what it wrote, without the command waiting for it', async () => {
    const file = one(await easel('generate', { prompt: 'opened', width: 64, height: 64 }));
    await until('an editor', () =>
      vscode.window.tabGroups.all.some((group) => group.tabs.some(({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === file.toString())),
    );
  });

  it('refuses what cannot be honoured, and writes nothing', async () => {
    await refused('empty-prompt', 'generate', {});
    await refused('empty-prompt', 'generate', { prompt: ' \n ' });
    await refused('prompt-too-long', 'generate', { prompt: 'x'.repeat(40_000) });
    await refused('bad-argument', 'generate', { prompt: PROMPT, width: 512 });
    await refused('bad-argument', 'generate', { prompt: PROMPT, height: 512 });
    await refused('bad-argument', 'generate', { prompt: PROMPT, width: 0, height: 10 });
    await refused('bad-argument', 'generate', { prompt: PROMPT, width: 10.5, height: 10 });
    await refused('bad-argument', 'generate', { prompt: PROMPT, count: 11 });
    await refused('bad-argument', 'generate', { prompt: PROMPT, size: '10x10' });
    await refused('bad-argument', 'generate', { prompt: 5 });
    await refused('bad-argument', 'generate', { prompt: PROMPT, fileName: 'a.png', format: 'jpeg' });
    await refused('too-large', 'generate', { prompt: PROMPT, width: 60_000, height: 60_000 });
    await refused('bad-argument', 'generate', { prompt: PROMPT, width: 30_000, height: 2 });
    await refused('unsupported', 'generate', { prompt: PROMPT, fileName: 'a.gif' });
    for (const fileName of ['a/b.png', '../a.png', '', '.', 'con', 'a:b']) await refused('bad-path', 'generate', { prompt: PROMPT, fileName });
    for (const folder of ['..', 'images/../..', '/tmp', 'C:\\', 'images/con']) await refused('bad-path', 'generate', { prompt: PROMPT, folder });
    assert.deepEqual(await namesIn('images'), []);
  });

  it('does not leave the workspace through a link', async () => {
    const fs = await import('node:fs/promises');
    await fs.symlink('/tmp', inWorkspace('way-out').fsPath);
    await refused('bad-path', 'generate', { prompt: PROMPT, folder: 'way-out/deeper' });
    await fs.rm(inWorkspace('way-out').fsPath);
  });
});
