import assert from 'node:assert/strict';
import { sha256 } from '../../src/core/hash';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { bytesOf, configure, easel, inWorkspace, one, pixelsOf, put, recipeOf, refused, remove, unconfigure, type Pixels } from './easel';

describe('easel.darkTwin', () => {
  let server: ImagesServer;
  before(async () => {
    server = await startImagesServer({ redraw: 'brief' });
  });
  beforeEach(async () => void (await put('twin/photo.png', await bytesOf(inWorkspace('photo.png')))));
  afterEach(() => remove('twin'));
  after(async () => {
    await easel('clearApiKey', {});
    await unconfigure('engine', 'openai.baseUrl', 'openai.quality');
    await server.close();
  });

  it('offline turns lightness upside down, beside the picture, numbered', async () => {
    await configure({ engine: 'offline' });
    const photo = inWorkspace('twin/photo.png');
    const [first, second] = [one(await easel('darkTwin', photo, {})), one(await easel('darkTwin', { uri: 'twin/photo.png' }))];
    assert.deepEqual([first.path, second.path], [inWorkspace('twin/photo-dark.png').path, inWorkspace('twin/photo-dark-2.png').path]);
    const [light, dark] = [await pixelsOf(photo), await pixelsOf(first)];
    const brightness = (pixels: Pixels, at: number): number => (pixels.data[at] ?? 0) + (pixels.data[at + 1] ?? 0) + (pixels.data[at + 2] ?? 0);
    let [darkest, brightest] = [0, 0];
    for (let at = 0; at < light.data.length; at += 4) {
      if (brightness(light, at) < brightness(light, darkest)) darkest = at;
      if (brightness(light, at) > brightness(light, brightest)) brightest = at;
    }
    assert.ok(brightness(dark, darkest) > brightness(dark, brightest) + 200);
    const recipe = await recipeOf(first);
    assert.equal(recipe?.operation, 'dark-twin');
    assert.equal(recipe.parent, await sha256(await bytesOf(photo)));
    await refused('bad-argument', 'darkTwin', {});
    await refused('not-an-image', 'darkTwin', inWorkspace('README.md'), {});
  });

  it('asks a model for it, with its own words and the person’s', async () => {
    await configure({ engine: 'auto', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
    await easel('setApiKey', { key: server.key });
    const file = one(await easel('darkTwin', inWorkspace('twin/photo.png'), { prompt: 'with a moon' }));
    const [request, ...others] = server.to('edits');
    assert.equal(others.length, 0);
    assert.match(String(request?.fields['prompt']), /dark page[^]*with a moon/);
    assert.deepEqual(request?.files.map(({ field }) => field), ['image']);
    const { width, height } = await pixelsOf(file);
    assert.deepEqual([width, height], [768, 512]);
    assert.equal((await recipeOf(file))?.prompt, 'with a moon');
  });
});
