import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import * as vscode from 'vscode';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { oneBitPng } from '../support/pngBytes';
import { bytesOf, configure, easel, inWorkspace, largestDifference, namesIn, one, pixelsOf, put, refused, remove, unconfigure, type Pixels } from './easel';

const REGION = { x: 0, y: 0, width: 1, height: 1 };

// What must not cost anything, and what a model must get although its file is odd: all on a server that is as strict as the real one and redraws everything.
describe('bad input, with a key', function () {
  this.timeout(90_000);
  let server: ImagesServer;
  before(async () => {
    server = await startImagesServer({ redraw: 'brief' });
    await configure({ engine: 'openai', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
    await easel('setApiKey', { key: server.key });
  });
  beforeEach(() => server.reset());
  afterEach(() => remove('bad'));
  after(async () => {
    await easel('clearApiKey', {});
    await unconfigure('engine', 'openai.baseUrl', 'openai.quality');
    await remove('images');
    await server.close();
  });

  const photo = async (): Promise<Sharp> => sharp(await bytesOf(inWorkspace('photo.png'))).resize(160, 100);
  const plain = async (width: number, height: number): Promise<Buffer> => sharp({ create: { width, height, channels: 3, background: 'teal' } }).png().toBuffer();

  /** Asserts that every verb refuses a file with this reason, that the folder is as it was, and that nothing was sent. */
  async function refusedByAll(reason: 'too-large' | 'broken-image' | 'not-an-image', name: string, bytes: Uint8Array): Promise<void> {
    const file = await put(`bad/${name}`, bytes);
    const sound = await put('bad/sound.png', await plain(64, 64));
    const names = await namesIn('bad');
    await refused(reason, 'edit', file, { region: REGION, prompt: 'a boat' });
    await refused(reason, 'vary', file, { prompt: 'a boat' });
    await refused(reason, 'widen', file, { ratio: '2:1', prompt: 'a boat' });
    await refused(reason, 'blend', sound, [file], { prompt: 'a boat' });
    await refused(reason, 'edit', sound, { mask: file, prompt: 'a boat' });
    assert.deepEqual(await namesIn('bad'), names);
    assert.equal(server.requests.length, 0);
  }

  /** Asserts that every pixel of `before`, but for those that `drawn` names, lies at `x`, `y` on the file. */
  async function keeps(file: vscode.Uri, before: Pixels, x: number, y: number, drawn: (px: number, py: number) => boolean = () => false): Promise<void> {
    assert.equal(largestDifference(await pixelsOf(file), before, x, y, (px, py) => !drawn(px, py)), 0);
  }

  it('an empty prompt and one of 40,000 characters are refused by every verb that needs one', async () => {
    const file = await put('bad/sound.png', await plain(64, 64));
    for (const prompt of ['', ' \n\t ']) await refused('empty-prompt', 'generate', { prompt });
    const long = 'x'.repeat(40_000);
    await refused('prompt-too-long', 'generate', { prompt: long });
    await refused('prompt-too-long', 'edit', file, { prompt: long, region: REGION });
    await refused('prompt-too-long', 'vary', file, { prompt: long });
    await refused('prompt-too-long', 'widen', file, { prompt: long, ratio: '2:1' });
    await refused('prompt-too-long', 'blend', file, [inWorkspace('photo.png')], { prompt: long });
    assert.equal(server.requests.length, 0);
  });

  it('the longest prompt is sent whole, and its file has a name that fits', async () => {
    const prompt = 'ä b '.repeat(8000);
    const file = one(await easel('generate', { prompt, width: 1024, height: 1024 }));
    assert.equal(server.to('generations')[0]?.fields['prompt'], prompt.trim());
    assert.ok(Buffer.byteLength(file.path.split('/').at(-1) ?? '') <= 100);
  });

  it('bombs, cut and empty files and what is no picture are refused by every verb', async () => {
    const whole = await (await photo()).png().toBuffer();
    await refusedByAll('too-large', 'bomb.png', oneBitPng(20_000, 20_000));
    await refusedByAll('broken-image', 'cut.png', whole.subarray(0, whole.length / 2));
    await refusedByAll('broken-image', 'cut.jpg', (await (await photo()).jpeg().toBuffer()).subarray(0, 300));
    await refusedByAll('broken-image', 'header.png', whole.subarray(0, 20));
    await refusedByAll('not-an-image', 'words.png', Buffer.from('<!doctype html><title>404</title>'));
  });

  it('a picture of one pixel is edited and widened', async () => {
    const source = await put('bad/dot.png', await plain(1, 1));
    const before = await pixelsOf(source);
    const edited = await pixelsOf(one(await easel('edit', source, { region: REGION, prompt: 'a red dot' })));
    assert.deepEqual([edited.width, edited.height], [1, 1]);
    const wide = one(await easel('widen', source, { left: 3, bottom: 2, prompt: 'a red dot' }));
    const { width, height } = await pixelsOf(wide);
    assert.deepEqual([width, height], [4, 3]);
    await keeps(wide, before, 3, 0);
  });

  it('a long, thin picture is edited and widened', async () => {
    const source = await put('bad/thin.png', await sharp(await bytesOf(inWorkspace('photo.png'))).resize(9000, 200, { fit: 'fill' }).png().toBuffer());
    const before = await pixelsOf(source);
    const region = { x: 8000, y: 50, width: 300, height: 100 };
    const edited = one(await easel('edit', source, { region, prompt: 'a boat' }));
    await keeps(edited, before, 0, 0, (x, y) => x >= 8000 && x < 8300 && y >= 50 && y < 150);
    await refused('bad-argument', 'widen', source, { right: 100, prompt: 'a coast' });
    assert.equal(server.requests.length, 1);
    await configure({ engine: 'offline' });
    const wide = one(await easel('widen', source, { bottom: 250 }));
    await configure({ engine: 'openai' });
    await keeps(wide, before, 0, 0);
    assert.equal((await pixelsOf(wide)).height, 450);
  });

  const encoded: Readonly<Record<string, () => Promise<Buffer>>> = {
    'deep.png': async () => (await photo()).toColourspace('rgb16').png().toBuffer(),
    'palette.png': async () => (await photo()).png({ palette: true, colours: 16 }).toBuffer(),
    'interlaced.png': async () => (await photo()).png({ progressive: true }).toBuffer(),
    'glass.png': async () => (await photo()).ensureAlpha(0.3).png().toBuffer(),
    'turned.jpg': async () => (await photo()).withMetadata({ orientation: 6 }).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    'named.png': async () => (await photo()).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    'lossless.webp': async () => (await photo()).webp({ lossless: true }).toBuffer(),
  };
  /** How far another decoder's values may lie from ours, where the format leaves room for rounding. */
  const rounding: Readonly<Record<string, number>> = { 'deep.png': 1, 'turned.jpg': 4, 'named.png': 4 };

  for (const [name, encode] of Object.entries(encoded)) {
    it(`${name} is sent as a PNG, upright, and its kept pixels stay`, async () => {
      const source = await put(`bad/${name}`, await encode());
      const before = await pixelsOf(source);
      const drawn = (x: number, y: number): boolean => x >= 20 && x < 50 && y >= 20 && y < 50;
      const edited = await pixelsOf(one(await easel('edit', source, { region: { x: 20, y: 20, width: 30, height: 30 }, prompt: 'a boat' })));
      assert.deepEqual([edited.width, edited.height], [before.width, before.height]);
      const changed = largestDifference(edited, before, 0, 0, (x, y) => !drawn(x, y));
      assert.ok(changed <= (rounding[name] ?? 0), `a kept pixel changed by ${changed}`);
      assert.ok(largestDifference(edited, before, 0, 0, drawn) > 8);
      const image = server.to('edits')[0]?.files.find(({ field }) => field === 'image');
      assert.ok(image);
      const sent = await sharp(image.bytes).metadata();
      assert.equal(sent.format, 'png');
      assert.ok(Math.abs(Math.log((sent.width / sent.height) * (before.height / before.width))) < 0.1);
    });
  }

  it('a folder with spaces and signs is read from and written to, as files, strings and settings', async () => {
    const folder = 'bad/a folder #1 100% ä&+';
    const source = await put(`${folder}/my photo #2 50%.png`, await (await photo()).png().toBuffer());
    const [a] = await easel('widen', `${folder}/my photo #2 50%.png`, { right: 16, prompt: 'a coast' });
    const [b] = await easel('widen', source.toString(), { right: 16, prompt: 'a coast' });
    const [c] = await easel('generate', { prompt: 'a boat', width: 1024, height: 1024, folder });
    assert.deepEqual(await namesIn(folder), ['a-boat.png', 'my photo #2 50%-2.png', 'my photo #2 50%-3.png', 'my photo #2 50%.png']);
    assert.deepEqual([a, b, c].map((file) => file?.fsPath), ['my photo #2 50%-2.png', 'my photo #2 50%-3.png', 'a-boat.png'].map((name) => inWorkspace(folder, name).fsPath));
  });

  it('a file that is replaced while it is read-only, and one that is gone, are refused before anything is sent', async () => {
    const source = await put('bad/locked.png', await (await photo()).png().toBuffer());
    await refused('not-an-image', 'edit', inWorkspace('bad', 'gone.png'), { region: REGION, prompt: 'x' });
    // A superuser may write to everything.
    if (process.getuid?.() !== 0) {
      await fs.chmod(source.fsPath, 0o444);
      await refused('cannot-save', 'edit', source, { region: REGION, prompt: 'x', output: 'replace' });
    }
    assert.equal(server.requests.length, 0);
  });

  it('a file that is deleted while the model draws: a new one is written all the same, a replaced one is not made again', async () => {
    const bytes = await (await photo()).png().toBuffer();
    const source = await put('bad/gone.png', bytes);
    const during = async <T>(call: Promise<T>): Promise<T> => {
      while (server.to('edits').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await vscode.workspace.fs.delete(source);
      return call;
    };
    server.next({ delayMs: 1000 });
    const file = one(await during(easel('edit', source, { region: { x: 1, y: 1, width: 9, height: 9 }, prompt: 'x' })));
    assert.match(file.path, /\/bad\/gone(-2)?\.png$/);
    await remove('bad');
    await put('bad/gone.png', bytes);
    server.reset();
    server.next({ delayMs: 1000 });
    await during(refused('cannot-save', 'edit', source, { region: { x: 1, y: 1, width: 9, height: 9 }, prompt: 'x', output: 'replace' }));
    assert.deepEqual(await namesIn('bad'), []);
  });

  it('calls at once never overwrite each other', async () => {
    const files = await Promise.all(Array.from({ length: 4 }, () => easel('generate', { prompt: 'at once', width: 1024, height: 1024 })));
    assert.equal(new Set(files.flat().map(String)).size, 4);
    assert.deepEqual((await namesIn('images')).filter((name) => name.startsWith('at-once')), ['at-once-2.png', 'at-once-3.png', 'at-once-4.png', 'at-once.png']);
  });
});
