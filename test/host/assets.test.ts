import assert from 'node:assert/strict';
import sharp from 'sharp';
import type * as vscode from 'vscode';
import { bytesOf, easel, inWorkspace, namesIn, one, pixelsOf, put, recipeOf, refused, remove } from './easel';

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);
const svg = (body: string): Buffer => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">${body}</svg>`);

describe('easel.iconSet', () => {
  before(async () => {
    await put('assets/logo.png', await sharp(svg('<circle cx="200" cy="150" r="120" fill="#3056d3"/>')).png().toBuffer());
  });
  after(() => remove('assets'));

  it('writes all icons beside the picture or into a folder, and overwrites none', async () => {
    const names = ['favicon.ico', 'apple-touch-icon.png', 'icon-192.png', 'icon-512.png', 'icon-maskable-512.png', 'icon.icns'];
    const files = await easel('iconSet', inWorkspace('assets/logo.png'), { folder: 'assets/public' });
    assert.deepEqual(files.map(nameOf), names);
    assert.deepEqual(await namesIn('assets/public'), names.toSorted());
    const again = await easel('iconSet', 'assets/logo.png', { folder: 'assets/public' });
    assert.deepEqual(again.map(nameOf), names.map((name) => name.replace(/(?=\.\w+$)/, '-2')));
    assert.deepEqual((await easel('iconSet', { uri: 'assets/logo.png' })).map((file) => file.path), names.map((name) => inWorkspace('assets', name).path));
  });

  it('has each in its size and format, by readers that are not Easel’s', async () => {
    const sizes = [];
    for (const name of ['apple-touch-icon', 'icon-192', 'icon-512', 'icon-maskable-512']) {
      const { width, height, format, hasAlpha } = await sharp(await bytesOf(inWorkspace(`assets/${name}.png`))).metadata();
      sizes.push([width, height, format, hasAlpha]);
    }
    assert.deepEqual(sizes, [[180, 180, 'png', false], [192, 192, 'png', true], [512, 512, 'png', true], [512, 512, 'png', false]]);
    const icns = await bytesOf(inWorkspace('assets/icon.icns'));
    assert.equal(icns.toString('latin1', 0, 4), 'icns');
    assert.equal((await bytesOf(inWorkspace('assets/favicon.ico'))).readUInt32LE(0), 0x1_0000);
  });

  it('refuses what cannot be honoured', async () => {
    await refused('bad-argument', 'iconSet', {});
    await refused('bad-path', 'iconSet', 'assets/logo.png', { folder: '../out' });
    await refused('bad-argument', 'iconSet', 'assets/logo.png', { folder: 'assets', size: 5 });
    await refused('not-an-image', 'iconSet', 'README.md', {});
  });
});

