import assert from 'node:assert/strict';
import type { Mask, PixelImage } from '../../../../src/core/image';
import { nodeZlib } from '../../../../src/node/zlib';
import { encodePng } from '../../../../src/pixels/png/encode';
import { cancellableZlib } from '../../../../src/pixels/worker/cancellable';
import { keptReport } from '../../../../src/pixels/worker/keptReport';
import { plain } from '../../../support/scene';

/** A canvas of 20x10 with a source of 8x6 at (5, 3), of which one pixel is to be drawn. */
function ground(): { image: PixelImage; source: PixelImage; drawn: Mask; pending: Mask; at: { x: number; y: number } } {
  const image = plain(20, 10, [9, 9, 9, 255]);
  const source = plain(8, 6, [1, 2, 3, 255]);
  source.data.set([7, 8, 9, 0], 0);
  const drawn = { width: 20, height: 10, data: new Uint8Array(200).fill(255) };
  for (let y = 0; y < 6; y++) {
    drawn.data.fill(0, (y + 3) * 20 + 5, (y + 3) * 20 + 13);
    image.data.set(source.data.subarray(y * 32, (y + 1) * 32), ((y + 3) * 20 + 5) * 4);
  }
  drawn.data[4 * 20 + 6] = 128;
  return { image, source, drawn, pending: drawn, at: { x: 5, y: 3 } };
}

describe('keptReport', () => {
  it('counts kept pixels and those that changed, the colour under alpha 0 included, and none that was to be drawn', async () => {
    const { image, ...rest } = ground();
    const report = async (): Promise<unknown> => keptReport(await encodePng(image, nodeZlib, {}), rest, nodeZlib);
    assert.deepEqual(await report(), { kept: 47, changed: 0 });
    const change = (x: number, y: number, channel: number): void => void (image.data[(y * 20 + x) * 4 + channel] = 77);
    change(6, 4, 0);
    change(4, 3, 1);
    change(13, 8, 1);
    assert.deepEqual(await report(), { kept: 47, changed: 0 });
    change(5, 3, 0);
    change(12, 8, 2);
    change(7, 5, 3);
    assert.deepEqual(await report(), { kept: 47, changed: 3 });
  });

  it('is broken off between two pieces when it is cancelled, as writing is', async () => {
    const { image, ...rest } = ground();
    const png = await encodePng(image, nodeZlib, {});
    const aborted = cancellableZlib(nodeZlib, AbortSignal.abort());
    for (const work of [() => keptReport(png, rest, aborted), () => encodePng(image, aborted, {})]) {
      await assert.rejects(work, { reason: 'cancelled' });
    }
  });
});
