import assert from 'node:assert/strict';
import { PoissonSolver } from '../../../../src/pixels/fill/poisson';

/** The same equation by many sweeps of successive over-relaxation in float64. */
function reference(width: number, height: number, free: Uint8Array, rhs: Float32Array, screen: number): Float64Array {
  const u = new Float64Array(width * height);
  for (let sweep = 0; sweep < 400; sweep++) {
    for (let i = 0; i < u.length; i++) {
      if (free[i] === 0) continue;
      const x = i % width;
      let sum = rhs[i] as number;
      let neighbours = screen;
      for (const j of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (j < 0 || j >= u.length) continue;
        neighbours++;
        sum += u[j] as number;
      }
      u[i] = (u[i] as number) + 1.85 * (sum / neighbours - (u[i] as number));
    }
  }
  return u;
}

function largestError(a: Float32Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0);
}

describe('PoissonSolver', () => {
  const masks: readonly (readonly [string, number, number, (x: number, y: number) => boolean])[] = [
    ['one fixed side', 21, 19, (x) => x < 20],
    ['a fixed side off the coarse grid', 22, 19, (x) => x < 20],
    ['a round hole', 33, 27, (x, y) => (x - 16) ** 2 + (y - 13) ** 2 < 130],
    ['slanting scratches', 30, 30, (x, y) => (x + 2 * y) % 13 !== 0],
    ['dots off the coarse grid', 31, 31, (x, y) => x % 10 !== 1 || y % 10 !== 1],
  ];
  for (const [name, width, height, isFree] of masks) {
    for (const screen of [0, 0.01]) {
      it(`agrees with a long relaxation: ${name}, screen ${screen}`, () => {
        const free = Uint8Array.from({ length: width * height }, (_, i) => (isFree(i % width, Math.floor(i / width)) ? 1 : 0));
        const rhs = Float32Array.from(free, (is, i) => (is === 1 && i % 7 === 0 ? 10 + (i % 5) : 0));
        const wanted = reference(width, height, free, rhs, screen);
        const scale = Math.max(...wanted);
        const solver = new PoissonSolver(width, height, free, screen);
        assert.ok(largestError(solver.solve(rhs, 20), wanted) < 1e-3 * scale, 'does not converge to the solution');
        assert.ok(largestError(solver.solve(rhs, 2), wanted) < 0.35 * scale, 'converges too slowly');
      });
    }
  }

  it('leaves fixed cells at zero, and a lone free cell without neighbours finite', () => {
    assert.deepEqual([...new PoissonSolver(1, 1, Uint8Array.of(1), 0).solve(Float32Array.of(3), 1)], [3]);
    assert.deepEqual([...new PoissonSolver(2, 1, Uint8Array.of(0, 0), 0).solve(Float32Array.of(3, 3), 1)], [0, 0]);
  });
});
