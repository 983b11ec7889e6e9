import assert from 'node:assert/strict';
import type { EditCall, GenerateCall } from '../../../src/core/engine';
import type { ImageError } from '../../../src/core/errors';
import type { Extent } from '../../../src/core/geometry';
import { sha256 } from '../../../src/core/hash';
import type { EncodedImage, PixelImage } from '../../../src/core/image';
import type { OutpaintRequest, Source } from '../../../src/core/request';
import { runJob } from '../../../src/jobs/run';
import { nodeZlib } from '../../../src/node/zlib';
import { decodeImage } from '../../../src/pixels/codec/decode';
import { encodePng } from '../../../src/pixels/png/encode';
import { resize } from '../../../src/pixels/transform/resize';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, ScriptedEngine, type JobBench } from '../../support/jobBench';
import { redraw } from '../../support/redraw';
import { plain, render, waves } from '../../support/scene';

const services = { zlib: nodeZlib, loadWasm: async () => new Uint8Array() };

async function png(image: PixelImage): Promise<EncodedImage> {
  return { bytes: await encodePng(image, nodeZlib, {}), format: 'png' };
}

async function sourceOf(image: PixelImage): Promise<Source> {
  const { bytes } = await png(image);
  return { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) };
}

/** What a call was sent, as the model sees it. */
async function sent(call: GenerateCall | EditCall): Promise<PixelImage> {
  const [first] = 'images' in call ? call.images : [];
  assert.ok(first);
  return (await decodeImage(first.bytes, services)).image;
}

describe('what a model may answer to a tile', () => {
  const pixels = inProcessPixels();
  let bench: JobBench;
  beforeEach(() => void (bench = jobBench(pixels)));
  after(() => pixels.dispose());

  function widen(source: Source, width: number, height: number): OutpaintRequest {
    return { operation: 'outpaint', prompt: 'a meadow', source, target: { kind: 'extent', extent: { width, height } }, anchor: { x: 0, y: 0 }, mode: 'exact', count: 1, seed: 7, embedRecipe: true, output: { kind: 'new', folder: 'file:///w', stem: 'wide' } };
  }

  /** A model that redraws what it is sent in a size of its own. */
  const inSize = (sizeOf: (asked: Extent) => Extent): ScriptedEngine => new ScriptedEngine(async (call) => [await png(resize(redraw(await sent(call), 'mild', 3), sizeOf(call.extent)))]);

  describe('in another size', () => {
    // Plain, so that nothing but its size speaks against an answer.
    const sky = plain(256, 256, [110, 150, 210, 255]);

    for (const [name, sizeOf] of [
      ['another ratio', ({ height }: Extent) => ({ width: height, height })],
      ['the ratio turned', ({ width, height }: Extent) => ({ width: height, height: width })],
      ['a third of the edges', ({ width, height }: Extent) => ({ width: Math.floor(width / 3), height: Math.floor(height / 3) })],
      ['one pixel', () => ({ width: 1, height: 1 })],
    ] as const) {
      it(`refuses ${name}, says which, and offers what came`, async () => {
        const engine = inSize(sizeOf);
        const context = bench.context(engine);
        await assert.rejects(runJob(widen(await sourceOf(sky), 384, 256), context), (error: ImageError) => {
          assert.equal(error.reason, 'does-not-fit');
          const asked = engine.calls[0]?.extent;
          assert.ok(asked);
          assert.deepEqual(error.wrongSize, { asked, drawn: sizeOf(asked) });
          return true;
        });
        assert.equal(bench.files.files.size, 0);
        assert.equal((await context.outbox.unsaved()).length, 1);
      });
    }

    it('takes half and twice as many pixels of the same ratio along each edge, and says so of each tile', async () => {
      for (const factor of [1 / 2, 2]) {
        const engine = inSize(({ width, height }) => ({ width: width * factor, height: height * factor }));
        const { notes } = await runJob(widen(await sourceOf(render(waves(5, 12), 256, 256)), 700, 256), bench.context(engine));
        assert.ok(engine.calls.length > 1);
        const told = engine.calls.map(({ extent }) => ({ note: 'tile-scaled' as const, asked: extent, drawn: { width: extent.width * factor, height: extent.height * factor } }));
        assert.deepEqual(notes.filter(({ note }) => note === 'tile-scaled'), told);
      }
    });

    it('says nothing where the size is the one asked for', async () => {
      const { notes } = await runJob(widen(await sourceOf(sky), 384, 256), bench.context(inSize((asked) => asked)));
      assert.deepEqual(notes.map(({ note }) => note), ['kept']);
    });
  });
});
