import { boundsOf, intersect, type Bounds } from './geometry';
import type { Mask } from './image';
import { squaredDistances } from './squaredDistances';

/** From this value on a pixel counts as inside. */
const INSIDE = 128;

/** Grows what is inside the mask by a number of pixels in every direction, or shrinks it where that is below 0, in place. The picture's edge is no edge of the mask. */
export function growMask(mask: Mask, by: number): void {
  const painted = maskBounds(mask);
  if (!painted || by === 0) return;
  const reach = Math.ceil(Math.abs(by)) + 1;
  const around = { x: painted.x - reach, y: painted.y - reach, width: painted.width + 2 * reach, height: painted.height + 2 * reach };
  const box = intersect(boundsOf(mask), around);
  if (!box) return;
  const distance = squaredDistances(insideOf(mask, box, by > 0), box.width, box.height, reach);
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      const away = Math.sqrt(distance[y * box.width + x] as number);
      const index = (y + box.y) * mask.width + x + box.x;
      const old = mask.data[index] as number;
      if (by > 0) mask.data[index] = Math.max(old, level(by + 1 - away));
      else mask.data[index] = Math.min(old, level(away + by));
    }
  }
}

/** The smallest rectangle that holds all that is painted; undefined where nothing is. */
export function maskBounds({ width, height, data }: Mask): Bounds | undefined {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.findIndex((value) => value !== 0);
    if (first < 0) continue;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(right, row.findLastIndex((value) => value !== 0));
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** One byte a pixel of the box: 1 where it is inside the mask, or outside of it where `inside` is false. */
function insideOf(mask: Mask, box: Bounds, inside: boolean): Uint8Array {
  const set = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      if ((mask.data[(y + box.y) * mask.width + x + box.x] as number) >= INSIDE === inside) set[y * box.width + x] = 1;
    }
  }
  return set;
}

function level(share: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}
