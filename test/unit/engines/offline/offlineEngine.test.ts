import assert from 'node:assert/strict';
import { ImageError } from '../../../../src/core/errors';
import type { ArtSpec, Artwork, Canvas, OnShare, Picture, Pixels } from '../../../../src/core/pixels';
import { createOfflineEngine } from '../../../../src/engines/offline/offlineEngine';
import { readPrompt } from '../../../../src/engines/offline/promptReader';

/** Pixels that draw nothing and remember what they were asked. */
class FakePixels {
  readonly calls: string[] = [];
  readonly specs: ArtSpec[] = [];
  readonly opened = new Set<number>();
  failEncode: Error | undefined;
  onArt: () => void = () => undefined;

  art = (spec: ArtSpec, signal?: AbortSignal): Promise<Artwork> => {
    if (signal?.aborted) return Promise.reject(new ImageError('cancelled', 'Cancelled.'));
    this.specs.push(spec);
    const picture = { id: this.specs.length, extent: spec.extent, ...(spec.text && { text: { missing: [spec.text], set: 'none' } as const }) };
    this.opened.add(picture.id);
    this.onArt();
    return Promise.resolve(picture);
  };
  encode = (picture: Picture): Promise<Uint8Array> => (this.failEncode ? Promise.reject(this.failEncode) : Promise.resolve(Uint8Array.of(picture.id)));
  close = (...pictures: readonly Picture[]): void => pictures.forEach(({ id }) => this.opened.delete(id));
  fill = (canvas: Canvas, seed: number, _signal?: AbortSignal, onShare?: OnShare): Promise<void> => {
    this.calls.push(`fill ${canvas.id} ${seed}`);
    onShare?.(0.5);
    return Promise.resolve();
  };
  retouch = (picture: Picture, seed: number, strength: string): Promise<Picture> => {
    this.calls.push(`retouch ${picture.id} ${seed} ${strength}`);
    return Promise.resolve({ id: 99, extent: picture.extent });
  };
}

const extent = { width: 64, height: 48 };

function setUp() {
  const pixels = new FakePixels();
  const abort = new AbortController();
  return { pixels, abort, engine: createOfflineEngine(pixels as unknown as Pixels), context: { signal: abort.signal } };
}

describe('the offline engine', () => {
  it('says what it is', () => {
    const { engine } = setUp();
    assert.deepEqual([engine.id, engine.model.id, engine.paid, engine.quality], ['offline', 'easel-offline-1', false, undefined]);
    assert.equal(engine.edit, undefined);
    assert.equal(engine.variation, undefined);
  });

  it('draws as many as asked, of seeds that follow one another, and leaves nothing open', async () => {
    const { engine, pixels, context } = setUp();
    const { images, usage } = await engine.generate({ prompt: 'waves', extent, count: 3, seed: 41 }, context);
    assert.deepEqual(images, [1, 2, 3].map((id) => ({ bytes: Uint8Array.of(id), format: 'png' })));
    assert.equal(usage, undefined);
    assert.deepEqual(pixels.specs, [41, 42, 43].map((seed) => readPrompt('waves', extent, seed)));
    assert.equal(pixels.opened.size, 0);
  });

  it('hands on what became of a quoted text', async () => {
    const { engine, context } = setUp();
    const { images } = await engine.generate({ prompt: '"世"', extent, count: 1 }, context);
    assert.deepEqual(images, [{ bytes: Uint8Array.of(1), format: 'png', text: { missing: ['世'], set: 'none' } }]);
  });

  it('refuses an empty prompt', async () => {
    const { engine, context } = setUp();
    await assert.rejects(engine.generate({ prompt: '  ', extent, count: 1 }, context), { reason: 'empty-prompt' });
  });

  it('stops between pictures when cancelled', async () => {
    const { engine, pixels, abort, context } = setUp();
    pixels.onArt = () => pixels.specs.length === 2 && abort.abort();
    await assert.rejects(engine.generate({ prompt: 'waves', extent, count: 5, seed: 1 }, context), { reason: 'cancelled' });
    assert.equal(pixels.specs.length, 2);
    assert.equal(pixels.opened.size, 0);
  });

  it('draws nothing when cancelled before', async () => {
    const { engine, pixels, abort, context } = setUp();
    abort.abort();
    await assert.rejects(engine.generate({ prompt: 'waves', extent, count: 1 }, context), { reason: 'cancelled' });
    assert.equal(pixels.specs.length, 0);
  });

  it('closes the picture that could not be encoded', async () => {
    const { engine, pixels, context } = setUp();
    pixels.failEncode = new ImageError('too-large', 'Too large.');
    await assert.rejects(engine.generate({ prompt: 'waves', extent, count: 2 }, context), { reason: 'too-large' });
    assert.equal(pixels.opened.size, 0);
  });

  it('hands fills and retouches to the pixels', async () => {
    const { engine, pixels, context } = setUp();
    const shares: number[] = [];
    await engine.fill?.({ id: 4, extent, kind: 'canvas' }, 7, { ...context, onShare: (share) => shares.push(share) });
    assert.deepEqual(shares, [0.5]);
    const picture = await engine.retouch?.({ id: 5, extent }, 8, 'strong', context);
    assert.deepEqual(pixels.calls, ['fill 4 7', 'retouch 5 8 strong']);
    assert.equal(picture?.id, 99);
  });
});
