import { intersect, boundsOf, type Bounds, type Extent } from './geometry';
import type { Mask } from './image';

/** From this value on a pixel counts as inside. */
const INSIDE = 128;
/** Farther than any pixel of a picture, squared. */
const FAR = 1e12;

/** Grows what is inside the mask by a number of pixels in every direction, or shrinks it where that is below 0, in place. The picture's edge is no edge of the mask. */
export function growMask(mask: Mask, by: number): void {
  const painted = maskBounds(mask);
  if (!painted || by === 0) return;
  const reach = Math.ceil(Math.abs(by)) + 1;
  const around = { x: painted.x - reach, y: painted.y - reach, width: painted.width + 2 * reach, height: painted.height + 2 * reach };
  const box = intersect(boundsOf(mask), around);
  if (!box) return;
  const distance = squaredDistances(mask, box, by > 0);
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

function level(share: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}

/** The squared distance of each pixel of the box to the nearest one inside the mask, or outside of it: exact, by lower envelopes of parabolas (Felzenszwalb and Huttenlocher 2012). */
function squaredDistances(mask: Mask, box: Bounds, toInside: boolean): Float64Array {
  const { width, height } = box;
  const distance = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = (mask.data[(y + box.y) * mask.width + x + box.x] as number) >= INSIDE;
      distance[y * width + x] = inside === toInside ? 0 : FAR;
    }
  }
  const scratch = scratchFor(box);
  for (let x = 0; x < width; x += 1) transformLine(distance, x, width, height, scratch);
  for (let y = 0; y < height; y += 1) transformLine(distance, y * width, 1, width, scratch);
  return distance;
}

interface Scratch {
  readonly line: Float64Array;
  /** Where the parabolas of the envelope stand, and from where on each is the lowest. */
  readonly apexes: Int32Array;
  readonly starts: Float64Array;
}

function scratchFor({ width, height }: Extent): Scratch {
  const longest = Math.max(width, height);
  return { line: new Float64Array(longest), apexes: new Int32Array(longest), starts: new Float64Array(longest + 1) };
}

function transformLine(values: Float64Array, start: number, stride: number, length: number, { line, apexes, starts }: Scratch): void {
  for (let i = 0; i < length; i += 1) line[i] = values[start + i * stride] as number;
  let last = 0;
  apexes[0] = 0;
  starts[0] = -Infinity;
  starts[1] = Infinity;
  for (let i = 1; i < length; i += 1) {
    let from = meeting(line, apexes[last] as number, i);
    while (from <= (starts[last] as number)) {
      last -= 1;
      from = meeting(line, apexes[last] as number, i);
    }
    last += 1;
    apexes[last] = i;
    starts[last] = from;
    starts[last + 1] = Infinity;
  }
  for (let i = 0, at = 0; i < length; i += 1) {
    while ((starts[at + 1] as number) < i) at += 1;
    const apex = apexes[at] as number;
    values[start + i * stride] = (i - apex) ** 2 + (line[apex] as number);
  }
}

/** Where the parabola over `right` comes below the one over `left`. */
function meeting(line: Float64Array, left: number, right: number): number {
  return ((line[right] as number) + right * right - (line[left] as number) - left * left) / (2 * (right - left));
}
