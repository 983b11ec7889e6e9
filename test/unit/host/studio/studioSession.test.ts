import assert from 'node:assert/strict';
import { ImageError } from '../../../../src/core/errors';
import type { Recipe } from '../../../../src/core/recipe';
import type { SessionPorts, StudioWork } from '../../../../src/host/studio/sessionPorts';
import { StudioSession } from '../../../../src/host/studio/studioSession';
import { Candidates } from '../../../../src/jobs/candidates';
import type { JobEvent } from '../../../../src/jobs/job';
import type { Wish } from '../../../../src/protocol/studio';
import { FixedClock, MemoryLog, MemoryStorage } from '../../../support/memory';

const WISH: Wish = { prompt: 'a boat', extent: { width: 64, height: 32 }, count: 2 };
const RECIPE: Recipe = { version: 1, operation: 'generate', prompt: 'a boat', engine: 'openai', model: 'm', width: 64, height: 32 };

/** Work that a test ends when it likes. */
class ScriptedWork implements StudioWork {
  readonly model = 'm';
  readonly paid: boolean;
  #onEvent: (event: JobEvent) => void = () => {};
  #settle: { resolve(words: string): void; reject(error: Error): void } | undefined;
  #started: (() => void) | undefined;
  readonly started = new Promise<void>((resolve) => {
    this.#started = resolve;
  });

  constructor(
    readonly run: string,
    readonly candidates: Candidates,
    paid: boolean,
  ) {
    this.paid = paid;
  }

