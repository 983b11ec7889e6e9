import assert from 'node:assert/strict';
import sharp from 'sharp';
import { sha256 } from '../../src/core/hash';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { bytesOf, configure, easel, inWorkspace, one, pixelsOf, put, recipeOf, refused, remove, unconfigure } from './easel';

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

  it('offline dims a photograph, beside the picture, numbered', async () => {
    await configure({ engine: 'offline' });
    const photo = inWorkspace('twin/photo.png');
    const [first, second] = [one(await easel('darkTwin', photo, {})), one(await easel('darkTwin', { uri: 'twin/photo.png' }))];
    assert.deepEqual([first.path, second.path], [inWorkspace('twin/photo-dark.png').path, inWorkspace('twin/photo-dark-2.png').path]);
    const [light, dark] = [await pixelsOf(photo), await pixelsOf(first)];
    let brightest = 0;
    for (let at = 0; at < light.data.length; at += 4) if ((light.data[at] ?? 0) > (light.data[brightest] ?? 0)) brightest = at;
    assert.ok((dark.data[brightest] ?? 0) < (light.data[brightest] ?? 0) - 50);
    assert.ok(light.data.every((value, index) => (dark.data[index] ?? 256) <= value + 1));
    const recipe = await recipeOf(first);
    assert.equal(recipe?.operation, 'dark-twin');
    assert.equal(recipe.parent, await sha256(await bytesOf(photo)));
    await refused('bad-argument', 'darkTwin', {});
    await refused('not-an-image', 'darkTwin', inWorkspace('README.md'), {});
  });

  it('offline turns a drawing’s lightness upside down', async () => {
    await configure({ engine: 'offline' });
    const bar = { create: { width: 20, height: 30, channels: 3, background: '#203040' } } as const;
    const chart = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'white' } }).composite([{ input: bar, left: 10, top: 10 }]).png().toBuffer();
    const dark = await pixelsOf(one(await easel('darkTwin', await put('twin/chart.png', chart), {})));
    const red = (x: number, y: number): number => dark.data[(y * 64 + x) * 4] ?? 0;
    assert.ok(red(2, 2) < 40 && red(15, 15) > 120, `${red(2, 2)} ${red(15, 15)}`);
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
