import assert from 'node:assert/strict';
import { once } from 'node:events';
import path from 'node:path';
import { mock } from 'node:test';
import { Worker } from 'node:worker_threads';
import { sha256 } from '../../../src/core/hash';
import type { ArtSpec } from '../../../src/core/pixels';
import type { WorkerPort } from '../../../src/core/ports';
import { runJob } from '../../../src/jobs/run';
import { portOf } from '../../../src/node/workerThread';
import { createPixelClient } from '../../../src/pixels/client';
import type { FromWorker, OperationName, ToWorker } from '../../../src/pixels/worker/messages';
import { jobBench, plainPng, ScriptedEngine } from '../../support/jobBench';
import { ROOT } from '../../support/vscode/root';

const WORKER = path.join(ROOT, 'out/test/pixelWorker.js');
const SMALL: ArtSpec = { extent: { width: 64, height: 64 }, seed: 1, motif: 'gradient', palette: [0x102030, 0xf0e0d0], accent: 0xff8800, tone: 'dark', light: 'day', energy: 0.5 };
/** Draws for seconds, longer than any test waits. */
const LONG: ArtSpec = { ...SMALL, extent: { width: 4096, height: 4096 }, motif: 'mountains' };

/** A worker that uses up its memory at the first message. */
const GREEDY = `require('node:worker_threads').parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); });`;

describe('the pixel worker', () => {
  const workers: Worker[] = [];
  const started = (worker: Worker): WorkerPort => portOf((workers.push(worker), worker));
  const spawn = (): WorkerPort => started(new Worker(WORKER));
  const kill = (): void => void workers.at(-1)?.terminate();

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  });

  it('rejects what is pending when it dies, says so of its pictures, and starts anew', async () => {
    const pixels = createPixelClient(spawn);
    const held = await pixels.art(SMALL);
    const pending = [pixels.art(LONG), pixels.encode(held, { format: 'png' })];
    setTimeout(kill, 60);
    for (const result of await Promise.allSettled(pending)) assert.equal(result.status === 'rejected' && result.reason.reason, 'broken-image');
    await assert.rejects(pixels.encode(held, { format: 'png' }), { reason: 'broken-image', message: /lost/ });

    const again = await pixels.art(SMALL);
    assert.ok((await pixels.encode(again, { format: 'png' })).length > 100);
    assert.equal(workers.length, 2);
    pixels.close(held);
    await assert.rejects(pixels.encode(held, { format: 'png' }), { reason: 'bad-argument' });
    pixels.dispose();
  });

  it('tells want of memory from a broken picture', async () => {
    const greedy = (): WorkerPort => started(new Worker(GREEDY, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 } }));
    const pixels = createPixelClient(() => (workers.length === 0 ? greedy() : spawn()));
    await assert.rejects(pixels.art(SMALL), { reason: 'too-large' });
    assert.deepEqual((await pixels.art(SMALL)).extent, SMALL.extent);
    pixels.dispose();
  });

  it('says why it cannot start, once, and tries again', async () => {
    const pixels = createPixelClient(() => (workers.length === 0 ? started(new Worker(path.join(ROOT, 'out/test/nothing.js'))) : spawn()));
    await assert.rejects(pixels.art(SMALL), { reason: 'broken-image', message: /Cannot find module/ });
    assert.deepEqual((await pixels.art(SMALL)).extent, SMALL.extent);
    pixels.dispose();
  });

  it('is answered for at once when a call is cancelled, and works on', async () => {
    const pixels = createPixelClient(spawn);
    const controller = new AbortController();
    const pending = pixels.art(LONG, controller.signal);
    setTimeout(() => controller.abort(), 60);
    await assert.rejects(pending, { reason: 'cancelled' });
    assert.deepEqual((await pixels.art(SMALL)).extent, SMALL.extent);
    assert.equal(workers.length, 1);
    pixels.dispose();
  });

  it('stops the work itself at its next step when a call is cancelled', async () => {
    const port = spawn();
    const answers = new Map<number, (message: FromWorker) => void>();
    port.onMessage((received) => {
      const message = received as FromWorker;
      if (message.type !== 'step') answers.get(message.id)?.(message);
    });
    const call = (id: number, operation: OperationName, ...args: readonly unknown[]): Promise<FromWorker> => {
      port.post({ type: 'call', id, operation, args } satisfies ToWorker, []);
      return new Promise((resolve) => answers.set(id, resolve));
    };
    /** What the worker itself says of a call that is cancelled at once: work that goes on to its end is `done`. */
    const cancelled = async (id: number, operation: OperationName, ...args: readonly unknown[]): Promise<unknown> => {
      const answer = call(id, operation, ...args);
      port.post({ type: 'cancel', id } satisfies ToWorker, []);
      const message = await answer;
      return message.type === 'failed' ? message.reason : message.type;
    };
    const extent = { width: 2048, height: 2048 };
    const picture = { id: 1, extent };
    assert.equal((await call(1, 'art', { ...SMALL, extent })).type, 'done');
    assert.equal(await cancelled(2, 'art', LONG), 'cancelled');
    assert.equal(await cancelled(3, 'encode', picture, { format: 'png' }), 'cancelled');
  });

  it('goes when it has had nothing to do for a minute, and not while it holds a picture', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const pixels = createPixelClient(spawn);
      const held = await pixels.art(SMALL);
      mock.timers.tick(120_000);
      await pixels.encode(held, { format: 'png' });
      pixels.close(held);
      const [worker] = workers;
      assert.ok(worker);
      mock.timers.tick(59_000);
      assert.notEqual(worker.threadId, -1);
      const gone = once(worker, 'exit');
      mock.timers.tick(1000);
      await gone;
      pixels.dispose();
    } finally {
      mock.timers.reset();
    }
  });

  it('loses nothing that was paid for when it dies while an answer is put together', async () => {
    const pixels = createPixelClient(spawn);
    const bench = jobBench(pixels);
    const engine = new ScriptedEngine(async (call) => ('images' in call ? call.images.slice(0, 1) : []));
    const bytes = await plainPng(pixels, { width: 256, height: 256 }, 3);
    const request = {
      operation: 'inpaint',
      prompt: 'a fox',
      count: 1,
      seed: 7,
      embedRecipe: true,
      output: { kind: 'new', folder: 'file:///w', stem: 'fox' },
      source: { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) },
      region: { kind: 'bounds', bounds: { x: 90, y: 90, width: 60, height: 60 } },
      mode: 'exact',
    } as const;
    let died = false;
    const dying = { ...bench.context(engine), onEvent: (event: { readonly type: string }) => event.type === 'composing' && !died && ((died = true), kill()) };
    await assert.rejects(runJob(request, dying), { reason: 'broken-image' });
    const { files } = await runJob(request, bench.context(engine));
    assert.equal(files.length, 1);
    assert.equal(engine.calls.length, 1);
    pixels.dispose();
  });
});
