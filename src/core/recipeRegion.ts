import { boundsOf, contains, type Bounds, type Extent } from './geometry';
import { isRecord } from './isRecord';
import type { Region } from './pixels';
import { MOST_POINTS, type MaskStep } from './strokes';

/** What was drawn again of a picture, as its recipe holds it: a rectangle, or a mask by the steps that painted it. */
export type RecipeRegion = Bounds | { readonly steps: readonly MaskStep[] };

/** A longer mask is left out, so that no recipe outgrows its picture: characters of JSON. */
const LONGEST_STEPS = 4096;
const LARGEST_BRUSH = 4096;
const FURTHEST_GROWTH = 256;
/** A brush may be led beyond an edge. */
const FURTHEST = 131_070;

/** A region as a recipe holds it; undefined for a mask file and for a mask that is too long. */
export function toRecipeRegion(region: Region): RecipeRegion | undefined {
  if (region.kind === 'bounds') return region.bounds;
  if (region.kind === 'file' || JSON.stringify(region.steps).length > LONGEST_STEPS) return undefined;
  return { steps: region.steps };
}

/** A recipe's region as a request wants it. */
export function fromRecipeRegion(region: RecipeRegion): Region {
  return 'steps' in region ? { kind: 'steps', steps: region.steps } : { kind: 'bounds', bounds: region };
}

/** Reads a region that came from outside, of a picture of that size; undefined where it is none. */
export function parseRecipeRegion(value: unknown, extent: Extent): RecipeRegion | undefined {
  if (!isRecord(value)) return undefined;
  const { steps } = value;
  if (!Array.isArray(steps)) return parseBounds(value, extent);
  const read = steps.map(parseStep).filter((step) => step !== undefined);
  return read.length === steps.length && JSON.stringify(read).length <= LONGEST_STEPS ? { steps: read } : undefined;
}

/** Reads a rectangle that came from outside; undefined where it is none or does not lie wholly inside the picture. */
export function parseBounds(value: unknown, extent: Extent): Bounds | undefined {
  if (!isRecord(value)) return undefined;
  const { x, y, width, height } = value;
  if (!isNumber(x) || !isNumber(y) || !isNumber(width) || !isNumber(height)) return undefined;
  const bounds = { x, y, width, height };
  return contains(boundsOf(extent), bounds) ? bounds : undefined;
}

function parseStep(value: unknown): MaskStep | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, erase, points, size, hardness, by } = value;
  if (kind === 'invert' || kind === 'clear') return { kind };
  if (kind === 'grow') return Number.isInteger(by) && isWithin(by, -FURTHEST_GROWTH, FURTHEST_GROWTH) ? { kind, by } : undefined;
  if (typeof erase !== 'boolean') return undefined;
  if (kind === 'rectangle') {
    const bounds = parseDrawn(value['bounds']);
    return bounds && { kind, erase, bounds };
  }
  if (kind === 'lasso') return isFlat(points, 2) ? { kind, erase, points } : undefined;
  if (kind !== 'brush' || !isWithin(size, 1, LARGEST_BRUSH) || !isWithin(hardness, 0, 1) || !isFlat(points, 3)) return undefined;
  return points.every((pressure, index) => index % 3 !== 2 || isWithin(pressure, 0, 1)) ? { kind, erase, size, hardness, points } : undefined;
}

/** A rectangle that may hang over an edge, as one is drawn by hand. */
function parseDrawn(value: unknown): Bounds | undefined {
  if (!isRecord(value)) return undefined;
  const { x, y, width, height } = value;
  if (!isWithin(x, -FURTHEST, FURTHEST) || !isWithin(y, -FURTHEST, FURTHEST) || !isWithin(width, 1, FURTHEST) || !isWithin(height, 1, FURTHEST)) return undefined;
  return [x, y, width, height].every(Number.isInteger) ? { x, y, width, height } : undefined;
}

function isFlat(value: unknown, size: number): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.length % size === 0 && value.length <= size * MOST_POINTS && value.every((place) => isWithin(place, -FURTHEST, FURTHEST));
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return isNumber(value) && value >= least && value <= most;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
