import assert from 'node:assert/strict';
import { bytesOf, configure, easel, inWorkspace, one, pixelsOf, put, recipeOf, refused, remove, unconfigure } from './easel';

describe('easel.vary, offline', () => {
  before(async () => {
    await configure({ engine: 'offline' });
    await put('vary/photo.png', await bytesOf(inWorkspace('photo.png')));
  });
  after(async () => {
    await remove('vary');
    await remove('images');
    await unconfigure('engine');
  });

  it('makes neighbours of the picture’s own size', async () => {
    const source = await pixelsOf(inWorkspace('vary/photo.png'));
    const files = await easel('vary', inWorkspace('vary/photo.png'), { count: 2, strength: 'subtle', seed: 1 });
    assert.deepEqual(files.map((file) => file.path.split('/').at(-1)), ['photo-2.png', 'photo-3.png']);
    for (const file of files) {
      const { width, height, data } = await pixelsOf(file);
      assert.deepEqual([width, height], [source.width, source.height]);
      assert.notDeepEqual(data, source.data);
      assert.equal((await recipeOf(file))?.operation, 'variation');
    }
  });

  it('draws its own drawing again from its recipe', async () => {
    const drawn = one(await easel('generate', { prompt: 'a starfield', width: 96, height: 96, seed: 1 }));
    const [file] = await easel('vary', drawn, { strength: 'strong', seed: 2 });
    assert.ok(file);
    const recipe = await recipeOf(file);
    assert.deepEqual([recipe?.prompt, recipe?.seed], ['a starfield', 2]);
  });

  it('refuses what cannot be honoured', async () => {
    await refused('bad-argument', 'vary', {});
    await refused('bad-argument', 'vary', inWorkspace('vary/photo.png'), { strength: 'wild' });
    await refused('not-an-image', 'vary', inWorkspace('site.css'), {});
  });
});

describe('easel.blend, offline', () => {
  before(() => configure({ engine: 'offline' }));
  after(() => unconfigure('engine'));

  it('needs a model, and two pictures', async () => {
    await refused('needs-model', 'blend', inWorkspace('photo.png'), [inWorkspace('photo.png'), inWorkspace('photo.jpg')], {});
    await refused('bad-argument', 'blend', inWorkspace('photo.png'), [inWorkspace('photo.png')], { prompt: 'x' });
  });
});
