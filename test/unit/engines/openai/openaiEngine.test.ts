import assert from 'node:assert/strict';
import type { ImageEngine } from '../../../../src/core/engine';
import { findModel } from '../../../../src/core/models';
import { checkKey, createOpenAIEngine } from '../../../../src/engines/openai/openaiEngine';
import { startImagesServer, type ImagesServer } from '../../../support/imagesServer/server';
import { context, engineFor, LEGAL, machine, MemoryLog, pixels, plain, rejectsWith, sizesOf, SMALL } from './support';

const MODEL = 'gpt-image-2.6-sunburst';
/** Where the size is not what is tested. */
const QUICK = { drawn: { width: 64, height: 64 } };

describe('OpenAI engine', () => {
  let server: ImagesServer;
  let old: ImagesServer;
  before(async () => {
    [server, old] = await Promise.all([startImagesServer(), startImagesServer({ profile: 'dall-e' })]);
  });
  after(() => Promise.all([server.close(), old.close()]));
  afterEach(() => {
    server.reset();
    old.reset();
  });

  describe('requests', () => {
    it('always names model, quality, size and count, and nothing that the API refuses', async () => {
      const steps: string[] = [];
      server.next(QUICK);
      const drawing = await engineFor(server, MODEL).generate(
        { prompt: '  a lighthouse ', extent: LEGAL, count: 2, seed: 1 },
        { ...context(), onProgress: ({ step }) => void steps.push(step) },
      );
      assert.deepEqual(server.requests[0]?.fields, { model: MODEL, prompt: 'a lighthouse', n: 2, size: '1024x640', quality: 'low' });
      assert.deepEqual(await sizesOf(drawing.images), ['64x64 png', '64x64 png']);
      assert.match(drawing.requestId ?? '', /^req_test_/);
      assert.deepEqual(drawing.usage, { textInput: 3, imageInput: 0, imageOutput: 2 * Math.round((196 * 640) / 1024) });
      assert.deepEqual(steps, ['sent', 'receiving']);
    });

    it('sends one picture as image, with its mask, and several as image[]', async () => {
      const engine = engineFor(server, MODEL);
      const [image, mask] = [await plain(512, 320), await plain(512, 320, 0)];
      server.next(QUICK);
      server.next(QUICK);
      await engine.edit?.({ prompt: 'a boat', images: [image], mask, extent: LEGAL, count: 1 }, context());
      await engine.edit?.({ prompt: 'a boat', images: [image, image], extent: LEGAL, count: 1 }, context());
      const sent = server.to('edits').map(({ files }) => files.map(({ field, name, type }) => `${field} ${name} ${type}`).sort());
      assert.deepEqual(sent, [
        ['image image-1.png image/png', 'mask mask.png image/png'],
        ['image[] image-1.png image/png', 'image[] image-2.png image/png'],
      ]);
      assert.deepEqual(server.requests[0]?.fields, { model: MODEL, prompt: 'a boat', n: 1, size: '1024x640', quality: 'low' });
      assert.deepEqual(Buffer.from(server.requests[0]?.files.find(({ field }) => field === 'mask')?.bytes ?? []), Buffer.from(mask.bytes));
    });

    it('asks the models of the old dialect for base64 and leaves quality out', async () => {
      await engineFor(old, 'dall-e-2').generate({ prompt: 'x', extent: SMALL, count: 1 }, context());
      assert.deepEqual(old.requests[0]?.fields, { model: 'dall-e-2', prompt: 'x', n: 1, size: '256x256', response_format: 'b64_json' });
    });

    it('sends the nearest quality that the model takes and that is no dearer', () => {
      const quality = (model: string, wish: 'medium' | 'max' | 'auto' | undefined): string | undefined => engineFor(server, model, { quality: wish }).quality;
      assert.equal(quality('gpt-image-2', 'max'), 'high');
      assert.equal(quality('dall-e-3', 'medium'), 'standard');
      assert.equal(quality('dall-e-2', 'medium'), undefined);
      assert.equal(quality(MODEL, undefined), 'medium');
      assert.equal(quality(MODEL, 'auto'), 'auto');
    });

    it('refuses before anything is sent', async () => {
      const engine = engineFor(server, MODEL);
      const image = await plain(64, 64);
      const edit = { prompt: 'x', images: [image], extent: LEGAL, count: 1 };
      await rejectsWith(engine.generate({ prompt: ' \n', extent: LEGAL, count: 1 }, context()), 'empty-prompt');
      await rejectsWith(engine.generate({ prompt: 'x'.repeat(40_000), extent: LEGAL, count: 1 }, context()), 'prompt-too-long');
      await rejectsWith(engine.generate({ prompt: 'x', extent: { width: 1000, height: 1000 }, count: 1 }, context()), 'bad-argument');
      await rejectsWith(engine.generate({ prompt: 'x', extent: LEGAL, count: 0 }, context()), 'bad-argument');
      await rejectsWith(Promise.resolve(engine.edit?.({ ...edit, images: [] }, context())), 'bad-argument');
      await rejectsWith(Promise.resolve(engine.edit?.({ ...edit, images: Array.from({ length: 17 }, () => image) }, context())), 'bad-argument');
      await rejectsWith(Promise.resolve(engine.edit?.({ ...edit, images: [{ ...image, format: 'gif' }] }, context())), 'bad-argument');
      await rejectsWith(Promise.resolve(engine.edit?.({ ...edit, mask: { bytes: new Uint8Array(4 * 1024 * 1024), format: 'png' } }, context())), 'too-large');
      await rejectsWith(engine.generate({ prompt: 'x', extent: LEGAL, count: 1 }, context(AbortSignal.abort())), 'cancelled');
      assert.equal(server.requests.length, 0);
    });

    it('offers variations only where the server is known to have the route', async () => {
      assert.equal(engineFor(server, MODEL).variation, undefined);
      const lemonade = await startImagesServer({ profile: 'lemonade' });
      try {
        const engine = engineFor(lemonade, 'SD-Turbo', { apiKey: '' });
        lemonade.next(QUICK);
        assert.equal(engine.model.maxCount, 1);
        const drawing = await engine.variation?.({ image: await plain(64, 64), extent: SMALL, count: 1 }, context());
        assert.equal(drawing?.images.length, 1);
        assert.deepEqual(lemonade.to('variations').map(({ fields }) => fields['n']), [1]);
      } finally {
        await lemonade.close();
      }
    });

    it('draws tiles on a server that reads the mask by its brightness', async () => {
      const sd = await startImagesServer({ profile: 'sd-server' });
      try {
        const engine = engineFor(sd, 'sd-cpp-local', { apiKey: '' });
        assert.equal(engine.paid, true);
        sd.next(QUICK);
        const drawing = await engine.edit?.({ prompt: 'x', images: [await plain(64, 64)], mask: await plain(64, 64), extent: SMALL, count: 1 }, context());
        assert.deepEqual(await sizesOf(drawing?.images ?? []), ['64x64 png']);
        assert.equal(drawing?.usage, undefined);
        assert.equal(sd.requests[0]?.headers.authorization, 'Bearer none');
      } finally {
        await sd.close();
      }
    });
  });

  it('drops a parameter that is refused by name, once, and remembers it for that server', async () => {
    const strict = await startImagesServer();
    try {
      // Not in the catalogue, so that the engine takes it for the old dialect's.
      const engine = createOpenAIEngine({ baseUrl: strict.url, apiKey: strict.key, model: { ...findModel('gpt-image-2'), asksForBase64: true }, quality: 'low', ...machine, log: new MemoryLog(), pixels });
      const call = { prompt: 'x', extent: LEGAL, count: 1 };
      // Two of them for the requests that are refused.
      for (let i = 0; i < 5; i++) strict.next(QUICK);
      await Promise.all([engine.generate(call, context()), engine.generate(call, context())]);
      await engine.generate(call, context());
      const seen = strict.requests.map(({ fields, status }) => `${fields['response_format'] === undefined ? 'without' : 'with'} ${status}`);
      assert.deepEqual([seen.length, seen.filter((line) => line === 'with 400').length, seen.at(-1)], [5, 2, 'without 200']);
    } finally {
      await strict.close();
    }
  });

  it('never drops what says what is drawn, kept or paid', async () => {
    for (const param of ['size', 'n', 'quality', 'model', 'prompt']) {
      server.next({ error: { status: 400, code: 'unknown_parameter', param, message: 'Unknown parameter.' } });
      await rejectsWith(engineFor(server, MODEL).generate({ prompt: 'x', extent: LEGAL, count: 1 }, context()), 'bad-argument');
    }
    const [image, mask] = [await plain(64, 64), await plain(64, 64, 0)];
    for (const param of ['mask', 'image', 'image[]', 'background']) {
      server.next({ error: { status: 400, code: 'unknown_parameter', param, message: 'Unknown parameter.' } });
      await rejectsWith(Promise.resolve(engineFor(server, MODEL).edit?.({ prompt: 'x', images: [image], mask, extent: LEGAL, count: 1, transparent: true }, context())), 'bad-argument');
    }
    assert.equal(server.requests.length, 9);
  });

  describe('the list of models', () => {
    const list = (body: unknown): void => server.next({ raw: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } }, 'models');
    const ask = (signal = new AbortController().signal): ReturnType<NonNullable<ImageEngine['models']>> => engineFor(server, MODEL).models?.(signal) ?? assert.fail('It has none.');

    it('is what the server has, with the day that a model ends', async () => {
      const served = await ask();
      assert.deepEqual(served?.find(({ id }) => id === 'gpt-image-1.5'), { id: 'gpt-image-1.5', endsOn: '2026-12-01' });
      assert.deepEqual(served?.find(({ id }) => id === MODEL), { id: MODEL });
      list({ data: [{ id: 'a', shutdown_date: '2027-01-31T00:00:00Z' }, { id: 'b', shutdown_date: 'soon' }, { id: 7 }, 'c', null] });
      assert.deepEqual(await ask(), [{ id: 'a', endsOn: '2027-01-31' }, { id: 'b' }]);
    });

    it('is no failure where there is none', async () => {
      server.next({ error: { status: 404, message: '', form: 'empty' } }, 'models');
      assert.equal(await ask(), undefined);
      server.next({ raw: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' } }, 'models');
      assert.equal(await ask(), undefined);
      list({ data: 'none' });
      assert.equal(await ask(), undefined);
      await rejectsWith(ask(AbortSignal.abort()), 'cancelled');
    });
  });

  describe('the key', () => {
    it('is checked by the list of models', async () => {
      const check = (apiKey: string, baseUrl = server.url): Promise<string> => checkKey({ baseUrl, apiKey, ...machine });
      assert.equal(await check(server.key), 'accepted');
      assert.equal(await check('sk-wrong-key-000'), 'refused');
      server.next({ error: { status: 403, message: 'No.' } }, 'models');
      assert.equal(await check(server.key), 'refused');
      assert.equal(await check(server.key, `${server.origin}/nowhere`), 'unknown');
      assert.equal(await check(server.key, 'http://127.0.0.1:1/v1'), 'unknown');
      server.next({ raw: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' } }, 'models');
      assert.equal(await check(server.key), 'unknown');
      server.next({ error: { status: 302, message: '', headers: { location: `${old.url}/models` } } }, 'models');
      assert.equal(await check(server.key), 'unknown');
      assert.equal(old.requests.length, 0);
    });

    it('is needed everywhere but on this machine', () => {
      const make = (baseUrl: string): unknown => createOpenAIEngine({ baseUrl, apiKey: '', model: findModel(MODEL), quality: 'low', ...machine, log: new MemoryLog(), pixels });
      assert.throws(() => make('https://api.openai.com/v1'), { reason: 'no-key' });
      assert.doesNotThrow(() => make('http://localhost:8080/v1'));
    });

    it('is refused where no header could carry it', () => {
      for (const apiKey of ['sk-ключ', 'sk-a\nX-Leak: 1', 'sk a']) assert.throws(() => engineFor(server, MODEL, { apiKey }), { reason: 'key-refused' });
    });
  });
});
