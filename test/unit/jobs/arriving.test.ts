import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { concat } from '../../../src/core/bytes';
import type { CallContext, Drawing, ImageEngine } from '../../../src/core/engine';
import { ImageError } from '../../../src/core/errors';
import type { GenerateRequest } from '../../../src/core/request';
import { AnswerOnDisk } from '../../../src/jobs/answerOnDisk';
import { dressed } from '../../../src/jobs/dress';
import { Lease } from '../../../src/jobs/lease';
import { Outbox } from '../../../src/jobs/outbox';
import { runJob } from '../../../src/jobs/run';
import { inspectImage } from '../../../src/pixels/codec/inspect';
import { lakeRequest, SMALL_MODEL, useJobBench } from '../../support/jobBench';
import { MemoryStorage } from '../../support/memory';

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
        copy?.pictureEnds(part);
      }
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

  it('is in the outbox as the file that it is to be, however it came and whatever failed on the disk', async () => {
    const meta = { kind: 'answer', folder: 'memory:/w', stem: 'lake', extension: 'png' } as const;
    const halves = [concat([png(), Uint8Array.of(7)]), png().subarray(0, png().length / 2), Uint8Array.of(0xff, 0xd8, 0xff, 1, 2, 3, 4, 5, 6)];
    const { recipeFilter, clock } = bench().context(engineOf([]));
    let taken = 0;
    const cases = fc.record({
      file: fc.constantFrom(png(), ...halves),
      recipe: fc.constantFrom(undefined, '{}', 'none'),
      cuts: fc.array(fc.nat(), { maxLength: 9 }),
      // Pieces that are lost where the worker dies, and steps on the disk that fail.
      lost: fc.boolean(),
      failing: fc.option(fc.nat(4)),
      fails: fc.constantFrom('add', 'sync', 'rename', 'grow'),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ file, recipe, cuts, lost, failing, fails }) => {
        const storage = new MemoryStorage();
        failAt(storage, fails, failing);
        const outbox = new Outbox(storage, clock, new Lease(storage, clock, 'session'));
        const own = recipe === 'none' ? undefined : recipe;
        const copy = new AnswerOnDisk(outbox, { meta, key: undefined, count: 1, ...(recipe !== 'none' && { dress: () => recipeFilter(own) }) });
        const places = [0, ...cuts.map((cut) => cut % file.length).sort((a, b) => a - b), file.length];
        for (const [index, to] of places.slice(1, lost ? -1 : undefined).entries()) copy.picture(0, file.subarray(places[index], to));
        if (!lost) copy.pictureEnds(0);
        const format = file[0] === 0xff ? 'jpeg' : 'png';
        const drawn = { bytes: file, format, part: 0 } as const;
        const staged = copy.take(drawn, 0);
        if (staged) taken += 1;
        const image = recipe === 'none' ? drawn : dressed(drawn, own, recipeFilter, staged);
        const id = await outbox.put(image, meta, staged);
        await copy.remove();
        const expected = recipe === 'none' ? file : dressed(drawn, own, recipeFilter).bytes;
        assert.deepEqual(await outbox.read(id), expected);
        assert.deepEqual(image.bytes, expected);
        assert.deepEqual([...storage.entries.keys()].toSorted(), [`outbox/${id}.bin`, `outbox/${id}.json`]);
      }),
    );
    assert.ok(taken > 20);
  });
});

/** Makes that step of entries that grow fail the n-th time, and each time after. */
function failAt(storage: MemoryStorage, step: 'add' | 'sync' | 'rename' | 'grow', first: number | null): void {
  let count = 0;
  const failing = <Args extends readonly unknown[], T>(name: string, real: (...args: Args) => Promise<T>) => async (...args: Args): Promise<T> => {
    if (name === step && first !== null && count++ >= first) throw new Error('EIO');
    return real(...args);
  };
  const grow = storage.grow.bind(storage);
  storage.grow = failing('grow', async (name) => {
    const { add, sync, close } = await grow(name);
    return { add: failing('add', add), sync: failing('sync', sync), close };
  });
  storage.rename = failing('rename', storage.rename.bind(storage));
}
