import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Channel, type Handlers } from '../../../src/protocol/channel';
import { hasEnded, parseDraft, RUN_STATES, studioHost, studioView, type Wish } from '../../../src/protocol/studio';

const WISH: Wish = { prompt: 'a boat', extent: { width: 1024, height: 768 }, count: 2, quality: 'low', format: 'webp', references: ['f-1'], vary: { candidate: 'c-1', strength: 'subtle' } };
const VALID: Readonly<Record<string, unknown>> = {
  plan: WISH,
  run: WISH,
  draft: { at: 1, wish: WISH },
  again: { run: 'r-1' },
  cancel: { run: 'r-1' },
  dismiss: { run: 'r-1' },
  remedy: { run: 'r-1' },
  keep: { candidate: 'c-1' },
  discard: { candidates: ['c-1', 'c-2'] },
  restore: { candidates: ['c-1'] },
  use: { candidate: 'c-1', action: 'insert' },
  addReference: { name: 'a.png', bytes: new Uint8Array(3) },
  picture: { candidate: 'c-1' },
  referenceFiles: { uris: ['file:///a.png'] },
  referenceCandidates: { candidates: ['c-1'] },
};
const REQUESTS = ['plan', 'addReference', 'picture'];

/** A studio's host end that notes what reached its handlers. */
function host(): { readonly channel: Channel<typeof studioHost, typeof studioView>; readonly reached: [string, unknown][] } {
  const reached: [string, unknown][] = [];
  const note = (name: string) => (body: unknown): void => void reached.push([name, body]);
  const notices = Object.fromEntries(Object.keys(studioHost.notices).map((name) => [name, note(name)])) as unknown as Handlers<typeof studioHost>['notices'];
  const channel = new Channel(studioHost, studioView, () => {}, {
    requests: {
      ready: () => Promise.reject(new Error('not here')),
      plan: async (wish) => {
        reached.push(['plan', wish]);
        return { cost: '', note: '', refused: false };
      },
      addReference: async (body) => {
        reached.push(['addReference', body]);
        return { id: 'f-1', src: '', name: body.name };
      },
      picture: async (body) => {
        reached.push(['picture', body]);
        return { bytes: new Uint8Array(1) };
      },
    },
    notices,
  });
  return { channel, reached };
}

/** Written by hand, so that a schema that grew too wide is noticed. */
function isHarmless(name: string, body: unknown): boolean {
  const value = body as Record<string, unknown>;
  const isId = (id: unknown): boolean => typeof id === 'string' && id.length >= 1 && id.length <= 100;
  const isEdge = (edge: unknown): boolean => Number.isInteger(edge) && (edge as number) >= 1 && (edge as number) <= 65_535;
  switch (name) {
    case 'plan':
    case 'run': {
      const { prompt, extent, count, quality, format, references, vary } = value as unknown as Wish;
      return (
        typeof prompt === 'string' &&
        prompt.length <= 100_000 &&
        isEdge(extent.width) &&
        isEdge(extent.height) &&
        Number.isInteger(count) &&
        count >= 1 &&
        count <= 10 &&
        (quality === undefined || (typeof quality === 'string' && quality.length <= 20)) &&
        (format === undefined || ['png', 'jpeg', 'webp', 'avif'].includes(format)) &&
        (references === undefined || (references.length <= 16 && references.every(isId))) &&
        (vary === undefined || (isId(vary.candidate) && ['subtle', 'strong'].includes(vary.strength)))
      );
    }
    case 'draft':
      return typeof value['at'] === 'number' && isHarmless('run', value['wish']);
    case 'addReference':
      return typeof value['name'] === 'string' && value['name'].length <= 300 && value['bytes'] instanceof Uint8Array;
    case 'referenceFiles':
      return Array.isArray(value['uris']) && value['uris'].length <= 16 && value['uris'].every((uri) => typeof uri === 'string' && uri.length <= 4000);
    case 'discard':
    case 'referenceCandidates':
    case 'restore':
      return Array.isArray(value['candidates']) && value['candidates'].length <= 100 && value['candidates'].every(isId);
    case 'use':
      return isId(value['candidate']) && ['insert', 'edit', 'widen', 'reveal', 'open'].includes(value['action'] as string);
    case 'keep':
    case 'picture':
      return isId(value['candidate']);
    case 'chooseEngine':
    case 'pickReferences':
    case 'cancelAll':
      return body === null;
    default:
      return isId(value['run']);
  }
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, '', 0, -1, 1.5, 11, 70_000, Number.NaN, Number.POSITIVE_INFINITY, [], {}, 'x'.repeat(101), 'y'.repeat(100_001), { length: 3 }, ['c-1', 7]),
  fc.string(),
  fc.integer(),
  fc.object({ maxDepth: 2 }),
);

