import assert from 'node:assert/strict';
import type { Tile } from '../../../src/core/pixels';
import { wrongSizeFor } from '../../../src/core/wrongSize';

function tile(width: number, height: number, scale = 1): Tile {
  return { window: { x: 5, y: 7, width, height }, asked: { width: width * scale, height: height * scale }, after: [] };
}

describe('the size of an answer', () => {
  it('is fine where the ratio is the one asked for and half of the pixels are there', () => {
    for (const [width, height] of [[384, 256], [768, 512], [192, 128], [387, 256], [3840, 2560]] as const) assert.equal(wrongSizeFor(tile(384, 256), { width, height }), undefined, `${width}x${height}`);
  });

  it('is wrong in another ratio, and where the new side would be a blur', () => {
    for (const drawn of [{ width: 256, height: 256 }, { width: 256, height: 384 }, { width: 96, height: 64 }, { width: 189, height: 126 }, { width: 400, height: 256 }]) {
      assert.deepEqual(wrongSizeFor(tile(384, 256), drawn), { drawn, asked: { width: 384, height: 256 } });
    }
  });

  it('is judged by the pixels that are needed, where more were asked for', () => {
    assert.equal(wrongSizeFor(tile(128, 128, 2), { width: 64, height: 64 }), undefined);
    assert.ok(wrongSizeFor(tile(128, 128, 2), { width: 63, height: 63 }));
  });
});
