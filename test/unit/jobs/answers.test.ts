import assert from 'node:assert/strict';
import type { EditCall, GenerateCall } from '../../../src/core/engine';
import type { ImageError } from '../../../src/core/errors';
import type { Extent } from '../../../src/core/geometry';
import { sha256 } from '../../../src/core/hash';
import type { EncodedImage, PixelImage } from '../../../src/core/image';
import type { InpaintRequest, OutpaintRequest, Source } from '../../../src/core/request';
import { runJob } from '../../../src/jobs/run';
import { nodeZlib } from '../../../src/node/zlib';
import { decodeImage } from '../../../src/pixels/codec/decode';
import { encodePng } from '../../../src/pixels/png/encode';
import { resize } from '../../../src/pixels/transform/resize';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, ScriptedEngine, SMALL_MODEL, type JobBench } from '../../support/jobBench';
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

  it('refuses a seamless widening that changed a pixel beyond its band', async () => {
    const finish: typeof pixels.finish = async (...args) => {
      const { png: bytes, report } = await pixels.finish(...args);
      return { png: bytes, report: { ...report, changed: 3, beyond: 1 } };
    };
    const source = await sourceOf(render(waves(6), 160, 128));
    const context = bench.context(inSize((asked) => asked), { pixels: { ...pixels, finish } });
    await assert.rejects(runJob({ ...widen(source, 200, 128), mode: 'seamless' }, context), { reason: 'bad-answer' });
    assert.equal(bench.files.files.size, 0);
  });

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
        await assert.rejects(runJob(widen(await sourceOf(sky), 400, 256), context), (error: ImageError) => {
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

  describe('on a clear background', () => {
    const SIDE = 224;
    const RED = [200, 30, 40] as const;
    /** A textured disc, with something else under what is clear, as editors leave it. */
    const logo = render(waves(5, 12), SIDE, SIDE);
    const onLogo = (x: number, y: number): boolean => Math.hypot(x - 112, y - 112) < 64;
    for (let i = 0; i < SIDE * SIDE; i++) if (!onLogo(i % SIDE, Math.floor(i / SIDE))) logo.data.set([9, 80, 7, 0], 4 * i);
    const { transparent: _, ...opaqueModel } = SMALL_MODEL;

    /** A model that redraws what it sees, with a red dot in the middle of the masked area. */
    async function dotted(call: GenerateCall | EditCall, change: (image: PixelImage) => PixelImage = (image) => image): Promise<EncodedImage[]> {
      const image = change(redraw(await sent(call), 'mild', 4));
      assert.ok('mask' in call && call.mask);
      const mask = (await decodeImage(call.mask.bytes, services)).image;
      const drawn = [...Array(mask.width * mask.height).keys()].filter((i) => mask.data[4 * i + 3] === 0);
      const mean = (of: (i: number) => number): number => drawn.reduce((sum, i) => sum + of(i), 0) / drawn.length;
      const [x, y] = [mean((i) => i % mask.width), mean((i) => Math.floor(i / mask.width))];
      for (const i of drawn) if (Math.hypot((i % mask.width) - x, Math.floor(i / mask.width) - y) < 12) image.data.set([...RED, 255], 4 * i);
      return [await png(image)];
    }

    async function edited(engine: ScriptedEngine, bounds: { x: number; y: number; width: number; height: number }): Promise<{ image: PixelImage; notes: readonly string[] }> {
      const request: InpaintRequest = { ...widen(await sourceOf(logo), 0, 0), operation: 'inpaint', prompt: 'a red dot', region: { kind: 'bounds', bounds } };
      const { files, notes } = await runJob(request, bench.context(engine));
      const { image } = await decodeImage(bench.files.files.get(files[0] ?? '') ?? new Uint8Array(), services);
      for (let i = 0; i < SIDE * SIDE; i++) {
        if (!within(bounds, i)) assert.deepEqual([...image.data.subarray(4 * i, 4 * i + 4)], [...logo.data.subarray(4 * i, 4 * i + 4)], `pixel ${i}`);
      }
      return { image, notes: notes.map((note) => (note.note === 'background' ? note.became : note.note)) };
    }

    const within = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }, i: number): boolean => i % SIDE >= x && i % SIDE < x + width && i >= y * SIDE && i < (y + height) * SIDE;

    /** The dot is there, its edge mixed with nothing else, and all is clear that is far from it and from the logo. */
    function assertDot({ data }: PixelImage, bounds: { x: number; y: number; width: number; height: number }): void {
      const [x, y] = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];
      let cloudy = 0;
      for (let i = 0; i < SIDE * SIDE; i++) {
        if (!within(bounds, i)) continue;
        const [px, py, alpha] = [i % SIDE, Math.floor(i / SIDE), data[4 * i + 3] ?? 0];
        const far = Math.hypot(px + 0.5 - x, py + 0.5 - y);
        if (far < 9) assert.equal(alpha, 255, `the dot at ${px},${py}`);
        if (far < 16 && alpha > 40 && Math.hypot(px - 112, py - 112) > 72) for (const c of [0, 1, 2] as const) assert.ok(Math.abs((data[4 * i + c] ?? 0) - RED[c]) < 60, `another colour at ${px},${py}: ${data.subarray(4 * i, 4 * i + 4).join()}`);
        if (far > 16 && Math.hypot(px - 112, py - 112) > 72 && alpha > 8) cloudy++;
      }
      assert.ok(cloudy < 10, `${cloudy} pixels are not clear`);
    }

    for (const [where, bounds] of [['beside the picture', { x: 4, y: 4, width: 56, height: 50 }], ['across its edge', { x: 140, y: 90, width: 80, height: 60 }]] as const) {
      it(`stays clear ${where} with a model that draws transparency, which is asked for it`, async () => {
        const engine = new ScriptedEngine((call) => dotted(call));
        const { image, notes } = await edited(engine, bounds);
        assert.deepEqual(notes, ['kept']);
        const [call] = engine.calls;
        assert.ok(call);
        assert.ok(call.transparent);
        assert.match(call.prompt, /^a red dot\n\n.* transparent ground/);
        const seen = await sent(call);
        assert.ok([...Array(seen.width * seen.height).keys()].some((i) => seen.data[4 * i + 3] === 0));
        assertDot(image, bounds);
      });

      it(`stays clear ${where} with a model that draws none: it is shown a plain ground, which is cut out again and told`, async () => {
        const engine = new ScriptedEngine((call) => dotted(call), opaqueModel);
        const { image, notes } = await edited(engine, bounds);
        assert.deepEqual(notes, ['cut-out', 'kept']);
        const [call] = engine.calls;
        assert.ok(call);
        assert.equal(call.transparent, undefined);
        assert.match(call.prompt, /plain (white|grey|green|magenta) ground/);
        const seen = await sent(call);
        assert.ok([...Array(seen.width * seen.height).keys()].every((i) => seen.data[4 * i + 3] === 255));
        assertDot(image, bounds);
      });
    }

    it('is told where a model fills it with something that cannot be cut out', async () => {
      const busy = render(waves(8, 12), 512, 512);
      const { image, notes } = await edited(
        new ScriptedEngine(
          (call) =>
            dotted(call, (view) => {
              for (let i = 0; i < view.width * view.height; i++) if (Math.hypot((i % view.width) - 112, i / view.width - 112) > 64) view.data.set(busy.data.subarray(4 * i, 4 * i + 4), 4 * i);
              return view;
            }),
          opaqueModel,
        ),
        { x: 4, y: 4, width: 56, height: 50 },
      );
      assert.deepEqual(notes, ['filled', 'kept']);
      assert.equal(image.data[4 * (10 * SIDE + 10) + 3], 255);
    });

    it('goes on around a picture that is widened', async () => {
      for (const model of [SMALL_MODEL, opaqueModel]) {
        const { files } = await runJob(widen(await sourceOf(logo), 320, SIDE), bench.context(new ScriptedEngine((call) => dotted(call), model)));
        const { image } = await decodeImage(bench.files.files.get(files[0] ?? '') ?? new Uint8Array(), services);
        const clear = [...Array(96 * SIDE).keys()].filter((i) => image.data[4 * (Math.floor(i / 96) * 320 + SIDE + (i % 96)) + 3] === 0).length;
        const dot = Math.PI * 12 ** 2;
        assert.ok(clear > 96 * SIDE - 1.5 * dot && clear < 96 * SIDE - 0.5 * dot, `${clear} clear pixels`);
      }
    });
  });
});
