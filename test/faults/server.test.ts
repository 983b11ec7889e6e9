import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ImageError, Reason } from '../../src/core/errors';
import { sha256 } from '../../src/core/hash';
import type { GenerateRequest, InpaintRequest } from '../../src/core/request';
import type { OpenAIEngineOptions } from '../../src/engines/openai/openaiEngine';
import { createFetchPublic } from '../../src/node/fetchPublic';
import { REMEDIES, type Remedy } from '../../src/host/remedies';
import type { JobResult } from '../../src/jobs/job';
import { runJob } from '../../src/jobs/run';
import { ERRORS, type Behaviour } from '../support/imagesServer/behaviour';
import { REASONS } from '../support/imagesServer/reasons';
import type { Route } from '../support/imagesServer/server';
import { plainPng } from '../support/jobBench';
import { collectGarbage, watchJson } from './support/mainThread';
import { comesBack } from './support/memory';
import { usePlayedServer } from './support/playedServer';

const JSON_TYPE = { 'content-type': 'application/json' };
const SMALL = { width: 256, height: 256 };
const QUICK = { drawn: { width: 64, height: 64 } };
/** More than anything but a picture's answer has, in characters. */
const MUCH_JSON = 100_000;

interface Fault {
  readonly name: string;
  /** For the first requests, in order. */
  readonly behaviours: readonly (Behaviour | readonly [Behaviour, Route])[];
  /** `drawn` where the person gets the picture all the same. */
  readonly ends: Reason | 'drawn';
  /** Requests for a drawing: more than one only where the others were certainly not billed. */
  readonly requests?: number;
  /** Seconds that were waited before requests. */
  readonly waited?: readonly number[];
  /** What is kept beside, to be saved as it is. */
  readonly kept?: string;
  /** An edit with a mask instead of a generation. */
  readonly edits?: true;
  readonly options?: Partial<OpenAIEngineOptions>;
  /** The server's clock may say one thing and ours another. */
  readonly clockJump?: true;
}

const ONE_ACTION: Partial<Record<Reason, Remedy>> = {
  'refused-by-safety': 'retry',
  'bad-argument': 'settings',
  quota: 'log',
  'key-refused': 'set-key',
  unsupported: 'model',
  'rate-limited': 'retry',
  'maybe-billed': 'retry',
  'bad-answer': 'log',
  network: 'retry',
};

/** Ends after which a charge stands in the ledger: where it is not known to be none, it is taken for one. */
const CHARGED: readonly Fault['ends'][] = ['drawn', 'maybe-billed', 'bad-answer'];
/** What only an edit can be refused for. */
const OF_EDITS: readonly string[] = ['invalidImage', 'maskWithoutAlpha', 'maskOfAnotherSize'] satisfies (keyof typeof ERRORS)[];

function raw(body: string | Uint8Array, headers: Readonly<Record<string, string>> = JSON_TYPE, status = 200): Behaviour {
  return { raw: { status, headers, body } };
}

function retried(error: (typeof ERRORS)[keyof typeof ERRORS], times: number): Behaviour[] {
  return Array.from({ length: times }, () => ({ error }));
}

