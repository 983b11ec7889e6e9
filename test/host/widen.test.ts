import assert from 'node:assert/strict';
import sharp from 'sharp';
import type * as vscode from 'vscode';
import { bytesOf, configure, easel, inWorkspace, largestDifference, one, pixelsOf, put, recipeOf, refused, remove, unconfigure } from './easel';

const all = (): boolean => true;

describe('easel.widen, offline', () => {
  before(async () => {
    await configure({ engine: 'offline', purposes: { team: { width: 450, height: 300 } } });
    await put('widen/photo.png', await sharp(await bytesOf(inWorkspace('photo.png'))).resize(384, 256).png().toBuffer());
    await put('widen/photo.jpg', await bytesOf(inWorkspace('photo.jpg')));
  });
  after(async () => {
    await remove('widen');
    await unconfigure('engine', 'purposes');
  });

  const photo = (): vscode.Uri => inWorkspace('widen/photo.png');

  /** Widens the photograph of 384x256 and asserts size and place. */
  async function widened(options: object, width: number, height: number, x: number, y: number): Promise<vscode.Uri> {
    const file = one(await easel('widen', photo(), options));
    const result = await pixelsOf(file);
    assert.deepEqual([result.width, result.height], [width, height], JSON.stringify(options));
    assert.equal(largestDifference(result, await pixelsOf(photo()), x, y, all), 0, JSON.stringify(options));
    return file;
  }

  it('reaches an exact size, the original’s pixels where they belong', async () => {
    const file = await widened({ width: 501, height: 300, seed: 5 }, 501, 300, 58, 22);
    assert.equal(file.path, inWorkspace('widen/photo-2.png').path);
    const recipe = await recipeOf(file);
    assert.deepEqual([recipe?.operation, recipe?.width, recipe?.height, recipe?.seed], ['outpaint', 501, 300, 5]);
  });

  it('takes ratios, sides, purposes and anchors', async () => {
    await widened({ ratio: '2:1', anchor: 'left' }, 512, 256, 0, 0);
    await widened({ ratio: '1:1', anchor: { x: 0.5, y: 1 } }, 384, 384, 0, 128);
    await widened({ left: 10, bottom: 5 }, 394, 261, 10, 0);
    await widened({ purpose: 'team', anchor: 'bottom-right', mode: 'exact' }, 450, 300, 66, 44);
  });

  it('reaches each purpose exactly from a picture that is larger, of the same ratio or of another', async () => {
    const large = await put('widen/large.png', await sharp(await bytesOf(inWorkspace('photo.png'))).resize(600, 600, { fit: 'fill' }).png().toBuffer());
    for (const [purpose, width, height] of [['play-store-icon', 512, 512], ['marketplace-icon', 256, 256], ['favicon', 48, 48], ['team', 450, 300]] as const) {
      const { width: w, height: h } = await pixelsOf(one(await easel('widen', large, { purpose, anchor: 'left' })));
      assert.deepEqual([w, h], [width, height], purpose);
    }
    await refused('bad-argument', 'widen', large, { width: 600, height: 600 });
  });

  it('scales the picture down once where the target is smaller in a side', async () => {
    const file = one(await easel('widen', inWorkspace('widen/photo.jpg'), { width: 400, height: 200 }));
    const { width, height } = await pixelsOf(file);
    assert.deepEqual([width, height], [400, 200]);
  });

  it('replaces its source where that is asked for', async () => {
    const copy = await put('widen/mine.png', await bytesOf(photo()));
    assert.equal(one(await easel('widen', { uri: copy, right: 32, output: 'replace' })).toString(), copy.toString());
    assert.equal((await pixelsOf(copy)).width, 416);
  });

  it('refuses what cannot be honoured', async () => {
    for (const options of [{}, { width: 900 }, { ratio: 'wide' }, { ratio: '2:1', left: 5 }, { purpose: 'nothing' }, { left: -5 }, { left: 0 }, { ratio: '2:1', anchor: 'middle' }, { ratio: '2:1', mode: 'soft' }, { ratio: '2:1', anchor: { x: 2, y: 0 } }]) {
      await refused('bad-argument', 'widen', photo(), options);
    }
    await refused('too-large', 'widen', photo(), { width: 60_000, height: 60_000 });
    await refused('bad-argument', 'widen', inWorkspace('widen/photo.jpg'), { ratio: '2:1', output: 'replace' });
  });
});
