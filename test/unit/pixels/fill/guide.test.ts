import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FIRST_BLOCK, KEPT, OPEN } from '../../../../src/pixels/fill/ground';
import type { Ground } from '../../../../src/pixels/fill/ground';
import { Guide } from '../../../../src/pixels/fill/guide';
import { grounds } from './grounds';

const scales = fc.record({ factor: fc.integer({ min: 1, max: 5 }), x: fc.nat(9), y: fc.nat(9) });
const corners = fc.tuple(fc.integer({ min: -3, max: 45 }), fc.integer({ min: -3, max: 45 }), fc.nat(12), fc.nat(12));

/** The pixels of the canvas under a cell. */
function under({ width, height }: Ground, { factor, originX, originY }: Guide, u: number, v: number): number[] {
  const found: number[] = [];
  for (let y = originY + v * factor; y < originY + (v + 1) * factor; y++) {
    for (let x = originX + u * factor; x < originX + (u + 1) * factor; x++) if (x >= 0 && y >= 0 && x < width && y < height) found.push(y * width + x);
  }
  return found;
}

describe('Guide', () => {
  it('averages the known pixels under each cell, weighted by alpha', () => {
    fc.assert(
      fc.property(grounds, scales, (ground, { factor, x, y }) => {
        const guide = new Guide(ground, factor, -x, -y);
        assert.ok(guide.width * factor - x >= ground.width && (guide.width - 1) * factor - x < ground.width);
        for (let v = 0; v < guide.height; v++) {
          for (let u = 0; u < guide.width; u++) {
            const pixels = under(ground, guide, u, v);
            const known = pixels.filter((i) => ground.owner[i] !== OPEN);
            const cell = v * guide.width + u;
            assert.equal(guide.known[cell], known.length > 0 && known.length * 2 >= pixels.length ? 1 : 0);
            if (guide.known[cell] === 0) continue;
            for (let channel = 0; channel < 4; channel++) {
              const sum = known.reduce((all, i) => all + (channel === 3 ? 1 : (ground.rgba[i * 4 + channel] as number) / 255) * (ground.rgba[i * 4 + 3] as number), 0);
              assert.ok(Math.abs((guide.rgba[cell * 4 + channel] as number) - sum / known.length) <= 0.51);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('counts kept cells in random rectangles', () => {
    fc.assert(
      fc.property(grounds, scales, corners, (ground, { factor, x, y }, [u0, v0, w, h]) => {
        const guide = new Guide(ground, factor, -x, -y);
        let kept = 0;
        for (let v = Math.max(0, v0); v < Math.min(guide.height, v0 + h); v++) {
          for (let u = Math.max(0, u0); u < Math.min(guide.width, u0 + w); u++) {
            const pixels = under(ground, guide, u, v);
            if (pixels.length > 0 && pixels.every((i) => ground.owner[i] === KEPT)) kept++;
          }
        }
        const last = guide.width - 1;
        assert.equal(guide.isKept(last, 0, last + 1, guide.height), guide.countKept(last, 0, last + 1, guide.height) === guide.height);
        const onGuide = u0 >= 0 && v0 >= 0 && u0 + w <= guide.width && v0 + h <= guide.height;
        assert.equal(guide.countKept(u0, v0, u0 + w, v0 + h), kept);
        assert.equal(guide.isKept(u0, v0, u0 + w, v0 + h), onGuide && kept === w * h);
      }),
    );
  });

  it('sees what was drawn when it is told where', () => {
    fc.assert(
      fc.property(grounds, scales, corners, (ground, { factor, x, y }, [left, top, width, height]) => {
        const guide = new Guide(ground, factor, -x, -y);
        for (let row = Math.max(0, top); row < Math.min(ground.height, top + height); row++) {
          for (let column = Math.max(0, left); column < Math.min(ground.width, left + width); column++) {
            const i = row * ground.width + column;
            if (ground.owner[i] !== OPEN) continue;
            ground.owner[i] = FIRST_BLOCK;
            ground.rgba.set([200, 100, 50, 255], i * 4);
          }
        }
        guide.refresh(left, top, width, height);
        const anew = new Guide(ground, factor, -x, -y);
        assert.deepEqual(guide.known, anew.known);
        assert.deepEqual(guide.rgba, anew.rgba);
      }),
      { numRuns: 40 },
    );
  });
});