const DATE = 'Sun, 22 Nov 2026 10:00:00 GMT';
const LATER = { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' };
const TOO_MANY = { status: 429, code: 'slow_down', message: 'Slow down.' } as const;

const FAULTS: readonly Fault[] = [
  ...Object.entries(REASONS).map(([name, ends]): Fault => {
    const attempts = ends === 'rate-limited' ? 3 : 1;
    // The one that the old dialect is asked for and may be left out is dropped, and the picture drawn.
    return name === 'unknownParameter'
      ? { name: 'an unknown parameter', behaviours: retried(ERRORS[name], 1), ends: 'drawn', requests: 2 }
      : { name, behaviours: retried(ERRORS[name as keyof typeof ERRORS], attempts), ends, requests: attempts, ...(OF_EDITS.includes(name) ? { edits: true } : {}) };
  }),
  { name: 'a limit that is over when the server said so', behaviours: retried(ERRORS.rateLimit, 1), ends: 'drawn', requests: 2, waited: [12] },
  { name: 'Retry-After as seconds', behaviours: retried(ERRORS.slowDown, 1), ends: 'drawn', requests: 2, waited: [7] },
  { name: 'Retry-After as a date', behaviours: [{ error: { ...TOO_MANY, headers: { ...LATER, date: DATE } } }], ends: 'drawn', requests: 2, waited: [30] },
  { name: 'a clock that jumps while waiting', behaviours: [{ error: { ...TOO_MANY, headers: { 'retry-after': '5' } } }], ends: 'drawn', requests: 2, waited: [5], clockJump: true },
  { name: 'Retry-After in an hour', behaviours: [{ error: { ...TOO_MANY, headers: { 'retry-after': '3600' } } }], ends: 'rate-limited', waited: [] },
  { name: 'a name that does not resolve', behaviours: [], ends: 'network', requests: 0, waited: [1, 2], options: { baseUrl: 'https://nobody.invalid/v1' } },
  { name: 'a port where nobody listens', behaviours: [], ends: 'network', requests: 0, waited: [1, 2], options: { baseUrl: 'http://127.0.0.1:65321/v1' } },
  { name: 'a reset before the request is read', behaviours: [{ reset: 'before-request' }], ends: 'maybe-billed' },
  { name: 'a reset in the request', behaviours: [{ reset: 'in-request' }], ends: 'maybe-billed', edits: true },
  { name: 'a reset before the answer', behaviours: [{ reset: 'before-answer' }], ends: 'maybe-billed' },
  { name: 'a reset in the answer', behaviours: [{ ...QUICK, reset: 'in-answer' }], ends: 'maybe-billed' },
  { name: 'a reset after the answer', behaviours: [{ ...QUICK, reset: 'after-answer' }], ends: 'drawn' },
  { name: 'an answer in drops', behaviours: [{ slowMs: 5 }], ends: 'drawn' },
  { name: 'drops that take too long', behaviours: [{ slowMs: 400 }], ends: 'maybe-billed', options: { patience: { call: 1500, silence: 5000 } } },
  { name: 'silence before the answer', behaviours: [{ hang: true }], ends: 'maybe-billed', options: { patience: { call: 1500, silence: 5000 } } },
  { name: 'silence in the answer', behaviours: [{ stall: true }], ends: 'maybe-billed', options: { patience: { call: 60_000, silence: 200 } } },
  { name: 'JSON that stops half way', behaviours: [{ ...QUICK, truncate: true }], ends: 'bad-answer' },
  { name: 'a wrong content-length', behaviours: [{ ...QUICK, wrongLength: true }], ends: 'maybe-billed' },
  { name: 'base64 with a bad tail', behaviours: [{ ...QUICK, answer: 'b64', badBase64: true }], ends: 'bad-answer' },
  { name: 'a success that is HTML', behaviours: [raw('<html>Log in</html>', { 'content-type': 'text/html' })], ends: 'bad-answer' },
  { name: 'a success that is an error', behaviours: [raw('{"error":{"message":"Overloaded"}}')], ends: 'bad-answer' },
  { name: 'a success that is a refusal', behaviours: [raw('{"error":{"code":"moderation_blocked","message":"No."}}')], ends: 'refused-by-safety' },
  { name: 'a success that is empty', behaviours: [raw('')], ends: 'bad-answer' },
  { name: 'a success without a picture', behaviours: [{ ...QUICK, count: 0 }], ends: 'bad-answer' },
  { name: 'a gzip bomb', behaviours: [raw(gzipSync(Buffer.alloc(120 * 1024 * 1024, 0x20), { level: 1 }), { ...JSON_TYPE, 'content-encoding': 'gzip' })], ends: 'bad-answer' },
  { name: 'a redirect', behaviours: [{ error: { status: 307, message: '', headers: { location: 'https://elsewhere.example/v1/images' } } }], ends: 'bad-answer' },
  { name: 'an expired picture address', behaviours: [{ pictureUrl: '/pictures/expired' }], ends: 'bad-answer' },
  { name: 'a picture address that breaks off once', behaviours: [{ ...QUICK, answer: 'url' }, [{ reset: 'in-answer' }, 'pictures']], ends: 'drawn' },
  { name: 'a picture address that breaks off', behaviours: [{ ...QUICK, answer: 'url' }, [{ reset: 'in-answer' }, 'pictures'], [{ reset: 'in-answer' }, 'pictures']], ends: 'maybe-billed' },
  { name: 'a private picture address', behaviours: [{ pictureUrl: 'http://10.0.0.1/x.png' }], ends: 'bad-answer' },
  { name: 'a public picture address that leads into a private network', behaviours: [{ pictureUrl: 'https://pictures.example/x.png' }], ends: 'bad-answer', options: { fetchPublic: createFetchPublic(named(['93.184.216.34', 'fd00::7'])) } },
  { name: 'a picture address whose name leads elsewhere a moment later', behaviours: [{ pictureUrl: 'https://pictures.example/x.png' }], ends: 'bad-answer', options: { fetchPublic: createFetchPublic(named(['93.184.216.34'], ['10.0.0.1'])) } },
  { name: 'a picture address that sends on into a private network', behaviours: [{ ...QUICK, answer: 'url' }, [{ error: { status: 302, message: '', headers: { location: 'https://pictures.example/x.png' } } }, 'pictures']], ends: 'bad-answer', options: { fetchPublic: createFetchPublic(named(['127.0.0.2'])) } },
  { name: 'a picture of 20000x20000', behaviours: [raw(JSON.stringify({ data: [{ b64_json: hugePng() }] }))], ends: 'bad-answer', kept: 'bin' },
  { name: 'an SVG', behaviours: [{ ...QUICK, answer: 'b64', format: 'svg' }], ends: 'bad-answer', kept: 'svg.txt' },
  { name: 'an SVG at an address', behaviours: [{ ...QUICK, answer: 'url', format: 'svg' }], ends: 'bad-answer', kept: 'svg.txt' },
  { name: 'a GIF', behaviours: [{ ...QUICK, format: 'gif' }], ends: 'drawn' },
  { name: 'another size and format', behaviours: [{ drawn: { width: 80, height: 48 }, format: 'webp' }], ends: 'drawn' },
  { name: 'a picture address for base64', behaviours: [{ ...QUICK, answer: 'relative-url' }], ends: 'drawn' },
];

describe('what a server can do', () => {
  const played = usePlayedServer();
  // Its code is there from now on.
  before(() => plainPng(played().pixels, SMALL));

  const REQUEST: GenerateRequest = { operation: 'generate', prompt: 'a lake', extent: SMALL, format: 'png', count: 1, seed: 1, embedRecipe: true, output: { kind: 'new', folder: 'memory:/w', stem: 'lake' } };

  async function edit(): Promise<InpaintRequest> {
    const bytes = await plainPng(played().pixels, SMALL, 3);
    return { ...REQUEST, operation: 'inpaint', source: { uri: 'memory:/w/lake.png', bytes, hash: await sha256(bytes) }, region: { kind: 'bounds', bounds: { x: 80, y: 80, width: 64, height: 64 } }, mode: 'exact' };
  }

  async function draw({ options, clockJump, edits }: Pick<Fault, 'options' | 'clockJump' | 'edits'>): Promise<JobResult | ImageError> {
    const { bench, context: contextOf } = played();
    const context = contextOf(options, { onEvent: () => clockJump && (bench.clock.time += 1e10) });
    return runJob(edits ? await edit() : REQUEST, context).catch((error: unknown) => error as ImageError);
  }

  for (const fault of FAULTS) {
    const { name, behaviours, ends, requests = 1, waited, kept, edits } = fault;
    it(`${name}: ${ends}`, async () => {
      const { server, bench, memory } = played();
      for (const item of behaviours) {
        const [behaviour, route]: readonly [Behaviour, Route?] = 'length' in item ? item : [item];
        server.next(behaviour, route);
      }
      const back = await Promise.all([comesBack('the main thread', async () => collectGarbage()), comesBack('the worker', memory)]);
      const json = watchJson();
      const outcome = await draw(fault).finally(() => json.stop());

      assert.equal(outcomeOf(outcome), ends, 'reason' in outcome ? outcome.message : '');
      if ('reason' in outcome) assert.equal(REMEDIES[outcome.reason], ONE_ACTION[outcome.reason]);
      else assert.equal(outcome.files.length, 1);
      assert.equal(server.to(edits ? 'edits' : 'generations').length, requests);
      assert.equal((await bench.context({} as never).ledger.list()).length, CHARGED.includes(ends) ? 1 : 0, 'charges in the ledger');
      if (waited) assert.deepEqual(bench.slept, waited.map((seconds) => seconds * 1000));
      assert.ok(json.longest < MUCH_JSON, `${json.longest} characters of JSON on the main thread`);
      const offered = (await bench.context({} as never).outbox.unsaved()).map(({ extension }) => extension);
      assert.deepEqual(offered, kept === undefined ? [] : [kept]);
      assert.deepEqual([...bench.storage.entries.keys()].filter((entry) => entry.endsWith('.body')), []);
      for (const line of [...bench.log.lines, 'reason' in outcome ? everything(outcome) : '']) assert.ok(!line.includes(server.key), line);
      for (const isBack of back) await isBack();
    });
  }

  it('a body of 300 MB is not read to its end', async () => {
    let sent = 0;
    const other = await listen((_request, response) => {
      const megabyte = Buffer.alloc(1024 * 1024, 0x20);
      response.writeHead(200, JSON_TYPE);
      const more = (): void => {
        while (sent < 300 && !response.destroyed && response.write(megabyte)) sent += 1;
        sent += 1;
        if (sent >= 300) response.end();
      };
      response.on('drain', more);
      more();
    });
    try {
      const outcome = await draw({ options: { baseUrl: `${other.origin}/v1` } });
      assert.equal('reason' in outcome && outcome.reason, 'bad-answer');
      assert.ok(sent < 120, `${sent} MB were sent`);
    } finally {
      other.close();
    }
  });

  it('a redirect does not take the key along', async () => {
    const seen: IncomingMessage[] = [];
    const other = await listen((request, response) => {
      seen.push(request);
      response.end();
    });
    try {
      played().server.next({ error: { status: 308, message: '', headers: { location: `${other.origin}/v1/images/generations` } } });
      await draw({});
      assert.equal(seen.length, 0);
    } finally {
      other.close();
    }
  });
});

function outcomeOf(outcome: JobResult | ImageError): Reason | 'drawn' {
  return 'reason' in outcome ? outcome.reason : 'drawn';
}

/** Whatever an error shows when it is logged or copied. */
function everything(error: unknown): string {
  return error instanceof Error ? [error.name, error.message, error.stack, JSON.stringify(error), everything(error.cause)].join('\n') : JSON.stringify(error ?? '');
}

/** A name service that answers with these addresses, first with the first ones; the last ones stay. */
function named(...answers: (readonly string[])[]): NonNullable<Parameters<typeof createFetchPublic>[0]> {
  return (_hostname, _options, done) => {
    const [addresses = []] = answers.length > 1 ? answers.splice(0, 1) : answers;
    done(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
}

/** A PNG whose header says 20000x20000. */
function hugePng(): string {
  const header = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000001000000000000000000000049444154', 'hex');
  header.writeUInt32BE(20_000, 16);
  header.writeUInt32BE(20_000, 20);
  return header.toString('base64');
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ origin: string; close: () => void }> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
