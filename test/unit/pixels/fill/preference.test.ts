import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Random } from '../../../../src/pixels/random';
import { BLOCK } from '../../../../src/pixels/fill/cells';
import type { Cell, Reach } from '../../../../src/pixels/fill/cells';
import { Guide } from '../../../../src/pixels/fill/guide';
import type { Flip } from '../../../../src/pixels/fill/place';
import { Preference, costOf, differenceAt } from '../../../../src/pixels/fill/preference';
import { groundOf } from './grounds';

const WIDTH = 240;
const HEIGHT = 160;
const ROWS: Reach = { kind: 'rows' };

/** Kept up to column 200; guides of one and two pixels a cell. */
function preferenceOn(paint: (x: number, y: number) => number): Preference {
  const ground = groundOf(WIDTH, HEIGHT, (x, y) => [paint(x, y), 100, 100, 255], (x) => x < 200);
  return new Preference(new Guide(ground, 2, 0, 0), new Guide(ground, 1, 0, 0), { x: 0, y: 0, width: 200, height: HEIGHT }, new Random(1));
}

const cellAt = (x: number, y: number, reach: Reach = ROWS): Cell => ({ x, y, reach });

describe('Preference', () => {
  it('weighs how near a copy or a mirror image is, how far off the rows, and what is upside down', () => {
    const plain = preferenceOn(() => 100);
    const cells = fc.record({ x: fc.nat(95), y: fc.nat(60), u: fc.nat(90), v: fc.nat(60) });
    fc.assert(
      fc.property(cells, fc.constantFrom<Flip>('none', 'across', 'down'), fc.boolean(), ({ x, y, u, v }, flip, edge) => {
        const cell = cellAt(2 * x, 2 * y, edge ? { kind: 'edge', top: 0, bottom: 40, edge: 'top' } : ROWS);
        const { weight, extra } = plain.judge(cell, u, v, flip, plain.outlook(cell));
        const [du, dv] = [Math.abs(u - x), Math.abs(v - y)];
        const blocks = Math.max(du, dv) / (BLOCK / 2);
        const near = flip === 'none' ? Math.max(0, 2 - blocks) : 0.3 * Math.max(0, 5 - blocks);
        assert.ok(Math.abs(weight - (1 + near + (flip === 'down' ? 1 : 0) + (edge ? 0 : 0.05 * dv))) < 1e-9);
        assert.equal(extra, 0);
      }),
    );
  });

  it('weighs each earlier use of a place', () => {
    const plain = preferenceOn(() => 100);
    const cell = cellAt(196, 60);
    const at = (u: number, v: number): number => plain.judge(cell, u, v, 'none', plain.outlook(cell)).weight;
    const before = [at(20, 30), at(60, 30)];
    for (const flip of ['none', 'across'] as const) plain.markUsed(cell, { x: 40, y: 60, flip, cost: 0 });
    assert.deepEqual([at(20, 30) - 1.4, at(60, 30)].map((value) => Math.round(1e6 * value)), before.map((value) => Math.round(1e6 * value)));
  });

  const withSquare = (): Preference => preferenceOn((x, y) => (x >= 60 && x < 84 && y >= 60 && y < 84 ? 250 : 100 + ((x * 7 + y * 5) % 3)));

  it('charges for showing again what stands out, by how much of the block it is, where no hole asks for it and no near mirror image completes it', () => {
    const square = withSquare();
    const extra = (target: Cell, u: number, flip: Flip): number => square.judge(target, u, 31, flip, square.outlook(target)).extra;
    const [far, near, hole] = [cellAt(196, 62), cellAt(90, 62), cellAt(196, 62, { kind: 'around' })];
    // 500 for what is new at the cell; the rest is for what is shown again.
    const whole = extra(far, 32, 'none') - 500;
    assert.ok(whole > 4900 && whole < 5025, `${whole}`);
    const half = extra(far, 26, 'none') - 500;
    assert.ok(half > 0.3 * whole && half < 0.8 * whole, `${half} of ${whole}`);
    assert.equal(extra(far, 32, 'across'), extra(far, 32, 'none'));
    assert.ok(extra(near, 32, 'none') - extra(near, 32, 'across') > 4900);
    assert.ok(Math.abs(extra(hole, 32, 'none') - 500) < 25);
  });

  it('charges for what stands out, also as a copy, unless it stands at the cell already', () => {
    const square = withSquare();
    // In a hole it is not charged for being shown again.
    const around: Reach = { kind: 'around' };
    const [cell, beside] = [cellAt(196, 62, around), cellAt(64, 62, around)];
    const extra = (target: Cell, u: number): number => square.judge(target, u, 31, 'none', square.outlook(target)).extra;
    assert.ok(Math.abs(extra(cell, 32) - 500) < 25, `${extra(cell, 32)}`);
    assert.ok(extra(cell, 70) < 25);
    assert.ok(extra(beside, 31) < 40, `${extra(beside, 31)}`);
    // What is drawn from the square stands out as the square does; each cost moves the usual one by a sixteenth.
    square.markUsed(cell, { x: 64, y: 62, flip: 'none', cost: 160 });
    assert.ok(Math.abs(extra(cellAt(196, 20, around), 32) - 520) < 25, `${extra(cellAt(196, 20, around), 32)}`);
  });

  it('takes a shore under a narrow sky, or above a narrow lake, for what stands out where that is continued beyond it, but not what is like it', () => {
    const shore = (from: number): Preference => preferenceOn((x, y) => (y >= from && y < from + 22 ? 10 : 200 + ((x * 7 + y * 5) % 3)));
    const extras = (picture: Preference, cell: Cell, ...rows: number[]): number[] => rows.map((v) => picture.judge(cell, 10, v, 'none', picture.outlook(cell)).extra);
    const above = extras(shore(18), cellAt(100, 0, { kind: 'edge', top: 0, bottom: 40, edge: 'top' }), 10, 60);
    const below = extras(shore(HEIGHT - 40), cellAt(100, HEIGHT - BLOCK, { kind: 'edge', top: HEIGHT - 40, bottom: HEIGHT, edge: 'bottom' }), 61, 11);
    for (const [ofShore = NaN, ofSky = NaN] of [above, below]) assert.ok(ofShore > 4500 && ofSky < 600, `${ofShore}, ${ofSky}`);
  });

  it('takes places along the lines for the same rows, and charges for bent ones', () => {
    for (const slope of [0.5, -0.5]) {
      const slanted = preferenceOn((x, y) => 100 + 100 * Math.abs(2 * ((((y - slope * x) / 16) % 1) + 1) % 2 - 1));
      const cell = cellAt(190, 70);
      const outlook = slanted.outlook(cell);
      assert.ok(outlook.slope !== undefined && Math.abs(outlook.slope - slope) < 0.05, `${outlook.slope}`);
      const along = slanted.judge(cell, 95 - 40, 35 - Math.round(40 * slope), 'none', outlook);
      const level = slanted.judge(cell, 95 - 40, 35, 'none', outlook);
      const beyond = slanted.judge(cell, 95 - 40, 35 + Math.round(40 * slope), 'none', outlook);
      assert.ok(along.weight < 1.1 && Math.abs(level.weight - 1) < 1e-9 && beyond.weight > 1.9, `${along.weight}, ${beyond.weight}`);
      const mirrored = slanted.judge(cell, 95 - 40, 35, 'across', outlook);
      assert.ok(along.extra < 40 && mirrored.extra > 600, `${along.extra}, ${mirrored.extra}`);
    }
  });

  it('finds the difference that makes a cost', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.double({ min: 1, max: 9, noNaN: true }), fc.double({ min: 0, max: 900, noNaN: true }), (difference, weight, extra) => {
        const judgement = { weight, extra };
        assert.ok(costOf(difference, judgement) > extra + difference);
        assert.ok(Math.abs(differenceAt(costOf(difference, judgement), judgement) - difference) < 1e-6);
      }),
    );
  });
});
