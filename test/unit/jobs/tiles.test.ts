import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { EditCall, GenerateCall } from '../../../src/core/engine';
import { sha256 } from '../../../src/core/hash';
import type { EncodedImage } from '../../../src/core/image';
import type { Canvas, Pixels } from '../../../src/core/pixels';
import type { OutpaintRequest } from '../../../src/core/request';
import { Courier, type Arrived } from '../../../src/jobs/courier';
import { runJob } from '../../../src/jobs/run';
import { drawTiles } from '../../../src/jobs/tiles';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, plainPng, ScriptedEngine, TINY_MODEL, type JobBench } from '../../support/jobBench';
import { redrawn, redrawnAs, strange } from '../../support/modelAnswers';
import { chunk } from '../pixels/png/buildPng';

const pixels = inProcessPixels();

describe('drawTiles', () => {
  let bench: JobBench;

  beforeEach(() => {
    bench = jobBench(pixels);
  });
  after(() => pixels.dispose());

  const widen = async (width: number, count: number): Promise<OutpaintRequest> => {
    const bytes = await plainPng(pixels, { width: 96, height: 96 }, 3);
    const source = { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) };
    const output = { kind: 'new', folder: 'file:///w', stem: 'wide' } as const;
    return { operation: 'outpaint', prompt: 'a meadow', source, target: { kind: 'extent', extent: { width, height: 96 } }, anchor: { x: 0, y: 0 }, mode: 'exact', count, seed: 7, embedRecipe: false, output };
  };

  it('sets candidates aside that do not fit, says so, offers them, and keeps the others', async () => {
    const engine = new ScriptedEngine(async (call) => [...(await redrawn({ ...call, count: 1 })), ...(await strange({ ...call, count: 1 })), ...(await redrawn({ ...call, count: 1 }))], TINY_MODEL);
    const context = bench.context(engine);
    const { files, notes } = await runJob(await widen(128, 3), context);
    assert.equal(engine.calls.length, 1);
    assert.equal(files.length, 2);
    assert.deepEqual(notes.map(({ note }) => note), ['kept', 'does-not-fit']);
    assert.equal((await context.outbox.unsaved()).length, 1);
  });

  it('keeps a candidate of several tiles where the one before it does not fit, and fails where none does', async () => {
    const request = await widen(280, 2);
    const engine = new ScriptedEngine((call, index) => (index === 0 ? strange(call) : redrawn(call)), TINY_MODEL);
    const { files, notes } = await runJob(request, bench.context(engine));
    assert.equal(files.length, 1);
    assert.deepEqual(notes.map(({ note }) => note), ['kept', 'does-not-fit']);
    await assert.rejects(runJob(request, jobBench(pixels).context(new ScriptedEngine(strange, TINY_MODEL))), { reason: 'does-not-fit' });
  });

  it('asks for tiles that wait for no other at the same time', async () => {
    const waiting: (() => void)[] = [];
    // Answers none before both are asked for.
    const engine = new ScriptedEngine(async (call) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const release of waiting) release();
      });
      return redrawn(call);
    }, TINY_MODEL);
    const request = { ...(await widen(224, 1)), anchor: { x: 0.5, y: 0 } };
    assert.equal((await runJob(request, bench.context(engine))).files.length, 1);
    assert.equal(engine.calls.length, 2);
  });

  it('shows the model no void: what is to be drawn is filled from the surroundings', async () => {
    const ground = { r: 200, g: 120, b: 40 };
    const bytes = await sharp({ create: { width: 96, height: 96, channels: 3, background: ground } }).png().toBuffer();
    const request = await widen(144, 1);
    const engine = new ScriptedEngine(redrawn, TINY_MODEL);
    await runJob({ ...request, source: { ...request.source, bytes } }, bench.context(engine));
    const [call] = engine.calls;
    const { channels } = await sharp(call && 'images' in call ? call.images[0]?.bytes : undefined).stats();
    assert.deepEqual(channels.map(({ min, max }) => [min, max]), Object.values(ground).map((value) => [value, value]));
  });

  it('carries profile, resolution and text of the source into what is drawn', async () => {
    const request = await widen(128, 1);
    const plain = await sharp(request.source.bytes).withIccProfile('p3').withMetadata({ density: 300 }).png().toBuffer();
    const text = chunk('tEXt', 'Author\0Ada');
    const bytes = Buffer.concat([plain.subarray(0, 33), text, plain.subarray(33)]);
    const { files } = await runJob({ ...request, source: { ...request.source, bytes } }, bench.context(new ScriptedEngine(redrawn, TINY_MODEL)));
    const written = Buffer.from(bench.files.files.get(files[0] ?? '') ?? []);
    const [before, after] = [await sharp(bytes).metadata(), await sharp(written).metadata()];
    assert.ok(before.icc && after.icc?.equals(before.icc));
    assert.equal(after.density, 300);
    assert.ok(written.includes(Buffer.from(text)));
  });

  it('draws each candidate as if it were the only one, the kept pixels that seamless changed included', async () => {
    const request: OutpaintRequest = { ...(await widen(128, 3)), mode: 'seamless' };
    const kinds = ['hard', 'brief', 'redraw'] as const;
    const draw = async (count: number, answer: (call: GenerateCall | EditCall) => Promise<EncodedImage[]>): Promise<Uint8Array[]> => {
      const each = jobBench(pixels);
      const { files } = await runJob({ ...request, count }, each.context(new ScriptedEngine(answer, TINY_MODEL)));
      return files.map((file) => each.files.files.get(file) ?? new Uint8Array());
    };
    const together = await draw(3, async (call) => (await Promise.all(kinds.map((kind, seed) => redrawnAs(kind, seed)({ ...call, count: 1 })))).flat());
    const alone = await Promise.all(kinds.map((kind, seed) => draw(1, redrawnAs(kind, seed))));
    assert.deepEqual(together, alone.flat());
  });

  it('has one canvas of many pixels in memory at a time, and two of fewer', async () => {
    const workOn = async (side: number): Promise<string[]> => {
      const steps: string[] = [];
      const base: Canvas = { kind: 'canvas', id: 1, extent: { width: side, height: side } };
      const unseen = { image: new Uint8Array(), mask: new Uint8Array() };
      const watched: Pixels = {
        ...pixels,
        copy: async (canvas) => (steps.push('copy'), { ...canvas, id: 2 }),
        renew: async () => void steps.push('renew'),
        tileInput: async () => unseen,
        placeTile: async (canvas) => (steps.push(`place on ${canvas.id}`), { fits: true, drawn: { width: 128, height: 96 } }),
        close: () => void steps.push('close'),
      };
      const context = bench.context(new ScriptedEngine(redrawn, TINY_MODEL), { pixels: watched });
      const request = await widen(280, 2);
      class Answering extends Courier {
        override async send(): Promise<Arrived[]> {
          return [{ image: { bytes: new Uint8Array(), format: 'png' }, outboxId: undefined }];
        }
      }
      const tiles = [[], [0]].map((after) => ({ window: { x: 0, y: 0, width: 128, height: 96 }, asked: { width: 128, height: 96 }, after }));
      await drawTiles(base, { tiles, promptFor: () => 'a meadow', mode: 'exact' }, 2, new Answering(context, request, 'job', 2), context, async (canvas) => void steps.push(`done ${canvas.id}`));
      return steps;
    };
    const twice = ['place on 1', 'place on 1', 'done 1'];
    assert.deepEqual(await workOn(8192), [...twice, 'renew', ...twice]);
    const small = await workOn(280);
    assert.deepEqual(small.filter((step) => /copy|renew|close/.test(step)), ['copy', 'close']);
    assert.deepEqual(small.filter((step) => step.startsWith('done')), ['done 2', 'done 1']);
  });

  it('does not leave a void where no answer came', async () => {
    const context = bench.context(new ScriptedEngine(redrawn, TINY_MODEL));
    const request = await widen(280, 1);
    class Silent extends Courier {
      override send(): Promise<never[]> {
        return Promise.resolve([]);
      }
    }
    const source = await pixels.open(request.source.bytes);
    const canvas = await pixels.canvas(source, { width: 280, height: 96 }, { x: 0, y: 0 });
    const tiles = [80, 152].map((x) => ({ window: { x, y: 0, width: 128, height: 96 }, asked: { width: 128, height: 96 }, after: [] }));
    try {
      const drawing = drawTiles(canvas, { tiles, promptFor: () => 'a meadow', mode: 'exact' }, 1, new Silent(context, request, 'job', 2), context, () => assert.fail('Nothing is done'));
      await assert.rejects(drawing, { reason: 'bad-answer' });
    } finally {
      pixels.close(source, canvas);
    }
  });
});
