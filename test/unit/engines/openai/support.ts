import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { ImageEngine } from '../../../../src/core/engine';
import { ImageError, type Reason } from '../../../../src/core/errors';
import type { EncodedImage, ImageInfo } from '../../../../src/core/image';
import { findModel } from '../../../../src/core/models';
import type { Log } from '../../../../src/core/ports';
import { createOpenAIEngine, type OpenAIEngineOptions } from '../../../../src/engines/openai/openaiEngine';
import { createFetchPublic } from '../../../../src/node/fetchPublic';
import type { AnswerPixels } from '../../../../src/engines/openai/caller';
import { ArrivingAnswer } from '../../../../src/pixels/answer/arrivingAnswer';
import { readAnswer } from '../../../../src/pixels/answer/readAnswer';
import { inspectImage } from '../../../../src/pixels/codec/inspect';
import type { ImagesServer } from '../../../support/imagesServer/server';

/** The pixel room's own reading of headers and answers, without its worker. */
export const pixels = answerPixels();

function answerPixels(): AnswerPixels {
  const readings = new Map<number, ArrivingAnswer>();
  const readingOf = ({ id }: { readonly id: number }): ArrivingAnswer => readings.get(id) ?? assert.fail('It is closed.');
  let id = 0;
  return {
    inspect: async (bytes: Uint8Array): Promise<ImageInfo> => inspectImage(bytes),
    beginAnswer: async (streams) => {
      readings.set((id += 1), new ArrivingAnswer(streams));
      return { kind: 'reading', id };
    },
    readOn: async (reading, piece) => readingOf(reading).push(piece),
    endAnswer: async (reading) => readingOf(reading).end(),
    readAnswer: async (body) => readAnswer(body),
    close: (...held) => held.forEach((one) => readings.delete(one.id)),
  };
}

/** What an engine needs of this machine. */
export const machine = { fetch, fetchPublic: createFetchPublic() };

/** A log that keeps what was said. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  info(message: string): void {
    this.lines.push(message);
  }
  warn(message: string): void {
    this.lines.push(message);
  }
  error(message: string): void {
    this.lines.push(message);
  }
}

export const SMALL = { width: 256, height: 256 };
/** The smallest that today's models draw. */
export const LEGAL = { width: 1024, height: 640 };

/** An engine for a test server. */
export function engineFor(server: ImagesServer, model: string, options: Partial<OpenAIEngineOptions> = {}): ImageEngine {
  return createOpenAIEngine({ baseUrl: server.url, apiKey: server.key, model: findModel(model), quality: 'low', ...machine, log: new MemoryLog(), pixels, ...options });
}

/** A context that is never cancelled. */
export function context(signal: AbortSignal = new AbortController().signal): { signal: AbortSignal } {
  return { signal };
}

/** Waits for a rejection and answers its `ImageError`. */
export async function failureOf(promise: Promise<unknown>): Promise<ImageError> {
  const error = await promise.then(
    () => assert.fail('It was expected to fail.'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ImageError, String(error));
  return error;
}

/** Asserts the reason of a rejection and answers the error. */
export async function rejectsWith(promise: Promise<unknown>, reason: Reason): Promise<ImageError> {
  const error = await failureOf(promise);
  assert.equal(error.reason, reason, error.message);
  return error;
}

/** A one-coloured PNG. */
export async function plain(width: number, height: number, alpha = 1): Promise<EncodedImage> {
  const bytes = await sharp({ create: { width, height, channels: 4, background: { r: 90, g: 140, b: 200, alpha } } }).png().toBuffer();
  return { bytes: new Uint8Array(bytes), format: 'png' };
}

/** Width, height and format of each picture. */
export async function sizesOf(images: readonly EncodedImage[]): Promise<string[]> {
  return Promise.all(
    images.map(async ({ bytes, format }) => {
      const meta = await sharp(bytes).metadata();
      return `${meta.width}x${meta.height} ${format}`;
    }),
  );
}
