import assert from 'node:assert/strict';
import { solveMembrane } from '../../../../src/pixels/compose/membrane';
import { FIXED, FREE, OUTSIDE } from '../../../../src/pixels/compose/membraneGrid';
import { FixedValues } from '../../../../src/pixels/compose/fixedValues';
import type { Membrane } from '../../../../src/pixels/compose/membraneGrid';
import { seeded } from '../../../support/random';

/** Three values for each pixel. */
interface Valued extends Membrane {
  readonly values: Float32Array;
}

/** The membrane of a shape whose neighbours are given by `value`. */
function membrane(width: number, height: number, inside: (x: number, y: number) => boolean, value: (x: number, y: number, c: number) => number): Valued {
  const free = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && inside(x, y);
  const grid = { width, height, state: new Uint8Array(width * height), values: new Float32Array(3 * width * height) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (free(x, y)) grid.state[i] = FREE;
      else if (free(x - 1, y) || free(x + 1, y) || free(x, y - 1) || free(x, y + 1)) {
        grid.state[i] = FIXED;
        for (let c = 0; c < 3; c++) grid.values[3 * i + c] = value(x, y, c);
      }
    }
  }
  return grid;
}

/** The red channel by a long iteration in float64. */
function reference({ width, height, state, values }: Valued): Float64Array {
  const red = Float64Array.from({ length: width * height }, (_, i) => values[3 * i] ?? 0);
  const cells = [...red.keys()]
    .filter((i) => state[i] === FREE)
    .map((i) => ({ i, around: [i % width > 0 ? i - 1 : -1, i % width < width - 1 ? i + 1 : -1, i - width, i + width].filter((j) => j >= 0 && j < width * height && state[j] !== OUTSIDE) }));
  for (let sweep = 0; sweep < 500; sweep++) {
    for (const { i, around } of cells) {
      let sum = 0;
      for (const j of around) sum += red[j] ?? 0;
      red[i] = (red[i] ?? 0) + 1.93 * (sum / around.length - (red[i] ?? 0));
    }
  }
  return red;
}

/** Solves it, in place. */
function solve({ width, height, state, values }: Valued): void {
  const fixed = new FixedValues(state);
  state.forEach((kind, i) => {
    if (kind === FIXED) fixed.values.set(values.subarray(3 * i, 3 * i + 3), fixed.at(i));
  });
  const field = solveMembrane({ width, height, state }, fixed);
  for (let y = 0; y < height; y++) field.row(y, values.subarray(3 * y * width, 3 * (y + 1) * width));
}

describe('the membrane', () => {
  const shapes: Record<string, (x: number, y: number) => boolean> = {
    'a strip at the edge': (x) => x < 63,
    'a hole': (x, y) => (x - 48) ** 2 + (y - 40) ** 2 < 34 ** 2,
    'a ring': (x, y) => Math.abs(Math.hypot(x - 48, y - 40) - 26) < 11,
    'an L': (x, y) => x < 40 || y < 31,
    'a thread': (x, y) => Math.abs(y - 40 - 15 * Math.sin(x / 14)) < 2,
    'all but the middle': (x, y) => Math.abs(x - 50) > 9 || Math.abs(y - 38) > 7,
  };
  for (const [name, inside] of Object.entries(shapes)) {
    it(`over ${name} agrees with a long iteration in float64`, () => {
      const random = seeded(61);
      const grid = membrane(96, 80, inside, (x, y) => 8 * Math.sin(x / 13) + 8 * Math.cos(y / 17) + 3 * random.normal());
      const exact = reference(grid);
      solve(grid);
      let sum = 0;
      let count = 0;
      grid.state.forEach((state, i) => {
        if (state !== FREE) return;
        sum += Math.abs((grid.values[3 * i] ?? NaN) - (exact[i] ?? NaN));
        count++;
      });
      assert.ok(sum / count < 0.2, `mean error ${sum / count}`);
    });
  }

  it('reproduces a constant, leaves given values alone, and is 0 where none is given', () => {
    const grid = membrane(50, 40, (x) => x < 30, (_, __, c) => 5 + c);
    const given = grid.values.slice();
    solve(grid);
    grid.state.forEach((state, i) => {
      for (let c = 0; c < 3; c++) assert.ok(Math.abs((grid.values[3 * i + c] ?? NaN) - (state === FREE ? 5 + c : (given[3 * i + c] ?? NaN))) < 1e-3);
    });
    const floating = membrane(20, 20, () => true, () => 1);
    solve(floating);
    assert.ok(floating.values.every((value) => value === 0));
  });
});
