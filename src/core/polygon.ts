import type { Mask } from './image';

/** Rows of samples in each row of pixels. */
const SUBROWS = 4;

/**
 * Fills the polygon of flat points (x, y, in pixels) into a mask, or takes it out: exact across, four samples down, even-odd.
 * The last point is joined to the first.
 */
export function fillPolygon(mask: Mask, points: readonly number[], erase: boolean): void {
  const count = Math.floor(points.length / 2);
  if (count < 3) return;
  const ys = points.filter((_, index) => index % 2 === 1);
  // Not spread into Math.min: a lasso may have thousands of points.
  const lowest = ys.reduce((a, b) => Math.min(a, b));
  const highest = ys.reduce((a, b) => Math.max(a, b));
  const cover = new Float32Array(mask.width);
  for (let y = Math.max(0, Math.floor(lowest)); y < Math.min(mask.height, Math.ceil(highest)); y += 1) {
    cover.fill(0);
    for (let sub = 0; sub < SUBROWS; sub += 1) addSpans(cover, crossings(points, count, y + (sub + 0.5) / SUBROWS));
    blendRow(mask, y, cover, erase);
  }
}

/** Where the polygon's edges cross a horizontal line, from left to right. */
function crossings(points: readonly number[], count: number, y: number): number[] {
  const found: number[] = [];
  for (let index = 0, before = count - 1; index < count; before = index, index += 1) {
    const [fromX, fromY] = [points[2 * before] as number, points[2 * before + 1] as number];
    const [toX, toY] = [points[2 * index] as number, points[2 * index + 1] as number];
    if (fromY <= y === toY <= y) continue;
    found.push(fromX + ((y - fromY) * (toX - fromX)) / (toY - fromY));
  }
  return found.sort((a, b) => a - b);
}

/** Adds the lengths, within each pixel, of what lies between the first and the second crossing, the third and the fourth, and so on. */
function addSpans(cover: Float32Array, xs: readonly number[]): void {
  for (let index = 0; index + 1 < xs.length; index += 2) {
    const left = Math.max(0, xs[index] as number);
    const right = Math.min(cover.length, xs[index + 1] as number);
    for (let x = Math.floor(left); x < right; x += 1) cover[x] = (cover[x] as number) + (Math.min(x + 1, right) - Math.max(x, left)) / SUBROWS;
  }
}

function blendRow(mask: Mask, y: number, cover: Float32Array, erase: boolean): void {
  for (let x = 0; x < mask.width; x += 1) {
    const value = Math.round(255 * (cover[x] as number));
    if (value === 0) continue;
    const index = y * mask.width + x;
    const old = mask.data[index] as number;
    mask.data[index] = erase ? Math.min(old, 255 - value) : Math.max(old, value);
  }
}
