import assert from 'node:assert/strict';
import { concat } from '../../../src/core/bytes';
import { Lease } from '../../../src/jobs/lease';
import { Outbox } from '../../../src/jobs/outbox';
import type { OutboxMeta } from '../../../src/jobs/outboxEntry';
import { discard, recoverUnsaved } from '../../../src/jobs/recover';
import { ImageError } from '../../../src/core/errors';
import type { PixelClient } from '../../../src/pixels/client';
import { inProcessPixels } from '../../support/inProcessPixels';
import { plainPng } from '../../support/jobBench';
import { FixedClock, MemoryFiles, MemoryStorage } from '../../support/memory';
import { setRecipe } from '../../support/setRecipe';

const PICTURE: OutboxMeta = { kind: 'picture', folder: 'file:///w/images', stem: 'fox', extension: 'png' };
const TILE: OutboxMeta = { ...PICTURE, kind: 'answer', key: 'k' };
const RECOVERY = { pixels: inProcessPixels() };
const BYTES = new Uint8Array([1, 2, 3]);
const FILE = { bytes: BYTES };

describe('Outbox', () => {
  let storage: MemoryStorage;
  let clock: FixedClock;
  let mine: Outbox;

  /** The outbox of a window that never says that it lives. */
  const windowNamed = (session: string): Outbox => new Outbox(storage, clock, new Lease(storage, clock, session));

  beforeEach(() => {
    storage = new MemoryStorage();
    clock = new FixedClock();
    mine = windowNamed('mine');
  });

  after(() => RECOVERY.pixels.dispose());

  it('offers a finished picture to its own window and gives the bytes back', async () => {
    const id = await mine.put(FILE, PICTURE);
    const [entry] = await mine.unsaved();
    assert.equal(entry?.id, id);
    assert.equal(entry?.stem, 'fox');
    assert.deepEqual(await mine.read(id), BYTES);
    await mine.remove(id);
    assert.deepEqual(await mine.unsaved(), []);
    assert.equal(storage.entries.has(`outbox/${id}.bin`), false);
  });

  it('does not offer an answer that its own window is still working on', async () => {
    await mine.put(FILE, { ...PICTURE, kind: 'answer' });
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('offers what a dead window left, and nothing of a living one', async () => {
    const lease = new Lease(storage, clock, 'other');
    await lease.renew();
    const other = new Outbox(storage, clock, lease);
    await other.put(FILE, { ...PICTURE, kind: 'answer' });
    assert.deepEqual(await mine.unsaved(), []);
    clock.time += 31_000;
    assert.equal((await mine.unsaved()).length, 1);
    await lease.renew();
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('counts an entry only once its bytes are there', async () => {
    const id = await mine.put(FILE, PICTURE);
    storage.entries.delete(`outbox/${id}.bin`);
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('offers what a window left whose lease is from the future: the clock was set back', async () => {
    const lease = new Lease(storage, clock, 'other');
    clock.time += 3600_000;
    await lease.renew();
    await new Outbox(storage, clock, lease).put(FILE, { ...PICTURE, kind: 'answer' });
    clock.time -= 3600_000;
    assert.equal((await mine.unsaved()).length, 1);
  });

  it('finds an answer to the same request, however old: it is paid for', async () => {
    await mine.put(FILE, TILE);
    assert.equal((await mine.findAnswers('k')).length, 1);
    assert.equal((await mine.findAnswers('other')).length, 0);
    clock.time += 80 * 24 * 3600 * 1000;
    await mine.unsaved();
    assert.equal((await mine.findAnswers('k')).length, 1);
  });

  it('offers a tile as it is only where told to', async () => {
    const id = await mine.put(FILE, TILE);
    await mine.offer(id, false);
    assert.equal((await mine.unsaved()).length, 0);
    await mine.offer(id, true);
    assert.equal((await mine.unsaved()).length, 1);
    assert.equal((await mine.findAnswers('k')).length, 0);
  });

  it('offers bytes whose description is lost or damaged: they are paid for', async () => {
    const other = windowNamed('other');
    for (const damage of [(name: string) => storage.entries.set(name, new TextEncoder().encode('{')), (name: string) => storage.entries.delete(name)]) {
      const id = await other.put(FILE, { ...PICTURE, kind: 'answer' });
      damage(`outbox/${id}.json`);
    }
    assert.deepEqual((await mine.unsaved()).map(({ session, stem }) => [session, stem]), [['other', 'picture'], ['other', 'picture']]);
  });

  it('keeps in memory what cannot be written, and offers it all the same', async () => {
    storage.write = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    const id = await mine.put(FILE, { ...PICTURE, kind: 'answer' });
    assert.equal(mine.fileOf(id), undefined);
    assert.deepEqual(await mine.unsaved(), []);
    await mine.offer(id, true);
    assert.deepEqual((await mine.unsaved()).map((entry) => entry.id), [id]);
    assert.deepEqual(await mine.read(id), BYTES);
    await mine.remove(id);
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('offers a finished picture and not what it was made of', async () => {
    const other = windowNamed('other');
    const tile = await other.put(FILE, TILE);
    const id = await other.put(FILE, { ...PICTURE, kind: 'answer', answers: [tile] });
    const [entry, ...more] = await mine.unsaved();
    assert.ok(entry);
    assert.deepEqual([entry.id, more], [id, []]);
    await discard(entry, { outbox: mine });
    assert.deepEqual(await mine.unsaved(), []);
  });

  it('takes out what is in its file already, whether in the workspace or among the candidates', async () => {
    const files = new MemoryFiles();
    const other = windowNamed('other');
    await other.put(FILE, { ...PICTURE, kind: 'answer' });
    const aimed = await other.put({ bytes: new Uint8Array([9]) }, { ...PICTURE, kind: 'answer' });
    await other.aim(aimed, 'memory:///candidates/c.png');
    assert.equal((await recoverUnsaved({ ...RECOVERY, outbox: mine, files })).length, 2);
    files.files.set(`${PICTURE.folder}/fox-2.png`, BYTES);
    files.files.set('memory:///candidates/c.png', new Uint8Array([9]));
    assert.deepEqual(await recoverUnsaved({ ...RECOVERY, outbox: mine, files }), []);
    assert.equal([...storage.entries.keys()].filter((name) => name.startsWith('outbox/')).length, 0);
  });

  describe('makes of the body that a dead window has left', () => {
    const inJson = (entry: object): Uint8Array => new TextEncoder().encode(JSON.stringify({ data: [entry] }));
    const died = { readAnswer: async (): Promise<never> => Promise.reject(new ImageError('too-large', 'There was not enough memory.')) };
    const bodies: [name: string, body: (png: Uint8Array) => Uint8Array, offered: readonly string[], change?: Partial<PixelClient>][] = [
      ['an answer’s pictures', (png) => inJson({ b64_json: Buffer.from(png).toString('base64') }), ['png']],
      ['the picture that was fetched from an address', (png) => png, ['png']],
      ['nothing, where that is not whole', (png) => png.slice(0, -20), []],
      ['nothing, where there are addresses alone', () => inJson({ url: 'https://pictures.example/1.png' }), []],
      ['nothing, where the answer is not whole', (png) => inJson({ b64_json: Buffer.from(png).toString('base64') }).slice(0, -9), []],
      ['a file as it came, where the work on it breaks off', (png) => inJson({ b64_json: Buffer.from(png).toString('base64') }), ['answer.txt'], died],
    ];
    const left = async (body: Uint8Array): Promise<boolean> => windowNamed('other').openBody({ ...PICTURE, kind: 'answer', extension: '' }).write(body);
    for (const [name, body, offered, change] of bodies) {
      it(name, async () => {
        await left(body(await plainPng(RECOVERY.pixels, { width: 64, height: 48 })));
        const entries = await recoverUnsaved({ ...RECOVERY, pixels: { ...RECOVERY.pixels, ...change }, outbox: mine, files: new MemoryFiles() });
        assert.deepEqual(entries.map(({ extension }) => extension), offered);
        assert.deepEqual([...storage.entries.keys()].filter((file) => file.endsWith('.body')), []);
        for (const { id } of entries) assert.ok((await mine.read(id))?.length);
      });
    }

    it('nothing, where its picture has become an entry, whatever recipe that got on its way', async () => {
      const picture = await plainPng(RECOVERY.pixels, { width: 64, height: 48 });
      await left(inJson({ b64_json: Buffer.from(picture).toString('base64') }));
      await windowNamed('other').put({ bytes: setRecipe(picture, '{"version":1}') }, { ...PICTURE, kind: 'answer', folder: '' });
      const entries = await recoverUnsaved({ ...RECOVERY, outbox: mine, files: new MemoryFiles() });
      assert.equal(entries.length, 1);
    });

    it('and leaves it, where this window is closed meanwhile', async () => {
      await left(inJson({ b64_json: 'AAAA' }));
      const readAnswer = async (): Promise<never> => Promise.reject(new ImageError('cancelled', 'Easel was shut down.'));
      await assert.rejects(recoverUnsaved({ ...RECOVERY, pixels: { ...RECOVERY.pixels, readAnswer }, outbox: mine, files: new MemoryFiles() }), { reason: 'cancelled' });
      assert.equal((await mine.bodies()).length, 1);
    });
  });

  it('lets one window offer a picture, and another once that one is dead', async () => {
    const lease = new Lease(storage, clock, 'second');
    await lease.renew();
    const second = new Outbox(storage, clock, lease);
    const id = await windowNamed('other').put(FILE, { ...PICTURE, kind: 'answer' });
    assert.deepEqual([await second.claim(id), await second.claim(id), await mine.claim(id)], [true, true, false]);
    clock.time += 31_000;
    assert.equal(await mine.claim(id), true);
    await mine.remove(id);
    await mine.tidy();
    assert.equal([...storage.entries.keys()].filter((name) => name.startsWith('claims/')).length, 0);
  });

  it('takes a file that was written while its picture came, and writes the picture where that failed', async () => {
    const written: string[] = [];
    const write = storage.write.bind(storage);
    storage.write = (name, bytes) => (written.push(name), write(name, bytes));
    for (const isTaken of [true, false]) {
      if (!isTaken) storage.rename = () => Promise.reject(new Error('EIO'));
      const staged = mine.stage(PICTURE);
      for (const piece of [BYTES.subarray(0, 1), BYTES.subarray(1)]) staged.add(piece);
      const id = await mine.put(staged, PICTURE, staged);
      assert.deepEqual(await mine.read(id), BYTES);
      assert.equal(written.includes(`outbox/${id}.bin`), !isTaken);
    }
    assert.ok(![...storage.entries.keys()].some((name) => name.endsWith('.part')));
  });

  it('says once what a staged file is, and anew where it became something else', async () => {
    const noted: string[] = [];
    const note = storage.note.bind(storage);
    storage.note = (name, bytes) => (noted.push(name), note(name, bytes));
    for (const [extension, times] of [[PICTURE.extension, 1], ['webp', 2]] as const) {
      const staged = mine.stage(PICTURE);
      staged.add(BYTES);
      const id = await mine.put(FILE, { ...PICTURE, extension }, staged);
      assert.equal(noted.filter((name) => name === `outbox/${id}.json`).length, times);
    }
    assert.deepEqual((await mine.unsaved()).map(({ extension }) => extension).toSorted(), [PICTURE.extension, 'webp'].toSorted());
    const dropped = mine.stage(PICTURE);
    await mine.unstage(dropped);
    assert.ok(![...storage.entries.keys()].some((name) => name.includes(dropped.entry.id)));
  });

  it('has of an arriving body what it said it had, wherever the disk fails', async () => {
    for (const fails of [0, 1, 2, 3]) {
      const grow = storage.grow.bind(storage);
      let adds = 0;
      storage.grow = async (name) => {
        const entry = await grow(name);
        const add = async (piece: Uint8Array): Promise<void> => {
          adds += 1;
          await entry.add(adds === fails ? piece.subarray(0, 1) : piece);
          if (adds === fails) throw new Error('ENOSPC');
        };
        return { ...entry, add };
      };
      const body = mine.openBody(PICTURE);
      const said: boolean[] = [];
      for (let index = 0; index < 3; index += 1) said.push(await body.write(BYTES));
      assert.deepEqual(said, [1, 2, 3].map((nth) => fails === 0 || nth < fails));
      assert.deepEqual(await body.read(), concat(said.map((isThere) => (isThere ? BYTES : new Uint8Array(0)))));
      await body.remove();
      assert.deepEqual([...storage.entries.keys()], []);
      storage.grow = grow;
    }
    storage.grow = () => Promise.reject(new Error('ENOSPC'));
    const nowhere = mine.openBody(PICTURE);
    assert.equal(await nowhere.write(BYTES), false);
    assert.deepEqual(await nowhere.read(), new Uint8Array(0));
    await nowhere.remove();
  });

  it('removes what a dead window had staged, and nothing of its own', async () => {
    for (const outbox of [windowNamed('other'), mine]) outbox.stage(PICTURE).add(BYTES);
    await mine.tidy();
    assert.deepEqual([...storage.entries.keys()].toSorted(), ['outbox/mine-0001.json', 'outbox/mine-0001.part']);
  });

  it('removes the description that a crash left alone, but not of a window that lives', async () => {
    const id = await windowNamed('other').put(FILE, PICTURE);
    const own = await mine.put(FILE, PICTURE);
    storage.entries.delete(`outbox/${id}.bin`);
    storage.entries.delete(`outbox/${own}.bin`);
    await mine.tidy();
    assert.deepEqual([...storage.entries.keys()], [`outbox/${own}.json`]);
  });
});
