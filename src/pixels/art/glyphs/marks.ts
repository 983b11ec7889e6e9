import { cosTurns, sinTurns } from '../../../core/exactMath';
import { bar, box, circle, inSector, outline, polygon, without } from './figures';
import type { Glyph } from './figures';

const STAR = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 === 0 ? 0.5 : 0.24;
  return [radius * sinTurns(i / 10), -radius * cosTurns(i / 10)] as const;
});
const HEXAGON = Array.from({ length: 6 }, (_, i) => [0.5 * sinTurns(i / 6), -0.5 * cosTurns(i / 6)] as const);

/** Marks that mean nothing by themselves, and so suit every name. */
export const MARKS = {
  ring: (x, y) => Math.min(outline(circle(x, y, 0, 0, 0.44), 0.095), circle(x, y, 0, 0, 0.17)),
  petals: (x, y) => {
    const [u, v] = inSector(x, y, 6);
    const across = (u - 0.32) / 1.5;
    return (Math.sqrt(across * across + v * v) - 0.135) * 0.9;
  },
  orbit: (x, y) => Math.min(without(outline(circle(x, y, 0, 0, 0.42), 0.07), circle(x, y, 0.3, -0.3, 0.24)), circle(x, y, 0.3, -0.3, 0.15), circle(x, y, 0, 0, 0.19)),
  layers: (x, y) => {
    const sheet = (cy: number): number => (Math.abs(x) * 0.5 + Math.abs(y - cy) - 0.27) * 0.894 - 0.02;
    const second = without(sheet(0.02), sheet(-0.2) - 0.075);
    const third = without(sheet(0.24), sheet(0.02) - 0.075);
    return Math.min(sheet(-0.2), second, third);
  },
  hexagon: (x, y) => Math.min(outline(polygon(x, y, HEXAGON, 0), 0.085), circle(x, y, 0, 0, 0.16)),
  overlap: (x, y) => {
    const left = circle(x, y, -0.19, 0, 0.34);
    const right = circle(x, y, 0.19, 0, 0.34);
    return Math.min(without(left, right - 0.035), without(right, left - 0.035), Math.max(left, right) + 0.06);
  },
  star: (x, y) => polygon(x, y, STAR, 0.06),
  quarters: (x, y) => Math.max(box(x, y, 0, 0, 0.46, 0.46, 0.22), 0.05 - Math.min(Math.abs(x), Math.abs(y))),
  steps: (x, y) => Math.min(circle(x, y, -0.32, 0.3, 0.13), bar(x, y, 0, 0, 0, 0.3, 0.13), bar(x, y, 0.32, -0.3, 0.32, 0.3, 0.13)),
} satisfies Record<string, Glyph>;