describe('easel.convert', () => {
  before(async () => {
    await put('assets/hero.png', await bytesOf(inWorkspace('photo.png')));
    await put('assets/small.png', await sharp(svg('<rect x="50" width="200" height="150" fill="#c33"/>')).png().toBuffer());
  });
  after(() => remove('assets'));

  it('writes each format, smaller, of the same pixels as near as it gets', async () => {
    const before = await pixelsOf(inWorkspace('assets/hero.png'));
    for (const [format, extension, reader] of [['webp', 'webp', 'webp'], ['avif', 'avif', 'heif'], ['jpeg', 'jpg', 'jpeg']] as const) {
      const file = one(await easel('convert', inWorkspace('assets/hero.png'), { format, quality: 80 }));
      assert.equal(nameOf(file), `hero.${extension}`);
      const bytes = await bytesOf(file);
      assert.ok(bytes.length < (await bytesOf(inWorkspace('assets/hero.png'))).length / 2, format);
      assert.equal((await sharp(bytes).metadata()).format, reader);
      const after = await pixelsOf(file);
      assert.deepEqual([after.width, after.height], [before.width, before.height]);
      let difference = 0;
      for (let i = 0; i < before.data.length; i += 1) difference += Math.abs((before.data[i] ?? 0) - (after.data[i] ?? 0));
      assert.ok(difference / before.data.length < 6, `${format}: ${difference / before.data.length}`);
    }
  });

  it('writes several widths for srcset, none larger than the source unless asked, none over a file', async () => {
    const widths = [320, 640, 1280];
    const files = await easel('convert', 'assets/hero.png', { format: 'webp', widths });
    assert.deepEqual(files.map(nameOf), ['hero-320.webp', 'hero-640.webp', 'hero-768.webp']);
    const sizes = await Promise.all(files.map(async (file) => sharp(await bytesOf(file)).metadata()));
    assert.deepEqual(sizes.map(({ width, height }) => `${width}x${height}`), ['320x213', '640x427', '768x512']);
    assert.equal(nameOf(one(await easel('convert', 'assets/hero.png', { format: 'webp', widths: [320] }))), 'hero-320-2.webp');
    const large = one(await easel('convert', 'assets/hero.png', { format: 'png', widths: [900], enlarge: true }));
    assert.equal((await pixelsOf(large)).width, 900);
  });

  it('keeps transparency where the format has it, lays it on white where not, and keeps a recipe in PNG', async () => {
    for (const format of ['webp', 'avif', 'png']) assert.equal((await pixelsOf(one(await easel('convert', 'assets/small.png', { format })))).data[3], 0, format);
    const { data } = await pixelsOf(one(await easel('convert', 'assets/small.png', { format: 'jpeg' })));
    assert.ok(data[0] !== undefined && data[0] > 245 && data[3] === 255);
    await easel('generate', { prompt: 'a gradient', width: 64, height: 64, folder: 'assets', fileName: 'made' });
    assert.equal((await recipeOf(one(await easel('convert', 'assets/made.png', { format: 'png' }))))?.prompt, 'a gradient');
  });

  it('refuses what cannot be honoured', async () => {
    for (const options of [{}, { format: 'gif' }, { format: 'webp', quality: 0 }, { format: 'webp', widths: [] }, { format: 'webp', widths: [0] }, { format: 'webp', width: 5 }]) {
      await refused('bad-argument', 'convert', 'assets/hero.png', options);
    }
    await refused('not-an-image', 'convert', 'README.md', { format: 'webp' });
  });
});

describe('easel.cutOut', () => {
  before(async () => {
    await put('assets/mug.jpg', await sharp(svg('<rect width="400" height="300" fill="#f2efe9"/><circle cx="200" cy="150" r="100" fill="#7a2d8c"/><circle cx="200" cy="150" r="30" fill="#f2efe9"/>')).jpeg({ quality: 90 }).toBuffer());
    await put('assets/photo.png', await bytesOf(inWorkspace('photo.png')));
  });
  after(() => remove('assets'));

  const alphaAt = async (file: vscode.Uri, x: number, y: number): Promise<number | undefined> => {
    const { width, data } = await pixelsOf(file);
    return data[(y * width + x) * 4 + 3];
  };

  it('takes a plain background away, and enclosed areas where that is asked for', async () => {
    const file = one(await easel('cutOut', inWorkspace('assets/mug.jpg'), {}));
    assert.equal(nameOf(file), 'mug-cutout.png');
    assert.deepEqual([await alphaAt(file, 5, 5), await alphaAt(file, 395, 295), await alphaAt(file, 200, 80), await alphaAt(file, 200, 150)], [0, 0, 255, 255]);
    const open = one(await easel('cutOut', inWorkspace('assets/mug.jpg'), { enclosed: true }));
    assert.equal(nameOf(open), 'mug-cutout-2.png');
    assert.deepEqual([await alphaAt(open, 200, 80), await alphaAt(open, 200, 150)], [255, 0]);
  });

  it('refuses a background that is not plain, and writes nothing', async () => {
    await refused('unsupported', 'cutOut', 'assets/photo.png', {});
    assert.deepEqual((await namesIn('assets')).filter((name) => name.startsWith('photo')), ['photo.png']);
    await refused('bad-argument', 'cutOut', {});
  });
});
