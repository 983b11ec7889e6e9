import assert from 'node:assert/strict';
import { ImageError } from '../../../src/core/errors';
import type { EditCall, GenerateCall, ImageEngine } from '../../../src/core/engine';
import type { Point } from '../../../src/core/geometry';
import type { EncodedImage } from '../../../src/core/image';
import { sha256 } from '../../../src/core/hash';
import type { Picture, Pixels } from '../../../src/core/pixels';
import { FILL_PROMPT } from '../../../src/core/prompts';
import { parseRecipe } from '../../../src/core/recipe';
import type { GenerateRequest, ImageRequest, InpaintRequest, OutpaintRequest, Source } from '../../../src/core/request';
import { planJob, runJob } from '../../../src/jobs/run';
import { decodeImage } from '../../../src/pixels/codec/decode';
import { nodeZlib } from '../../../src/node/zlib';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, plainPng, ScriptedEngine, SMALL_MODEL, TINY_MODEL, type JobBench } from '../../support/jobBench';
import { redrawn, strange } from '../../support/modelAnswers';
import { buildPng } from '../pixels/png/buildPng';

const pixels = inProcessPixels();
const services = { zlib: nodeZlib, loadWasm: async () => new Uint8Array() };
const FOLDER = 'file:///w/images';
const BASE = { count: 1, seed: 7, embedRecipe: true, output: { kind: 'new', folder: FOLDER, stem: 'fox' } } as const;
const GENERATE: GenerateRequest = { ...BASE, operation: 'generate', prompt: 'a fox', extent: { width: 128, height: 128 }, format: 'png' };

async function sourceOf(width: number, height: number): Promise<Source> {
  const bytes = await plainPng(pixels, { width, height }, 3);
  return { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) };
}

async function freshPictures(call: GenerateCall | EditCall): Promise<EncodedImage[]> {
  return Promise.all(Array.from({ length: call.count }, async (_, index) => ({ bytes: await plainPng(pixels, call.extent, index), format: 'png' as const })));
}

async function pixelsOf(bench: JobBench, uri: string | undefined): Promise<{ width: number; height: number; data: Uint8ClampedArray; recipe: string | undefined }> {
  const bytes = bench.files.files.get(uri ?? '');
  assert.ok(bytes, `${uri} was written`);
  const { image, info } = await decodeImage(bytes, services);
  return { ...image, recipe: info.recipe };
}

/** The bytes of all IDAT chunks. */
function idat(png: Uint8Array): string {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: string[] = [];
  for (let at = 8; at < png.length; at += view.getUint32(at) + 12) {
    if (view.getUint32(at + 4) === 0x49444154) parts.push(Buffer.from(png.subarray(at + 8, at + 8 + view.getUint32(at))).toString('base64'));
  }
  return parts.join();
}

