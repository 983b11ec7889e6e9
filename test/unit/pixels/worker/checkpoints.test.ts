import assert from 'node:assert/strict';
import { ImageError } from '../../../../src/core/errors';
import type { Canvas, Picture, Tile } from '../../../../src/core/pixels';
import { nodeZlib } from '../../../../src/node/zlib';
import { encodePng } from '../../../../src/pixels/png/encode';
import type { Job } from '../../../../src/pixels/worker/job';
import { createOperations } from '../../../../src/pixels/worker/operations';
import { PictureStore } from '../../../../src/pixels/worker/pictureStore';
import { loadWasm } from '../../../support/wasm';
import { render, waves } from '../../../support/scene';

const SIDE = 160;
const TILE: Tile = { window: { x: 0, y: 0, width: 240, height: SIDE }, asked: { width: 384, height: 256 }, after: [] };

describe('an operation that is cancelled', () => {
  let operations: ReturnType<typeof createOperations>;
  let picture: Picture;
  let canvas: Canvas;
  let id = 0;

  /** A job that is cancelled when it looks for the `last` time. */
  function jobUntil(last: number): Job & { readonly looks: () => number } {
    let looks = 0;
    const checkpoint = async (): Promise<void> => {
      if ((looks += 1) >= last) throw new ImageError('cancelled', 'Cancelled.');
    };
    return { id: (id += 1), services: { zlib: nodeZlib, loadWasm }, checkpoint, step: () => undefined, share: () => undefined, looks: () => looks };
  }

  beforeEach(async () => {
    operations = createOperations(new PictureStore());
    picture = await operations.open(jobUntil(Infinity), await encodePng(render(waves(2), SIDE, SIDE), nodeZlib, {}));
    canvas = await operations.canvas(jobUntil(Infinity), picture, { width: 240, height: SIDE }, { x: 0, y: 0 });
  });

  for (const [name, run, least] of [
    ['resize', (job: Job) => operations.resize(job, picture, { width: 300, height: 300 }), 300],
    ['cover', (job: Job) => operations.cover(job, picture, { width: 300, height: 200 }), 200],
    ['tileInput', (job: Job) => operations.tileInput(job, canvas, TILE, false), 256],
  ] as const) {
    it(`stops between two rows: ${name}`, async () => {
      const whole = jobUntil(Infinity);
      await run(whole);
      assert.ok(whole.looks() >= least, `${whole.looks()} looks`);
      const cut = jobUntil(least / 2);
      await assert.rejects(run(cut), { reason: 'cancelled' });
      assert.equal(cut.looks(), least / 2);
    });
  }
});
