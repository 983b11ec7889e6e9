import assert from 'node:assert/strict';
import * as v from 'valibot';
import { Channel } from '../../../src/protocol/channel';

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
    near.receive({ kind: 'result', id: (posted[0] as { id: number }).id, body: 'two' });
    await assert.rejects(pending, /unexpected form/);
    const { far } = pair();
    assert.equal(far.receive({ kind: 'request', id: 9, name: 'double', body: 'x' }), false);
    assert.equal(far.receive({ kind: 'request', id: 9, name: 'constructor', body: null }), false);
  });

  it('takes no answer to the question of a page that was there before', async () => {
    const posted: { readonly id: number }[] = [];
    const page = (): Channel<typeof silent, typeof asked> => new Channel(silent, asked, (message) => posted.push(message as { id: number }), { requests: {}, notices: {} });
    const before = page();
    const lost = before.request('double', 1);
    const after = page();
    const pending = after.request('double', 4);
    assert.equal(after.receive({ kind: 'result', id: posted[0]?.id, body: 2 }), false);
    assert.equal(after.receive({ kind: 'result', id: posted[1]?.id, body: 8 }), true);
    assert.equal(await pending, 8);
    before.dispose();
    await assert.rejects(lost);
  });
});
