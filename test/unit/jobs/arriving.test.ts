import assert from 'node:assert/strict';
import type { CallContext, Drawing, ImageEngine } from '../../../src/core/engine';
import { ImageError } from '../../../src/core/errors';
import type { GenerateRequest } from '../../../src/core/request';
import { runJob } from '../../../src/jobs/run';
import { inspectImage } from '../../../src/pixels/codec/inspect';
import { lakeRequest, SMALL_MODEL, useJobBench } from '../../support/jobBench';

const EXTENT = { width: 64, height: 64 };

describe('an answer that is put on disk while it comes', () => {
  const { bench, png } = useJobBench(EXTENT);
  const request = (count: number): GenerateRequest => lakeRequest(EXTENT, count, true);

  /** An engine whose body brings pictures in halves; `parts` are those of its images. */
  function engineOf(parts: readonly number[], during: (context: CallContext) => void = () => {}): ImageEngine {
    const generate = async (_call: unknown, context: CallContext): Promise<Drawing> => {
      const copy = context.copyAnswer?.();
      await copy?.body(new TextEncoder().encode('{"data":'));
      for (const part of [0, 1, 2]) {
        copy?.picture(part, png().slice(0, png().length / 2));
        copy?.picture(part, png().slice(png().length / 2));
      }
      copy?.end();
      during(context);
      return { images: parts.map((part) => ({ bytes: png().slice(), format: 'png' as const, info: inspectImage(png()), part })) };
    };
    return { id: 'openai', model: SMALL_MODEL, quality: 'medium', paid: true, lane: 'test', previews: 0, generate };
  }

  const inOutbox = (): string[] => [...bench().storage.entries.keys()].filter((name) => name.startsWith('outbox/'));

  it('is written once, with its recipe, and leaves nothing behind', async () => {
    const written: string[] = [];
    const write = bench().storage.write.bind(bench().storage);
    bench().storage.write = (name, bytes) => (written.push(name), write(name, bytes));
    const { files } = await runJob(request(2), bench().context(engineOf([0, 1])));
    for (const file of files) {
      const { recipe, extent } = inspectImage(await bench().files.read(file));
      assert.match(recipe ?? '', /"prompt":"a lake"/);
      assert.deepEqual(extent, EXTENT);
    }
    assert.equal(files.length, 2);
    assert.deepEqual(written.filter((name) => name.endsWith('.bin')), []);
    assert.deepEqual(inOutbox(), []);
  });

  it('is kept whichever of its parts became pictures, and where nothing could be staged', async () => {
    for (const parts of [[1, 2], [2, 0], [7, 8]]) assert.equal((await runJob(request(2), bench().context(engineOf(parts)))).files.length, 2);
    bench().storage.grow = () => Promise.reject(new Error('ENOSPC'));
    assert.equal((await runJob(request(2), bench().context(engineOf([0, 1])))).files.length, 2);
    assert.deepEqual(inOutbox(), []);
  });

  it('is in the ledger before the job ends', async () => {
    const context = bench().context(engineOf([0]));
    await runJob(request(1), context);
    assert.deepEqual((await context.ledger.list()).map(({ basis }) => basis), ['estimate']);
  });

  it('leaves nothing behind where it is cancelled', async () => {
    const cancelled = engineOf([0], () => {
      bench().controller.abort();
      throw new ImageError('cancelled', 'Cancelled.');
    });
    await assert.rejects(runJob(request(1), bench().context(cancelled)), { reason: 'cancelled' });
    assert.deepEqual(inOutbox(), []);
  });

  it('leaves nothing behind where it is broken off', async () => {
    const broken = engineOf([0], () => {
      throw new ImageError('maybe-billed', 'Broken off.');
    });
    await assert.rejects(runJob(request(1), bench().context(broken)), { reason: 'maybe-billed' });
    assert.deepEqual(inOutbox(), []);
  });
});
