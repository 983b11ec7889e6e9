import { area, type Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { Steps } from '../steps';
import { infilling } from './infill';

/** Of a window's known pixels, the share from which on its clear ones are a ground: fewer are rounded corners, and what is drawn beside those is opaque. */
const LEAST_CLEAR = 1 / 500;
/** Below this alpha a pixel counts as clear. */
const VISIBLE = 128;

/** Up to so many pixels all are looked at; of more, every fourth of every fourth row tells the share well enough. */
const FEW = 1 << 18;

/** Whether what is known in a window stands on a clear background. */
export function isPartlyClear(canvas: PixelImage, pending: Mask, window: Bounds): boolean {
  const step = area(window) > FEW ? 4 : 1;
  let known = 0;
  let clear = 0;
  for (let y = window.y; y < window.y + window.height; y += step) {
    for (let i = y * canvas.width + window.x; i < y * canvas.width + window.x + window.width; i += step) {
      if (pending.data[i] !== 0) continue;
      known++;
      if ((canvas.data[4 * i + 3] as number) < VISIBLE) clear++;
    }
  }
  return clear > LEAST_CLEAR * known;
}

/** Of the known pixels, the share from which on those between clear and opaque are more than edges. */
const SOFT = 1 / 5;
/** How many times as fast alpha goes from clear to opaque as its surroundings' mean does: an outline goes on as one, not as a haze. */
const STEEP = 8;

/** As `infilling`, for a picture on a clear background, which goes on into what is still to be drawn: there the alpha is that of the surroundings, too, with an edge where they have edges only. Known pixels stay as they are. */
export function* infillingClear(view: PixelImage, pending: Mask): Steps<void> {
  const colours = { ...view, data: view.data.slice() };
  yield* infilling(colours, pending);
  const alphas = alphaAsColours(view);
  yield* infilling(alphas, pending);
  const steepness = hasSoftAlpha(view, pending) ? 1 : STEEP;
  for (let i = 0; i < pending.data.length; i++) {
    if (pending.data[i] === 0) continue;
    for (let c = 0; c < 3; c++) view.data[4 * i + c] = colours.data[4 * i + c] as number;
    view.data[4 * i + 3] = VISIBLE + steepness * ((alphas.data[4 * i] as number) - VISIBLE);
  }
}

function hasSoftAlpha({ data }: PixelImage, pending: Mask): boolean {
  let known = 0;
  let soft = 0;
  for (let i = 0; i < pending.data.length; i++) {
    if (pending.data[i] !== 0) continue;
    known++;
    const alpha = data[4 * i + 3] as number;
    if (alpha > 0 && alpha < 255) soft++;
  }
  return soft > SOFT * known;
}

/** A copy in which fully clear pixels have the colour of the visible ones around them, so that a filter over the edge brings in no other. */
export function* withColoursBeyond(image: PixelImage): Steps<PixelImage> {
  const { width, height } = image;
  const colours = { ...image, data: image.data.slice() };
  yield* infilling(colours, { width, height, data: new Uint8Array(width * height) });
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.set(colours.data.subarray(i, i + 3), i);
  return { width, height, data };
}

/** An opaque picture whose red, green and blue are the alpha of another. */
export function alphaAsColours({ width, height, data: from }: PixelImage): PixelImage {
  const data = new Uint8ClampedArray(from.length).fill(255);
  for (let i = 0; i < from.length; i += 4) data[i] = data[i + 1] = data[i + 2] = from[i + 3] as number;
  return { width, height, data };
}
