import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import { luma } from './detail';
import { FIXED, FREE } from './membraneGrid';
import type { Region } from './region';

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

/** Sums over the steps along a seam. */
interface Steps {
  count: number;
  shown: number;
  drawn: number;
  both: number;
}

/**
 * The squares, by their top left corners in window pixels, in which the answer's texture does not go on from the known pixels' at the seam: the steps from pixel to pixel along the boundary,
 * as the canvas shows and as the answer drew them, do not correlate. `lacked` is what `blend` returns: the difference of both at the fixed pixels.
 */
export function lostTexture(canvas: PixelImage, window: Bounds, region: Region, lacked: Float32Array, { side, originX, originY }: Squares): { readonly x: number; readonly y: number }[] {
  const { bounds, state, opacity } = region;
  const { width, height } = bounds;
  const columns = Math.ceil((window.width - originX) / side);
  const found = new Map<number, Steps>();
  const inside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height;
  const shownAt = (x: number, y: number): number => {
    const k = 4 * ((window.y + bounds.y + y) * canvas.width + window.x + bounds.x + x);
    return luma(canvas.data[k] as number, canvas.data[k + 1] as number, canvas.data[k + 2] as number);
  };
  const lackedAt = (i: number): number => luma(lacked[3 * i] as number, lacked[3 * i + 1] as number, lacked[3 * i + 2] as number);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (state[i] !== FIXED) continue;
      const squares = new Set<number>();
      for (const [dx, dy] of BESIDE) {
        const j = i + dy * width + dx;
        if (inside(x + dx, y + dy) && state[j] === FREE && opacity[j] === 1) squares.add(Math.floor((bounds.y + y + dy - originY) / side) * columns + Math.floor((bounds.x + x + dx - originX) / side));
      }
      for (const [dx, dy] of AHEAD) {
        const j = i + dy * width + dx;
        if (!inside(x + dx, y + dy) || state[j] !== FIXED) continue;
        const shown = shownAt(x + dx, y + dy) - shownAt(x, y);
        const drawn = shown - lackedAt(j) + lackedAt(i);
        for (const square of squares) {
          const steps = found.get(square) ?? { count: 0, shown: 0, drawn: 0, both: 0 };
          found.set(square, steps);
          steps.count++;
          steps.shown += shown * shown;
          steps.drawn += drawn * drawn;
          steps.both += shown * drawn;
        }
      }
    }
  }
  return [...found].filter(([, steps]) => isLost(steps)).map(([square]) => ({ x: originX + (square % columns) * side, y: originY + Math.floor(square / columns) * side }));
}

function isLost({ count, shown, drawn, both }: Steps): boolean {
  return count >= LEAST_STEPS && shown > LEAST_TEXTURE ** 2 * count && both < SAME_TEXTURE * Math.sqrt(shown * drawn);
}
