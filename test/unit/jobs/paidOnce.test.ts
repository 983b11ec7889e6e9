import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { EditCall, GenerateCall } from '../../../src/core/engine';
import { ImageError } from '../../../src/core/errors';
import { sha256 } from '../../../src/core/hash';
import type { EncodedImage } from '../../../src/core/image';
import type { Pixels, Tile } from '../../../src/core/pixels';
import type { OutpaintRequest } from '../../../src/core/request';
import { planJob, runJob } from '../../../src/jobs/run';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, ScriptedEngine, TINY_MODEL, type JobBench } from '../../support/jobBench';
import { redrawn, redrawnAs, strange } from '../../support/modelAnswers';
import { render, waves } from '../../support/scene';

type Answer = (call: GenerateCall | EditCall) => Promise<EncodedImage[]>;

const pixels = inProcessPixels();

/** A PNG with a picture's header and something else in it. */
async function damaged(call: GenerateCall | EditCall): Promise<EncodedImage[]> {
  const answers = await redrawn(call);
  return answers.map((image) => ({ format: image.format, bytes: image.bytes.map((value, at) => (at > image.bytes.length / 2 && at < image.bytes.length / 2 + 40 ? value ^ 0x5a : value)) }));
}

describe('an answer that is paid for', () => {
  let bench: JobBench;
  let chain: OutpaintRequest;
  let sides: OutpaintRequest;

  before(async () => {
    const bytes = await sharp(render(waves(1), 96, 96).data, { raw: { width: 96, height: 96, channels: 4 } }).png().toBuffer();
    const source = { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) };
    const output = { kind: 'new', folder: 'file:///w', stem: 'wide' } as const;
    const widened = { operation: 'outpaint', prompt: 'a meadow', source, mode: 'exact', count: 1, seed: 7, embedRecipe: false, output } as const;
    // The second tile goes on from the first one; and two that do not wait for each other.
    chain = { ...widened, target: { kind: 'extent', extent: { width: 224, height: 96 } }, anchor: { x: 0, y: 0 } };
    sides = { ...widened, target: { kind: 'extent', extent: { width: 224, height: 96 } }, anchor: { x: 0.5, y: 0 } };
  });
  beforeEach(() => {
    bench = jobBench(pixels);
  });
  after(() => pixels.dispose());

  const scripted = (...answers: readonly Answer[]): ScriptedEngine => new ScriptedEngine((call, index) => (answers[index] ?? redrawn)(call), TINY_MODEL);
  const failure = async (run: Promise<unknown>): Promise<ImageError> => {
    const error = await run.then(() => assert.fail('It succeeds'), (thrown: unknown) => thrown);
    assert.ok(error instanceof ImageError);
    return error;
  };
  /** Pixels whose work on a tile fails, as long as `fails` has something for it. */
  const breaking = (fails: (tile: Tile) => ImageError | undefined): Pixels => ({
    ...pixels,
    placeTile: async (canvas, tile, ...rest) => {
      const error = fails(tile);
      if (error) throw error;
      return pixels.placeTile(canvas, tile, ...rest);
    },
  });

  it('and damaged is offered as it came, and asked for anew alone', async () => {
    const engine = scripted(redrawn, damaged);
    const context = bench.context(engine);
    const error = await failure(runJob(chain, context));
    assert.equal(error.reason, 'does-not-fit');
    assert.match(error.damage ?? '', /damaged/);
    assert.equal(error.resume?.kept, 1);
    assert.ok(error.resume?.usd !== undefined && error.resume.usd > 0);
    assert.equal((await context.outbox.unsaved()).length, 1);
    assert.equal((await runJob(chain, context)).files.length, 1);
    assert.equal(engine.calls.length, 3);
    assert.equal((await context.outbox.unsaved()).length, 1);
  });

  it('is told of whoever cancels while another one is drawn, and of a failure of that', async () => {
    for (const reason of ['cancelled', 'refused-by-safety'] as const) {
      bench = jobBench(pixels);
      const engine = scripted(redrawn, () => {
        if (reason === 'cancelled') bench.controller.abort();
        return Promise.reject(new ImageError(reason, 'No answer.'));
      });
      const { requests, estimateUsd = NaN } = await planJob(chain, bench.context(engine));
      const error = await failure(runJob(chain, bench.context(engine)));
      assert.deepEqual([error.reason, error.resume?.kept], [reason, 1]);
      assert.ok(Math.abs((error.resume?.usd ?? NaN) / estimateUsd - (requests - 1) / requests) < 0.2);
      bench.events.length = 0;
      const { files } = await runJob(chain, bench.context(engine, { signal: new AbortController().signal }));
      assert.deepEqual([files.length, engine.calls.length], [1, 3]);
      assert.deepEqual(bench.events.filter(({ type }) => type === 'drawing'), [{ type: 'drawing', request: 1, of: 1 }]);
    }
  });

  it('and of another picture costs as much again as it did, all candidates in one request', async () => {
    const strangers = scripted(strange);
    const request: OutpaintRequest = { ...chain, target: { kind: 'extent', extent: { width: 128, height: 96 } }, count: 2 };
    const { requests, estimateUsd } = await planJob(request, bench.context(strangers));
    const { reason, resume } = await failure(runJob(request, bench.context(strangers)));
    assert.deepEqual([requests, reason, resume], [1, 'does-not-fit', { kept: 0, usd: estimateUsd }]);
  });

  it('is counted as it is laid, over all candidates', async () => {
    await runJob({ ...sides, count: 2 }, bench.context(scripted()));
    const parts = bench.events.flatMap((event) => (event.type === 'composing' ? [[event.part, event.of]] : []));
    assert.deepEqual(parts, [1, 2, 3, 4].map((part) => [part, 4]));
  });

  it('and damaged costs its candidate only', async () => {
    const engine = scripted(async (call) => [...(await redrawn({ ...call, count: 1 })), ...(await damaged({ ...call, count: 1 }))]);
    const { files, notes } = await runJob({ ...chain, target: { kind: 'extent', extent: { width: 128, height: 96 } }, count: 2 }, bench.context(engine));
    assert.equal(files.length, 1);
    assert.deepEqual(notes.map(({ note }) => note), ['kept', 'does-not-fit']);
  });

  it('is tried once more after the work on it broke off, and offered where that happens again', async () => {
    const engine = scripted();
    const memory = new ImageError('too-large', 'There was not enough memory for the work on the picture.', { brokeOff: 'now' });
    let fails = true;
    const context = bench.context(engine, { pixels: breaking(({ after }) => (fails && after.length > 0 ? memory : undefined)) });
    assert.equal((await failure(runJob(chain, context))).reason, 'too-large');
    assert.equal((await context.outbox.unsaved()).length, 0);
    const again = await failure(runJob(chain, context));
    assert.deepEqual([again.reason, again.damage, again.resume?.kept], ['does-not-fit', memory.message, 1]);
    assert.equal(engine.calls.length, 2);
    assert.equal((await context.outbox.unsaved()).length, 1);
    fails = false;
    assert.equal((await runJob(chain, context)).files.length, 1);
    assert.equal(engine.calls.length, 3);
  });

  it('is not suspected where its canvas was lost with what another one did', async () => {
    const engine = scripted();
    const error = (brokeOff: 'now' | 'before'): ImageError => new ImageError('broken-image', 'The work on the picture broke off.', { brokeOff });
    let fails = true;
    const context = bench.context(engine, { pixels: breaking(({ window }) => (fails ? error(window.x === 0 ? 'before' : 'now') : undefined)) });
    assert.equal((await failure(runJob(sides, context))).reason, 'broken-image');
    const again = await failure(runJob(sides, context));
    assert.deepEqual([again.reason, again.resume?.kept], ['does-not-fit', 1]);
    fails = false;
    assert.equal((await runJob(sides, context)).files.length, 1);
    assert.equal(engine.calls.length, 3);
  });

  it('and turns out to be no picture when it is taken up again is offered, and asked for anew', async () => {
    const engine = scripted(redrawn, () => Promise.reject(new ImageError('refused-by-safety', 'No.')));
    const context = bench.context(engine);
    await failure(runJob(chain, context));
    const [stored] = [...bench.storage.entries.keys()].filter((name) => name.endsWith('.bin'));
    bench.storage.entries.set(stored ?? assert.fail(), new TextEncoder().encode('nothing that anybody draws'));
    assert.equal((await runJob(chain, context)).files.length, 1);
    assert.equal(engine.calls.length, 4);
    assert.equal((await context.outbox.unsaved()).length, 1);
  });

  it('is used by one of two jobs that ask for the same at once, and by the next one when that fails', async () => {
    let secondAsked = (): void => undefined;
    let release = (): void => undefined;
    const asked = new Promise<void>((resolve) => (secondAsked = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const engine = new ScriptedEngine(async (call, index) => {
      if (index !== 1) return redrawnAs('brief', 5 + index)(call);
      secondAsked();
      await gate;
      throw new ImageError('refused-by-safety', 'No.');
    }, TINY_MODEL);
    const context = bench.context(engine);
    const first = failure(runJob(chain, context));
    await asked;
    // The first one has laid its first tile and waits for the second.
    assert.equal((await runJob(chain, context)).files.length, 1);
    assert.equal(engine.calls.length, 4);
    release();
    assert.equal((await first).reason, 'refused-by-safety');
    assert.equal((await runJob(chain, context)).files.length, 1);
    assert.equal(engine.calls.length, 5);
  });

  it('is left to the window that works on it, and to the first that takes it up when that is gone', async () => {
    const engine = scripted(redrawn, () => Promise.reject(new ImageError('refused-by-safety', 'No.')));
    await failure(runJob(chain, bench.context(engine)));
    const [name] = [...bench.storage.entries.keys()].filter((entry) => entry.endsWith('.bin'));
    const entryOf = async (table: JobBench): Promise<boolean[]> => {
      const { outbox } = table.context(engine);
      const key = JSON.parse(new TextDecoder().decode(bench.storage.entries.get((name ?? '').replace(/bin$/, 'json')))).key as string;
      return Promise.all((await outbox.findAnswers(key)).map((entry) => outbox.take(entry)));
    };
    const other = jobBench(pixels, bench.storage, 'session-b');
    await bench.context(engine).lease.renew();
    assert.deepEqual(await entryOf(other), [false]);
    other.clock.time += 60_000;
    const third = jobBench(pixels, bench.storage, 'session-c');
    third.clock.time += 60_000;
    await other.context(engine).lease.renew();
    assert.deepEqual(await entryOf(other), [true]);
    assert.deepEqual(await entryOf(third), [false]);
  });
});
