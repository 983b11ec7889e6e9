import type { Point } from '../../../../src/core/geometry';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { SEAMLESS_BAND } from '../../../../src/core/pixels';
import { nodeZlib } from '../../../../src/node/zlib';
import { encodePng } from '../../../../src/pixels/png/encode';
import { cancellableZlib } from '../../../../src/pixels/worker/cancellable';
import { keptReport } from '../../../../src/pixels/worker/keptReport';
import { seeded } from '../../../support/random';
import { plain } from '../../../support/scene';

/** A canvas of 20x10 with a source of 8x6 at (5, 3), of which one pixel is to be drawn. */
function canvas(): { image: PixelImage; source: PixelImage; mask: Mask; at: Point } {
  const image = plain(20, 10, [9, 9, 9, 255]);
  const source = plain(8, 6, [1, 2, 3, 255]);
  source.data.set([7, 8, 9, 0], 0);
  const mask = { width: 20, height: 10, data: new Uint8Array(200).fill(255) };
  for (let y = 0; y < 6; y++) {
    mask.data.fill(0, (y + 3) * 20 + 5, (y + 3) * 20 + 13);
    image.data.set(source.data.subarray(y * 32, (y + 1) * 32), ((y + 3) * 20 + 5) * 4);
  }
  mask.data[4 * 20 + 6] = 128;
  return { image, source, mask, at: { x: 5, y: 3 } };
}

describe('keptReport', () => {
  it('counts kept pixels and those that changed, the colour under alpha 0 included, and none that was to be drawn', async () => {
    const { image, ...rest } = canvas();
    const report = async (): Promise<unknown> => keptReport(await encodePng(image, nodeZlib, {}), rest, nodeZlib);
    assert.deepEqual(await report(), { kept: 47, changed: 0, beyond: 0 });
    const change = (x: number, y: number, channel: number): void => void (image.data[(y * 20 + x) * 4 + channel] = 77);
    change(6, 4, 0);
    change(4, 3, 1);
    change(13, 8, 1);
    assert.deepEqual(await report(), { kept: 47, changed: 0, beyond: 0 });
    change(5, 3, 0);
    change(12, 8, 2);
    change(7, 5, 3);
    assert.deepEqual(await report(), { kept: 47, changed: 3, beyond: 0 });
  });

  it('counts the changed pixels that lie beyond the band of seamless, whatever the mask', async () => {
    const [width, height] = [130, 110];
    const shapes = fc.array(fc.record({ x: fc.nat(width - 1), y: fc.nat(height - 1), width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 12 }) }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer(), async (list, seed) => {
        const mask: Mask = { width, height, data: new Uint8Array(width * height) };
        for (const one of list) for (let y = one.y; y < Math.min(height, one.y + one.height); y++) mask.data.fill(1, y * width + one.x, y * width + Math.min(width, one.x + one.width));
        const source = plain(width, height, [1, 2, 3, 255]);
        const image = plain(width, height, [1, 2, 3, 255]);
        const random = seeded(seed);
        const changed = Array.from({ length: 60 }, () => Math.floor(random.uniform() * width * height)).filter((i) => mask.data[i] === 0);
        for (const i of changed) image.data[4 * i] = 50;
        const all = [...mask.data.keys()].filter((i) => mask.data[i] === 1);
        const isNear = (i: number): boolean => all.some((j) => ((i % width) - (j % width)) ** 2 + (Math.floor(i / width) - Math.floor(j / width)) ** 2 <= SEAMLESS_BAND ** 2);
        const told = new Set(changed);
        assert.deepEqual(await keptReport(await encodePng(image, nodeZlib, {}), { mask, source, at: { x: 0, y: 0 } }, nodeZlib), {
          kept: width * height - all.length,
          changed: told.size,
          beyond: [...told].filter((i) => !isNear(i)).length,
        });
      }),
      { numRuns: 25 },
    );
  });

  it('is broken off between two pieces when it is cancelled, as writing is', async () => {
    const { image, ...rest } = canvas();
    const png = await encodePng(image, nodeZlib, {});
    const aborted = cancellableZlib(nodeZlib, AbortSignal.abort());
    for (const work of [() => keptReport(png, rest, aborted), () => encodePng(image, aborted, {})]) {
      await assert.rejects(work, { reason: 'cancelled' });
    }
  });
});
