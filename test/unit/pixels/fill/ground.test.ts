import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FIRST_BLOCK, KEPT, OPEN, groundOf, shiftOf } from '../../../../src/pixels/fill/ground';

describe('groundOf', () => {
  it('opens whatever is pending, and is opaque where all that is kept is', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ weight: fc.constantFrom(0, 1, 255), alpha: fc.constantFrom(0, 254, 255, 255, 255) }), { minLength: 1, maxLength: 12 }), (pixels) => {
        const extent = { width: pixels.length, height: 1 };
        const data = Uint8ClampedArray.from(pixels.flatMap(({ alpha }) => [9, 9, 9, alpha]));
        const ground = groundOf({ ...extent, data }, { ...extent, data: Uint8Array.from(pixels, ({ weight }) => weight) });
        assert.deepEqual([...ground.owner], pixels.map(({ weight }) => (weight === 0 ? KEPT : OPEN)));
        assert.equal(ground.opaque, pixels.every(({ weight, alpha }) => weight !== 0 || alpha === 255));
        assert.throws(() => shiftOf(ground, FIRST_BLOCK), RangeError);
      }),
    );
  });
});
