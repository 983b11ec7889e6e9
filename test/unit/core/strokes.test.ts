import assert from 'node:assert/strict';
import fc from 'fast-check';
import { boundsOf, contains, type Extent } from '../../../src/core/geometry';
import type { Mask } from '../../../src/core/image';
import { maskBounds } from '../../../src/core/maskShape';
import { applyStep, emptyMask, maskOfSteps, paintSegment, segmentBounds, type BrushTip, type MaskStep, type StrokePoint } from '../../../src/core/strokes';

const EXTENT: Extent = { width: 40, height: 30 };
const HARD: BrushTip = { erase: false, size: 10, hardness: 1 };

const at = (mask: Mask, x: number, y: number): number => mask.data[y * mask.width + x] ?? -1;
const painted = (mask: Mask): number => mask.data.reduce((sum, value) => sum + value, 0) / 255;
const rectangle = (x: number, y: number, width: number, height: number, erase = false): MaskStep => ({ kind: 'rectangle', erase, bounds: { x, y, width, height } });

const place = fc.record({ x: fc.double({ min: -20, max: 60, noNaN: true }), y: fc.double({ min: -20, max: 50, noNaN: true }), pressure: fc.double({ min: 0, max: 1, noNaN: true }) });
const tip = fc.record({ erase: fc.boolean(), size: fc.double({ min: 1, max: 30, noNaN: true }), hardness: fc.double({ min: 0, max: 1, noNaN: true }) });

describe('strokes', () => {
  it('leave a round dab of the brush’s area, whole in the middle and nothing beyond', () => {
    const mask = maskOfSteps(EXTENT, [{ kind: 'brush', ...HARD, points: [20, 15, 1] }]);
    assert.ok(Math.abs(painted(mask) - Math.PI * 25) < 3, String(painted(mask)));
    assert.equal(at(mask, 20, 15), 255);
    assert.equal(at(mask, 13, 15), 0);
    assert.equal(at(mask, 15, 15), at(mask, 24, 15));
  });

  it('follow the pressure', () => {
    const area = (pressure: number): number => painted(maskOfSteps(EXTENT, [{ kind: 'brush', ...HARD, points: [20, 15, pressure] }]));
    assert.ok(area(0.5) < area(1) / 3);
    assert.ok(area(0) > 0);
  });

  it('fade from the middle where the brush is soft', () => {
    const mask = maskOfSteps(EXTENT, [{ kind: 'brush', ...HARD, hardness: 0, points: [20, 15, 1] }]);
    const row = [20, 21, 22, 23, 24].map((x) => at(mask, x, 15));
    assert.deepEqual(row, row.toSorted((a, b) => b - a));
    assert.ok((row[0] ?? 0) > 240 && (row[4] ?? 255) < 100);
  });

  it('erase what was painted', () => {
    const line = { kind: 'brush', ...HARD, points: [5, 15, 1, 35, 15, 1] } as const;
    assert.equal(painted(maskOfSteps(EXTENT, [line, { ...line, erase: true, size: 20 }])), 0);
  });

  it('are the same in segments as at once, and touch only what they say', () => {
    fc.assert(
      fc.property(tip, fc.array(place, { minLength: 2, maxLength: 6 }), (brush, points) => {
        const whole = maskOfSteps(EXTENT, [rectangle(0, 0, 20, 30), { kind: 'brush', ...brush, points: points.flatMap(({ x, y, pressure }) => [x, y, pressure]) }]);
        const live = maskOfSteps(EXTENT, [rectangle(0, 0, 20, 30)]);
        let from: StrokePoint | undefined;
        for (const to of points) {
          const before = live.data.slice();
          paintSegment(live, brush, from ?? to, to);
          const box = segmentBounds(live, brush, from ?? to, to);
          for (let index = 0; index < before.length; index += 1) {
            if (before[index] === live.data[index]) continue;
            assert.ok(contains(box, { x: index % 40, y: Math.floor(index / 40), width: 1, height: 1 }));
          }
          from = to;
        }
        assert.deepEqual(live.data, whole.data);
      }),
      { numRuns: 60 },
    );
  });
});

