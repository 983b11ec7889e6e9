import assert from 'node:assert/strict';
import { findModel } from '../../../../src/core/models';
import { createOpenAIEngine } from '../../../../src/engines/openai/openaiEngine';
import { findProfile, SERVER_IDS, type ServerId } from '../../../../src/engines/openai/profiles';
import type { ImageEngine } from '../../../../src/core/engine';
import type { GenerateRequest, ImageRequest } from '../../../../src/core/request';
import { inspectImage } from '../../../../src/pixels/codec/inspect';
import { planJob, runJob } from '../../../../src/jobs/run';
import { sha256 } from '../../../../src/core/hash';
import { inProcessPixels } from '../../../support/inProcessPixels';
import { jobBench, plainPng } from '../../../support/jobBench';
import { startImagesServer, type ImagesServer } from '../../../support/imagesServer/server';
import { machine, MemoryLog } from './support';

type Verb = 'generate' | 'edit' | 'vary' | 'widen' | 'blend';

/** What a verb ends in: a route that is asked and draws, or words before anything is sent. */
type Outcome = string;
const REFUSED = 'unsupported';
const GENERATIONS = '/images/generations';
const EDITS = '/images/edits';
/** Where the size is not what is tested. */
const QUICK = { drawn: { width: 64, height: 64 } };

const SERVERS: Record<ServerId, { readonly model: string } & Record<Verb, Outcome>> = {
  openai: { model: 'gpt-image-2.6-sunburst', generate: GENERATIONS, edit: EDITS, vary: EDITS, widen: EDITS, blend: EDITS },
  azure: { model: 'gpt-image-2', generate: GENERATIONS, edit: EDITS, vary: EDITS, widen: EDITS, blend: EDITS },
  'sd-server': { model: 'sd-cpp-local', generate: GENERATIONS, edit: EDITS, vary: EDITS, widen: EDITS, blend: EDITS },
  lemonade: { model: 'SD-Turbo', generate: GENERATIONS, edit: EDITS, vary: '/images/variations', widen: EDITS, blend: EDITS },
  localai: { model: 'stablediffusion', generate: GENERATIONS, edit: '/images/inpainting', vary: REFUSED, widen: '/images/inpainting', blend: REFUSED },
  'vllm-omni': { model: 'Qwen/Qwen-Image-Edit', generate: GENERATIONS, edit: EDITS, vary: EDITS, widen: EDITS, blend: EDITS },
  sglang: { model: 'Qwen/Qwen-Image', generate: GENERATIONS, edit: REFUSED, vary: EDITS, widen: REFUSED, blend: EDITS },
  xai: { model: 'grok-imagine-image', generate: GENERATIONS, edit: REFUSED, vary: EDITS, widen: REFUSED, blend: REFUSED },
  together: { model: 'black-forest-labs/FLUX.1-kontext', generate: GENERATIONS, edit: REFUSED, vary: GENERATIONS, widen: REFUSED, blend: REFUSED },
  openrouter: { model: 'bytedance-seed/seedream-4.5', generate: '/images', edit: REFUSED, vary: '/images', widen: REFUSED, blend: '/images' },
  gemini: { model: 'gemini-3-pro-image', generate: GENERATIONS, edit: REFUSED, vary: REFUSED, widen: REFUSED, blend: REFUSED },
  // Any other server is taken to have the whole dialect; the model takes one picture.
  other: { model: 'dall-e-2', generate: GENERATIONS, edit: EDITS, vary: EDITS, widen: EDITS, blend: REFUSED },
};

