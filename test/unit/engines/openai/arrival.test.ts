import assert from 'node:assert/strict';
import { ImageError } from '../../../../src/core/errors';
import { startImagesServer, type ImagesServer } from '../../../support/imagesServer/server';
import { context, engineFor, LEGAL, pixels, rejectsWith, sizesOf } from './support';

const MODEL = 'gpt-image-2';
const QUICK = { drawn: { width: 64, height: 64 } };
const CALL = { prompt: 'x', extent: LEGAL, count: 1 };

describe('OpenAI engine: an answer while it comes', () => {
  let server: ImagesServer;
  before(async () => void (server = await startImagesServer()));
  after(() => server.close());
  afterEach(() => server.reset());

  it('hands on body and pictures as they come, and then says that they are over', async () => {
    for (const previews of [0, 1]) {
      server.next(QUICK);
      const body: Uint8Array[] = [];
      const pictures = new Map<number, Uint8Array[]>();
      const ended: number[] = [];
      const copyAnswer = () => ({
        body: async (piece: Uint8Array): Promise<void> => void body.push(piece),
        picture: (part: number, bytes: Uint8Array): void => void pictures.set(part, [...(pictures.get(part) ?? []), bytes]),
        pictureEnds: (part: number): void => void ended.push(part),
      });
      const { images } = await engineFor(server, MODEL, { quality: 'medium' }).generate(CALL, { ...context(), previews, copyAnswer });
      const [image] = images;
      assert.ok(image?.part !== undefined && image.info);
      assert.deepEqual(Buffer.concat(pictures.get(image.part) ?? []), Buffer.from(image.bytes));
      assert.equal(pictures.size, 1);
      assert.deepEqual(ended, [image.part]);
      assert.ok(Buffer.concat(body).includes(Buffer.from(image.bytes).toString('base64')));
    }
  });

  it('is read again from its start where the worker dies on the way: it is paid for', async () => {
    const died = async (): Promise<never> => Promise.reject(new ImageError('broken-image', 'The worker died.'));
    for (const dying of [{ beginAnswer: died }, { readOn: died }, { endAnswer: died }]) {
      for (const previews of [0, 1]) {
        server.next(QUICK);
        const { images } = await engineFor(server, MODEL, { quality: 'medium', pixels: { ...pixels, ...dying } }).generate(CALL, { ...context(), previews });
        assert.deepEqual(await sizesOf(images), ['64x64 png']);
      }
    }
  });

  it('is handed on as it came where the worker dies again: it may be paid for', async () => {
    const died = async (): Promise<never> => Promise.reject(new ImageError('too-large', 'There was not enough memory.'));
    for (const previews of [0, 1]) {
      server.next(QUICK);
      const { images, unusable: [raw, ...more] = [] } = await engineFor(server, MODEL, { quality: 'medium', pixels: { ...pixels, readOn: died, readAnswer: died } }).generate(CALL, { ...context(), previews });
      assert.deepEqual([images.length, more.length, raw?.extension], [0, 0, 'answer.txt']);
      assert.match(raw?.why ?? '', /arrived.*broke off twice/);
      assert.match(Buffer.from(raw?.bytes ?? []).toString(), /"b64_json":"iVBOR/);
    }
  });

  it('ends at once when it is cancelled, however long the worker takes, and lets go of what it read', async () => {
    const closed: number[] = [];
    const never = new Promise<never>(() => {});
    const controller = new AbortController();
    const slow = { ...pixels, readOn: () => (controller.abort(), never), close: (...held: readonly { readonly id: number }[]) => void closed.push(...held.map(({ id }) => id)) };
    server.next(QUICK);
    await rejectsWith(engineFor(server, MODEL, { pixels: slow }).generate(CALL, context(controller.signal)), 'cancelled');
    assert.equal(closed.length, 1);
  });
});
