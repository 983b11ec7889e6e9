import assert from 'node:assert/strict';
import sharp from 'sharp';
import { startImagesServer, type ImagesServer } from '../support/imagesServer/server';
import { bytesOf, configure, easel, inWorkspace, largestDifference, namesIn, one, pixelsOf, put, refused, remove, unconfigure } from './easel';

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320"><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#2b6cff"/><stop offset="1" stop-color="#9b2bff"/></linearGradient><rect x="40" y="70" width="200" height="200" rx="48" fill="url(#g)"/><path d="M90 230 L140 110 L190 230 Z" fill="#fff"/></svg>`;
/** Clear but for the logo's corner. */
const REGION = { x: 180, y: 20, width: 130, height: 110 };

describe('what a model answers', () => {
  let server: ImagesServer;
  before(async () => {
    server = await startImagesServer({ redraw: 'mild' });
    await configure({ engine: 'auto', 'openai.baseUrl': server.url, 'openai.quality': 'low' });
    await put('answered/photo.png', await bytesOf(inWorkspace('photo.png')));
    await put('answered/logo.png', await sharp(Buffer.from(LOGO)).png().toBuffer());
    await easel('setApiKey', { key: server.key });
  });
  beforeEach(() => server.reset());
  after(async () => {
    await easel('clearApiKey', {});
    await unconfigure('engine', 'openai.baseUrl', 'openai.quality', 'openai.model');
    await remove('answered');
    await server.close();
  });

  it('is refused in another ratio, with both sizes, and nothing is written', async () => {
    const before = await namesIn('answered');
    server.next({ drawn: { width: 512, height: 512 } });
    const { message } = await refused('does-not-fit', 'edit', inWorkspace('answered/photo.png'), { prompt: 'a red boat', region: { x: 300, y: 200, width: 160, height: 120 } });
    assert.match(message, /512x512 where \d+x\d+ was asked for/);
    assert.deepEqual(await namesIn('answered'), before);
  });

  it('leaves a clear background clear, whether the model draws transparency or not', async () => {
    const logo = inWorkspace('answered/logo.png');
    const before = await pixelsOf(logo);
    for (const model of ['gpt-image-2', undefined]) {
      await (model === undefined ? unconfigure('openai.model') : configure({ 'openai.model': model }));
      const after = await pixelsOf(one(await easel('edit', logo, { prompt: 'balloons', region: REGION })));
      const { fields } = server.to('edits').at(-1) ?? assert.fail('nothing was sent');
      assert.equal(fields['background'], model === undefined ? 'transparent' : undefined);
      assert.match(String(fields['prompt']), model === undefined ? /transparent ground/ : /plain \w+ ground/);
      assert.equal(largestDifference(after, before, 0, 0, (x, y) => x < REGION.x || y < REGION.y || x >= REGION.x + REGION.width || y >= REGION.y + REGION.height), 0);
      const alphas = Array.from({ length: REGION.width * REGION.height }, (_, i) => after.data[4 * ((REGION.y + Math.floor(i / REGION.width)) * 320 + REGION.x + (i % REGION.width)) + 3]);
      assert.ok(alphas.filter((alpha) => alpha === 0).length > alphas.length / 8, 'ground stays clear');
      assert.ok(alphas.filter((alpha) => alpha === 255).length > alphas.length / 8, 'something is drawn');
    }
  });
});
