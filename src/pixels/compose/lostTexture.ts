import type { Bounds, Point } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { luma } from './detail';
import type { FixedValues } from './fixedValues';
import { FIXED, FREE } from './membraneGrid';
import type { BlendRegion } from './blendRegion';

/** Correlation of the fine texture on both sides of a seam below which it counts as drawn anew: honest redraws lie above 0.7, blurred ones at 0.8 in the median, those with a texture of their own at 0.2. */
const SAME_TEXTURE = 0.35;
/** Mean step from pixel to pixel along the seam, in levels, below which there is no texture to continue. */
const LEAST_TEXTURE = 2.5;
/** Steps that are needed for a verdict. */
const LEAST_STEPS = 8;

const BESIDE = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const;
/** Each pair of neighbouring pixels once. */
const AHEAD = [[1, 0], [0, 1], [1, 1], [-1, 1]] as const;

/** The squares of a window on a grid of `side` pixels that has a node at (`originX`, `originY`), both in window pixels and at most 0. */
export interface Squares {
  readonly side: number;
  readonly originX: number;
  readonly originY: number;
}

/** Sums over the steps along the seam in a square: their count, and the squares and the product of what is shown and what was drawn. */
const SUMS = 4;

/**
 * The squares, by their top left corners in window pixels, in which the answer's texture does not go on from the known pixels' at the seam: the steps from pixel to pixel along the boundary,
 * as the canvas shows and as the answer drew them, do not correlate. `lacked` is what `blend` returns: the difference of both at the fixed pixels.
 */
export function lostTexture(canvas: PixelImage, window: Bounds, region: BlendRegion, lacked: FixedValues, { side, originX, originY }: Squares): Point[] {
  const { bounds, state } = region;
  const columns = Math.ceil((window.width - originX) / side);
  const rows = Math.ceil((window.height - originY) / side);
  const sums = new Float64Array(SUMS * columns * rows);
  for (let i = state.indexOf(FIXED); i >= 0; i = state.indexOf(FIXED, i + 1)) {
    const x = i % bounds.width;
    const y = (i - x) / bounds.width;
    const squares: number[] = [];
    for (const [dx, dy] of BESIDE) {
      if (!isDrawn(region, x + dx, y + dy)) continue;
      const square = Math.floor((bounds.y + y + dy - originY) / side) * columns + Math.floor((bounds.x + x + dx - originX) / side);
      if (!squares.includes(square)) squares.push(square);
    }
    if (squares.length > 0) addSteps(canvas, window, region, lacked, x, y, squares, sums);
  }
  const lost: Point[] = [];
  for (let square = 0; square < columns * rows; square++) {
    if (isLost(sums, SUMS * square)) lost.push({ x: originX + (square % columns) * side, y: originY + Math.floor(square / columns) * side });
  }
  return lost;
}

/** Whether a pixel of a region is drawn, and nothing of what was there shows through. */
function isDrawn({ bounds: { width, height }, state, opacity }: BlendRegion, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < width && y < height && state[y * width + x] === FREE && opacity[y * width + x] === 255;
}

/** Adds the steps from a fixed pixel of a region to those ahead of it to the sums of the squares beside it. */
function addSteps(canvas: PixelImage, window: Bounds, { bounds, state }: BlendRegion, lacked: FixedValues, x: number, y: number, squares: readonly number[], sums: Float64Array): void {
  const { width, height } = bounds;
  const i = y * width + x;
  const at = (window.y + bounds.y + y) * canvas.width + window.x + bounds.x + x;
  for (const [dx, dy] of AHEAD) {
    const j = i + dy * width + dx;
    if (x + dx < 0 || x + dx >= width || y + dy >= height || state[j] !== FIXED) continue;
    const shown = lumaAt(canvas.data, 4 * (at + dy * canvas.width + dx)) - lumaAt(canvas.data, 4 * at);
    const drawn = shown - lumaAt(lacked.values, lacked.at(j)) + lumaAt(lacked.values, lacked.at(i));
    for (const square of squares) {
      const to = SUMS * square;
      sums[to] = (sums[to] as number) + 1;
      sums[to + 1] = (sums[to + 1] as number) + shown * shown;
      sums[to + 2] = (sums[to + 2] as number) + drawn * drawn;
      sums[to + 3] = (sums[to + 3] as number) + shown * drawn;
    }
  }
}

function lumaAt(colours: Uint8ClampedArray | Float32Array, at: number): number {
  return luma(colours[at] as number, colours[at + 1] as number, colours[at + 2] as number);
}

function isLost(sums: Float64Array, at: number): boolean {
  const [count, shown, drawn, both] = [sums[at] as number, sums[at + 1] as number, sums[at + 2] as number, sums[at + 3] as number];
  return count >= LEAST_STEPS && shown > LEAST_TEXTURE ** 2 * count && both < SAME_TEXTURE * Math.sqrt(shown * drawn);
}
