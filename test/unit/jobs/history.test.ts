import assert from 'node:assert/strict';
import { History } from '../../../src/jobs/history';
import { Candidates } from '../../../src/jobs/candidates';
import type { Recipe } from '../../../src/core/recipe';
import { FixedClock, MemoryStorage } from '../../support/memory';

const RECIPE: Recipe = { version: 1, operation: 'generate', prompt: 'a fox', engine: 'offline', model: 'm', width: 8, height: 8, seed: 3 };

describe('History', () => {
  it('lists newest first and knows a file by its hash', async () => {
    const history = new History(new MemoryStorage());
    await history.add({ at: 1, uri: 'file:///a.png', hash: 'a', recipe: RECIPE });
    await history.add({ at: 2, uri: 'file:///b.png', hash: 'b', recipe: RECIPE, costUsd: 0.05 });
    assert.deepEqual((await history.list()).map((entry) => entry.uri), ['file:///b.png', 'file:///a.png']);
    assert.equal(await history.holds('a'), true);
    assert.equal(await history.holds('c'), false);
  });

  it('passes over a broken line and clears everything, kept originals too', async () => {
    const storage = new MemoryStorage();
    const history = new History(storage);
    await storage.append('history.jsonl', '{"at":');
    await history.add({ at: 1, uri: 'file:///a.png', hash: 'a', recipe: RECIPE });
    await history.keepOriginal('old', new Uint8Array([7]));
    assert.equal((await history.list()).length, 1);
    assert.deepEqual(await history.original('old'), new Uint8Array([7]));
    await history.clear();
    assert.equal(storage.entries.size, 0);
  });

  it('forgets entries one by one, each with its thumbnail where no other has the same bytes', async () => {
    const storage = new MemoryStorage();
    const history = new History(storage);
    let told = 0;
    const stop = history.onChange(() => (told += 1));
    const [a, b, c] = ['a', 'b', 'a'].map((hash, at) => ({ at, uri: `file:///${at}.png`, hash, recipe: RECIPE }));
    assert.ok(a && b && c);
    for (const entry of [a, b, c]) await history.add(entry);
    for (const hash of ['a', 'b']) await history.keepThumbnail(hash, new Uint8Array([1]));
    await history.remove([a, b]);
    assert.deepEqual(await history.list(), [c]);
    assert.deepEqual([await history.thumbnail('a'), await history.thumbnail('b')], [new Uint8Array([1]), undefined]);
    assert.equal(told, 4);
    stop();
    await history.clear();
    assert.equal(told, 4);
    assert.equal(storage.entries.size, 0);
  });

  it('keeps so many bytes of originals, the newest, also where several are kept at once', async () => {
    const storage = new MemoryStorage();
    const history = new History(storage, 256);
    const big = new Uint8Array(100);
    await Promise.all(['a', 'b', 'c'].map((hash) => history.keepOriginal(hash, big)));
    assert.equal(await history.original('a'), undefined);
    assert.ok((await history.original('b')) && (await history.original('c')));
    await history.keepOriginal('b', new Uint8Array([1]));
    await history.keepOriginal('d', new Uint8Array([2]));
    assert.deepEqual((await storage.list('originals')).sort(), ['originals/b', 'originals/c', 'originals/d']);
  });

  it('keeps the newest thousand', async () => {
    const history = new History(new MemoryStorage());
    for (let at = 0; at < 1201; at += 1) await history.add({ at, uri: `file:///${at}.png`, hash: `${at}`, recipe: RECIPE });
    const entries = await history.list();
    assert.equal(entries.length, 1000);
    assert.equal(entries[0]?.at, 1200);
  });
});

describe('Candidates', () => {
  it('survive a restart until they are removed', async () => {
    const storage = new MemoryStorage();
    const { id } = await new Candidates(storage, new FixedClock()).put(new Uint8Array([1]), { run: 'r', stem: 'fox', recipe: RECIPE });
    const again = new Candidates(storage, new FixedClock());
    assert.deepEqual((await again.list()).map((candidate) => [candidate.id, candidate.recipe.prompt]), [[id, 'a fox']]);
    assert.deepEqual(await again.read(id), new Uint8Array([1]));
    await again.remove(id);
    assert.equal(storage.entries.size, 0);
  });
});
