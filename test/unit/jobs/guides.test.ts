import assert from 'node:assert/strict';
import type { EditCall, GenerateCall } from '../../../src/core/engine';
import { ImageError } from '../../../src/core/errors';
import type { Extent } from '../../../src/core/geometry';
import { sha256 } from '../../../src/core/hash';
import type { EncodedImage } from '../../../src/core/image';
import type { GenerateRequest, Source } from '../../../src/core/request';
import { planJob, runJob } from '../../../src/jobs/run';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, plainPng, ScriptedEngine, SMALL_MODEL, type JobBench } from '../../support/jobBench';

const pixels = inProcessPixels();
const FILE = 'file:///w/img/hero.png';
const REQUEST: GenerateRequest = { operation: 'generate', prompt: 'at night', count: 1, seed: 7, embedRecipe: true, output: { kind: 'exact', uri: FILE }, extent: { width: 128, height: 96 }, format: 'png' };

async function source(extent: Extent, seed: number): Promise<Source> {
  const bytes = await plainPng(pixels, extent, seed);
  return { uri: 'file:///w/x.png', bytes, hash: await sha256(bytes) };
}

async function fresh(call: GenerateCall | EditCall): Promise<readonly EncodedImage[]> {
  return [{ bytes: await plainPng(pixels, call.extent), format: 'png' }];
}

describe('generate after other pictures', () => {
  let bench: JobBench;
  beforeEach(() => {
    bench = jobBench(pixels);
  });
  after(() => pixels.dispose());

  it('sends parent and references in one edit, prices them, and names them in the recipe', async () => {
    const [parent, a, b] = [await source({ width: 64, height: 64 }, 1), await source({ width: 96, height: 64 }, 2), await source({ width: 64, height: 96 }, 3)];
    const engine = new ScriptedEngine(fresh);
    const context = bench.context(engine);
    const request: GenerateRequest = { ...REQUEST, guides: { parent, references: [a, b] } };
    const [guided, plain] = [await planJob(request, context), await planJob(REQUEST, context)];
    assert.ok((guided.estimateUsd ?? 0) > (plain.estimateUsd ?? 0));
    const { notes } = await runJob(request, context);
    const [call] = engine.calls;
    assert.ok(call && 'images' in call);
    assert.equal(call.images.length, 3);
    assert.equal(call.mask, undefined);
    assert.deepEqual(notes, []);
    const [entry] = await context.history.list();
    assert.deepEqual(entry?.recipe.references, [a.hash, b.hash]);
    assert.equal(entry.recipe.parent, parent.hash);
    assert.equal(entry.recipe.operation, 'variation');
  });

  it('leaves references out rather than some of them, and says so', async () => {
    const references = [await source({ width: 64, height: 64 }, 1), await source({ width: 64, height: 64 }, 2)];
    const engine = new ScriptedEngine(fresh, { ...SMALL_MODEL, maxInputs: 1 });
    const context = bench.context(engine);
    const { notes } = await runJob({ ...REQUEST, guides: { references } }, context);
    assert.deepEqual(notes, [{ note: 'guides-not-sent', count: 2 }]);
    assert.ok(engine.calls[0] && !('images' in engine.calls[0]));
    const [entry] = await context.history.list();
    assert.deepEqual(entry?.recipe.references, []);
    assert.equal(entry.recipe.operation, 'generate');
  });

  it('writes the very file that was named and never over another', async () => {
    const context = bench.context(new ScriptedEngine(fresh));
    assert.deepEqual((await runJob(REQUEST, context)).files, [FILE]);
    const before = bench.files.files.get(FILE);
    await assert.rejects(runJob(REQUEST, context), (error) => error instanceof ImageError && error.reason === 'cannot-save');
    assert.deepEqual(bench.files.files.get(FILE), before);
    const [waiting] = await context.outbox.unsaved();
    assert.equal(waiting?.stem, 'hero');
    assert.equal(waiting.folder, 'file:///w/img');
  });
});
