import assert from 'node:assert/strict';
import sharp from 'sharp';
import type * as vscode from 'vscode';
import { bytesOf, configure, easel, exists, inWorkspace, largestDifference, namesIn, one, pixelsOf, put, recipeOf, refused, remove, unconfigure } from './easel';

const REGION = { x: 300, y: 200, width: 160, height: 120 };
const inRegion = (x: number, y: number): boolean => x >= REGION.x && x < REGION.x + REGION.width && y >= REGION.y && y < REGION.y + REGION.height;

describe('easel.edit, offline', () => {
  before(async () => {
    await configure({ engine: 'offline' });
    await put('edit/photo.png', await bytesOf(inWorkspace('photo.png')));
    await put('edit/photo.jpg', await bytesOf(inWorkspace('photo.jpg')));
  });
  after(async () => {
    await remove('edit');
    await unconfigure('engine');
  });

  const photo = (): vscode.Uri => inWorkspace('edit/photo.png');

  it('fills a region and keeps every other pixel', async () => {
    const source = await pixelsOf(photo());
    const file = one(await easel('edit', photo(), { region: REGION, seed: 3 }));
    assert.equal(file.path, inWorkspace('edit/photo-2.png').path);
    const edited = await pixelsOf(file);
    assert.equal(largestDifference(edited, source, 0, 0, (x, y) => !inRegion(x, y)), 0);
    assert.ok(largestDifference(edited, source, 0, 0, inRegion) > 8);
    const recipe = await recipeOf(file);
    assert.equal(recipe?.operation, 'inpaint');
    assert.equal(recipe.prompt, '');
    assert.equal(recipe.seed, 3);
    assert.match(recipe.parent ?? '', /^[0-9a-f]{64}$/);
  });

  it('takes a mask file: transparent, or white, is drawn', async () => {
    const { width, height } = await pixelsOf(photo());
    const white = { input: await sharp({ create: { ...REGION, channels: 3, background: 'white' } }).png().toBuffer(), left: REGION.x, top: REGION.y };
    const mask = await put('edit/mask.png', await sharp({ create: { width, height, channels: 3, background: 'black' } }).composite([white]).png().toBuffer());
    const source = await pixelsOf(photo());
    const edited = await pixelsOf(one(await easel('edit', photo(), { mask, count: 1 })));
    assert.equal(largestDifference(edited, source, 0, 0, (x, y) => !inRegion(x, y)), 0);
    assert.ok(largestDifference(edited, source, 0, 0, inRegion) > 8);
    const small = await put('edit/small.png', await sharp({ create: { width: 10, height: 10, channels: 3, background: 'white' } }).png().toBuffer());
    await refused('mask-size', 'edit', photo(), { mask: small });
  });

  it('takes the file as a string, absolute or relative, or within one object', async () => {
    const options = { region: { x: 0, y: 0, width: 20, height: 20 } };
    for (const args of [['edit/photo.png', options], [photo().fsPath, options], [photo().toString(), options], [{ uri: 'edit/photo.png', ...options }], [{ uri: photo().toJSON(), ...options }]]) {
      assert.equal((await easel('edit', ...args)).length, 1, JSON.stringify(args));
    }
  });

  it('edits several files in one call', async () => {
    const files = await easel('edit', { uris: ['edit/photo.png', 'edit/photo.jpg'], region: { x: 0, y: 0, width: 20, height: 20 }, count: 2 });
    assert.equal(files.length, 4);
  });

  it('writes PNG beside a JPEG', async () => {
    await remove('edit/photo.png');
    const file = one(await easel('edit', inWorkspace('edit/photo.jpg'), { region: { x: 0, y: 0, width: 20, height: 20 } }));
    assert.match(file.path, /\/edit\/photo(-\d+)?\.png$/);
    assert.equal((await bytesOf(file)).toString('latin1', 1, 4), 'PNG');
    await put('edit/photo.png', await bytesOf(inWorkspace('photo.png')));
  });

  it('replaces its source where that is asked for', async () => {
    const copy = await put('edit/mine.png', await bytesOf(photo()));
    const source = await pixelsOf(copy);
    assert.equal(one(await easel('edit', copy, { region: REGION, output: 'replace' })).toString(), copy.toString());
    assert.equal(largestDifference(await pixelsOf(copy), source, 0, 0, (x, y) => !inRegion(x, y)), 0);
    assert.equal((await namesIn('edit')).filter((name) => name.startsWith('mine')).length, 1);
    await refused('bad-argument', 'edit', copy, { region: REGION, output: 'replace', count: 2 });
    await refused('bad-argument', 'edit', inWorkspace('edit/photo.jpg'), { region: { x: 0, y: 0, width: 9, height: 9 }, output: 'replace' });
  });

  it('refuses what cannot be honoured', async () => {
    await refused('bad-argument', 'edit', photo(), {});
    await refused('bad-argument', 'edit', { region: REGION });
    await refused('bad-argument', 'edit', photo(), { region: REGION, mask: photo() });
    for (const region of [{ ...REGION, x: 700 }, { ...REGION, width: 0 }, { ...REGION, x: -1 }, { ...REGION, y: 0.5 }, { x: 0, y: 0, width: 769, height: 1 }]) {
      await refused('bad-argument', 'edit', photo(), { region });
    }
    await refused('needs-model', 'edit', photo(), { region: REGION, prompt: 'a red boat' });
    await refused('not-an-image', 'edit', inWorkspace('gone.png'), { region: REGION });
    await refused('not-an-image', 'edit', inWorkspace('README.md'), { region: REGION });
    await refused('not-an-image', 'edit', inWorkspace('edit'), { region: REGION });
    await refused('bad-path', 'edit', '../outside.png', { region: REGION });
    await refused('bad-path', 'edit', '', { region: REGION });
    const whole = await bytesOf(photo());
    const cut = await put('edit/cut.png', whole.subarray(0, whole.length / 2));
    await refused('broken-image', 'edit', cut, { region: { x: 0, y: 0, width: 9, height: 9 } });
    assert.equal(await exists(inWorkspace('edit/cut-2.png')), false);
  });
});
