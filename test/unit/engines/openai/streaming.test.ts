import assert from 'node:assert/strict';
import type { CallContext, Drawing } from '../../../../src/core/engine';
import { startImagesServer, type ImagesServer } from '../../../support/imagesServer/server';
import type { ProfileName } from '../../../support/imagesServer/profiles';
import { engineFor, failureOf, LEGAL, plain, sizesOf } from './support';

const MODEL = 'gpt-image-2';
const QUICK = { drawn: { width: 64, height: 64 } };

describe('OpenAI engine: streaming', () => {
  let server: ImagesServer;
  before(async () => void (server = await startImagesServer()));
  after(() => server.close());
  afterEach(() => server.reset());

  function watched(previews: string[], steps: string[] = []): CallContext {
    return {
      signal: new AbortController().signal,
      previews: 1,
      onProgress: ({ step, preview }) => {
        steps.push(step);
        if (preview) previews.push(preview.format);
      },
    };
  }

  const generate = (context: CallContext, count = 1): Promise<Drawing> => engineFor(server, MODEL, { quality: 'medium' }).generate({ prompt: 'x', extent: LEGAL, count }, context);

  it('shows a preview and answers with the finished picture alone, and its cost', async () => {
    const [previews, steps]: [string[], string[]] = [[], []];
    server.next(QUICK);
    const drawing = await generate(watched(previews, steps));
    assert.deepEqual([server.requests[0]?.fields['stream'], server.requests[0]?.fields['partial_images']], [true, 1]);
    assert.deepEqual([previews, steps], [['png'], ['sent', 'receiving', 'preview']]);
    assert.deepEqual(await sizesOf(drawing.images), ['64x64 png']);
    assert.equal(drawing.usage?.imageOutput, Math.round((1756 * 640) / 1024) + 100);
  });

  it('streams an edit', async () => {
    const previews: string[] = [];
    server.next(QUICK);
    const drawing = await engineFor(server, MODEL, { quality: 'medium' }).edit?.({ prompt: 'x', images: [await plain(64, 64)], extent: LEGAL, count: 1 }, watched(previews));
    assert.deepEqual([previews.length, drawing?.images.length], [1, 1]);
    assert.equal(server.requests[0]?.fields['stream'], true);
  });

  it('takes plain JSON for the result where the server does not stream', async () => {
    const previews: string[] = [];
    server.next({ ...QUICK, noStream: true });
    assert.equal((await generate(watched(previews))).images.length, 1);
    assert.deepEqual(previews, []);
  });

  it('never takes a preview for the result: a stream that breaks off may be billed', async () => {
    for (const broken of [{ breakStream: true }, { reset: 'in-answer' }, { truncate: true }] as const) {
      server.next({ ...QUICK, ...broken });
      assert.equal((await failureOf(generate(watched([])))).reason, 'maybe-billed');
    }
    assert.equal(server.requests.length, 3);
  });

  it('takes a refusal in the stream for one', async () => {
    const body = 'event: error\ndata: {"type":"error","error":{"code":"moderation_blocked","message":"No."}}\n\n';
    server.next({ raw: { status: 200, headers: { 'content-type': 'text/event-stream' }, body } });
    assert.equal((await failureOf(generate(watched([])))).reason, 'refused-by-safety');
  });

  it('streams a single picture of a model and a server that do, at a quality above low', async () => {
    const previews = (model: string, quality: 'low' | 'medium', id?: ProfileName & 'xai'): number => engineFor(server, model, { quality, ...(id && { server: id }) }).previews;
    assert.deepEqual([previews(MODEL, 'medium'), previews(MODEL, 'low'), previews('dall-e-2', 'medium'), previews(MODEL, 'medium', 'xai')], [1, 0, 0, 0]);
    server.next(QUICK);
    await generate(watched([]), 2);
    assert.equal('stream' in (server.requests[0]?.fields ?? {}), false);
  });
});
