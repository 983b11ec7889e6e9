import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { hexToLinear, linearToOklab, linearToSrgb, oklabToLinear, oklchToHex, srgbToLinear } from '../../../../src/core/oklab';

describe('OKLab', () => {
  it('knows the reference colours', () => {
    const [l, a, b] = linearToOklab(hexToLinear(0xff0000));
    assert.deepEqual([l, a, b].map((value) => value.toFixed(3)), ['0.628', '0.225', '0.126']);
    const white = linearToOklab([1, 1, 1]);
    assert.ok(Math.abs(white[0] - 1) < 1e-6 && Math.abs(white[1]) < 1e-6 && Math.abs(white[2]) < 1e-6);
  });

  it('comes back from where it went', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (hex) => {
        const linear = hexToLinear(hex);
        const back = oklabToLinear(linearToOklab(linear));
        for (const c of [0, 1, 2] as const) assert.ok(Math.abs(back[c] - linear[c]) < 1e-5);
      }),
    );
  });

  it('keeps every level through linear light', () => {
    for (let level = 0; level < 256; level++) assert.equal(Math.round(linearToSrgb(srgbToLinear(level / 255)) * 255), level);
  });

  it('lowers chroma, not lightness or hue, where sRGB ends', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 0.95, noNaN: true }), fc.double({ min: 0, max: 0.37, noNaN: true }), fc.integer({ min: 0, max: 359 }), (l, c, h) => {
        const [lightness, a, b] = linearToOklab(hexToLinear(oklchToHex({ l, c, h })));
        assert.ok(Math.abs(lightness - l) < 0.012, `lightness ${lightness} for ${l}`);
        assert.ok(Math.sqrt(a * a + b * b) < c + 0.012);
      }),
    );
  });
});
