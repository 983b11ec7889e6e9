import assert from 'node:assert/strict';
import { drawBlock } from '../../../../src/pixels/fill/cut';
import { FIRST_BLOCK, KEPT, OPEN } from '../../../../src/pixels/fill/ground';
import type { Ground } from '../../../../src/pixels/fill/ground';

/** A source of 30x10 on the left, and room for two blocks of 10x10 that overlap by 4 on the right. */
function ground(paint: (x: number, y: number) => number): Ground {
  const [width, height] = [46, 10];
  const rgba = new Uint8ClampedArray(width * height * 4);
  const owner = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      owner[i] = x < 30 ? KEPT : OPEN;
      if (x < 30) rgba.set([paint(x, y), 0, 0, 255], i * 4);
    }
  }
  return { width, height, rgba, owner, shifts: [], opaque: true };
}

const block = (x: number): { x: number; y: number; side: number; margin: number } => ({ x, y: 0, side: 10, margin: 2 });

describe('drawBlock', () => {
  it('copies a mirrored source mirrored', () => {
    const g = ground((x) => x);
    drawBlock(g, block(30), { x0: 9 + 30, y0: 0, stepX: -1, stepY: 1 });
    assert.deepEqual(Array.from({ length: 10 }, (_, x) => g.rgba[(30 + x) * 4]), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    assert.equal(g.owner[30], FIRST_BLOCK);
  });

  it('cuts where the blocks agree', () => {
    // The two sources agree in one column of the overlap that moves with the row; elsewhere they differ by 100.
    const agrees = (y: number): number => (y < 5 ? 1 : 2);
    const g = ground((x, y) => (x < 10 ? 100 : x < 20 ? 0 : x - 20 === agrees(y) ? 100 : 200));
    drawBlock(g, block(30), { x0: -30, y0: 0, stepX: 1, stepY: 1 });
    drawBlock(g, block(36), { x0: 20 - 36, y0: 0, stepX: 1, stepY: 1 });
    for (let y = 0; y < 10; y++) {
      const first = Array.from({ length: 10 }, (_, x) => g.owner[y * g.width + 36 + x]).indexOf(FIRST_BLOCK + 1);
      assert.equal(first, agrees(y), `row ${y}`);
    }
  });

  it('never touches kept pixels', () => {
    const g = ground((x) => x);
    const before = g.rgba.slice(0, 30 * 4);
    drawBlock(g, block(25), { x0: -25, y0: 0, stepX: 1, stepY: 1 });
    assert.deepEqual(g.rgba.slice(0, 30 * 4), before);
    assert.equal(g.owner[29], KEPT);
    assert.equal(g.owner[30], FIRST_BLOCK);
  });
});