/** How a body is damaged: at a path of keys (each one is taken from those that are there) a value is put in, or the key removed. */
const damage = fc.record({ path: fc.array(fc.nat(), { maxLength: 3 }), remove: fc.boolean(), value: nasty, strangeKey: fc.constantFrom(undefined, undefined, '__proto__', 'constructor', 'extra') });
type Damage = (typeof damage) extends fc.Arbitrary<infer T> ? T : never;

function damaged(body: unknown, { path: [step, ...rest], remove, value, strangeKey }: Damage): unknown {
  if (step === undefined || typeof body !== 'object' || body === null) return value;
  const keys = Object.keys(body);
  const key = strangeKey ?? keys[step % keys.length] ?? 'extra';
  if (remove) return Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
  const inner = damaged((body as Record<string, unknown>)[key], { path: rest, remove, value, strangeKey: undefined });
  return Array.isArray(body) ? body.map((item, index) => (String(index) === key ? inner : (item as unknown))) : { ...body, [key]: inner };
}

describe('the studio’s protocol', () => {
  it('takes each message as it is meant', () => {
    const { channel, reached } = host();
    for (const [name, body] of Object.entries(VALID)) {
      assert.equal(channel.receive(structuredClone({ kind: REQUESTS.includes(name) ? 'request' : 'notice', id: 1, name, body })), true, name);
    }
    return Promise.resolve().then(() => assert.deepEqual(new Map(reached), new Map(Object.entries(VALID))));
  });

  it('lets nothing broken or hostile through, in thousands of messages', async () => {
    const { channel, reached } = host();
    const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...Object.keys(VALID)) }, { weight: 1, arbitrary: fc.constantFrom('ready', 'cancelAll', 'chooseEngine', 'pickReferences', '__proto__', 'toString', 'constructor', '') });
    const kind = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('request', 'notice') }, { weight: 1, arbitrary: fc.constantFrom<unknown>('result', 'failure', 'other', null, 3) });
    fc.assert(
      fc.property(kind, fc.oneof(fc.integer(), nasty), name, damage, (k, id, n, how) => {
        const body = damaged(VALID[n] ?? null, how);
        channel.receive({ kind: k, id, name: n, body });
        channel.receive(body);
      }),
      { numRuns: 2500 },
    );
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(reached.length > 0, 'some damage is none');
    for (const [reachedName, body] of reached) assert.ok(isHarmless(reachedName, body), `${reachedName}: ${JSON.stringify(body)?.slice(0, 200)}`);
  });

  it('reads a saved draft, and no other thing', () => {
    const saved = { at: 5, wish: WISH };
    assert.deepEqual(parseDraft(structuredClone(saved)), saved);
    const wishes = [undefined, null, 'a boat', {}, { ...WISH, count: 0 }, { ...WISH, extent: { width: 0, height: 1 } }];
    for (const other of [undefined, null, WISH, ...wishes.map((wish) => ({ at: 5, wish }))]) assert.equal(parseDraft(other), undefined);
  });

  it('knows which states are ends', () => {
    assert.deepEqual(RUN_STATES.filter(hasEnded), ['done', 'failed', 'cancelled', 'interrupted']);
  });
});
