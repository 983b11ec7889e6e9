import assert from 'node:assert/strict';
import { findModel } from '../../../../src/core/models';
import { createOpenAIEngine } from '../../../../src/engines/openai/openaiEngine';
import { findProfile, SERVER_IDS, type ServerId } from '../../../../src/engines/openai/profiles';
import type { ImageRequest } from '../../../../src/core/request';
import { planJob, runJob } from '../../../../src/jobs/run';
import { sha256 } from '../../../../src/core/hash';
import { inProcessPixels } from '../../../support/inProcessPixels';
import { jobBench, plainPng } from '../../../support/jobBench';
import { startImagesServer } from '../../../support/imagesServer/server';
import { machine, MemoryLog } from './support';

type Verb = 'generate' | 'edit' | 'vary' | 'widen';

/** What a verb ends in: a route that is asked and draws, or words before anything is sent. */
type Outcome = string;
const REFUSED = 'unsupported';
const EDITS = '/images/edits';

const SERVERS: Record<ServerId, { readonly model: string } & Record<Verb, Outcome>> = {
  openai: { model: 'gpt-image-2.6-sunburst', generate: '/images/generations', edit: EDITS, vary: EDITS, widen: EDITS },
  azure: { model: 'gpt-image-2', generate: '/images/generations', edit: EDITS, vary: EDITS, widen: EDITS },
  'sd-server': { model: 'sd-cpp-local', generate: '/images/generations', edit: EDITS, vary: EDITS, widen: EDITS },
  lemonade: { model: 'SD-Turbo', generate: '/images/generations', edit: EDITS, vary: '/images/variations', widen: EDITS },
  localai: { model: 'stablediffusion', generate: '/images/generations', edit: '/images/inpainting', vary: REFUSED, widen: '/images/inpainting' },
  'vllm-omni': { model: 'Qwen/Qwen-Image-Edit', generate: '/images/generations', edit: EDITS, vary: EDITS, widen: EDITS },
  sglang: { model: 'Qwen/Qwen-Image', generate: '/images/generations', edit: REFUSED, vary: EDITS, widen: REFUSED },
  xai: { model: 'grok-imagine-image', generate: '/images/generations', edit: REFUSED, vary: EDITS, widen: REFUSED },
  together: { model: 'black-forest-labs/FLUX.1-kontext', generate: '/images/generations', edit: REFUSED, vary: '/images/generations', widen: REFUSED },
  openrouter: { model: 'bytedance-seed/seedream-4.5', generate: '/images', edit: REFUSED, vary: '/images', widen: REFUSED },
  gemini: { model: 'gemini-3-pro-image', generate: '/images/generations', edit: REFUSED, vary: REFUSED, widen: REFUSED },
  // Any other server is taken to have the whole dialect.
  other: { model: 'dall-e-2', generate: '/images/generations', edit: EDITS, vary: EDITS, widen: EDITS },
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
        return { ...common, operation: 'generate', prompt: 'a lake', extent: { width: 256, height: 256 }, format: 'png' };
      case 'edit':
        return { ...common, operation: 'inpaint', prompt: 'a boat', source, region: { kind: 'bounds', bounds: { x: 60, y: 60, width: 80, height: 80 } }, mode: 'exact' };
      case 'vary':
        return { ...common, operation: 'variation', prompt: '', source, strength: 'subtle' };
      case 'widen':
        return { ...common, operation: 'outpaint', prompt: '', source, target: { kind: 'extent', extent: { width: 300, height: 200 } }, anchor: { x: 0.5, y: 0.5 }, mode: 'exact' };
    }
  }

  it('have every verb in the table', () => assert.deepEqual(Object.keys(SERVERS), [...SERVER_IDS]));

  for (const id of SERVER_IDS) {
    const { model, ...verbs } = SERVERS[id];
    it(`${id} passes each verb, or refuses with words before anything is sent`, async () => {
      const server = await startImagesServer({ profile: id === 'other' ? 'dall-e' : id, redraw: 'mild' });
      try {
        const base = new URL(server.url).pathname;
        for (const [verb, outcome] of Object.entries(verbs) as [Verb, Outcome][]) {
          server.reset();
          const engine = createOpenAIEngine({ baseUrl: server.url, apiKey: server.key, server: id, model: findModel(model), quality: 'low', ...machine, log: new MemoryLog(), pixels });
          const bench = jobBench(pixels);
          const context = bench.context(engine, { budget: { monthlyUsd: 20, perCallUsd: undefined, allowUnknown: true } });
          const request = await requestFor(verb);
          if (outcome === REFUSED) {
            for (const act of [planJob, runJob]) await assert.rejects(act(request, context), { reason: REFUSED, message: /\w+ (draws from words alone|does not draw by a mask)/ });
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
