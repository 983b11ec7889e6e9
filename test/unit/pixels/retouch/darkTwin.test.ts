import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hexToLinear, linearToOklab } from '../../../../src/core/oklab';
import { darkColour, darkTwin, dimColour } from '../../../../src/pixels/retouch/darkTwin';
import { isDrawing } from '../../../../src/pixels/retouch/isDrawing';
import { drawPhoto } from '../../../support/photo';

const colour = fc.integer({ min: 0, max: 0xff_ff_ff });

function oklch(hex: number): { l: number; c: number; h: number } {
  const [l, a, b] = linearToOklab(hexToLinear(hex));
  return { l, c: Math.hypot(a, b), h: (Math.atan2(b, a) * 180) / Math.PI };
}

describe('darkTwin', () => {
  it('turns light into dark and keeps the order, but the other way round', () => {
    assert.ok(oklch(darkColour(0xff_ff_ff)).l < 0.2);
    assert.ok(oklch(darkColour(0)).l > 0.95);
    fc.assert(
      fc.property(colour, colour, (a, b) => {
        const [la, lb] = [oklch(a).l, oklch(b).l];
        if (Math.abs(la - lb) < 0.02) return;
        assert.equal(oklch(darkColour(a)).l > oklch(darkColour(b)).l, la < lb);
      }),
    );
  });

  it('keeps hues, adds no colour, and leaves greys grey', () => {
    fc.assert(
      fc.property(colour, (hex) => {
        const [before, after] = [oklch(hex), oklch(darkColour(hex))];
        assert.ok(after.c < before.c + 0.012, `${before.c} ${after.c}`);
        // Below this a level of rounding turns the hue.
        if (after.c < 0.03) return;
        const turn = Math.abs(((after.h - before.h + 540) % 360) - 180);
        assert.ok(turn < 12, `${hex.toString(16)}: ${turn}`);
      }),
    );
    for (const grey of [0, 0x80_80_80, 0xff_ff_ff]) assert.ok(oklch(darkColour(grey)).c < 0.003);
  });

  it('changes every pixel by its colour alone, and no alpha', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 24, maxLength: 24 }), async (bytes) => {
        const image = { width: 3, height: 2, data: Uint8ClampedArray.from(bytes) };
        const { data } = await darkTwin(image, async () => {});
        const twinOf = isDrawing(image) ? darkColour : dimColour;
        for (let o = 0; o < 24; o += 4) {
          const hex = ((bytes[o] ?? 0) << 16) | ((bytes[o + 1] ?? 0) << 8) | (bytes[o + 2] ?? 0);
          const twin = twinOf(hex);
          assert.deepEqual([...data.subarray(o, o + 4)], [twin >> 16, (twin >> 8) & 255, twin & 255, bytes[o + 3]]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('dims photographs: everything darker, the lightest by the most, in its own hue', async () => {
    assert.equal(dimColour(0), 0);
    fc.assert(
      fc.property(colour, (hex) => {
        const [before, after] = [oklch(hex), oklch(dimColour(hex))];
        assert.ok(after.l <= before.l + 0.002);
        assert.ok(after.l >= before.l * 0.64);
        if (after.c < 0.03) return;
        assert.ok(Math.abs(((after.h - before.h + 540) % 360) - 180) < 12);
      }),
    );
  });

  it('tells drawings by their flat areas', () => {
    const [width, height] = [96, 64];
    const photo = drawPhoto(width, height).data;
    const opaque = new Uint8ClampedArray(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : (photo[Math.floor(at / 4) * 3 + (at % 4)] ?? 0)));
    assert.ok(!isDrawing({ width, height, data: opaque }));
    const chart = new Uint8ClampedArray(width * height * 4).fill(255);
    for (let y = 10; y < 50; y++) chart.fill(90, (y * width + 10 + (y % 30)) * 4, (y * width + 40) * 4);
    assert.ok(isDrawing({ width, height, data: chart }));
    // A logo on nothing: what colour the nothing has does not matter.
    const logo = new Uint8ClampedArray(width * height * 4).map((_, at) => (at % 4 === 3 ? 0 : (at * 7919) % 251));
    for (let y = 20; y < 40; y++) for (let x = 20; x < 60; x++) logo.set([x * 4, y * 3, 90, 255], (y * width + x) * 4);
    assert.ok(isDrawing({ width, height, data: logo }));
  });
});
