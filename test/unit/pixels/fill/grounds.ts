import fc from 'fast-check';
import { KEPT, OPEN } from '../../../../src/pixels/fill/ground';
import type { Ground } from '../../../../src/pixels/fill/ground';

/** A value without order, 0–255. */
export function speckle(x: number, y: number): number {
  return Math.imul((x * 374761393 + y * 668265263) ^ 0x5bf03635, 0x27d4eb2d) >>> 24;
}

type Paint = (x: number, y: number) => readonly [number, number, number, number];

/** A ground, kept where it says and open elsewhere; what is open holds some colour, too. */
export function groundOf(width: number, height: number, paint: Paint, kept: (x: number, y: number) => boolean): Ground {
  const rgba = new Uint8ClampedArray(width * height * 4);
  const owner = new Uint16Array(width * height);
  let opaque = true;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = paint(x, y);
      rgba.set(colour, (y * width + x) * 4);
      owner[y * width + x] = kept(x, y) ? KEPT : OPEN;
      if (kept(x, y) && colour[3] !== 255) opaque = false;
    }
  }
  return { width, height, rgba, owner, shifts: [], opaque };
}

/** Grounds of up to 40x40 pixels with kept rectangles. */
export const grounds = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    rectangles: fc.array(fc.record({ x: fc.nat(39), y: fc.nat(39), w: fc.integer({ min: 1, max: 40 }), h: fc.integer({ min: 1, max: 40 }) }), { minLength: 1, maxLength: 3 }),
    clear: fc.boolean(),
  })
  .map(({ width, height, rectangles, clear }) =>
    groundOf(
      width,
      height,
      (x, y) => [speckle(x, y), speckle(y, x), speckle(x + 50, y), clear ? speckle(x, y + 50) : 255],
      (x, y) => rectangles.some((r) => x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h),
    ),
  );
