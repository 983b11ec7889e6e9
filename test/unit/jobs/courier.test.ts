import assert from 'node:assert/strict';
import type { CallContext, Drawing, GenerateCall, ImageEngine, RateLimit } from '../../../src/core/engine';
import { ImageError } from '../../../src/core/errors';
import type { GenerateRequest } from '../../../src/core/request';
import type { JobEvent } from '../../../src/jobs/job';
import { Pacer } from '../../../src/jobs/pacer';
import { planJob, runJob } from '../../../src/jobs/run';
import { lakeRequest, SMALL_MODEL, useJobBench } from '../../support/jobBench';

const EXTENT = { width: 64, height: 64 };
/** Output tokens of one such picture at quality medium. */
const EACH = 439 / 256;

/** What an engine answers to a request for so many pictures: that many, with the tokens it counts. */
interface Step {
  readonly images?: number;
  readonly tokens?: number;
  readonly rate?: RateLimit;
  readonly fail?: ImageError;
}

describe('the courier', () => {
  const { bench, png } = useJobBench(EXTENT);
  const request = (count: number): GenerateRequest => lakeRequest(EXTENT, count, false);

  function engineOf(steps: readonly Step[], change: Partial<ImageEngine> = {}): ImageEngine & { readonly asked: number[]; readonly contexts: CallContext[] } {
    const asked: number[] = [];
    const contexts: CallContext[] = [];
    const generate = async ({ count }: GenerateCall, context: CallContext): Promise<Drawing> => {
      const { images = count, tokens, rate, fail } = steps[asked.length] ?? {};
      asked.push(count);
      contexts.push(context);
      if (fail) throw fail;
      return { images: Array.from({ length: images }, () => ({ bytes: png().slice(), format: 'png' as const })), ...(tokens === undefined ? {} : { usage: { textInput: 0, imageInput: 0, imageOutput: tokens } }), ...(rate && { rate }) };
    };
    return { id: 'openai', model: SMALL_MODEL, quality: 'medium', paid: true, lane: 'test', previews: 1, generate, asked, contexts, ...change };
  }

  const waits = (events: readonly JobEvent[]): string[] => events.flatMap((event) => (event.type === 'waiting' ? [`${event.why} ${event.seconds}`] : []));

  describe('how many', () => {
    const cases: [name: string, steps: readonly Step[], count: number, asked: readonly number[], files: number][] = [
      ['asks one at a time once n was ignored', [{ images: 1 }, {}, {}], 3, [3, 1, 1], 3],
      ['makes at most n requests', [{ images: 1 }, { images: 1 }, { images: 1 }, { images: 1 }], 3, [3, 1, 1], 3],
      ['asks again where only what came was billed', [{ images: 1, tokens: EACH }, { tokens: EACH }], 2, [2, 1], 2],
      ['does not ask again for what was billed', [{ images: 1, tokens: 2 * EACH }], 2, [2], 1],
      ['keeps what has come where a later request fails', [{ images: 1 }, { fail: new ImageError('maybe-billed', 'Broken.') }], 3, [3, 1], 1],
      ['takes no more than it asked for', [{ images: 5 }], 2, [2], 2],
    ];
    for (const [name, steps, count, asked, files] of cases) {
      it(name, async () => {
        const engine = engineOf(steps);
        const result = await runJob(request(count), bench().context(engine));
        assert.deepEqual(engine.asked, asked);
        assert.equal(result.files.length, files);
        assert.deepEqual(result.notes, files < count ? [{ note: 'fewer', asked: count, got: files }] : []);
      });
    }

    it('stores each answer before it asks for the next', async () => {
      const stored: number[] = [];
      const engine = engineOf([{ images: 1 }]);
      const { generate } = engine;
      const watching: ImageEngine = {
        ...engine,
        generate: async (call, context) => {
          stored.push([...bench().storage.entries.keys()].filter((name) => /^outbox\/.*\.bin$/.test(name)).length);
          return generate(call, context);
        },
      };
      await runJob(request(3), bench().context(watching));
      assert.deepEqual(stored, [0, 1, 2]);
    });
  });

  describe('what was certainly not billed', () => {
    const slow = (seconds?: number): ImageError => new ImageError('rate-limited', 'Slow down.', { httpStatus: 429, retryAfterSeconds: seconds });
    const gone = new ImageError('network', 'Refused.');
    const repeated: [name: string, fails: readonly ImageError[], waited: readonly string[]][] = [
      ['waits as long as the server asks', [slow(12)], ['rate-limited 12']],
      ['backs off where it does not say', [slow(), slow()], ['rate-limited 2', 'rate-limited 4']],
      ['tries a server again that is not there', [gone, gone], ['network 1', 'network 2']],
    ];
    for (const [name, fails, waited] of repeated) {
      it(`${name}, says so, and pays once`, async () => {
        const engine = engineOf(fails.map((fail) => ({ fail })));
        const context = bench().context(engine);
        const { files } = await runJob(request(1), context);
        assert.equal(files.length, 1);
        assert.equal(engine.asked.length, fails.length + 1);
        assert.deepEqual(waits(bench().events), waited);
        assert.deepEqual(bench().slept, waited.map((wait) => Number(wait.split(' ')[1]) * 1000));
        assert.equal((await context.ledger.list()).length, 1);
      });
    }

    const given: [name: string, fail: ImageError, asked: number][] = [
      ['after three attempts', slow(1), 3],
      ['at once where the wait is long', slow(3600), 1],
      ['at once where a proxy said no', new ImageError('network', 'Proxy.', { httpStatus: 407 }), 1],
      ['at once where it may have been billed', new ImageError('maybe-billed', 'Broken.'), 1],
      ['at once where it was refused', new ImageError('quota', 'No money.', { httpStatus: 429 }), 1],
    ];
    for (const [name, fail, asked] of given) {
      it(`gives up ${name}`, async () => {
        const engine = engineOf(Array.from({ length: 9 }, () => ({ fail })));
        await assert.rejects(runJob(request(1), bench().context(engine)), { reason: fail.reason });
        assert.equal(engine.asked.length, asked);
      });
    }

    it('can be cancelled while it waits', async () => {
      const engine = engineOf([{ fail: slow(30) }]);
      const pacer = new Pacer(() => new Promise(() => {}));
      const onEvent = (event: JobEvent): void => (event.type === 'waiting' ? bench().controller.abort() : undefined);
      await assert.rejects(runJob(request(1), bench().context(engine, { pacer, onEvent })), { reason: 'cancelled' });
      assert.equal(engine.asked.length, 1);
    });
  });

  describe('several at once', () => {
    const single = { ...SMALL_MODEL, maxCount: 1 };

    /** An engine that counts how many requests are under way. */
    function busy(rates: readonly (RateLimit | undefined)[] = []): { engine: ImageEngine; most: () => number } {
      let running = 0;
      let most = 0;
      let index = 0;
      const generate = async (): Promise<Drawing> => {
        const rate = rates[index++];
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        return { images: [{ bytes: png().slice(), format: 'png' }], rate };
      };
      return { engine: engineOf([], { model: single, generate }), most: () => most };
    }

    it('makes four requests side by side, and names the files in order', async () => {
      const { engine, most } = busy();
      const { files } = await runJob(request(6), bench().context(engine));
      assert.equal(most(), 4);
      assert.deepEqual(files, [1, 2, 3, 4, 5, 6].map((n) => `memory:/w/lake${n === 1 ? '' : `-${n}`}.png`));
    });

    it('makes no more than the server says are left, and waits for the next', async () => {
      const pacer = new Pacer(async (milliseconds) => void bench().slept.push(milliseconds));
      pacer.learn('test', { remaining: 1, resetSeconds: 5 });
      const { engine, most } = busy([{ remaining: 1, resetSeconds: 9 }, { remaining: 0, resetSeconds: 9 }, { remaining: 1, resetSeconds: 9 }]);
      await runJob(request(3), bench().context(engine, { pacer }));
      assert.equal(most(), 1);
      assert.deepEqual(bench().slept, [9000]);
    });

    it('spends nothing more once one has failed, and loses nothing that came', async () => {
      const fail = new ImageError('refused-by-safety', 'No.');
      const engine = engineOf([{}, { fail }], { model: single });
      await assert.rejects(runJob(request(9), bench().context(engine)), (error: ImageError) => error.reason === fail.reason && error.files.length === 1);
      assert.ok(engine.asked.length <= 5, `${engine.asked.length} requests`);
      const offered = await bench().context(engine).outbox.unsaved();
      assert.equal(offered.length + 1 + 1, engine.asked.length);
    });
  });

  describe('previews', () => {
    it('are asked for where a person watches a single picture, and stand in the estimate', async () => {
      const engine = engineOf([]);
      const estimate = async (watched: boolean, count: number): Promise<number> => (await planJob(request(count), bench().context(engine, { watched }))).estimateUsd ?? 0;
      assert.ok(Math.abs((await estimate(true, 1)) - (await estimate(false, 1)) - (100 * 30) / 1e6) < 1e-9);
      assert.equal(await estimate(true, 2), await estimate(false, 2));
      await runJob(request(1), bench().context(engine, { watched: true }));
      await runJob(request(1), bench().context(engine, { watched: false }));
      await runJob(request(2), bench().context(engine, { watched: true }));
      assert.deepEqual(engine.contexts.map(({ previews }) => previews), [1, 0, 0]);
    });
  });

  it('offers a file that came instead of a picture as it is', async () => {
    const bytes = new TextEncoder().encode('<svg><script>alert(1)</script></svg>');
    const generate = async (): Promise<Drawing> => ({ images: [], unusable: [{ bytes, extension: 'svg.txt', why: 'The server sent an SVG.' }] });
    const context = bench().context(engineOf([], { generate }));
    await assert.rejects(runJob(request(1), context), { reason: 'bad-answer', message: /sent an SVG.*is kept/ });
    const [entry, ...more] = await context.outbox.unsaved();
    assert.deepEqual([entry?.stem, entry?.extension, more.length], ['lake', 'svg.txt', 0]);
    assert.deepEqual(await context.outbox.read(entry?.id ?? ''), bytes);
  });
});
