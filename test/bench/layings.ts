import type { Bounds } from '../../src/core/geometry';
import type { Mask, PixelImage } from '../../src/core/image';
import type { ComposeMode } from '../../src/core/pixels';
import { placeAnswer } from '../../src/pixels/compose/place';

/** A way of laying an answer on a canvas, in place; what was pending counts as known then. Whether the answer fits. */
export type Laying = (canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage, mode: ComposeMode) => Promise<boolean>;

/** Ours, and what others do: they paste what came, at best with each channel's mean over the overlap made the canvas's. */
export const LAYINGS = {
  Easel: placeAnswer,
  'hard paste': (canvas, pending, window, answer) => paste(canvas, pending, window, answer, [1, 1, 1]),
  'means matched': (canvas, pending, window, answer) => paste(canvas, pending, window, answer, gains(canvas, pending, window, answer)),
} as const satisfies Record<string, Laying>;

/** How much lighter each channel of the canvas is than the answer's where both show the same. */
function gains(canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage): number[] {
  const shown = [1, 1, 1];
  const drawn = [1, 1, 1];
  eachPixel(canvas, window, (there, here) => {
    if (pending.data[there] !== 0) return;
    for (let c = 0; c < 3; c++) {
      shown[c] = (shown[c] ?? 0) + (canvas.data[4 * there + c] ?? 0);
      drawn[c] = (drawn[c] ?? 0) + (answer.data[4 * here + c] ?? 0);
    }
  });
  return shown.map((sum, c) => sum / (drawn[c] ?? 1));
}

function paste(canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage, gain: readonly number[]): Promise<boolean> {
  eachPixel(canvas, window, (there, here) => {
    if (pending.data[there] === 0) return;
    for (let c = 0; c < 4; c++) canvas.data[4 * there + c] = (gain[c] ?? 1) * (answer.data[4 * here + c] ?? 0);
    pending.data[there] = 0;
  });
  return Promise.resolve(true);
}

/** Each pixel of a window: its index in the canvas, and in the window. */
function eachPixel(canvas: PixelImage, window: Bounds, visit: (there: number, here: number) => void): void {
  for (let here = 0; here < window.width * window.height; here++) visit((window.y + Math.floor(here / window.width)) * canvas.width + window.x + (here % window.width), here);
}
