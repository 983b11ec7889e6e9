import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { angleTurns, cosTurns, cubeRoot, exp, exp2, log2, power, sinTurns } from '../../../../src/core/exactMath';

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('exact math', () => {
  it('takes sines and cosines of turns', () => {
    fc.assert(fc.property(number(-50, 50), (t) => {
      near(sinTurns(t), Math.sin(t * 2 * Math.PI), 1e-7);
      near(cosTurns(t), Math.cos(t * 2 * Math.PI), 1e-7);
    }));
  });

  it('takes angles in all quadrants', () => {
    fc.assert(fc.property(number(-9, 9), number(-9, 9), (x, y) => {
      fc.pre(Math.abs(x) + Math.abs(y) > 1e-6);
      const apart = angleTurns(y, x) - Math.atan2(y, x) / (2 * Math.PI);
      near(apart - Math.round(apart), 0, 1e-5);
    }));
    assert.equal(angleTurns(0, 0), 0);
  });

  it('takes powers, logarithms and roots', () => {
    fc.assert(fc.property(number(-40, 40), (x) => {
      near(exp2(x) / 2 ** x, 1, 1e-8);
      near(exp(x / 2) / Math.exp(x / 2), 1, 1e-7);
    }));
    fc.assert(fc.property(number(1e-9, 1e6), number(-3, 3), (x, e) => {
      near(log2(x), Math.log2(x), 1e-8);
      near(power(x, e) / x ** e, 1, 1e-6);
    }));
    fc.assert(fc.property(number(1e-5, 10), (x) => near(cubeRoot(x) / Math.cbrt(x), 1, 1e-9)));
    assert.equal(cubeRoot(-8).toFixed(6), '-2.000000');
    assert.equal(cubeRoot(0), 0);
    assert.equal(power(0, 2.4), 0);
  });
});
