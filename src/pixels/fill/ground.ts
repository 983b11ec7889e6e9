import type { Mask, PixelImage } from '../../core/image';

/** The owner of a pixel that is to be kept: a source, and never written. */
export const KEPT = 0;
/** The owner of a pixel that nothing was drawn on yet. */
export const OPEN = 1;
/** The owner of the first block's pixels; block n owns `FIRST_BLOCK + n`. */
export const FIRST_BLOCK = 2;

/** Where a block's pixels come from: pixel (x, y) is a copy of the kept pixel (`x0 + stepX·x`, `y0 + stepY·y`); a step is -1 where the source is mirrored. */
export interface Shift {
  readonly x0: number;
  readonly y0: number;
  readonly stepX: 1 | -1;
  readonly stepY: 1 | -1;
}

/** The canvas while it is being filled: who owns each pixel, and each block's shift. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
  /** `KEPT`, `OPEN` or a block, one entry a pixel. */
  readonly owner: Uint16Array;
  readonly shifts: Shift[];
  /** Whether every kept pixel is opaque: alpha needs no thought then. */
  readonly opaque: boolean;
}

export function groundOf(canvas: PixelImage, pending: Mask): Ground {
  const { width, height, data: rgba } = canvas;
  const owner = new Uint16Array(width * height);
  let opaque = true;
  for (let i = 0; i < owner.length; i++) {
    if (pending.data[i] !== 0) owner[i] = OPEN;
    else if (rgba[i * 4 + 3] !== 255) opaque = false;
  }
  return { width, height, rgba, owner, shifts: [], opaque };
}

/** The shift of a block's pixel. */
export function shiftOf(ground: Ground, owner: number): Shift {
  const shift = ground.shifts[owner - FIRST_BLOCK];
  if (!shift) throw new RangeError(`No block owns ${owner}.`);
  return shift;
}
