import type { Layout } from './layout';

/** How far the pen's way reaches, in font units: `left` and `right` from the block's left edge, `top` over the first baseline, `bottom` (negative) under the last. */
export interface Ink {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where a layout has ink: marks may reach out of their letters' extents. */
export function inkOf({ lines }: Layout, align: number): Ink {
  const widest = Math.max(...lines.map((line) => line.width));
  let [left, right, top, bottom] = [Infinity, -Infinity, -Infinity, Infinity];
  for (const [index, { placed, width }] of lines.entries()) {
    const start = (widest - width) * align;
    for (const { letter, x } of placed) {
      for (const { ax, ay, bx, by } of letter.segments) {
        left = Math.min(left, start + x + ax, start + x + bx);
        right = Math.max(right, start + x + ax, start + x + bx);
        if (index === 0) top = Math.max(top, ay, by);
        if (index === lines.length - 1) bottom = Math.min(bottom, ay, by);
      }
    }
  }
  return { left, right, top, bottom };
}
