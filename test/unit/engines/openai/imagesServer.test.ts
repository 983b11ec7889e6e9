import assert from 'node:assert/strict';
import sharp from 'sharp';
import { drawScene, encode } from '../../../support/imagesServer/draw';
import { startImagesServer, type ImagesServer } from '../../../support/imagesServer/server';
import type { ProfileName } from '../../../support/imagesServer/profiles';

const MODEL = 'gpt-image-2.6-sunburst';
const GENERATE = { model: MODEL, prompt: 'misty mountains', size: '1024x640', quality: 'low', n: 1 };

interface Answer {
  readonly status: number;
  readonly json: { error?: { code: string | null; param: string | null; message: string }; data?: { b64_json?: string; url?: string }[]; usage?: { output_tokens: number } };
}

describe('images server', () => {
  let server: ImagesServer;
  before(async () => void (server = await startImagesServer()));
  after(() => server.close());
  afterEach(() => server.reset());

  const headers = (): Record<string, string> => ({ authorization: `Bearer ${server.key}` });

  async function generate(body: Record<string, unknown>): Promise<Answer> {
    const response = await fetch(`${server.url}/images/generations`, {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Answer['json'] };
  }

  async function edit(fields: Record<string, string>, files: [field: string, bytes: Uint8Array, type?: string][]): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const [field, bytes, type] of files) form.append(field, new File([new Uint8Array(bytes)], 'image.png', { type: type ?? 'image/png' }));
    const response = await fetch(`${server.url}/images/edits`, { method: 'POST', headers: headers(), body: form });
    return { status: response.status, json: (await response.json()) as Answer['json'] };
  }

  const refusals: [name: string, change: Record<string, unknown>, code: string | null, param: string | null, status?: number][] = [
    ['no model', { model: undefined }, 'missing_required_parameter', 'model'],
    ['a model that is gone', { model: 'gpt-image-1' }, 'model_not_found', null, 404],
    ['response_format', { response_format: 'b64_json' }, 'unknown_parameter', 'response_format'],
    ['style', { style: 'vivid' }, 'unknown_parameter', 'style'],
    ['a mask', { mask: 'x' }, 'unknown_parameter', 'mask'],
    ['input_fidelity', { input_fidelity: 'high' }, 'unknown_parameter', 'input_fidelity'],
    ['an empty prompt', { prompt: '' }, 'empty_string', 'prompt'],
    ['a long prompt', { prompt: 'x'.repeat(32_001) }, 'string_above_max_length', 'prompt'],
    ['n of 11', { n: 11 }, 'integer_above_max_value', 'n'],
    ['n of 0', { n: 0 }, 'integer_below_min_value', 'n'],
    ['a size off the grid', { size: '1000x1000' }, 'invalid_value', 'size'],
    ['a size too small', { size: '256x256' }, 'invalid_value', 'size'],
    ['a size too long', { size: '3600x1184' }, 'invalid_value', 'size'],
    ['a size unknown to an older model', { model: 'gpt-image-1.5', size: '1024x640' }, 'invalid_value', 'size'],
    ['a quality of a newer model', { model: 'gpt-image-2', quality: 'max' }, 'invalid_value', 'quality'],
    ['an unknown output format', { output_format: 'tiff' }, 'invalid_value', 'output_format'],
  ];
  for (const [name, change, code, param, status] of refusals) {
    it(`refuses ${name}`, async () => {
      const answer = await generate({ ...GENERATE, ...change });
      assert.deepEqual([answer.status, answer.json.error?.code, answer.json.error?.param], [status ?? 400, code, param]);
    });
  }

  it('draws the asked size, the same each time, and counts tokens', async () => {
    const [first, second] = [await generate({ ...GENERATE, n: 2 }), await generate({ ...GENERATE, quality: 'high' })];
    const pictures = (first.json.data ?? []).map((entry) => Buffer.from(entry.b64_json ?? '', 'base64'));
    const { width, height, format } = await sharp(pictures[0]).metadata();
    assert.deepEqual([width, height, format], [1024, 640, 'png']);
    assert.equal(pictures.length, 2);
    assert.notDeepEqual(pictures[0], pictures[1]);
    assert.equal(first.json.data?.[0]?.b64_json, second.json.data?.[0]?.b64_json);
    assert.equal(first.json.usage?.output_tokens, 2 * Math.round((196 * 640) / 1024));
  });

  it('refuses a wrong key, and the variations route by a bare 404', async () => {
    const refused = await fetch(`${server.url}/models`, { headers: { authorization: 'Bearer nobody' } });
    assert.equal(refused.status, 401);
    const bare = await fetch(`${server.url}/images/variations`, { method: 'POST', headers: headers() });
    assert.deepEqual([bare.status, await bare.text()], [404, '']);
    assert.match(bare.headers.get('x-request-id') ?? '', /^req_test_/);
  });

  it('names the day on which a model stops', async () => {
    const list = (await (await fetch(`${server.url}/models`, { headers: headers() })).json()) as { data: { id: string; shutdown_date?: string }[] };
    assert.equal(list.data.find((model) => model.id === 'gpt-image-1.5')?.shutdown_date, '2026-12-01');
  });

  it('streams partials and the finished picture', async () => {
    server.next({ drawn: { width: 64, height: 64 } });
    const response = await fetch(`${server.url}/images/generations`, {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ ...GENERATE, stream: true, partial_images: 2 }),
    });
    const events = (await response.text()).split('\n\n').flatMap((block) => /^event: (.+)$/m.exec(block)?.[1] ?? []);
    assert.deepEqual(events, ['image_generation.partial_image', 'image_generation.partial_image', 'image_generation.completed']);
  });

  describe('edits', () => {
    const fields = { model: MODEL, prompt: 'a lake', size: '1024x640', quality: 'low' };
    let picture: Buffer;
    let mask: Buffer;
    before(async () => {
      picture = await encode(drawScene({ width: 256, height: 256 }, 7), 'png');
      const pixels = Buffer.alloc(256 * 256 * 4);
      for (let i = 0; i < 256 * 256; i++) pixels.fill(i % 256 >= 160 ? Buffer.of(255, 255, 255, 0) : Buffer.of(0, 0, 0, 255), i * 4, i * 4 + 4);
      mask = await sharp(pixels, { raw: { width: 256, height: 256, channels: 4 } }).png().toBuffer();
    });

    it('draws all of it again, kept or not', async () => {
      const old = await startImagesServer({ profile: 'dall-e' });
      try {
        const form = new FormData();
        for (const [name, value] of Object.entries({ model: 'dall-e-2', prompt: 'a lake', size: '256x256', response_format: 'b64_json' })) form.append(name, value);
        for (const [name, bytes] of Object.entries({ image: picture, mask })) form.append(name, new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
        const response = await fetch(`${old.url}/images/edits`, { method: 'POST', headers: { authorization: `Bearer ${old.key}` }, body: form });
        const answer = (await response.json()) as Answer['json'];
        const before = await sharp(picture).removeAlpha().raw().toBuffer();
        const after = await sharp(Buffer.from(answer.data?.[0]?.b64_json ?? '', 'base64')).removeAlpha().raw().toBuffer();
        const difference = (from: number, to: number): number => {
          let sum = 0;
          for (let y = 0; y < 256; y++) for (let i = (y * 256 + from) * 3; i < (y * 256 + to) * 3; i++) sum += Math.abs((before[i] ?? 0) - (after[i] ?? 0));
          return sum / (256 * (to - from) * 3);
        };
        const kept = difference(0, 150);
        assert.ok(kept > 0.5 && kept < 30, `kept area changed by ${kept}`);
        assert.ok(difference(170, 256) > 1.2 * kept);
      } finally {
        await old.close();
      }
    });

    const wrong: [name: string, files: () => Promise<[string, Uint8Array, string?][]>, code: string, param: string][] = [
      ['no image', async () => [], 'missing_required_parameter', 'image'],
      ['two files called image', async () => [['image', picture], ['image', picture]], 'duplicate_parameter', 'image'],
      ['17 images', async () => Array.from({ length: 17 }, () => ['image[]', picture]), 'array_above_max_length', 'image'],
      ['a file without a type', async () => [['image', picture, 'application/octet-stream']], 'unsupported_file_mimetype', 'image'],
      ['a picture of another type than said', async () => [['image', picture, 'image/webp']], 'invalid_image_file', 'image'],
      ['a mask without alpha', async () => [['image', picture], ['mask', await sharp(mask).removeAlpha().png().toBuffer()]], 'invalid_image_file', 'mask'],
      ['a mask of another size', async () => [['image', picture], ['mask', await sharp(mask).resize(200).png().toBuffer()]], 'invalid_image_file', 'mask'],
    ];
    for (const [name, files, code, param] of wrong) {
      it(`refuses ${name}`, async () => {
        const answer = await edit(fields, await files());
        assert.deepEqual([answer.status, answer.json.error?.code, answer.json.error?.param], [400, code, param]);
      });
    }
    it('refuses response_format and records what came', async () => {
      const answer = await edit({ ...fields, response_format: 'url' }, [['image[]', picture], ['image[]', picture]]);
      assert.equal(answer.json.error?.param, 'response_format');
      assert.deepEqual(server.to('edits').map(({ files }) => files.map(({ field, width, format }) => [field, width, format])), [
        [['image[]', 256, 'png'], ['image[]', 256, 'png']],
      ]);
    });
  });

  const played: [ProfileName, path: string, model: string][] = [
    ['dall-e', '/v1', 'dall-e-2'],
    ['lemonade', '/api/v1', 'SD-Turbo'],
    ['sd-server', '/v1', 'anything'],
    ['localai', '/v1', 'stablediffusion'],
  ];
  for (const [profile, path, model] of played) {
    it(`plays ${profile}`, async () => {
      const other = await startImagesServer({ profile });
      try {
        assert.ok(other.url.endsWith(path));
        const response = await fetch(`${other.url}/images/generations`, {
          method: 'POST',
          headers: { authorization: `Bearer ${other.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model, prompt: 'x', size: '256x256' }),
        });
        const { data } = (await response.json()) as { data: { url?: string; b64_json?: string }[] };
        const [entry] = data;
        const bytes = entry?.url === undefined ? Buffer.from(entry?.b64_json ?? '', 'base64') : Buffer.from(await (await fetch(entry.url)).arrayBuffer());
        assert.equal((await sharp(bytes).metadata()).width, 256);
        assert.equal(entry?.url !== undefined, profile === 'dall-e' || profile === 'localai');
      } finally {
        await other.close();
      }
    });
  }
});
