import assert from 'node:assert/strict';
import sharp from 'sharp';
import { ImageError } from '../../../src/core/errors';
import type { Bounds, Extent } from '../../../src/core/geometry';
import { sha256 } from '../../../src/core/hash';
import type { InpaintRequest } from '../../../src/core/request';
import { planJob, runJob } from '../../../src/jobs/run';
import { inProcessPixels } from '../../support/inProcessPixels';
import { jobBench, ScriptedEngine, TINY_MODEL } from '../../support/jobBench';
import { redrawn } from '../../support/modelAnswers';
import { render, waves } from '../../support/scene';

const SIZE = { width: 460, height: 310 };

async function rawOf(bytes: Uint8Array | undefined): Promise<Uint8Array> {
  return sharp(bytes).ensureAlpha().raw().toBuffer();
}

async function pngOf(data: Uint8Array | Uint8ClampedArray, { width, height }: Extent, channels: 1 | 4): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels } }).png().toBuffer();
}

describe('an edit of several areas', () => {
  const pixels = inProcessPixels();
  let request: InpaintRequest;

  before(async () => {
    const bytes = await pngOf(render(waves(1), SIZE.width, SIZE.height).data, SIZE, 4);
    const source = { uri: 'file:///w/photo.png', bytes, hash: await sha256(bytes) };
    const output = { kind: 'new', folder: 'file:///w', stem: 'spots' } as const;
    request = { operation: 'inpaint', prompt: 'a fox', source, region: { kind: 'file', bytes }, mode: 'exact', count: 1, seed: 7, embedRecipe: false, output };
  });
  after(() => pixels.dispose());

  const masked = async (isDrawn: (x: number, y: number) => boolean): Promise<InpaintRequest> => {
    const data = Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => (isDrawn(i % SIZE.width, Math.floor(i / SIZE.width)) ? 255 : 0));
    return { ...request, region: { kind: 'file', bytes: await pngOf(data, SIZE, 1) } };
  };
  const spots: readonly Bounds[] = [{ x: 4, y: 4, width: 8, height: 8 }, { x: 446, y: 296, width: 8, height: 8 }];
  const inSpot = (x: number, y: number): boolean => spots.some((spot) => x >= spot.x && y >= spot.y && x < spot.x + spot.width && y < spot.y + spot.height);

  it('pays for a request for each far spot and for nothing between them, as it was told before', async () => {
    const bench = jobBench(pixels);
    const engine = new ScriptedEngine(redrawn, TINY_MODEL);
    const context = bench.context(engine);
    const far = await masked(inSpot);
    const plan = await planJob(far, context);
    const { files, notes } = await runJob(far, context);
    assert.equal(plan.requests, 2);
    assert.equal(engine.calls.length, 2);
    const [before, after] = [await rawOf(request.source.bytes), await rawOf(bench.files.files.get(files[0] ?? ''))];
    const changed = Array.from(before.keys()).flatMap((i) => (before[i] === after[i] ? [] : [i >> 2]));
    assert.ok(spots.every(({ x, y, width, height }) => changed.some((i) => i % SIZE.width >= x && i % SIZE.width < x + width && i >= y * SIZE.width && i < (y + height) * SIZE.width)), 'a spot is as it was');
    assert.ok(changed.every((i) => inSpot(i % SIZE.width, Math.floor(i / SIZE.width))), 'a kept pixel changed');
    assert.deepEqual(notes.map(({ note }) => note), ['kept']);
    // Neither waits for the other.
    for (const where of ['top left', 'bottom right']) {
      const told = engine.calls.filter(({ prompt }) => new RegExp(`^a fox\n.*2 areas.*the one in the ${where} part`, 's').test(prompt));
      assert.equal(told.length, 1, where);
    }
  });

  it('sends no tile in which nothing is drawn', async () => {
    // The parts of a slanted line are rectangles, with corners that hold nothing.
    const engine = new ScriptedEngine(redrawn, TINY_MODEL);
    const bench = jobBench(pixels);
    const slanted = await masked((x, y) => Math.abs(y - x / 2) < 1);
    const { requests } = await planJob(slanted, bench.context(engine));
    await runJob(slanted, bench.context(engine));
    assert.equal(engine.calls.length, requests);
    for (const call of engine.calls) {
      const { channels } = await sharp('mask' in call ? call.mask?.bytes : undefined).stats();
      assert.equal(channels[3]?.min, 0, 'a request that draws nothing');
    }
  });

  it('asks for no further area once one has failed', async () => {
    const engine = new ScriptedEngine(() => Promise.reject(new ImageError('quota', 'Nothing left.')), TINY_MODEL);
    const context = jobBench(pixels).context(engine);
    const six = await masked((x, y) => (x % 225) + (y % 300) < 8);
    assert.equal((await planJob(six, context)).requests, 6);
    await assert.rejects(runJob(six, context), { reason: 'quota' });
    assert.equal(engine.calls.length, 4);
  });
});
