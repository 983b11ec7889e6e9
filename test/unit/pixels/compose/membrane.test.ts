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

/** All channels by a long iteration in float64, until nothing moves; it starts from a solution, which only makes it sooner there. */
function reference({ width, height, state, values }: Valued): Float64Array {
  const exact = Float64Array.from(values);
  const cells = Int32Array.from(state.keys()).filter((i) => state[i] === FREE);
  const beside = new Int32Array(4 * cells.length).fill(-1);
  cells.forEach((i, n) => {
    const around = [i % width > 0 ? i - 1 : -1, i % width < width - 1 ? i + 1 : -1, i - width, i + width].filter((j) => j >= 0 && j < width * height && state[j] !== OUTSIDE);
    beside.set(around, 4 * n);
  });
  const omega = 2 / (1 + Math.sin(Math.PI / Math.max(width, height)));
  for (let sweep = 0; sweep < 6000; sweep++) {
    let most = 0;
    for (let n = 0; n < cells.length; n++) {
      const i = 3 * (cells[n] ?? 0);
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        let count = 0;
        for (let k = 4 * n; k < 4 * n + 4 && (beside[k] ?? -1) >= 0; k++, count++) sum += exact[3 * (beside[k] ?? 0) + c] ?? 0;
        const change = omega * (sum / count - (exact[i + c] ?? 0));
        exact[i + c] = (exact[i + c] ?? 0) + change;
        most = Math.max(most, Math.abs(change));
      }
    }
    if (most < 3e-4) return exact;
  }
  throw new Error('The iteration does not settle.');
}

/** How far a solved membrane is from the exact one, in levels: the largest difference, the mean beside the given values, and the largest step between neighbours that is not in the exact one. */
function errorsOf({ width, state, values }: Valued, exact: Float64Array, c: number): { readonly most: number; readonly beside: number; readonly step: number } {
  const error = (i: number): number => (values[3 * i + c] ?? NaN) - (exact[3 * i + c] ?? NaN);
  let most = 0;
  let step = 0;
  let sum = 0;
  let count = 0;
  state.forEach((kind, i) => {
    if (kind !== FREE) return;
    most = Math.max(most, Math.abs(error(i)));
    if (i % width < width - 1 && state[i + 1] === FREE) step = Math.max(step, Math.abs(error(i + 1) - error(i)));
    if (state[i + width] === FREE) step = Math.max(step, Math.abs(error(i + width) - error(i)));
    if ([i % width > 0 ? i - 1 : -1, i % width < width - 1 ? i + 1 : -1, i - width, i + width].every((j) => state[j] !== FIXED)) return;
    sum += Math.abs(error(i));
    count++;
  });
  return { most, beside: sum / count, step };
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

/** Shapes whose far end is so far from what is given that the iteration takes long. */
const FAR = ['a strip at the edge', 'all but a corner', 'all but two columns'];

describe('the membrane', () => {
  const shapes: Record<string, (x: number, y: number, width: number, height: number) => boolean> = {
    'a strip at the edge': (x, _, width) => x < 0.65 * width,
    'a hole': (x, y, width, height) => Math.hypot(x - width / 2, y - height / 2) < 0.42 * height,
    'a ring': (x, y, width, height) => Math.abs(Math.hypot(x - width / 2, y - height / 2) - 0.32 * height) < 0.14 * height,
    'an L': (x, y, width, height) => x < 0.4 * width || y < 0.4 * height,
    'a thread': (x, y, _, height) => Math.abs(y - height / 2 - 15 * Math.sin(x / 14)) < 2,
    'all but the middle': (x, y, width, height) => Math.abs(x - width / 2) > 9 || Math.abs(y - height / 2) > 7,
    'all but a corner': (x, y, width, height) => x > 0.1 * width || y > 0.1 * height,
    'all but two columns': (x) => x >= 2,
    'all but one pixel': (x, y, width, height) => x !== width >> 1 || y !== height >> 1,
  };
  for (const [name, inside] of Object.entries(shapes)) {
    for (const [width, height] of FAR.includes(name) ? [[96, 80] as const] : [[96, 80] as const, [150, 110] as const]) {
      it(`over ${name} of ${width}x${height} agrees in each channel with a long iteration in float64`, () => {
        const random = seeded(61);
        const scales = [1, -0.6, 0.3];
        const shape = (x: number, y: number): boolean => inside(x, y, width, height);
        const grid = membrane(width, height, shape, (x, y, c) => (scales[c] ?? 0) * (8 * Math.sin(x / 13 + c) + 8 * Math.cos(y / 17) + 3 * random.normal()));
        solve(grid);
        const exact = reference(grid);
        for (let c = 0; c < 3; c++) {
          const { most, beside, step } = errorsOf(grid, exact, c);
          assert.ok(beside < 0.06, `beside the given values, channel ${c} is off by ${beside}`);
          assert.ok(most < 0.8, `channel ${c} is off by ${most}`);
          assert.ok(step < 0.1, `between neighbours, channel ${c} is off by ${step}`);
        }
      });
    }
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
