import { FIRST_BLOCK, KEPT, OPEN, shiftOf } from './ground';
import type { Ground } from './ground';
import type { Rect } from './rect';

/** A step at a seam that is larger than this, in levels, is taken for an edge of the picture and not wholly evened out, lest it bleed. */
export const LARGEST_STEP = 48;

/** The right hand side for each channel: at each seam the difference between the gradient wanted and the gradient there, on both its sides. */
export function seamSteps(ground: Ground, rect: Rect, channels: number): Float32Array[] {
  const { owner, width } = ground;
  const tileWidth = rect.x1 - rect.x0;
  const rhs = Array.from({ length: channels }, () => new Float32Array(tileWidth * (rect.y1 - rect.y0)));
  const step = new Float64Array(4);
  const seam = (x: number, y: number, dx: number, dy: number): void => {
    if (!stepAt(ground, x, y, x + dx, y + dy, channels, step)) return;
    const p = (y - rect.y0) * tileWidth + x - rect.x0;
    const q = p + dy * tileWidth + dx;
    for (let channel = 0; channel < channels; channel++) {
      const side = rhs[channel] as Float32Array;
      side[p] = (side[p] as number) - (step[channel] as number);
      side[q] = (side[q] as number) + (step[channel] as number);
    }
  };
  for (let y = rect.y0; y < rect.y1; y++) {
    for (let x = rect.x0; x < rect.x1; x++) {
      const i = y * width + x;
      if (x + 1 < rect.x1 && owner[i] !== owner[i + 1]) seam(x, y, 1, 0);
      if (y + 1 < rect.y1 && owner[i] !== owner[i + width]) seam(x, y, 0, 1);
    }
  }
  return rhs;
}

const FIRST = new Float64Array(4);
const SECOND = new Float64Array(4);

/** By how much the correction should rise from p to its neighbour q of another owner; false where nothing is to be done there. */
export function stepAt(ground: Ground, px: number, py: number, qx: number, qy: number, channels: number, step: Float64Array): boolean {
  const p = ground.owner[py * ground.width + px] as number;
  const q = ground.owner[qy * ground.width + qx] as number;
  if (p === OPEN || q === OPEN) return false;
  step.fill(0, 0, channels);
  let sides = 0;
  if (p >= FIRST_BLOCK && continued(ground, p, qx, qy, FIRST) && colourAt(ground, q, qx, qy, SECOND)) {
    sides++;
    for (let channel = 0; channel < channels; channel++) step[channel] = (step[channel] as number) + (FIRST[channel] as number) - (SECOND[channel] as number);
  }
  if (q >= FIRST_BLOCK && continued(ground, q, px, py, FIRST) && colourAt(ground, p, px, py, SECOND)) {
    sides++;
    for (let channel = 0; channel < channels; channel++) step[channel] = (step[channel] as number) + (SECOND[channel] as number) - (FIRST[channel] as number);
  }
  if (sides === 0) return false;
  let largest = 0;
  for (let channel = 0; channel < channels; channel++) {
    step[channel] = (step[channel] as number) / sides;
    largest = Math.max(largest, Math.abs(step[channel] as number));
  }
  if (largest > LARGEST_STEP) for (let channel = 0; channel < channels; channel++) step[channel] = ((step[channel] as number) * LARGEST_STEP) / largest;
  return true;
}

/** The premultiplied colour that a block's source has at a pixel, inside the block or not; false where the source is no kept pixel. */
function continued(ground: Ground, who: number, x: number, y: number, into: Float64Array): boolean {
  const shift = shiftOf(ground, who);
  const sx = shift.x0 + shift.stepX * x;
  const sy = shift.y0 + shift.stepY * y;
  if (sx < 0 || sy < 0 || sx >= ground.width || sy >= ground.height) return false;
  const i = sy * ground.width + sx;
  if (ground.owner[i] !== KEPT) return false;
  premultiplied(ground, i, into);
  return true;
}

/** The premultiplied colour of a pixel before any correction. */
function colourAt(ground: Ground, who: number, x: number, y: number, into: Float64Array): boolean {
  if (who >= FIRST_BLOCK) return continued(ground, who, x, y, into);
  premultiplied(ground, y * ground.width + x, into);
  return true;
}

function premultiplied(ground: Ground, i: number, into: Float64Array): void {
  const { rgba, opaque } = ground;
  const alpha = opaque ? 255 : (rgba[i * 4 + 3] as number);
  into[0] = ((rgba[i * 4] as number) * alpha) / 255;
  into[1] = ((rgba[i * 4 + 1] as number) * alpha) / 255;
  into[2] = ((rgba[i * 4 + 2] as number) * alpha) / 255;
  into[3] = alpha;
}