describe('shapes of a mask', () => {
  it('fill rectangles, cut at the picture’s edge', () => {
    assert.equal(painted(maskOfSteps(EXTENT, [rectangle(30, -5, 100, 10)])), 10 * 5);
    assert.equal(painted(maskOfSteps(EXTENT, [rectangle(50, 50, 5, 5)])), 0);
    assert.equal(painted(maskOfSteps(EXTENT, [rectangle(0, 0, 10, 10), rectangle(5, 0, 10, 10, true)])), 50);
  });

  it('fill lassos to their exact area', () => {
    const mask = maskOfSteps(EXTENT, [{ kind: 'lasso', erase: false, points: [5, 5, 25, 5, 25, 25, 5, 25] }]);
    assert.equal(painted(mask), 400);
    assert.deepEqual(maskBounds(mask), { x: 5, y: 5, width: 20, height: 20 });
    const triangle = maskOfSteps(EXTENT, [{ kind: 'lasso', erase: false, points: [0, 0, 20, 0, 0, 20] }]);
    assert.ok(Math.abs(painted(triangle) - 200) < 2, String(painted(triangle)));
    assert.equal(painted(maskOfSteps(EXTENT, [{ kind: 'lasso', erase: false, points: [1, 1, 9, 9] }])), 0);
  });

  it('invert and clear', () => {
    const steps: MaskStep[] = [rectangle(0, 0, 10, 10), { kind: 'invert' }];
    assert.equal(painted(maskOfSteps(EXTENT, steps)), 40 * 30 - 100);
    assert.equal(painted(maskOfSteps(EXTENT, [...steps, { kind: 'clear' }])), 0);
    assert.equal(painted(maskOfSteps(EXTENT, [...steps, { kind: 'clear' }, rectangle(1, 1, 2, 2)])), 4);
  });

  it('grow and shrink by a distance', () => {
    const grown = maskOfSteps(EXTENT, [rectangle(15, 10, 10, 10), { kind: 'grow', by: 3 }]);
    assert.deepEqual(maskBounds(grown), { x: 12, y: 7, width: 16, height: 16 });
    assert.equal(at(grown, 12, 7), 0, 'corners are round');
    assert.equal(at(grown, 12, 15), 255);
    const shrunk = maskOfSteps(EXTENT, [rectangle(15, 10, 10, 10), { kind: 'grow', by: -3 }]);
    assert.deepEqual(maskBounds(shrunk), { x: 18, y: 13, width: 4, height: 4 });
    const atEdge = maskOfSteps(EXTENT, [rectangle(0, 0, 10, 30), { kind: 'grow', by: -3 }]);
    assert.equal(painted(atEdge), 7 * 30, 'the picture’s edge is no edge of the mask');
  });

  it('grow as far as the nearest painted pixel says', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ x: fc.nat(39), y: fc.nat(29) }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 8 }), (dots, by) => {
        const mask = emptyMask(EXTENT);
        for (const { x, y } of dots) applyStep(mask, rectangle(x, y, 1, 1));
        applyStep(mask, { kind: 'grow', by });
        for (let y = 0; y < 30; y += 1) {
          for (let x = 0; x < 40; x += 1) {
            const nearest = Math.min(...dots.map((dot) => Math.hypot(dot.x - x, dot.y - y)));
            assert.equal(at(mask, x, y), Math.round(255 * Math.min(1, Math.max(0, by + 1 - nearest))));
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('stay within bytes and bounds whatever the steps', () => {
    const mask = maskOfSteps(EXTENT, [rectangle(-5, -5, 8, 8), { kind: 'grow', by: 256 }, { kind: 'grow', by: -256 }, { kind: 'invert' }]);
    assert.equal(mask.data.length, 1200);
    assert.deepEqual(maskBounds(maskOfSteps(EXTENT, [{ kind: 'invert' }])), boundsOf(EXTENT));
    assert.equal(maskBounds(emptyMask(EXTENT)), undefined);
  });

  it('reaches every pixel that is near enough, whichever way a segment runs', () => {
    fc.assert(
      fc.property(place, place, fc.double({ min: 1, max: 30, noNaN: true }), (from, to, size) => {
        const mask = emptyMask({ width: 40, height: 40 });
        paintSegment(mask, { erase: false, size, hardness: 1 }, from, to);
        const [alongX, alongY] = [to.x - from.x, to.y - from.y];
        const length2 = alongX ** 2 + alongY ** 2;
        for (let y = 0; y < 40; y += 1) {
          for (let x = 0; x < 40; x += 1) {
            const [awayX, awayY] = [x + 0.5 - from.x, y + 0.5 - from.y];
            const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, (awayX * alongX + awayY * alongY) / length2));
            const radius = (pressed: number): number => Math.max(0.5, (size / 2) * pressed);
            const inside = radius(from.pressure) + (radius(to.pressure) - radius(from.pressure)) * share + 0.5 - Math.hypot(awayX - share * alongX, awayY - share * alongY);
            if (inside > 0.1) assert.ok((mask.data[y * 40 + x] ?? 0) > 0, `${x}, ${y}`);
            if (inside < 0) assert.equal(mask.data[y * 40 + x], 0, `${x}, ${y}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
