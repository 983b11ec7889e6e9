import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { Channel } from '../../../src/protocol/channel';
import { studioHost } from '../../../src/protocol/studio';

const asked = { requests: { double: { params: v.number(), result: v.number() }, fail: { params: v.null(), result: v.null() } }, notices: { news: v.string() } } as const;
const silent = { requests: {}, notices: {} } as const;

function pair(): { near: Channel<typeof silent, typeof asked>; far: Channel<typeof asked, typeof silent>; heard: string[] } {
  const heard: string[] = [];
  const near: Channel<typeof silent, typeof asked> = new Channel(silent, asked, (message) => queueMicrotask(() => far.receive(structuredClone(message))), { requests: {}, notices: {} });
  const far: Channel<typeof asked, typeof silent> = new Channel(asked, silent, (message) => queueMicrotask(() => near.receive(structuredClone(message))), {
    requests: { double: async (number) => number * 2, fail: () => Promise.reject(new Error('no')) },
    notices: { news: (text) => heard.push(text) },
  });
  return { near, far, heard };
}

describe('Channel', () => {
  it('answers questions, passes failures on, and tells news', async () => {
    const { near, far, heard } = pair();
    assert.deepEqual(await Promise.all([near.request('double', 2), near.request('double', 5)]), [4, 10]);
    await assert.rejects(near.request('fail', null), /no/);
    near.notify('news', 'hello');
    await Promise.resolve();
    assert.deepEqual(heard, ['hello']);
    near.dispose();
    far.dispose();
  });

  it('ends what is pending when it is disposed of, and takes nothing after', async () => {
    const { near, far } = pair();
    const pending = near.request('double', 1);
    near.dispose();
    await assert.rejects(pending, /Closed/);
    await assert.rejects(near.request('double', 1));
    far.dispose();
    assert.equal(far.receive({ kind: 'notice', name: 'news', body: 'late' }), false);
  });

  it('refuses a question of the wrong form, and an answer of the wrong form', async () => {
    const posted: unknown[] = [];
    const near = new Channel(silent, asked, (message) => posted.push(message), { requests: {}, notices: {} });
    const pending = near.request('double', 1);
    near.receive({ kind: 'result', id: 1, body: 'two' });
    await assert.rejects(pending, /unexpected form/);
    const { far } = pair();
    assert.equal(far.receive({ kind: 'request', id: 9, name: 'double', body: 'x' }), false);
    assert.equal(far.receive({ kind: 'request', id: 9, name: 'constructor', body: null }), false);
  });

  it('lets no broken or hostile message through to the studio', () => {
    let reached = 0;
    const count = async (): Promise<never> => {
      reached += 1;
      return Promise.reject(new Error('reached'));
    };
    const { ready: _, ...others } = studioHost.requests;
    const names = Object.keys(others);
    const told = (): void => {
      reached += 1;
    };
    const host = new Channel(studioHost, silent, () => {}, {
      requests: { ready: count, plan: count, run: count, keep: count, discard: count, use: count },
      notices: { cancel: told, dismiss: told, chooseEngine: told },
    });
    const kind = fc.constantFrom('request', 'notice', 'result', 'failure', 'other');
    const name = fc.oneof(fc.constantFrom(...names, 'cancel', 'dismiss', '__proto__'), fc.string());
    // Bodies with no field that any message asks for.
    const body = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.dictionary(fc.constantFrom('a', 'b', 'prompt'), fc.oneof(fc.string(), fc.integer(), fc.constant(null))));
    fc.assert(
      fc.property(kind, fc.oneof(fc.integer(), fc.string(), fc.constant(undefined)), name, body, (k, id, n, b) => {
        host.receive({ kind: k, id, name: n, body: b });
        host.receive(b);
      }),
      { numRuns: 3000 },
    );
    return Promise.resolve().then(() => assert.equal(reached, 0));
  });
});
