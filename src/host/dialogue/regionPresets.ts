import { boundsOf, contains, type Bounds, type Extent } from '../../core/geometry';

/** Regions that need no numbers, as shares of a picture: left, top, width, height. */
const SHARES = {
  whole: [0, 0, 1, 1],
  'left-half': [0, 0, 1 / 2, 1],
  'right-half': [1 / 2, 0, 1 / 2, 1],
  'top-half': [0, 0, 1, 1 / 2],
  'bottom-half': [0, 1 / 2, 1, 1 / 2],
  'left-third': [0, 0, 1 / 3, 1],
  'right-third': [2 / 3, 0, 1 / 3, 1],
  'top-third': [0, 0, 1, 1 / 3],
  'bottom-third': [0, 2 / 3, 1, 1 / 3],
  center: [1 / 4, 1 / 4, 1 / 2, 1 / 2],
} as const satisfies Record<string, readonly [number, number, number, number]>;

export type RegionPreset = keyof typeof SHARES;

export const REGION_PRESETS = Object.keys(SHARES) as readonly RegionPreset[];

/** A preset on a picture: whole pixels, at least one, never beyond an edge. */
export function presetBounds(preset: RegionPreset, { width, height }: Extent): Bounds {
  const [x, y, w, h] = SHARES[preset];
  const left = Math.min(Math.floor(width * x), width - 1);
  const top = Math.min(Math.floor(height * y), height - 1);
  const right = Math.max(left + 1, Math.ceil(width * (x + w) - 1e-9));
  const bottom = Math.max(top + 1, Math.ceil(height * (y + h) - 1e-9));
  return { x: left, y: top, width: Math.min(right, width) - left, height: Math.min(bottom, height) - top };
}

/** Reads `x, y, width, height`; undefined for anything else, and for what does not lie wholly inside every one of the pictures. */
export function parseBounds(text: string, pictures: readonly Extent[]): Bounds | undefined {
  const match = /^\s*(\d{1,6})[\s,;]+(\d{1,6})[\s,;]+(\d{1,6})[\s,;x]+(\d{1,6})\s*$/.exec(text);
  if (!match) return undefined;
  const bounds = { x: Number(match[1]), y: Number(match[2]), width: Number(match[3]), height: Number(match[4]) };
  return pictures.every((picture) => contains(boundsOf(picture), bounds)) ? bounds : undefined;
}
