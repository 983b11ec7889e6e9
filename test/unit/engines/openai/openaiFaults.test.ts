import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ImageError, Reason } from '../../../../src/core/errors';
import type { ReadFormat } from '../../../../src/core/image';
import { collectGarbage } from '../../../faults/support/mainThread';
import { ERRORS, type Behaviour, type ServerError } from '../../../support/imagesServer/behaviour';
import { REASONS } from '../../../support/imagesServer/reasons';
import { startImagesServer, type ImagesServer } from '../../../support/imagesServer/server';
import { context, engineFor, failureOf, LEGAL, MemoryLog, plain, rejectsWith, sizesOf, SMALL } from './support';

const MODEL = 'gpt-image-2.6-sunburst';
const JSON_TYPE = { 'content-type': 'application/json' };
const QUICK = { drawn: { width: 64, height: 64 } };

describe('OpenAI engine: what can go wrong', () => {
  let server: ImagesServer;
  let old: ImagesServer;
  before(async () => {
    [server, old] = await Promise.all([startImagesServer(), startImagesServer({ profile: 'dall-e' })]);
  });
  after(() => Promise.all([server.close(), old.close()]));
  afterEach(() => {
    server.reset();
    old.reset();
  });

  const generate = (signal?: AbortSignal, log = new MemoryLog()): Promise<unknown> =>
    engineFor(server, MODEL, { log }).generate({ prompt: 'a quiet harbour', extent: LEGAL, count: 1 }, context(signal));

  /** Whatever an error shows when it is logged or copied. */
  const everything = (error: unknown): string =>
    error instanceof Error ? [error.name, error.message, error.stack, JSON.stringify(error), everything(error.cause)].join('\n') : JSON.stringify(error ?? '');

  for (const [name, reason] of Object.entries(REASONS)) {
    it(`${name} is ${reason}, and not tried again`, async () => {
      const error: ServerError = ERRORS[name as keyof typeof ERRORS];
      server.next({ error });
      const failure = await rejectsWith(generate(), reason);
      assert.equal(failure.httpStatus, error.status);
      assert.match(failure.requestId ?? '', /^req_test_/);
      assert.equal(server.requests.length, 1);
    });
  }

  it('says where an organization is verified', async () => {
    server.next({ error: ERRORS.notVerified });
    assert.match((await failureOf(generate())).message, /platform\.openai\.com\/settings\/organization/);
  });

  const refusals: [name: string, error: ServerError, reason: Reason, text: RegExp][] = [
    ['text', { status: 400, message: 'invalid size', form: 'text' }, 'bad-argument', /invalid size/],
    ['detail', { status: 404, message: 'No such model', form: 'detail' }, 'unsupported', /No such model/],
    ['HTML', { status: 502, message: '<html><style>p{}</style><p>Bad   gateway</p>', form: 'html' }, 'maybe-billed', /: Bad gateway$/],
    ['nothing', { status: 404, message: '', form: 'empty' }, 'unsupported', /no explanation/],
    ['a redirect', { status: 307, message: '', headers: { location: 'https://elsewhere.example/v1/images' } }, 'bad-answer', /https:\/\/elsewhere\.example/],
  ];
  for (const [name, error, reason, text] of refusals) {
    it(`reads a refusal that comes as ${name}`, async () => {
      server.next({ error });
      assert.match((await rejectsWith(generate(), reason)).message, text);
    });
  }

  const waits: [name: string, error: Partial<ServerError>, seconds: number | undefined][] = [
    ['the header in seconds', { headers: { 'retry-after': '7' } }, 7],
    ['the header in milliseconds', { headers: { 'retry-after-ms': '1500' } }, 1.5],
    ['the header as a date, by the server\'s clock', { headers: { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' } }, 30],
    ['words in seconds', { message: 'Please try again in 12s.' }, 12],
    ['words in milliseconds', { message: 'Please try again in 350ms.' }, 0.35],
    ['words in minutes', { message: 'Please try again in 1m30s.' }, 90],
    ['nothing', { message: 'Too many.' }, undefined],
  ];
  for (const [name, error, seconds] of waits) {
    it(`learns how long to wait from ${name}`, async () => {
      server.next({ error: { status: 429, code: 'rate_limit_exceeded', message: 'Slow down.', ...error } });
      assert.equal((await rejectsWith(generate(), 'rate-limited')).retryAfterSeconds, seconds);
    });
  }

  const answers: [name: string, behaviour: Behaviour, reason: Reason][] = [
    ['truncated JSON', { ...QUICK, truncate: true }, 'bad-answer'],
    ['a damaged base64 tail', { ...QUICK, badBase64: true }, 'bad-answer'],
    ['no picture at all', { ...QUICK, count: 0 }, 'bad-answer'],
    ['HTML as a success', { raw: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' } }, 'bad-answer'],
    ['an error as a success', { raw: { status: 200, headers: JSON_TYPE, body: '{"error":{"message":"Overloaded"}}' } }, 'bad-answer'],
    ['a safety refusal as a success', { raw: { status: 200, headers: JSON_TYPE, body: '{"error":{"code":"moderation_blocked","message":"No."}}' } }, 'refused-by-safety'],
    ['JSON of another kind', { raw: { status: 200, headers: JSON_TYPE, body: '{"data":"none"}' } }, 'bad-answer'],
    ['an empty body', { raw: { status: 200, headers: JSON_TYPE, body: '' } }, 'bad-answer'],
    ['a gzip bomb', { raw: { status: 200, headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(70 * 1024 * 1024, 0x20), { level: 1 }) } }, 'bad-answer'],
    ['a body shorter than said', { ...QUICK, wrongLength: true }, 'maybe-billed'],
    ['a connection that breaks before the request is read', { reset: 'before-request' }, 'maybe-billed'],
    ['a connection that breaks before the answer', { reset: 'before-answer' }, 'maybe-billed'],
    ['a connection that breaks in the answer', { ...QUICK, reset: 'in-answer' }, 'maybe-billed'],
  ];
  for (const [name, behaviour, reason] of answers) {
    it(`${name} is ${reason}`, async () => {
      server.next(behaviour);
      await rejectsWith(generate(), reason);
      assert.equal(server.requests.length, 1);
    });
  }

  it('takes a picture of another size and format for what it is', async () => {
    server.next({ drawn: { width: 80, height: 48 }, format: 'webp', usage: false });
    const drawing = await engineFor(server, MODEL).generate({ prompt: 'x', extent: LEGAL, count: 1 }, context());
    assert.deepEqual(await sizesOf(drawing.images), ['80x48 webp']);
    assert.deepEqual([drawing.images[0]?.format, drawing.usage], ['webp', undefined]);
  });

  it('keeps the good pictures of an answer with a bad one', async () => {
    const { bytes } = await plain(8, 8);
    const good = { b64_json: Buffer.from(bytes).toString('base64') };
    server.next({ raw: { status: 200, headers: JSON_TYPE, body: JSON.stringify({ data: [{ b64_json: 'AAAA' }, good], usage: { output_tokens: 1e6 } }) } });
    const drawing = await engineFor(server, MODEL).generate({ prompt: 'x', extent: LEGAL, count: 2 }, context());
    assert.equal(drawing.images.length, 1);
  });

  it('tells a server that is not there from one that broke off', async () => {
    const gone = await startImagesServer();
    const engine = engineFor(gone, MODEL);
    await gone.close();
    const call = { prompt: 'x', extent: LEGAL, count: 1 };
    await rejectsWith(engine.generate(call, context()), 'network');
    const nowhere = engineFor(server, MODEL, { baseUrl: 'https://nobody.invalid/v1' });
    await rejectsWith(nowhere.generate(call, context()), 'network');
  });

  it('cancels while waiting and while reading', async () => {
    const call = { prompt: 'x', extent: LEGAL, count: 3 };
    const waiting = new AbortController();
    server.next({ hang: true });
    const first = rejectsWith(engineFor(server, MODEL).generate(call, context(waiting.signal)), 'cancelled');
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    waiting.abort();
    await first;
    const reading = new AbortController();
    server.next({ ...QUICK, slowMs: 50 });
    const stopAt = (step: string): void => (step === 'receiving' ? reading.abort() : undefined);
    await rejectsWith(engineFor(server, MODEL).generate(call, { signal: reading.signal, onProgress: ({ step }) => stopAt(step) }), 'cancelled');
    assert.equal(server.requests.length, 2);
  });

  it('says that a picture may be billed once the time is over', async () => {
    const original = AbortSignal.timeout.bind(AbortSignal);
    let asked = 0;
    AbortSignal.timeout = (milliseconds) => {
      asked = milliseconds;
      return original(20);
    };
    try {
      server.next({ hang: true });
      await rejectsWith(generate(), 'maybe-billed');
    } finally {
      AbortSignal.timeout = original;
    }
    assert.equal(asked, 600_000);
  });

  it('says so when garbage is collected meanwhile, too', async () => {
    server.next({ hang: true });
    const engine = engineFor(server, MODEL, { patience: { call: 300, silence: 60_000 } });
    const late = rejectsWith(engine.generate({ prompt: 'x', extent: LEGAL, count: 1 }, context()), 'maybe-billed');
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    collectGarbage();
    await late;
  });

  describe('pictures by address', () => {
    const draw = (): Promise<{ images: readonly { bytes: Uint8Array; format: ReadFormat }[] }> =>
      engineFor(old, 'dall-e-2').generate({ prompt: 'x', extent: SMALL, count: 1 }, context());

    for (const answer of ['url', 'relative-url', 'data-url'] as const) {
      it(`takes a ${answer}`, async () => {
        old.next({ answer, ...QUICK });
        assert.deepEqual(await sizesOf((await draw()).images), ['64x64 png']);
        assert.equal(old.to('pictures').length, answer === 'data-url' ? 0 : 1);
      });
    }

    it('fetches again what did not come, and gives up what is gone', async () => {
      old.next({ answer: 'url', ...QUICK });
      old.next({ reset: 'in-answer' }, 'pictures');
      assert.equal((await draw()).images.length, 1);
      for (const last of [{ reset: 'before-answer' }, { error: ERRORS.badGateway }] as const) {
        old.reset();
        old.next({ answer: 'url', ...QUICK });
        old.next(last, 'pictures');
        old.next(last, 'pictures');
        await rejectsWith(draw(), 'maybe-billed');
        assert.deepEqual([old.to('generations').length, old.to('pictures').length], [1, 2]);
      }
      old.next({ pictureUrl: '/pictures/expired' });
      await rejectsWith(draw(), 'bad-answer');
    });

    it('gives the key to the server alone', async () => {
      const seen: (string | undefined)[] = [];
      const { bytes } = await plain(8, 8);
      const other = await listen((authorization) => {
        seen.push(authorization);
        return { status: 200, headers: {}, body: bytes };
      });
      try {
        old.next({ pictureUrl: `${other.origin}/picture.png` });
        await draw();
        old.next({ answer: 'url', ...QUICK });
        old.next({ raw: { status: 302, headers: { location: `${other.origin}/moved.png` }, body: '' } }, 'pictures');
        await draw();
      } finally {
        other.server.close();
      }
      assert.deepEqual(seen, [undefined, undefined]);
      assert.equal(old.to('pictures')[0]?.headers.authorization, `Bearer ${old.key}`);
    });

    for (const url of ['http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/x.png', 'http://[::ffff:10.0.0.1]/x.png', 'file:///etc/passwd', 'ftp://example.org/x.png', 'http://router/x.png']) {
      it(`refuses ${url}`, async () => {
        old.next({ pictureUrl: url });
        await rejectsWith(draw(), 'bad-answer');
      });
    }

    it('refuses to be sent into the private network on the way', async () => {
      old.next({ answer: 'url', ...QUICK });
      old.next({ raw: { status: 302, headers: { location: 'http://192.168.0.1/x.png' }, body: '' } }, 'pictures');
      await rejectsWith(draw(), 'bad-answer');
    });
  });

  describe('secrets', () => {
    it('never stand in an error, its causes or the log', async () => {
      const { key } = server;
      const behaviours: Behaviour[] = [
        { error: { status: 401, code: 'invalid_api_key', message: `Incorrect API key provided: ${key}. Authorization: Bearer ${key}` } },
        { error: { status: 500, message: key, form: 'html' } },
        { error: { status: 429, code: key, param: key, message: `base64 ${Buffer.from(key).toString('base64')}`, headers: { 'x-echo': key } } },
        { raw: { status: 200, headers: JSON_TYPE, body: `{"error":"${key}"}` } },
        { raw: { status: 200, headers: JSON_TYPE, body: `${key} is no JSON` } },
        { raw: { status: 200, headers: JSON_TYPE, body: JSON.stringify({ data: [{ url: `http://10.0.0.1/?key=${key}` }] }) } },
        { reset: 'before-answer' },
        { reset: 'in-answer', ...QUICK },
      ];
      const log = new MemoryLog();
      const failures: ImageError[] = [];
      for (const behaviour of behaviours) {
        server.next(behaviour);
        failures.push(await failureOf(generate(undefined, log)));
      }
      const throwing = engineFor(server, MODEL, {
        log,
        fetch: () => Promise.reject(Object.assign(new TypeError(`fetch failed for ${key}`), { cause: Object.assign(new Error(key), { code: key, headers: { authorization: `Bearer ${key}` } }) })),
      });
      failures.push(await failureOf(throwing.generate({ prompt: 'x', extent: LEGAL, count: 1 }, context())));
      for (const text of [...failures.map(everything), ...log.lines]) {
        assert.ok(!text.includes(key) && !text.includes(Buffer.from(key).toString('base64')), text);
      }
      assert.equal(failures.length, 9);
    });

    it('and routes come from the options alone, whatever the environment says', async () => {
      const hostile = {
        OPENAI_API_KEY: 'sk-environment',
        OPENAI_ADMIN_KEY: 'sk-environment-admin',
        OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
        OPENAI_ORG_ID: 'org-environment',
        OPENAI_PROJECT_ID: 'proj-environment',
        OPENAI_WEBHOOK_SECRET: 'whsec-environment',
        OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer sk-environment\nX-Leak: environment\nContent-Type: text/environment\nHost: environment',
        OPENAI_LOG: 'debug',
      };
      const before = { ...process.env };
      const print = console.debug;
      const printed: unknown[] = [];
      console.debug = (...values: unknown[]) => void printed.push(values);
      Object.assign(process.env, hostile);
      try {
        server.next(QUICK);
        await generate();
        server.next(QUICK);
        await engineFor(server, MODEL).edit?.({ prompt: 'x', images: [await plain(16, 16)], extent: LEGAL, count: 1 }, context());
      } finally {
        console.debug = print;
        for (const name of Object.keys(hostile)) {
          if (before[name] === undefined) delete process.env[name];
          else process.env[name] = before[name];
        }
      }
      assert.deepEqual(printed, []);
      assert.deepEqual(server.requests.map(({ headers }) => headers.authorization), [`Bearer ${server.key}`, `Bearer ${server.key}`]);
      for (const { headers } of server.requests) assert.doesNotMatch(JSON.stringify(headers), /environment|stainless/);
    });
  });
});

interface PlainAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

async function listen(answer: (authorization: string | undefined) => PlainAnswer): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const { status, headers, body } = answer(request.headers.authorization);
    response.writeHead(status, { ...headers, connection: 'close' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
