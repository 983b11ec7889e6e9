import assert from 'node:assert/strict';
import { sha256 } from '../../src/core/hash';
import type { Reason } from '../../src/core/errors';
import type { ImageRequest } from '../../src/core/request';
import type { OpenAIEngineOptions } from '../../src/engines/openai/openaiEngine';
import { runJob } from '../../src/jobs/run';
import { ERRORS, type Behaviour } from '../support/imagesServer/behaviour';
import { plainPng } from '../support/jobBench';
import { usePlayedServer } from './support/playedServer';

/** The faults after which a picture may have been paid for, one of each kind. */
const FAULTS: readonly { readonly name: string; readonly behaviour: Behaviour; readonly ends: Reason | 'drawn'; readonly patience?: OpenAIEngineOptions['patience'] }[] = [
  { name: 'a reset in the request', behaviour: { reset: 'in-request' }, ends: 'maybe-billed' },
  { name: 'a reset in the answer', behaviour: { reset: 'in-answer' }, ends: 'maybe-billed' },
  { name: 'a reset after the answer', behaviour: { reset: 'after-answer' }, ends: 'drawn' },
  { name: 'JSON that stops half way', behaviour: { truncate: true }, ends: 'bad-answer' },
  { name: 'an error of the server after the upload', behaviour: { error: ERRORS.serverError }, ends: 'maybe-billed' },
  { name: 'silence in the answer', behaviour: { stall: true }, ends: 'maybe-billed', patience: { call: 60_000, silence: 200 } },
  { name: 'no answer in time', behaviour: { hang: true }, ends: 'maybe-billed', patience: { call: 1500, silence: 60_000 } },
];
const SOURCE = { width: 256, height: 256 };
const BASE = { count: 1, seed: 1, embedRecipe: true, prompt: 'a lake', mode: 'exact', output: { kind: 'new', folder: 'memory:/w', stem: 'lake' } } as const;
/** Each with the number of requests that one picture takes. */
const VERBS: Readonly<Record<string, { readonly requests: number; readonly request: (source: Uint8Array, hash: string) => ImageRequest }>> = {
  edit: { requests: 1, request: (bytes, hash) => ({ ...BASE, operation: 'inpaint', source: { uri: 'memory:/w/lake.png', bytes, hash }, region: { kind: 'bounds', bounds: { x: 80, y: 80, width: 64, height: 64 } } }) },
  widen: { requests: 2, request: (bytes, hash) => ({ ...BASE, operation: 'outpaint', source: { uri: 'memory:/w/lake.png', bytes, hash }, target: { kind: 'extent', extent: { width: 560, height: 256 } }, anchor: { x: 0.5, y: 0.5 } }) },
};

describe('what a server can do to an edit and a widening', () => {
  const played = usePlayedServer();

  for (const [verb, { requests, request }] of Object.entries(VERBS)) {
    for (const { name, behaviour, ends, patience } of FAULTS) {
      it(`${name}, ${verb}: ${ends}, and asked again it pays for what is missing only`, async () => {
        const { pixels, server, bench, context: contextOf } = played();
        const source = await plainPng(pixels, SOURCE, 3);
        const wish = request(source, await sha256(source));
        const context = contextOf(patience && { patience });
        const draw = (): Promise<readonly string[] | Reason> => runJob(wish, context).then(({ files }) => files, (error: { readonly reason: Reason }) => error.reason);

        server.next(behaviour, 'edits');
        const outcome = await draw();
        assert.equal(typeof outcome === 'string' ? outcome : 'drawn', ends);
        const sent = server.to('edits').length;
        assert.ok(sent <= requests, 'nothing was asked for twice by itself');
        assert.equal((await context.ledger.list()).length, sent, 'each request may have been billed once');
        assert.deepEqual(await context.outbox.unsaved(), [], 'tiles wait for the same request instead of being offered');

        const files = ends === 'drawn' ? outcome : await draw();
        assert.ok(typeof files !== 'string' && files.length === 1, String(files));
        const arrived = ends === 'drawn' ? sent : sent - 1;
        assert.equal(server.to('edits').length - sent, requests - arrived, `${arrived} of ${requests} had come`);
        assert.equal((await context.ledger.list()).length, server.to('edits').length);
        assert.deepEqual([...bench.storage.entries.keys()].filter((entry) => entry.startsWith('outbox/')), []);
      });
    }
  }
});
