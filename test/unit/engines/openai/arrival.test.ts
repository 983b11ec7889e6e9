import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { concat } from '../../../../src/core/bytes';
import type { AnswerCopy } from '../../../../src/core/engine';
import { ImageError } from '../../../../src/core/errors';
import type { Answer } from '../../../../src/core/pixels';
import { Arrival } from '../../../../src/engines/openai/arrival';
import { startImagesServer, type ImagesServer } from '../../../support/imagesServer/server';
import { buildPng } from '../../pixels/png/buildPng';
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
        body: async (piece: Uint8Array): Promise<boolean> => body.push(piece.slice()) > 0,
        written: async (): Promise<Uint8Array> => Buffer.concat(body),
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

  it('is the same wherever the worker dies and its copy breaks off, and however it is cut', async () => {
    const png = buildPng({ width: 3, height: 2, bitDepth: 8, colorType: 0, sample: (x, y) => x + y });
    const cases = fc.record({ streams: fc.boolean(), cuts: fc.array(fc.nat(), { maxLength: 6 }), dies: fc.nat(9), breaks: fc.nat(9), shares: fc.boolean() });
    let survived = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ streams, cuts, dies, breaks, shares }) => {
        const items = [png, png].map((file) => ({ b64_json: Buffer.from(file).toString('base64') }));
        const body = new TextEncoder().encode(streams ? items.map((item) => `data: ${JSON.stringify({ type: 'x.completed', ...item })}\n\n`).join('') : JSON.stringify({ data: items }));
        const places = [0, ...cuts.map((cut) => cut % body.length).sort((a, b) => a - b), body.length];
        const copied: Uint8Array[] = [];
        const files = new Map<number, Buffer>();
        const ended: number[] = [];
        const copy: AnswerCopy = {
          body: async (piece) => copied.length < breaks && copied.push(piece.slice()) > 0,
          written: async () => concat(copied),
          picture: (part, bytes) => void files.set(part, Buffer.concat([files.get(part) ?? Buffer.alloc(0), bytes])),
          pictureEnds: (part) => void ended.push(part),
        };
        const arrival = new Arrival({ pixels: dyingAfter(dies), streams, copy, signal: new AbortController().signal });
        const reads: (readonly Answer[])[] = [];
        for (const [index, to] of places.slice(1).entries()) {
          // A piece that does not fill its buffer stays with whoever has the rest of it.
          const piece = shares ? body.subarray(places[index], to) : body.slice(places[index], to);
          reads.push(await arrival.push(piece, await copy.body(piece)));
        }
        reads.push(await arrival.end());
        const images = reads.flat().flatMap(({ entries }) => entries);
        arrival.close();
        assert.deepEqual(images.map((entry) => 'format' in entry && Buffer.from(entry.bytes)), [Buffer.from(png), Buffer.from(png)]);
        for (const part of ended) assert.deepEqual(files.get(part), Buffer.from(png));
        if (ended.length < 2) survived += 1;
      }),
    );
    assert.ok(survived > 20);
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

/** Pixels whose worker takes what it is given, and dies at the call of that number. */
function dyingAfter(calls: number): typeof pixels {
  let made = 0;
  const alive = (): void => {
    made += 1;
    if (made > calls) throw new ImageError('broken-image', 'The worker died.');
  };
  return {
    ...pixels,
    async readOn(reading, piece, isGiven) {
      const there = structuredClone(piece, { transfer: isGiven ? [piece.buffer as ArrayBuffer] : [] });
      alive();
      return pixels.readOn(reading, there, false);
    },
    async endAnswer(reading) {
      alive();
      return pixels.endAnswer(reading);
    },
  };
}
