import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BlockMeans } from '../../../../src/pixels/fill/blockMeans';

describe('BlockMeans', () => {
  it('are those of a plain sum, with nothing outside of the map', () => {
    const map = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 9 * 7, maxLength: 9 * 7 });
    const corner = fc.integer({ min: -12, max: 12 });
    fc.assert(
      fc.property(map, corner, corner, fc.integer({ min: 1, max: 6 }), (values, u, v, size) => {
        const inside = values.filter((_, i) => i % 9 >= u && i % 9 < u + size && Math.floor(i / 9) >= v && Math.floor(i / 9) < v + size);
        const wanted = inside.reduce((sum, value) => sum + value, 0) / (size * size);
        assert.ok(Math.abs(new BlockMeans(Float32Array.from(values), 9, 7).at(u, v, size) - wanted) < 1e-6);
      }),
    );
  });
});
