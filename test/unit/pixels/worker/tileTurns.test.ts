import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Bounds } from '../../../../src/core/geometry';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { SEAMLESS_BAND, type ComposeMode } from '../../../../src/core/pixels';
import { placeAnswer } from '../../../../src/pixels/compose/place';
import { NOTHING_CARRIED } from '../../../../src/pixels/png/carried';
import type { HeldCanvas } from '../../../../src/pixels/worker/pictureStore';
import { TileTurns } from '../../../../src/pixels/worker/tileTurns';
import { layBack, viewOf } from '../../../../src/pixels/worker/tileView';
import { render, waves } from '../../../support/scene';

const EXTENT = { width: 160, height: 64 };
const truth = render(waves(1), EXTENT.width, EXTENT.height);

function maskOf(draws: (x: number, y: number) => number): Mask {
  return { ...EXTENT, data: Uint8Array.from({ length: EXTENT.width * EXTENT.height }, (_, i) => draws(i % EXTENT.width, Math.floor(i / EXTENT.width))) };
}

/** What has been said once everything that can go on has gone on. */
async function settled(said: readonly string[]): Promise<readonly string[]> {
  await new Promise((resolve) => setImmediate(resolve));
  return said;
}

describe('turns of tiles', () => {
  const left: Bounds = { x: 0, y: 0, width: 100, height: 64 };
  const right: Bounds = { x: 60, y: 0, width: 100, height: 64 };

  /** Takes turns for windows at once and answers in which order they begin. */
  async function begun(pending: Mask, windows: readonly Bounds[], mode: ComposeMode): Promise<readonly string[]> {
    const turns = new TileTurns();
    const said: string[] = [];
    windows.forEach((window, k) => void turns.take(pending, window, mode).then(() => said.push(`${k}`)));
    return settled(said);
  }

  it('are not waited for where the windows share only what is known', async () => {
    const sides = maskOf((x) => (x < 30 || x >= 130 ? 255 : 0));
    assert.deepEqual(await begun(sides, [left, right], 'exact'), ['0', '1']);
    assert.deepEqual(await begun(maskOf(() => 255), [left, { ...right, x: 100, width: 60 }], 'seamless'), ['0', '1']);
  });

  it('are waited for where the windows share a single pixel that is to be drawn, or the band of seamless reaches into what they share', async () => {
    assert.deepEqual(await begun(maskOf((x, y) => (x === 99 && y === 63 ? 1 : 0)), [left, right], 'exact'), ['0']);
    assert.deepEqual(await begun(maskOf((x) => (x === 60 - SEAMLESS_BAND ? 255 : 0)), [left, right], 'seamless'), ['0']);
    assert.deepEqual(await begun(maskOf((x) => (x === 59 - SEAMLESS_BAND ? 255 : 0)), [left, right], 'seamless'), ['0', '1']);
    assert.deepEqual(await begun(maskOf((x) => (x === 60 - SEAMLESS_BAND ? 255 : 0)), [left, right], 'exact'), ['0', '1']);
  });

  it('come in the order in which they were asked for, each when all before it that touch it are over', async () => {
    const turns = new TileTurns();
    const pending = maskOf(() => 255);
    const said: string[] = [];
    const ends = [left, right, left].map((window, k) => turns.take(pending, window, 'exact').then((end) => (said.push(`${k}`), end)));
    assert.deepEqual(await settled(said), ['0']);
    (await (ends[0] ?? assert.fail()))();
    assert.deepEqual(await settled(said), ['0', '1']);
    (await (ends[1] ?? assert.fail()))();
    assert.deepEqual(await settled(said), ['0', '1', '2']);
  });

  it('let through only tiles that come out the same to the bit, in either order and side by side', async () => {
    const canvasOf = (pending: Mask): HeldCanvas => ({
      image: { ...truth, data: truth.data.slice() },
      carried: NOTHING_CARRIED,
      composition: { pending: { ...pending, data: pending.data.slice() }, mask: pending, source: truth, at: { x: 0, y: 0 }, turns: new TileTurns() },
    });
    const windows = fc.record({ x: fc.nat(70), y: fc.nat(10), width: fc.integer({ min: 40, max: 90 }), height: fc.integer({ min: 30, max: 54 }) });
    const strips = fc.array(fc.record({ from: fc.nat(159), width: fc.integer({ min: 1, max: 50 }), value: fc.constantFrom(0, 90, 255) }), { minLength: 1, maxLength: 3 });
    const counts = { free: 0, touching: 0 };
    await fc.assert(
      fc.asyncProperty(windows, windows, strips, fc.constantFrom<ComposeMode>('exact', 'seamless'), fc.nat(5), async (a, b, list, mode, seed) => {
        const pending = maskOf((x) => list.findLast(({ from, width }) => x >= from && x < from + width)?.value ?? 0);
        if ((await begun(pending, [a, b], mode)).length === 1) return void counts.touching++;
        counts.free++;
        const answer = ({ x, y, width, height }: Bounds, shift: number): PixelImage => render(waves(1), width, height, x + shift, y - shift / 2);
        const tiles = [{ window: a, answer: answer(a, (seed % 3) - 1) }, { window: b, answer: answer(b, 1 - (seed % 2)) }] as const;
        const [first, second] = tiles;
        const inOrder = async (order: typeof tiles): Promise<HeldCanvas> => {
          const canvas = canvasOf(pending);
          for (const tile of order) await placeAnswer(canvas.image, canvas.composition.pending, tile.window, tile.answer, mode);
          return canvas;
        };
        const apart = canvasOf(pending);
        const views = tiles.map(({ window }) => viewOf(apart, window));
        for (const k of [1, 0] as const) {
          const { image, pending: asked } = views[k] ?? assert.fail();
          if (await placeAnswer(image, asked, { ...tiles[k].window, x: 0, y: 0 }, tiles[k].answer, mode)) layBack(apart, tiles[k].window, image);
        }
        const expected = await inOrder([first, second]);
        for (const { image, composition } of [await inOrder([second, first]), apart]) {
          assert.deepEqual(image.data, expected.image.data);
          assert.deepEqual(composition.pending.data, expected.composition.pending.data);
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(counts.free > 10 && counts.touching > 10, `${counts.free} pairs at once, ${counts.touching} touching`);
  });
});
