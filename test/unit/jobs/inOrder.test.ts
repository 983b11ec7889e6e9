import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ImageError, type Reason } from '../../../src/core/errors';
import { runInOrder, type OrderedOutcome } from '../../../src/jobs/inOrder';

interface Bench {
  readonly started: number[];
  readonly slept: number[];
  most: number;
}

/** Runs items 0 to n − 1; `parents[i]` is done before i, `fails` says with what i fails at its k-th attempt. */
async function run(n: number, parents: readonly (number | undefined)[], fails: (item: number, attempt: number) => Reason | undefined, signal = new AbortController().signal): Promise<Bench & { outcome: OrderedOutcome<number, string> }> {
  const bench: Bench = { started: [], slept: [], most: 0 };
  let running = 0;
  const outcome = await runInOrder<number, string>({
    items: Array.from({ length: n }, (_, i) => i),
    after: (item) => parents[item],
    parallel: 3,
    signal,
    sleep: async (seconds) => void bench.slept.push(seconds),
    run: async (item) => {
      const attempt = bench.started.filter((earlier) => earlier === item).length;
      bench.started.push(item);
      running += 1;
      bench.most = Math.max(bench.most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      const reason = fails(item, attempt);
      if (reason) throw new ImageError(reason, 'no', { retryAfterSeconds: 7 });
      return `r${item}`;
    },
  });
  return { ...bench, outcome };
}

describe('runInOrder', () => {
  it('does everything once, three at a time, each after the one that it follows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), async (numbers) => {
        // A parent is any earlier item, in an order that is turned around.
        const n = numbers.length;
        const parents = numbers.map((value, i) => (i + 1 < n && value % 2 === 0 ? i + 1 + (value % (n - i - 1)) : undefined));
        const { started, most, outcome } = await run(n, parents, () => undefined);
        assert.deepEqual([...started].sort((a, b) => a - b), numbers.map((_, i) => i));
        for (const [i, parent] of parents.entries()) if (parent !== undefined) assert.ok(started.indexOf(parent) < started.indexOf(i));
        assert.ok(most <= 3);
        assert.deepEqual(outcome.done.map(({ result }) => result), numbers.map((_, i) => `r${i}`));
      }),
      { numRuns: 50 },
    );
  });

  it('goes on after a failure, but not with what follows on it', async () => {
    const { started, outcome } = await run(4, [undefined, 0, 1, undefined], (item) => (item === 0 ? 'refused-by-safety' : undefined));
    assert.deepEqual(started, [0, 3]);
    assert.deepEqual(outcome.done.map(({ item }) => item), [3]);
    assert.deepEqual(outcome.failed.map(({ item, error }) => [item, error.reason]), [[0, 'refused-by-safety']]);
  });

  it('stops where every other request would fail alike', async () => {
    const { started, outcome } = await run(8, [], (item) => (item === 0 ? 'quota' : undefined));
    assert.ok(started.length <= 3);
    assert.equal(outcome.failed.length, 1);
  });

  it('waits as long as the server asks, and gives up in the end', async () => {
    const soon = await run(2, [], (item, attempt) => (item === 1 && attempt < 2 ? 'rate-limited' : undefined));
    assert.deepEqual(soon.slept, [7, 7]);
    assert.equal(soon.outcome.done.length, 2);
    const never = await run(1, [], () => 'rate-limited');
    assert.equal(never.slept.length, 3);
    assert.deepEqual(never.outcome.failed.map(({ error }) => error.reason), ['rate-limited']);
  });

  it('starts nothing once it is cancelled', async () => {
    const { started, outcome } = await run(3, [], () => undefined, AbortSignal.abort());
    assert.deepEqual(started, []);
    assert.equal(outcome.failed[0]?.error.reason, 'cancelled');
  });
});
