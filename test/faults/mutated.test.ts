import assert from 'node:assert/strict';
import sharp from 'sharp';
import { ImageError } from '../../src/core/errors';
import type { PixelClient } from '../../src/pixels/client';
import { drawScene, encode } from '../support/imagesServer/draw';
import { seeded } from '../support/random';
import { comesBack } from './support/memory';
import { workerPixels } from './support/workerPixels';

/** How many of each; the short form is part of `npm test`. */
const COUNT = process.env['EASEL_FAULTS'] === 'full' ? 10_000 : 300;
/** How long one may take at most, in milliseconds: a hang would take for ever. */
const PATIENCE_MS = 20_000;
const MOST_BYTES = 1024 * 1024 * 1024;

type Random = ReturnType<typeof seeded>;

/** A copy with a few bytes changed, taken out, doubled or cut off. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let copy: Uint8Array = bytes.slice();
  const at = (): number => Math.floor(random.uniform() * copy.length);
  const changes = 1 + Math.floor(random.uniform() * 4);
  for (let change = 0; change < changes && copy.length > 0; change++) {
    const [from, kind] = [at(), Math.floor(random.uniform() * 6)];
    const to = Math.min(copy.length, from + 1 + Math.floor(random.uniform() * 64));
    if (kind === 0) copy = copy.slice(0, from);
    else if (kind === 1) copy = join(copy.subarray(0, from), copy.subarray(to));
    else if (kind === 2) copy = join(copy.subarray(0, to), copy.subarray(from));
    else if (kind === 3) copy.fill(random.uniform() < 0.5 ? 0 : 255, from, to);
    else copy[from] = kind === 4 ? Math.floor(random.uniform() * 256) : (copy[from] ?? 0) ^ (1 << Math.floor(random.uniform() * 8));
  }
  return copy;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

describe(`${COUNT} mutated files and answers`, () => {
  const deaths: Error[] = [];
  let pixels: PixelClient;
  let inWorker: () => Promise<number>;
  let pictures: Buffer[];
  let peak = 0;
  before(async () => {
    ({ pixels, memory: inWorker } = workerPixels((error) => deaths.push(error)));
    const scene = drawScene({ width: 24, height: 16 }, 7);
    const raw = sharp(scene.data, { raw: { width: 24, height: 16, channels: 4 } });
    pictures = [
      await encode(scene, 'png'),
      await raw.clone().png({ palette: true }).toBuffer(),
      await raw.clone().png({ progressive: true }).toBuffer(),
      await encode(scene, 'gif'),
      await encode(scene, 'jpeg'),
      await encode(scene, 'webp'),
      await raw.clone().avif().toBuffer(),
      await raw.clone().tiff({ compression: 'lzw' }).toBuffer(),
      await raw.clone().tiff({ compression: 'none' }).toBuffer(),
    ];
  });
  after(() => pixels.dispose());
  afterEach(() => {
    assert.deepEqual(deaths, []);
    assert.ok(peak < MOST_BYTES, `${peak} bytes`);
  });

  /** Opens a file: a picture, or an `ImageError`. */
  async function open(bytes: Uint8Array): Promise<boolean> {
    try {
      pixels.close(await pixels.open(bytes, AbortSignal.timeout(PATIENCE_MS)));
      return true;
    } catch (error) {
      assert.ok(error instanceof ImageError && error.reason !== 'cancelled', String(error));
      return false;
    } finally {
      peak = Math.max(peak, process.memoryUsage().rss);
    }
  }

  it('a picture, or an ImageError', async () => {
    const random = seeded(1);
    let opened = 0;
    // All codecs are there from now on.
    for (const picture of pictures) await open(picture);
    const isBack = await comesBack('the worker', inWorker);
    for (let index = 0; index < COUNT; index++) if (await open(mutate(pictures[index % pictures.length] ?? Buffer.alloc(0), random))) opened += 1;
    assert.ok(opened > 0 && opened < COUNT, `${opened} opened`);
    await isBack();
  });

  it('pictures, an error in words, or an ImageError', async () => {
    const random = seeded(2);
    const base64 = pictures.map((picture) => picture.toString('base64'));
    const event = (type: string, b64_json: string | undefined): string => `event: ${type}\ndata: ${JSON.stringify({ type, b64_json, usage: { output_tokens: 9 } })}\n\n`;
    const bodies = [
      JSON.stringify({ created: 1, data: [{ b64_json: base64[0] }, { b64_json: base64[3] }], usage: { input_tokens_details: { text_tokens: 1 }, output_tokens: 9 } }),
      JSON.stringify({ data: [{ url: `data:image/png;base64,${base64[1] ?? ''}` }, { url: 'https://pictures.example/1.png' }] }),
      JSON.stringify({ error: { message: 'No.', code: 'moderation_blocked' } }),
      event('image_generation.partial_image', base64[1]) + event('image_generation.completed', base64[0]),
    ].map((body) => new TextEncoder().encode(body));
    let read = 0;
    const isBack = await comesBack('the worker', inWorker);
    for (let index = 0; index < COUNT; index++) {
      const answer = await pixels.readAnswer(mutate(bodies[index % bodies.length] ?? new Uint8Array(), random), AbortSignal.timeout(PATIENCE_MS)).catch((error: unknown) => {
        assert.ok(error instanceof ImageError && error.reason === 'bad-answer', String(error));
      });
      for (const entry of answer?.entries ?? []) {
        read += 1;
        if ('format' in entry) await open(entry.bytes);
      }
    }
    assert.ok(read > 0, `${read} entries`);
    await isBack();
  });
});
