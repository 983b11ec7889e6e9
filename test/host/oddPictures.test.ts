import assert from 'node:assert/strict';
import sharp, { type Sharp } from 'sharp';
import { oneBitPng } from '../support/pngBytes';
import { bytesOf, configure, easel, inWorkspace, largestDifference, namesIn, one, pixelsOf, put, refused, remove, unconfigure } from './easel';

describe('odd pictures', () => {
  before(() => configure({ engine: 'offline' }));
  afterEach(() => remove('odd'));
  after(() => unconfigure('engine'));

  const photo = async (): Promise<Sharp> => sharp(await bytesOf(inWorkspace('photo.png'))).resize(160, 100);

  /** Widens a file by 16 pixels to the right and asserts that all its own pixels are still there. */
  async function widens(name: string, bytes: Uint8Array): Promise<void> {
    const source = await put(`odd/${name}`, bytes);
    const before = await pixelsOf(source);
    const after = await pixelsOf(one(await easel('widen', source, { right: 16 })));
    assert.deepEqual([after.width, after.height], [before.width + 16, before.height], name);
    assert.equal(largestDifference(after, before, 0, 0, () => true), 0, name);
  }

  it('of every kind keep their pixels', async () => {
    await widens('palette.png', await (await photo()).png({ palette: true, colours: 16 }).toBuffer());
    await widens('interlaced.png', await (await photo()).png({ progressive: true }).toBuffer());
    await widens('transparent.png', await (await photo()).ensureAlpha(0.5).png().toBuffer());
    await widens('grey.png', await (await photo()).greyscale().png().toBuffer());
    await widens('one.png', await sharp({ create: { width: 1, height: 1, channels: 3, background: '#123456' } }).png().toBuffer());
    await widens('lossless.webp', await (await photo()).webp({ lossless: true }).toBuffer());
  });

  it('lie upright', async () => {
    const source = await put('odd/turned.jpg', await (await photo()).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    const { width, height } = await pixelsOf(one(await easel('widen', source, { right: 16 })));
    assert.deepEqual([width, height], [116, 160]);
  });

  it('are known by their bytes, not by their name', async () => {
    const source = await put('odd/named.png', await (await photo()).jpeg().toBuffer());
    const file = one(await easel('widen', source, { right: 16 }));
    assert.equal((await bytesOf(file)).toString('latin1', 1, 4), 'PNG');
    await refused('bad-argument', 'widen', source, { right: 16, output: 'replace' });
  });

  it('of 16 bits become 8', async () => {
    const source = await put('odd/deep.png', await (await photo()).toColourspace('rgb16').png().toBuffer());
    const { width } = await pixelsOf(one(await easel('edit', source, { region: { x: 1, y: 1, width: 20, height: 20 } })));
    assert.equal(width, 160);
  });

  it('that are long and thin can be edited', async () => {
    const source = await put('odd/thin.png', await sharp({ create: { width: 9000, height: 200, channels: 3, background: 'teal' } }).png().toBuffer());
    const { width, height } = await pixelsOf(one(await easel('edit', source, { region: { x: 10, y: 10, width: 20, height: 20 } })));
    assert.deepEqual([width, height], [9000, 200]);
  });

  it('that are bombs, empty or no pictures are refused at once', async () => {
    const bomb = await put('odd/bomb.png', oneBitPng(20_000, 20_000));
    const started = process.memoryUsage().rss;
    await refused('too-large', 'vary', bomb, {});
    assert.ok(process.memoryUsage().rss - started < 100 * 2 ** 20);
    await refused('broken-image', 'vary', await put('odd/empty.png', Buffer.alloc(0)), {});
    await refused('not-an-image', 'vary', await put('odd/text.png', Buffer.from('hello')), {});
    await refused('not-an-image', 'vary', await put('odd/a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), {});
    assert.deepEqual((await namesIn('odd')).length, 4);
  });

  it('cannot be written where there is no folder to be, and nothing is drawn', async () => {
    await put('odd/file', Buffer.from('no folder'));
    await refused('cannot-save', 'generate', { prompt: 'x', folder: 'odd/file', width: 64, height: 64 });
    await refused('cannot-save', 'generate', { prompt: 'x', folder: 'odd/file/deeper', width: 64, height: 64 });
  });
});
