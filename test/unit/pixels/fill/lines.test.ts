import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BLOCK } from '../../../../src/pixels/fill/cells';
import { KEPT, OPEN } from '../../../../src/pixels/fill/ground';
import type { Ground } from '../../../../src/pixels/fill/ground';
import { Guide } from '../../../../src/pixels/fill/guide';
import { LineField, slopeOf } from '../../../../src/pixels/fill/lines';

/** A guide of one cell a pixel; what is not known is open and holds something else. */
function guideOf(width: number, height: number, paint: (x: number, y: number) => number, known: (x: number, y: number) => boolean = () => true): Guide {
  const ground: Ground = { width, height, rgba: new Uint8ClampedArray(width * height * 4), owner: new Uint16Array(width * height), shifts: [], opaque: true };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = paint(x, y);
      ground.rgba.set([value, value, 255 - value, 255], (y * width + x) * 4);
      ground.owner[y * width + x] = known(x, y) ? KEPT : OPEN;
    }
  }
  return new Guide(ground, 1, 0, 0);
}

/** Lines of a slope, dy/dx, whose tone rises and falls evenly. */
const stripes = (slope: number) => (x: number, y: number): number => {
  const phase = (y - slope * x) / Math.hypot(1, slope) / 14;
  return 240 * Math.abs(2 * (phase - Math.floor(phase)) - 1);
};

/** Enough for blocks at (0, 0) and (20, 20). */
const SIDE = 2 * BLOCK + 10;
const slopes = fc.double({ min: 0.3, max: 3, noNaN: true }).chain((steep) => fc.constantFrom(steep, -steep));

describe('LineField', () => {
  it('measures the slope of lines, whatever stands where nothing is known yet', () => {
    fc.assert(
      fc.property(slopes, fc.integer({ min: 20, max: SIDE }), fc.constantFrom(1, -1), fc.boolean(), (slope, end, side, turned) => {
        const field = new LineField(guideOf(SIDE, SIDE, stripes(slope), (x, y) => side * (turned ? y : x) < (side === 1 ? end : end - SIDE)));
        const found = slopeOf(field.around(10, 10), 0.3, 4);
        assert.ok(found !== undefined && Math.abs(Math.atan(found) - Math.atan(slope)) < 0.1, `${found} instead of ${slope}`);
      }),
      { numRuns: 25 },
    );
  });

  it('tells lines that go on from those that are mirrored, by how much they bend', () => {
    fc.assert(
      fc.property(slopes, fc.nat(9), fc.nat(9), (slope, u, v) => {
        const field = new LineField(guideOf(SIDE, SIDE, stripes(slope)));
        const known = field.around(10, 10);
        assert.ok(field.kink(known, u, v, false) < 0.1);
        // Between the directions, doubled, of lines of opposite slopes: 2·sin(2α), squared.
        const bend = (2 * Math.sin(2 * Math.atan(slope))) ** 2;
        assert.ok(Math.abs(field.kink(known, u, v, true) - bend) < 0.15 * bend + 0.1, `${field.kink(known, u, v, true)} instead of ${bend}`);
      }),
      { numRuns: 25 },
    );
  });

  it('knows the block of each place: upright lines on one side, level ones on the other', () => {
    const half = SIDE / 2;
    const field = new LineField(guideOf(SIDE, SIDE, (x, y) => (x < half ? stripes(0)(x, y) : stripes(0)(y, x))));
    const level = field.around(-10, 14);
    for (let v = 0; v <= 10; v++) {
      assert.ok(field.kink(level, 0, v, false) < 0.1, `level at ${v}`);
      assert.ok(field.kink(level, Math.ceil(half / 2) + 1, v, false) > 3, `upright at ${v}`);
    }
    assert.ok(slopeOf(level, 0.3, 4) === 0 || Math.abs(slopeOf(level, 0.3, 4) ?? 1) < 0.05);
    assert.equal(slopeOf(field.around(32, 14), 0.3, 4), undefined);
  });

  it('counts lines by how much they show, and follows none that are faint', () => {
    for (const step of [1, 2, 3]) {
      // A ramp: the squares of a cell's gradient over three channels, beside what makes a line half clear, and grain.
      const energy = 3 * step ** 2;
      const ramp = new LineField(guideOf(SIDE, SIDE, (_, y) => 100 + step * y)).around(10, 10);
      assert.ok(Math.abs(ramp.strength - energy / (energy + 40)) < 1e-6 && Math.abs(ramp.upright + energy / (energy + 4)) < 1e-6, `${step}: ${JSON.stringify(ramp)}`);
      assert.equal(slopeOf(ramp, 0.3, 4) === undefined, step < 3);
    }
  });

  it('sees no lines where there are none', () => {
    const flat = new LineField(guideOf(SIDE, SIDE, () => 90));
    assert.deepEqual({ ...flat.around(10, 10) }, { upright: 0, slant: 0, strength: 0 });
    assert.equal(flat.kink(flat.around(10, 10), 3, 3, true), 0);
    const grain = new LineField(guideOf(SIDE, SIDE, (x, y) => Math.imul((x * 374761393 + y * 668265263) ^ 0x5bf03635, 0x27d4eb2d) >>> 24));
    assert.equal(slopeOf(grain.around(10, 10), 0.3, 4), undefined);
    const unknown = new LineField(guideOf(SIDE, SIDE, stripes(1), () => false));
    assert.equal(unknown.around(10, 10).strength, 0);
  });
});
