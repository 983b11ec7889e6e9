import assert from 'node:assert/strict';
import { Lease } from '../../../src/jobs/lease';
import { Outbox, type OutboxMeta } from '../../../src/jobs/outbox';
import { FixedClock, MemoryStorage } from '../../support/memory';

const PICTURE: OutboxMeta = { kind: 'picture', folder: 'file:///w/images', stem: 'fox', extension: 'png' };
const TILE: OutboxMeta = { ...PICTURE, kind: 'answer', key: 'k' };
const BYTES = new Uint8Array([1, 2, 3]);

describe('Outbox', () => {
  let storage: MemoryStorage;
  let clock: FixedClock;
  let mine: Outbox;

  beforeEach(() => {
    storage = new MemoryStorage();
    clock = new FixedClock();
    mine = new Outbox(storage, clock, new Lease(storage, clock, 'mine'));
  });

  it('offers a finished picture to its own window and gives the bytes back', async () => {
    const id = await mine.put(BYTES, PICTURE);
    const [entry] = await mine.unsaved();
    assert.equal(entry?.id, id);
    assert.equal(entry?.stem, 'fox');
    assert.deepEqual(await mine.read(id), BYTES);
    await mine.remove(id);
    assert.deepEqual(await mine.unsaved(), []);
    assert.equal(storage.entries.has(`outbox/${id}.bin`), false);
  });

  it('does not offer an answer that its own window is still working on', async () => {
    await mine.put(BYTES, { ...PICTURE, kind: 'answer' });
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('offers what a dead window left, and nothing of a living one', async () => {
    const lease = new Lease(storage, clock, 'other');
    await lease.renew();
    const other = new Outbox(storage, clock, lease);
    await other.put(BYTES, { ...PICTURE, kind: 'answer' });
    assert.deepEqual(await mine.unsaved(), []);
    clock.time += 31_000;
    assert.equal((await mine.unsaved()).length, 1);
    await lease.renew();
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('counts an entry only once its bytes are there', async () => {
    const id = await mine.put(BYTES, PICTURE);
    storage.entries.delete(`outbox/${id}.bin`);
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('offers what a window left whose lease is from the future: the clock was set back', async () => {
    const lease = new Lease(storage, clock, 'other');
    clock.time += 3600_000;
    await lease.renew();
    await new Outbox(storage, clock, lease).put(BYTES, { ...PICTURE, kind: 'answer' });
    clock.time -= 3600_000;
    assert.equal((await mine.unsaved()).length, 1);
  });

  it('finds an answer to the same request, however old: it is paid for', async () => {
    await mine.put(BYTES, TILE);
    assert.equal((await mine.findAnswers('k')).length, 1);
    assert.equal((await mine.findAnswers('other')).length, 0);
    clock.time += 80 * 24 * 3600 * 1000;
    await mine.unsaved();
    assert.equal((await mine.findAnswers('k')).length, 1);
  });

  it('offers a tile as it is only where told to', async () => {
    const id = await mine.put(BYTES, TILE);
    await mine.offer(id, false);
    assert.equal((await mine.unsaved()).length, 0);
    await mine.offer(id, true);
    assert.equal((await mine.unsaved()).length, 1);
    assert.equal((await mine.findAnswers('k')).length, 0);
  });

  it('passes over an entry that cannot be read', async () => {
    await mine.put(BYTES, PICTURE);
    const name = [...storage.entries.keys()].find((entry) => entry.endsWith('.json')) ?? '';
    storage.entries.set(name, new TextEncoder().encode('{'));
    assert.deepEqual(await mine.unsaved(), []);
  });
});
