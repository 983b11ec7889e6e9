import assert from 'node:assert/strict';
import { inProcessPixels } from '../../../support/inProcessPixels';
import { plainPng } from '../../../support/jobBench';

describe('a fill', () => {
  it('tells how much of it is done, ever more of it', async () => {
    const pixels = inProcessPixels();
    const picture = await pixels.open(await plainPng(pixels, { width: 256, height: 128 }));
    const canvas = await pixels.canvas(picture, { width: 1024, height: 128 }, { x: 0, y: 0 });
    const shares: number[] = [];
    await pixels.fill(canvas, 3, undefined, (share) => shares.push(share));
    pixels.dispose();
    assert.ok(shares.length > 5, shares.join());
    assert.ok(shares.every((share, k) => share > (shares[k - 1] ?? 0) && share <= 1), shares.join());
  });
});