describe('runJob', () => {
  let bench: JobBench;

  beforeEach(() => {
    bench = jobBench(pixels);
  });
  after(() => pixels.dispose());

  describe('generate', () => {
    it('writes what arrived without encoding it again, with the recipe, numbered, and settles outbox, ledger and history', async () => {
      let sent: EncodedImage[] = [];
      const engine = new ScriptedEngine(async (call) => (sent = await freshPictures(call)));
      const context = bench.context(engine);
      const result = await runJob({ ...GENERATE, count: 2 }, context);
      assert.deepEqual(result.files, [`${FOLDER}/fox.png`, `${FOLDER}/fox-2.png`]);
      assert.equal(engine.calls.length, 1);
      assert.equal(idat(bench.files.files.get(`${FOLDER}/fox-2.png`) ?? new Uint8Array()), idat(sent[1]?.bytes ?? new Uint8Array()));
      const recipe = parseRecipe((await pixelsOf(bench, result.files[0])).recipe ?? '');
      assert.deepEqual(recipe, { version: 1, operation: 'generate', prompt: 'a fox', engine: 'openai', model: 'gpt-image-2.6-sunburst', width: 128, height: 128 });
      assert.deepEqual(await context.outbox.unsaved(), []);
      assert.equal(bench.storage.entries.size - [...bench.storage.entries.keys()].filter((name) => /^(leases|history|ledger)/.test(name)).length, 0);
      assert.equal((await context.history.list()).length, 2);
      assert.equal(result.costUsd, (10 * 5 + 2000 * 30) / 1e6);
      assert.deepEqual((await context.history.list()).map(({ costUsd }) => costUsd), [0.030025, 0.030025]);
      assert.equal(await context.ledger.taken(), result.costUsd);
      assert.equal((await context.ledger.list())[0]?.basis, 'actual');
    });

    it('draws a transparent background or refuses, and tells where what came is opaque', async () => {
      const able = new ScriptedEngine(freshPictures, { ...SMALL_MODEL, transparent: true });
      const { notes } = await runJob({ ...GENERATE, transparent: true }, bench.context(able));
      assert.deepEqual([able.calls[0]?.transparent, notes.map(({ note }) => note)], [true, ['opaque']]);
      await assert.rejects(runJob({ ...GENERATE, transparent: true, format: 'jpeg' }, bench.context(able)), { reason: 'bad-argument' });
      const { transparent: _, ...model } = SMALL_MODEL;
      const unable = new ScriptedEngine(freshPictures, model);
      await assert.rejects(runJob({ ...GENERATE, transparent: true }, bench.context(unable)), { reason: 'unsupported' });
      assert.equal(unable.calls.length, 0);
    });

    it('asks for the nearest legal size and delivers the exact one, saying so', async () => {
      const engine = new ScriptedEngine(freshPictures);
      const result = await runJob({ ...GENERATE, extent: { width: 200, height: 105 } }, bench.context(engine));
      const { width, height } = await pixelsOf(bench, result.files[0]);
      assert.deepEqual([width, height], [200, 105]);
      assert.equal((engine.calls[0]?.extent.width ?? 1) % 16, 0);
      assert.equal(result.notes[0]?.note, 'scaled');
    });

    it('writes a file of exactly the name asked for, never over one that is there', async () => {
      const uri = 'file:///w/site/Hero.PNG';
      const context = bench.context(new ScriptedEngine(freshPictures));
      const request: GenerateRequest = { ...GENERATE, output: { kind: 'exact', uri } };
      assert.deepEqual((await runJob(request, context)).files, [uri]);
      const written = bench.files.files.get(uri);
      await assert.rejects(runJob(request, context), { reason: 'cannot-save' });
      assert.deepEqual([bench.files.files.size, bench.files.files.get(uri)], [1, written]);
      const [waiting] = await context.outbox.unsaved();
      assert.deepEqual([waiting?.folder, waiting?.stem], ['file:///w/site', 'Hero']);
    });

    it('keeps a paid picture that cannot be saved, and offers it', async () => {
      bench.files.refuse = true;
      const context = bench.context(new ScriptedEngine(freshPictures));
      await assert.rejects(runJob(GENERATE, context), { reason: 'cannot-save' });
      const [entry] = await context.outbox.unsaved();
      assert.equal(entry?.kind, 'picture');
      const bytes = await context.outbox.read(entry?.id ?? '');
      assert.equal((await decodeImage(bytes ?? new Uint8Array(), services)).image.width, 128);
    });

    it('names the files that were written before it failed', async () => {
      const engine = new ScriptedEngine(async (call) => {
        const [first] = await freshPictures(call);
        return [...(first ? [first] : []), { bytes: new Uint8Array([1, 2, 3]), format: 'png' }];
      });
      await assert.rejects(runJob({ ...GENERATE, count: 2 }, bench.context(engine)), (error: ImageError) => {
        assert.deepEqual(error.files, [`${FOLDER}/fox.png`]);
        return true;
      });
    });

    it('writes nothing after a cancel and does not send when cancelled before', async () => {
      const engine = new ScriptedEngine(async (call) => {
        bench.controller.abort();
        return freshPictures(call);
      });
      await assert.rejects(runJob(GENERATE, bench.context(engine)), { reason: 'cancelled' });
      assert.equal(bench.files.files.size, 0);
      await assert.rejects(runJob(GENERATE, bench.context(engine)), { reason: 'cancelled' });
      assert.equal(engine.calls.length, 1);
    });

    it('refuses before it sends: prompt, budget', async () => {
      const engine = new ScriptedEngine(freshPictures);
      const run = (change: Partial<GenerateRequest>, budget = {}): Promise<unknown> =>
        runJob({ ...GENERATE, ...change }, bench.context(engine, { budget: { monthlyUsd: 20, perCallUsd: 1, allowUnknown: false, ...budget } }));
      await assert.rejects(run({ prompt: ' \n' }), { reason: 'empty-prompt' });
      await assert.rejects(run({ prompt: 'x'.repeat(40_000) }), { reason: 'prompt-too-long' });
      await assert.rejects(run({}, { monthlyUsd: 0.0001 }), { reason: 'over-budget' });
      await assert.rejects(run({ count: 10 }, { perCallUsd: 0.001 }), { reason: 'over-budget' });
      assert.equal(engine.calls.length, 0);
    });

    it('tells the ledger of a request before it goes out, and takes it back where it was certainly not billed', async () => {
      const context = bench.context(
        new ScriptedEngine(async () => {
          assert.equal((await context.ledger.list())[0]?.basis, 'maybe');
          throw new ImageError('network', 'No connection.');
        }),
      );
      await assert.rejects(runJob(GENERATE, context), { reason: 'network' });
      assert.deepEqual(await context.ledger.list(), []);
      assert.equal(await context.ledger.taken(), 0);
    });

    it('tells the ledger of a request that may have been billed', async () => {
      const context = bench.context(new ScriptedEngine(() => Promise.reject(new ImageError('maybe-billed', 'The connection broke.'))));
      await assert.rejects(runJob(GENERATE, context), { reason: 'maybe-billed' });
      assert.equal((await context.ledger.list())[0]?.basis, 'maybe');
      assert.ok((await context.ledger.taken()) > 0);
    });
  });

  describe('edit and widen', () => {
    it('keeps every pixel outside the region although the model redrew them all', async () => {
      const source = await sourceOf(320, 240);
      const region = { x: 100, y: 50, width: 75, height: 60 };
      const request: InpaintRequest = { ...BASE, operation: 'inpaint', prompt: 'a door', source, region: { kind: 'bounds', bounds: region }, mode: 'exact' };
      const engine = new ScriptedEngine(redrawn);
      const result = await runJob(request, bench.context(engine));
      const before = (await decodeImage(source.bytes, services)).image;
      const after = await pixelsOf(bench, result.files[0]);
      assertKept(before, after, { x: 0, y: 0 }, (x, y) => x >= region.x && x < region.x + region.width && y >= region.y && y < region.y + region.height);
      const note = result.notes.find((one) => one.note === 'kept');
      assert.deepEqual(note?.note === 'kept' && note.report, { kept: 320 * 240 - 75 * 60, changed: 0, beyond: 0 });
      const call = engine.calls[0] as EditCall;
      assert.equal(call.prompt, 'a door');
      assert.ok(call.mask);
    });

    it('widens to exactly the size asked for with the picture where it belongs', async () => {
      const source = await sourceOf(256, 256);
      const request = widen(source, 500, 256);
      const engine = new ScriptedEngine(redrawn);
      const context = bench.context(engine);
      const plan = await planJob(request, context);
      const result = await runJob(request, context);
      assert.equal(engine.calls.length, plan.requests);
      const after = await pixelsOf(bench, result.files[0]);
      assert.deepEqual([after.width, after.height], [500, 256]);
      assertKept((await decodeImage(source.bytes, services)).image, after, { x: 122, y: 0 }, () => false);
      assert.equal(parseRecipe(after.recipe ?? '')?.parent, source.hash);
    });

    it('tells each tile of a widening and of a large edit which part of which whole it is, and a small edit only what is to be drawn', async () => {
      const promptsOf = async (request: ImageRequest): Promise<string[]> => {
        const engine = new ScriptedEngine(redrawn, TINY_MODEL);
        await runJob(request, bench.context(engine));
        return engine.calls.map(({ prompt }) => prompt).sort();
      };
      const source = await sourceOf(300, 80);
      const edit = (width: number, prompt: string): InpaintRequest => ({ ...BASE, operation: 'inpaint', prompt, source, region: { kind: 'bounds', bounds: { x: 10, y: 20, width, height: 50 } }, mode: 'exact' });
      const parts = await promptsOf(edit(280, 'a fox'));
      assert.ok(parts.length > 1);
      parts.forEach((prompt, index) => assert.match(prompt, new RegExp(`^The whole area: a fox\\n.*of 300x80 pixels.*280x50 pixels.*step ${index + 1} of ${parts.length}: the mask marks the .* part of that area`, 's')));
      for (const side of ['left', 'right']) assert.ok(parts.some((prompt) => prompt.includes(`marks the ${side} part`)), side);
      assert.deepEqual(await promptsOf(edit(20, 'a fox')), ['a fox']);
      assert.deepEqual(await promptsOf(edit(20, ' ')), [FILL_PROMPT]);
      const { stockPrompt } = await planJob(edit(280, ''), bench.context(new ScriptedEngine(redrawn, TINY_MODEL)));
      assert.match(stockPrompt ?? '', /step 1 of.*Fill the masked area/);
      const steps = await promptsOf(widen(await sourceOf(96, 96), 280, 96));
      assert.ok(steps.length > 1);
      steps.forEach((prompt, index) => assert.match(prompt, new RegExp(`^The whole picture: a meadow\\n.*of 280x96 pixels that is being widened, step ${index + 1} of ${steps.length}\\.`, 's')));
    });

    it('tells its steps in order, and that a picture of 16 bits a channel was reduced', async () => {
      const bytes = buildPng({ width: 128, height: 128, colorType: 2, bitDepth: 16, sample: (x, y) => (x * y * 7) & 0xffff });
      const deep: Source = { uri: 'file:///w/deep.png', bytes, hash: await sha256(bytes) };
      const region = { kind: 'bounds', bounds: { x: 40, y: 40, width: 20, height: 20 } } as const;
      const { notes } = await runJob({ ...BASE, operation: 'inpaint', prompt: 'a fox', source: deep, region, mode: 'exact' }, bench.context(new ScriptedEngine(redrawn)));
      assert.deepEqual(notes.find(({ note }) => note === 'reduced-depth'), { note: 'reduced-depth', bits: 16 });
      assert.deepEqual(bench.events.map(({ type }) => type), ['reading', 'planned', 'drawing', 'composing', 'writing', 'checking', 'saved']);
      const { id: _, paid: __, ...rest } = new ScriptedEngine(redrawn);
      const offline: ImageEngine = { ...rest, id: 'offline', paid: false, generate: () => assert.fail('Nothing is drawn from a prompt'), darken: (picture, { signal }) => pixels.darken(picture, signal) };
      const twin: ImageRequest = { ...BASE, operation: 'dark-twin', prompt: '', source: deep };
      for (const job of [runJob(widen(deep, 160, 128), bench.context(new ScriptedEngine(redrawn))), runJob(twin, bench.context(offline))]) {
        assert.deepEqual((await job).notes.filter(({ note }) => note === 'reduced-depth'), [{ note: 'reduced-depth', bits: 16 }]);
      }
    });

    it('does not pay again for tiles that arrived before another one failed', async () => {
      const source = await sourceOf(256, 256);
      const request = widen(source, 700, 256);
      let failing = true;
      const engine = new ScriptedEngine((call, index) => (failing && index === 1 ? Promise.reject(new ImageError('maybe-billed', 'No connection.')) : redrawn(call)));
      await assert.rejects(runJob(request, bench.context(engine)), { reason: 'maybe-billed' });
      assert.equal(bench.files.files.size, 0);
      const first = engine.calls.length;
      const { requests } = await planJob(request, bench.context(engine));
      assert.ok(requests > 1);
      failing = false;
      await runJob(request, bench.context(engine));
      assert.equal(engine.calls.length, first + requests - (first - 1));
      assert.equal(bench.files.files.size, 1);
      assert.deepEqual(await bench.context(engine).outbox.findAnswers(''), []);
    });

    it('offers the answer as it is when it is another picture altogether', async () => {
      const source = await sourceOf(256, 256);
      const engine = new ScriptedEngine(strange);
      const context = bench.context(engine);
      await assert.rejects(runJob(widen(source, 450, 256), context), { reason: 'does-not-fit' });
      assert.equal(bench.files.files.size, 0);
      assert.equal((await context.outbox.unsaved()).length, 1);
    });

    it('keeps the tiles of a chain that fit when one does not, offers that one as it is, and asks for it anew', async () => {
      const request = widen(await sourceOf(256, 256), 1024, 256);
      let failing = true;
      const engine = new ScriptedEngine((call, index) => (failing && index === 1 ? strange(call) : redrawn(call)));
      const context = bench.context(engine);
      const { requests, estimateUsd } = await planJob(request, context);
      const refused = await runJob(request, context).catch((error: unknown) => error);
      assert.ok(refused instanceof ImageError && refused.reason === 'does-not-fit');
      const kept = engine.calls.length - 1;
      assert.ok(kept > 0 && requests > kept);
      assert.equal(refused.resume?.kept, kept);
      assert.ok(estimateUsd && refused.resume.usd && Math.abs(refused.resume.usd / estimateUsd - (requests - kept) / requests) < 0.2, `${refused.resume?.usd} of ${estimateUsd}`);
      const [offered, ...others] = await context.outbox.unsaved();
      assert.ok(offered && others.length === 0, 'what does not fit is offered, and nothing else');

      failing = false;
      await runJob(request, context);
      assert.equal(engine.calls.length, requests + 1, 'only the refused tile was paid for twice');
      assert.equal(bench.files.files.size, 1);
      assert.deepEqual((await context.outbox.unsaved()).map(({ id }) => id), [offered.id], 'it stays until it is saved or discarded');
    });

    it('replaces the source only while it is what was read, and keeps the old bytes', async () => {
      const source = await sourceOf(256, 256);
      bench.files.files.set(source.uri, source.bytes);
      const region = { kind: 'bounds', bounds: { x: 64, y: 64, width: 64, height: 64 } } as const;
      const request: InpaintRequest = { ...BASE, operation: 'inpaint', prompt: 'a door', source, region, mode: 'exact', output: { kind: 'replace', uri: source.uri, expected: source.hash } };
      const context = bench.context(new ScriptedEngine(redrawn));
      assert.deepEqual((await runJob(request, context)).files, [source.uri]);
      assert.deepEqual(await context.history.original(source.hash), source.bytes);
      await assert.rejects(runJob(request, context), { reason: 'cannot-save' });
      assert.equal((await context.outbox.unsaved()).length, 1);
    });

    it('leaves no picture open in the worker', async () => {
      const source = await sourceOf(256, 256);
      const opened = new Set<number>();
      const watched: Pixels = {
        ...pixels,
        open: async (...args) => note(await pixels.open(...args)),
        resize: async (...args) => note(await pixels.resize(...args)),
        canvas: async (...args) => note(await pixels.canvas(...args)),
        copy: async (...args) => note(await pixels.copy(...args)),
        close(...pictures) {
          for (const { id } of pictures) opened.delete(id);
          pixels.close(...pictures);
        },
      };
      const note = <T extends Picture>(picture: T): T => (opened.add(picture.id), picture);
      await runJob(widen(source, 512, 256), bench.context(new ScriptedEngine(redrawn), { pixels: watched }));
      await runJob(widen(source, 200, 400), bench.context(new ScriptedEngine(redrawn), { pixels: watched }));
      assert.deepEqual([...opened], []);
    });
  });

  it('keeps candidates out of the workspace', async () => {
    const request: ImageRequest = { ...GENERATE, output: { kind: 'candidates', run: 'r1', folder: FOLDER, stem: 'fox' } };
    const context = bench.context(new ScriptedEngine(freshPictures));
    assert.deepEqual((await runJob(request, context)).files, []);
    assert.equal(bench.files.files.size, 0);
    const [candidate] = await context.candidates.list();
    assert.equal(candidate?.run, 'r1');
    assert.equal(candidate.costUsd, (await context.ledger.list())[0]?.usd);
    assert.ok(candidate.costUsd);
    assert.ok(bench.events.some((event) => event.type === 'candidate'));
  });

  it('scales a larger picture of the same ratio down for nothing, whatever the model costs', async () => {
    const engine = new ScriptedEngine(redrawn, { ...SMALL_MODEL, prices: undefined });
    const context = bench.context(engine);
    const result = await runJob(widen(await sourceOf(128, 64), 64, 32), context);
    const { width, height, recipe } = await pixelsOf(bench, result.files[0]);
    assert.deepEqual([width, height, engine.calls.length, result.costUsd], [64, 32, 0, 0]);
    assert.equal(parseRecipe(recipe ?? '')?.seed, undefined);
  });

  it('rejects an engine that cannot', async () => {
    const engine = new ScriptedEngine(freshPictures);
    const offline = { id: 'offline' as const, model: engine.model, quality: undefined, paid: false, lane: 'offline', previews: 0, generate: engine.generate.bind(engine) };
    const source = await sourceOf(64, 64);
    const region = { kind: 'bounds', bounds: { x: 0, y: 0, width: 8, height: 8 } } as const;
    await assert.rejects(runJob({ ...BASE, operation: 'inpaint', prompt: 'x', source, region, mode: 'exact' }, bench.context(offline)), { reason: 'needs-model' });
    await assert.rejects(runJob({ ...BASE, operation: 'blend', prompt: 'x', sources: [source, source] }, bench.context(offline)), { reason: 'needs-model' });
  });

  function widen(source: Source, width: number, height: number): OutpaintRequest {
    return { ...BASE, operation: 'outpaint', prompt: 'a meadow', source, target: { kind: 'extent', extent: { width, height } }, anchor: { x: 0.5, y: 0.5 }, mode: 'exact' };
  }
});

function assertKept(
  before: { width: number; height: number; data: Uint8ClampedArray },
  after: { width: number; data: Uint8ClampedArray },
  at: Point,
  drawn: (x: number, y: number) => boolean,
): void {
  for (let y = 0; y < before.height; y += 1) {
    for (let x = 0; x < before.width; x += 1) {
      if (drawn(x, y)) continue;
      const from = (y * before.width + x) * 4;
      const to = ((y + at.y) * after.width + x + at.x) * 4;
      for (let channel = 0; channel < 4; channel += 1) {
        if (before.data[from + channel] !== after.data[to + channel]) assert.fail(`pixel ${x},${y} changed`);
      }
    }
  }
}
