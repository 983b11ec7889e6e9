import { intersect } from '../../core/geometry';
import type { Bounds } from '../../core/geometry';
import type { Mask } from '../../core/image';
import { SEAMLESS_BAND } from '../../core/pixels';
import type { ComposeMode } from '../../core/pixels';
import { squaredDistances } from '../../core/squaredDistances';
import { ENHANCE_REACH } from './enhance';
import { FIXED, FREE } from './membraneGrid';

/** The part of a window that a placement works on. */
export interface BlendRegion {
  /** In window pixels: around all that is drawn, with the kept pixels next to it. */
  readonly bounds: Bounds;
  /** In window pixels: the smallest rectangle around what the mask draws. */
  readonly masked: Bounds;
  /** How much of each pixel is drawn, 0–255. In *exact* mode 0 wherever the mask keeps the pixel. */
  readonly opacity: Uint8Array;
  /** The membrane's grid: free where something is drawn, fixed at the known pixels next to it, outside elsewhere. */
  readonly state: Uint8Array;
}

/** Finds what is still to be drawn in a window; `known` as in the overlap. Undefined where nothing is. */
export function blendRegionOf(pending: Mask, window: Bounds, known: Uint8Array | undefined, mode: ComposeMode): BlendRegion | undefined {
  const masked = pendingBounds(pending, window);
  if (!masked) return undefined;
  const margin = (mode === 'seamless' ? SEAMLESS_BAND : 0) + 1 + ENHANCE_REACH;
  const grown = { x: masked.x - margin, y: masked.y - margin, width: masked.width + 2 * margin, height: masked.height + 2 * margin };
  const bounds = intersect(grown, { x: 0, y: 0, width: window.width, height: window.height }) ?? masked;
  const { width, height } = bounds;
  const opacity = new Uint8Array(width * height);
  const state = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (window.y + bounds.y + y) * pending.width + window.x + bounds.x;
    opacity.set(pending.data.subarray(from, from + width), y * width);
  }
  const knownOfRow = (y: number): Uint8Array | undefined => known?.subarray((bounds.y + y) * window.width + bounds.x, (bounds.y + y) * window.width + bounds.x + width);
  if (mode === 'seamless') feather(bounds, opacity, knownOfRow);
  for (let y = 0; y < height; y++) stateOfRow(opacity, knownOfRow(y), y, width, height, state);
  return { bounds, masked, opacity, state };
}

function stateOfRow(opacity: Uint8Array, known: Uint8Array | undefined, y: number, width: number, height: number, state: Uint8Array): void {
  for (let x = 0, i = y * width; x < width; x++, i++) {
    if ((opacity[i] as number) > 0) state[i] = FREE;
    else if (known?.[x] === 1 && touches(opacity, x, y, width, height)) state[i] = FIXED;
  }
}

function pendingBounds(pending: Mask, window: Bounds): Bounds | undefined {
  let left = window.width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < window.height; y++) {
    const from = (window.y + y) * pending.width + window.x;
    let first = 0;
    while (first < window.width && pending.data[from + first] === 0) first++;
    if (first === window.width) continue;
    let last = window.width - 1;
    while (pending.data[from + last] === 0) last--;
    left = Math.min(left, first);
    right = Math.max(right, last);
    if (top < 0) top = y;
    bottom = y;
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Lets the drawing fade out over the known pixels within `SEAMLESS_BAND` of it. */
function feather({ width, height }: Bounds, opacity: Uint8Array, knownOfRow: (y: number) => Uint8Array | undefined): void {
  const masked = new Uint8Array(opacity.length);
  for (let i = 0; i < masked.length; i++) masked[i] = (opacity[i] as number) > 0 ? 1 : 0;
  const distances = squaredDistances(masked, width, height, SEAMLESS_BAND);
  for (let y = 0; y < height; y++) {
    const known = knownOfRow(y);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const squared = distances[i] as number;
      if (masked[i] === 1 || squared > SEAMLESS_BAND * SEAMLESS_BAND || known?.[x] !== 1) continue;
      // Never 0: at the band's end it is two thirds of a byte's step.
      opacity[i] = Math.round(255 * smoothStep(1 - Math.sqrt(squared) / (SEAMLESS_BAND + 1)));
    }
  }
}

function smoothStep(t: number): number {
  return t * t * (3 - 2 * t);
}

function touches(opacity: Uint8Array, x: number, y: number, width: number, height: number): boolean {
  const i = y * width + x;
  return (
    (x > 0 && (opacity[i - 1] as number) > 0) ||
    (x < width - 1 && (opacity[i + 1] as number) > 0) ||
    (y > 0 && (opacity[i - width] as number) > 0) ||
    (y < height - 1 && (opacity[i + width] as number) > 0)
  );
}