  perform(signal: AbortSignal, onEvent: (event: JobEvent) => void): Promise<string> {
    this.#onEvent = onEvent;
    signal.addEventListener('abort', () => this.fail(new ImageError('cancelled', 'Cancelled.')));
    this.#started?.();
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  async deliver(): Promise<string> {
    const candidate = await this.candidates.put(new Uint8Array([1]), { run: this.run, stem: 'a-boat', recipe: RECIPE });
    this.#onEvent({ type: 'candidate', candidate });
    return candidate.id;
  }

  compose(): void {
    this.#onEvent({ type: 'composing', part: 1, of: 1 });
  }

  preview(byte: number): void {
    this.#onEvent({ type: 'preview', image: { bytes: new Uint8Array([byte]), format: 'png' } });
  }

  end(words = ''): void {
    this.#settle?.resolve(words);
  }

  fail(error: Error): void {
    this.#settle?.reject(error);
  }
}

interface Table {
  readonly storage: MemoryStorage;
  readonly candidates: Candidates;
  readonly works: ScriptedWork[];
  readonly ports: SessionPorts;
}

function table(change: Partial<SessionPorts> = {}, storage = new MemoryStorage(), paid = true): Table {
  const clock = new FixedClock();
  const candidates = new Candidates(storage, clock);
  const works: ScriptedWork[] = [];
  const ports: SessionPorts = {
    storage,
    candidates,
    clock: { now: () => (clock.time += 1) },
    log: new MemoryLog(),
    words: {
      progress: (event) => event.type,
      failed: (error) => `failed: ${error.reason}`,
      cancelled: (spent) => (spent ? `perhaps billed: ${spent.usd}` : ''),
      interrupted: (maybeBilled) => (maybeBilled ? 'interrupted, perhaps billed' : 'interrupted'),
    },
    inspect: async (bytes) => {
      if (bytes[0] !== 1) throw new ImageError('not-an-image', 'No picture.');
      return { format: 'png' };
    },
    prepare: async (_wish, _references, run) => {
      const work = new ScriptedWork(run, candidates, paid);
      works.push(work);
      return work;
    },
    earlierPrompts: async () => [],
    ...change,
  };
  return { storage, candidates, works, ports };
}

/** Lets everything go on that waits for nothing but its turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

async function started(works: readonly ScriptedWork[], index: number): Promise<ScriptedWork> {
  await settled();
  const work = works[index];
  assert.ok(work);
  await work.started;
  return work;
}

const states = (session: StudioSession): string[] => session.runs.map(({ state }) => state).reverse();

describe('StudioSession', () => {
  it('draws one run at a time, in order, and passes each picture on as it arrives', async () => {
    const { works, ports } = table();
    const session = await StudioSession.load(ports);
    const told: string[] = [];
    session.onDidChange((change) => told.push(change.type === 'run' ? change.run.state : change.type));
    await session.add(WISH);
    await session.add({ ...WISH, prompt: 'a ship' });
    const first = await started(works, 0);
    assert.deepEqual(states(session), ['drawing', 'queued']);
    await first.deliver();
    first.compose();
    await first.deliver();
    assert.equal(session.candidates.length, 2);
    first.end('Paid: $0.05.');
    const second = await started(works, 1);
    assert.deepEqual(states(session), ['done', 'drawing']);
    second.end();
    await settled();
    assert.deepEqual(states(session), ['done', 'done']);
    assert.equal(session.runs[1]?.detail, 'Paid: $0.05.');
    assert.deepEqual(told.filter((type) => ['candidate', 'composing', 'done'].includes(type)), ['candidate', 'composing', 'candidate', 'done', 'done']);
    assert.deepEqual(session.prompts, ['a ship', 'a boat']);
  });

  it('tells what went wrong, and runs it again in the place of the run that left nothing', async () => {
    const { works, ports } = table();
    const session = await StudioSession.load(ports);
    const id = await session.add(WISH);
    (await started(works, 0)).fail(new ImageError('quota', 'No money.'));
    await settled();
    assert.deepEqual([session.run(id)?.state, session.run(id)?.detail, session.run(id)?.reason], ['failed', 'failed: quota', 'quota']);
    await session.again(id);
    await started(works, 1);
    assert.deepEqual(states(session), ['drawing']);
    assert.equal(session.run(id), undefined);
  });

  it('fails a run whose engine cannot be had, and goes on with the next', async () => {
    let refuse = true;
    const { works, ports } = table();
    const session = await StudioSession.load({ ...ports, prepare: (...args) => (refuse ? Promise.reject(new ImageError('no-key', 'No key.')) : ports.prepare(...args)) });
    await session.add(WISH);
    refuse = false;
    await session.add(WISH);
    await started(works, 0);
    assert.deepEqual(states(session), ['failed', 'drawing']);
  });

  it('says what a cancelled run may have cost, and since when one is drawn', async () => {
    const { works, ports } = table();
    const session = await StudioSession.load(ports);
    const id = await session.add(WISH);
    await started(works, 0);
    assert.ok((session.run(id)?.began ?? 0) > (session.run(id)?.at ?? 0));
    works[0]?.fail(new ImageError('cancelled', 'Cancelled.', { spent: { usd: 0.05 } }));
    await settled();
    assert.deepEqual([session.run(id)?.state, session.run(id)?.detail], ['cancelled', 'perhaps billed: 0.05']);
  });

  it('cancels the run that is drawn, one that waits, and all', async () => {
    const { works, ports } = table();
    const session = await StudioSession.load(ports);
    const [first, second] = [await session.add(WISH), await session.add(WISH), await session.add(WISH)];
    await started(works, 0);
    session.cancel(second);
    session.cancel(first);
    await started(works, 2);
    assert.deepEqual(states(session), ['cancelled', 'cancelled', 'drawing']);
    await session.add(WISH);
    session.cancelAll();
    await settled();
    assert.deepEqual(states(session), ['cancelled', 'cancelled', 'cancelled', 'cancelled']);
    assert.equal(works.length, 4);
  });

  it('keeps a run on disk before it is drawn, so that one that dies with the window comes back as interrupted', async () => {
    const { storage, works, ports } = table();
    const session = await StudioSession.load(ports);
    await session.add(WISH);
    await session.add(WISH);
    const work = await started(works, 0);
    await work.deliver();
    session.dispose();
    await settled();
    const { ports: next, works: nextWorks } = table({}, storage);
    const revived = await StudioSession.load(next);
    assert.deepEqual(states(revived), ['interrupted', 'interrupted']);
    assert.deepEqual(revived.runs.map(({ detail }) => detail), ['interrupted', 'interrupted, perhaps billed']);
    assert.equal(revived.candidates.length, 1);
    assert.equal(nextWorks.length, 0, 'nothing is sent again by itself');
    const drawn = revived.runs[1];
    assert.ok(drawn);
    await revived.again(drawn.id);
    await started(nextWorks, 0);
    assert.equal(revived.runs.length, 3, 'a run that left a picture stays');
  });

  it('was not billed for what was drawn for nothing', async () => {
    const { storage, works, ports } = table({}, undefined, false);
    const session = await StudioSession.load(ports);
    await session.add(WISH);
    await started(works, 0);
    session.dispose();
    assert.equal((await StudioSession.load(table({}, storage).ports)).runs[0]?.detail, 'interrupted');
  });

  it('brings discarded pictures back, until the window closes', async () => {
    const { storage, works, ports, candidates } = table();
    const session = await StudioSession.load(ports);
    await session.add(WISH);
    const work = await started(works, 0);
    const [a, b] = [await work.deliver(), await work.deliver()];
    work.end();
    session.markKept(a, 'file:///w/images/a-boat.png');
    session.setDraft({ at: 7, wish: WISH });
    await session.discard([a, b, 'nobody']);
    assert.deepEqual(session.candidates, []);
    session.restore([a]);
    assert.deepEqual(session.candidates.map(({ id }) => id), [a]);
    await session.saved();
    const revived = await StudioSession.load(table({}, storage).ports);
    assert.deepEqual(revived.candidates.map(({ id }) => id), [a]);
    assert.equal(revived.keptAs(a), 'file:///w/images/a-boat.png');
    assert.deepEqual(revived.draft, { at: 7, wish: WISH });
    assert.equal(await candidates.read(b), undefined);
  });

  it('forgets a finished run once its pictures are gone for good, and no other', async () => {
    const { storage, works, ports } = table();
    const session = await StudioSession.load(ports);
    const id = await session.add(WISH);
    const work = await started(works, 0);
    const candidate = await work.deliver();
    session.dismiss(id);
    work.end();
    await settled();
    session.dismiss(id);
    assert.equal(session.runs.length, 1, 'it has a picture');
    await session.discard([candidate]);
    await session.saved();
    assert.equal((await StudioSession.load(table({}, storage).ports)).runs.length, 0);
  });

  it('gives a picture without a run one of its own, and starts anew from a broken memory', async () => {
    const storage = new MemoryStorage();
    const { candidates } = table({}, storage);
    await candidates.put(new Uint8Array([1]), { run: 'lost', stem: 's', recipe: RECIPE });
    await storage.write('studio.json', new TextEncoder().encode('{"version":1,"runs":[{"id":5}]}'));
    const session = await StudioSession.load(table({ earlierPrompts: async () => ['x', 'y', 'x'] }, storage).ports);
    assert.deepEqual(session.runs.map(({ id, state, wish }) => [id, state, wish.prompt]), [['lost', 'done', 'a boat']]);
    assert.deepEqual(session.prompts, ['x', 'y']);
  });

  it('draws nothing that it could not write down first', async () => {
    const { ports, storage, works } = table();
    const session = await StudioSession.load(ports);
    storage.write = () => Promise.reject(new ImageError('cannot-save', 'The disk is full.'));
    await session.add(WISH);
    await settled();
    assert.deepEqual([states(session), session.runs[0]?.reason], [['failed'], 'cannot-save']);
    let drawn = false;
    void works[0]?.started.then(() => (drawn = true));
    await settled();
    assert.equal(drawn, false);
  });

  it('shows how far a picture has come, until it is there', async () => {
    const { works, ports } = table();
    const session = await StudioSession.load(ports);
    const told: unknown[] = [];
    session.onDidChange((change) => change.type === 'preview' && told.push([change.run, ...change.bytes]));
    const id = await session.add(WISH);
    const work = await started(works, 0);
    assert.equal(session.preview, undefined);
    work.preview(1);
    work.preview(2);
    assert.deepEqual(told, [[id, 1], [id, 2]]);
    assert.deepEqual(session.preview, { run: id, bytes: new Uint8Array([2]) });
    await work.deliver();
    assert.equal(session.preview, undefined);
    work.preview(3);
    work.end();
    await settled();
    assert.equal(session.preview, undefined);
    assert.deepEqual(session.candidates.length, 1, 'an unfinished picture is no candidate');
  });

  it('draws after copies of its references, keeps them for the next window, and removes what nobody needs', async () => {
    const seen: (readonly Uint8Array[])[] = [];
    const { storage, ports } = table();
    const prepare: SessionPorts['prepare'] = (wish, references, run) => (seen.push(references), ports.prepare(wish, references, run));
    const session = await StudioSession.load({ ...ports, prepare });
    await assert.rejects(session.references.add('text.png', new Uint8Array([9])), { reason: 'not-an-image' });
    const used = await session.references.add('used.png', new Uint8Array([1, 2]));
    const unused = await session.references.add('unused.png', new Uint8Array([1, 3]));
    await session.add({ ...WISH, references: [used.id] });
    await settled();
    assert.deepEqual(seen, [[new Uint8Array([1, 2])]]);
    await session.saved();
    session.dispose();
    const next = await StudioSession.load({ ...ports, prepare });
    assert.deepEqual(next.references.records, [used]);
    assert.deepEqual(await storage.list('references'), [`references/${used.file}`]);
    const [run] = next.runs;
    await next.again(run?.id ?? '');
    await settled();
    assert.deepEqual(seen.length, 2);
    await next.add({ ...WISH, references: [unused.id] });
    assert.equal(next.runs[0]?.reason, 'not-an-image');
  });
});
