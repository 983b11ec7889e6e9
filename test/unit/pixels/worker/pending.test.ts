import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import sharp from 'sharp';
import { contains, intersect, type Bounds } from '../../../../src/core/geometry';
import type { Mask } from '../../../../src/core/image';
import { partsOf } from '../../../../src/pixels/worker/pending';
import { inProcessPixels } from '../../../support/inProcessPixels';
import { plainPng } from '../../../support/jobBench';

function maskOf(width: number, height: number, painted: readonly Bounds[]): Mask {
  const data = new Uint8Array(width * height);
  for (const { x, y, width: columns, height: rows } of painted) for (let row = y; row < y + rows; row++) data.fill(1, row * width + x, row * width + x + columns);
  return { width, height, data };
}

const spot = fc.record({ x: fc.nat(380), y: fc.nat(280), width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) });

describe('what is pending on a canvas', () => {
  it('is held by rectangles that do not overlap and end where it ends', () => {
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 12 }), (painted) => {
        const mask = maskOf(400, 300, painted);
        const parts = partsOf(mask);
        const left = mask.data.slice();
        for (const [index, part] of parts.entries()) {
          assert.ok(contains({ x: 0, y: 0, width: 400, height: 300 }, part));
          assert.ok(parts.slice(index + 1).every((other) => !intersect(part, other)));
          const rows = Array.from({ length: part.height }, (_, row) => mask.data.subarray((part.y + row) * 400 + part.x, (part.y + row) * 400 + part.x + part.width));
          const edges = [rows[0] ?? [], rows.at(-1) ?? [], rows.map((row) => row[0] ?? 0), rows.map((row) => row.at(-1) ?? 0)];
          assert.ok(edges.every((edge) => edge.some((value) => value > 0)), 'a part is larger than what it holds');
          for (let row = part.y; row < part.y + part.height; row++) left.fill(0, row * 400 + part.x, row * 400 + part.x + part.width);
        }
        assert.ok(!left.includes(1), 'something is in no part');
      }),
      { numRuns: 200 },
    );
  });

  it('is one rectangle where it is one, however large', () => {
    for (const one of [{ x: 3, y: 5, width: 1, height: 1 }, { x: 7, y: 11, width: 390, height: 280 }, { x: 0, y: 0, width: 400, height: 300 }]) assert.deepEqual(partsOf(maskOf(400, 300, [one])), [one]);
    const spots = [{ x: 2, y: 3, width: 10, height: 10 }, { x: 380, y: 280, width: 15, height: 12 }];
    assert.deepEqual(partsOf(maskOf(400, 300, spots)), spots);
    assert.deepEqual(partsOf(maskOf(400, 300, [])), []);
  });

  it('is looked for in each window without what the windows before it draw', async () => {
    const pixels = inProcessPixels();
    const extent = { width: 64, height: 48 };
    const mask = maskOf(64, 48, [{ x: 0, y: 0, width: 1, height: 48 }, { x: 0, y: 47, width: 64, height: 1 }]);
    const bytes = await sharp(mask.data.map((value) => 255 * value), { raw: { ...extent, channels: 1 } }).png().toBuffer();
    const source = await pixels.open(await plainPng(pixels, extent));
    const canvas = await pixels.canvas(source, extent, { x: 0, y: 0 }, { kind: 'file', bytes });
    assert.deepEqual(await pixels.pendingParts(canvas), [{ x: 0, y: 0, width: 1, height: 32 }, { x: 0, y: 32, width: 32, height: 16 }, { x: 32, y: 47, width: 32, height: 1 }]);
    const window = (x: number, y: number): Bounds => ({ x, y, width: 32, height: 24 });
    assert.deepEqual(await pixels.drawAnything(canvas, [window(32, 0), window(0, 0), window(0, 0), window(0, 24), window(16, 20), window(32, 24)]), [false, true, false, true, false, true]);
    pixels.dispose();
  });

  it('is told to the model by an alpha channel, also where nothing is', async () => {
    const pixels = inProcessPixels();
    const extent = { width: 64, height: 64 };
    const source = await pixels.open(await plainPng(pixels, extent));
    const canvas = await pixels.canvas(source, extent, { x: 0, y: 0 }, { kind: 'bounds', bounds: { x: 40, y: 40, width: 4, height: 4 } });
    for (const x of [0, 32]) {
      const { mask } = await pixels.tileInput(canvas, { window: { x, y: x, width: 32, height: 32 }, asked: { width: 32, height: 32 }, after: [] }, false);
      const { channels } = await sharp(mask).stats();
      assert.deepEqual(channels[3] && [channels[3].min, channels[3].max], x === 0 ? [255, 255] : [0, 255]);
    }
    pixels.dispose();
  });
});