describe('servers of the dialect', () => {
  const pixels = inProcessPixels();
  after(() => pixels.dispose());
  let png: Uint8Array;
  before(async () => void (png = await plainPng(pixels, { width: 200, height: 200 })));

  async function requestFor(verb: Verb): Promise<ImageRequest> {
    const common = { seed: 1, embedRecipe: false, count: 1, output: { kind: 'new', folder: 'memory:/w', stem: verb } } as const;
    const source = { uri: 'memory:/w/a.png', bytes: png, hash: await sha256(png) };
    switch (verb) {
      case 'generate':
        return generation(1);
      case 'blend':
        return { ...common, operation: 'blend', prompt: '', sources: [source, source] };
      case 'edit':
        return { ...common, operation: 'inpaint', prompt: 'a boat', source, region: { kind: 'bounds', bounds: { x: 60, y: 60, width: 80, height: 80 } }, mode: 'exact' };
      case 'vary':
        return { ...common, operation: 'variation', prompt: '', source, strength: 'subtle' };
      case 'widen':
        return { ...common, operation: 'outpaint', prompt: '', source, target: { kind: 'extent', extent: { width: 300, height: 200 } }, anchor: { x: 0.5, y: 0.5 }, mode: 'exact' };
    }
  }

  function generation(count: number): GenerateRequest {
    return { operation: 'generate', prompt: 'a lake', extent: { width: 256, height: 256 }, format: 'png', seed: 1, embedRecipe: false, count, output: { kind: 'new', folder: 'memory:/w', stem: 'generate' } };
  }

  function engineOf(id: ServerId, server: ImagesServer): ImageEngine {
    return createOpenAIEngine({ baseUrl: server.url, apiKey: server.key, server: id, model: findModel(SERVERS[id].model), quality: 'low', ...machine, log: new MemoryLog(), pixels });
  }

  function play(id: ServerId): Promise<ImagesServer> {
    return startImagesServer({ profile: id === 'other' ? 'dall-e' : id, redraw: 'mild' });
  }

  it('have every verb in the table', () => assert.deepEqual(Object.keys(SERVERS), [...SERVER_IDS]));

  for (const id of SERVER_IDS) {
    const { model: _, ...verbs } = SERVERS[id];
    it(`${id} passes each verb, or refuses with words before anything is sent`, async () => {
      const server = await play(id);
      try {
        const base = new URL(server.url).pathname;
        for (const [verb, outcome] of Object.entries(verbs) as [Verb, Outcome][]) {
          server.reset();
          const engine = engineOf(id, server);
          const bench = jobBench(pixels);
          const context = bench.context(engine, { budget: { monthlyUsd: 20, perCallUsd: undefined, allowUnknown: true } });
          const request = await requestFor(verb);
          if (outcome === REFUSED) {
            for (const act of [planJob, runJob]) await assert.rejects(act(request, context), { reason: REFUSED, message: /\S+ (draws from words alone|does not draw by a mask|takes 1 picture\(s\) at most)/ });
            assert.equal(server.requests.length, 0, verb);
            continue;
          }
          const { files } = await runJob(request, context).catch((error: unknown) => assert.fail(`${verb}: ${String(error)}`));
          assert.equal(files.length, 1, verb);
          const asked = server.requests.filter(({ route }) => route !== 'pictures').map(({ path, status }) => `${path} ${status}`);
          assert.deepEqual([...new Set(asked)], [`${base}${outcome} 200`], verb);
        }
      } finally {
        await server.close();
      }
    });
  }

  for (const id of SERVER_IDS) {
    it(`${id} is taken at what it sends, not at what was asked for`, async () => {
      const server = await play(id);
      try {
        const engine = engineOf(id, server);
        const bench = jobBench(pixels);
        const context = bench.context(engine, { budget: { monthlyUsd: 20, perCallUsd: undefined, allowUnknown: true } });
        const drawn = (): number => server.requests.filter(({ route }) => route !== 'pictures').length;

        // It ignores n: three requests for three pictures.
        for (let request = 0; request < 3; request += 1) server.next({ ...QUICK, count: 1, usage: false });
        assert.equal((await runJob(generation(3), context)).files.length, 3);
        assert.equal(drawn(), 3);

        // It sends another format, and another size.
        for (const format of ['jpeg', 'webp'] as const) {
          server.next({ drawn: { width: 96, height: 48 }, format });
          const { files } = await runJob(generation(1), context);
          const { extent, format: written } = inspectImage(await bench.files.read(files[0] ?? ''));
          assert.deepEqual([extent, written], [{ width: 256, height: 256 }, 'png']);
        }

        // It sends what could run.
        server.next({ ...QUICK, format: 'svg' });
        await assert.rejects(runJob(generation(1), context), { reason: 'bad-answer', message: /SVG/ });
        assert.deepEqual((await context.outbox.unsaved()).map(({ extension }) => extension), ['svg.txt']);
      } finally {
        await server.close();
      }
    });
  }

  for (const answer of ['b64', 'base64', 'url', 'relative-url', 'data-url'] as const) {
    it(`may send a picture as ${answer}, whatever it was asked for`, async () => {
      const server = await play('other');
      try {
        server.next({ ...QUICK, answer });
        const bench = jobBench(pixels);
        const { files } = await runJob(generation(1), bench.context(engineOf('other', server), { budget: { monthlyUsd: 20, perCallUsd: undefined, allowUnknown: true } }));
        assert.equal(files.length, 1);
      } finally {
        await server.close();
      }
    });
  }

  it('draw sizes that every model has, where the name is one of their own', () => {
    const sizes = (id: ServerId, model: string): readonly unknown[] => {
      const { model: taken } = createOpenAIEngine({ baseUrl: 'https://example.org/v1', apiKey: 'sk-x', server: id, model: findModel(model), quality: 'low', ...machine, log: new MemoryLog(), pixels });
      return taken.sizes.kind === 'list' ? taken.sizes.extents.map(({ width, height }) => `${width}x${height}`) : [taken.sizes.kind];
    };
    for (const id of ['azure', 'openai'] as const) assert.deepEqual(sizes(id, 'our-deployment'), ['1024x1024', '1536x1024', '1024x1536']);
    assert.deepEqual(sizes('azure', 'gpt-image-2'), ['free']);
    assert.deepEqual(sizes('other', 'our-model'), ['256x256', '512x512', '1024x1024']);
  });

  it('are told by address, by model, or by name', () => {
    const id = (url: string, model = 'some-model', named?: ServerId): string => findProfile(new URL(url), model, named).id;
    assert.equal(id('https://api.openai.com/v1'), 'openai');
    assert.equal(id('https://eu.api.openai.com/v1'), 'openai');
    assert.equal(id('https://api.openai.com.evil.example/v1'), 'other');
    assert.equal(id('https://me.openai.azure.com/openai/v1/'), 'azure');
    assert.equal(id('http://localhost:8000/api/v1'), 'lemonade');
    assert.equal(id('https://example.org/api/v1'), 'other');
    assert.equal(id('http://127.0.0.1:1234/v1', 'sd-cpp-local'), 'sd-server');
    assert.equal(id('https://api.x.ai/v1'), 'xai');
    assert.equal(id('https://api.together.xyz/v1'), 'together');
    assert.equal(id('https://openrouter.ai/api/v1'), 'openrouter');
    assert.equal(id('https://generativelanguage.googleapis.com/v1beta/openai'), 'gemini');
    assert.equal(id('http://127.0.0.1:8000/v1', 'Qwen/Qwen-Image', 'vllm-omni'), 'vllm-omni');
    assert.equal(id('https://api.openai.com/v1', 'gpt-image-2', 'other'), 'other');
  });
});
