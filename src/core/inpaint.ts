import { planAreas } from './areas';
import { coversOf } from './cover';
import { drawnFor, sameForm } from './drawable';
import { areaInside, boundingBox, type Rects } from './empty';
import { ImageError } from './errors';
import { area, boundsOf, contains, formatExtent, sameExtent, type Bounds, type Extent } from './geometry';
import type { ModelSpec, SizeRule } from './models';
import type { Tile } from './pixels';
import { presetExtents } from './sizes';
import { inOrder, withoutNeedless } from './tileOrder';
import { sizesAround, toTiles } from './tileWindow';
import { drawnPixels, MOST_TILES } from './tiling';

/** The context around a region below which rather a coarser drawing is made, in pixels, where the picture has as much. */
const LEAST_CONTEXT = 64;
/** How much less context is tried at a time where the model can't draw the region with all that is wanted. */
const LESS = 0.8;
/**
 * What is tried, in this order, for a region that is too large even for the least context, before it goes into several tiles: to draw it coarser, then with hardly any context.
 * One request makes one thing of a prompt, two make two.
 */
const TIGHT = [...[0.95, 0.9, 0.85, 0.8, 0.75].map((scale) => ({ scale, context: LEAST_CONTEXT })), { scale: 1, context: 32 }, { scale: 1, context: 16 }, { scale: 1, context: 0 }];
/** Up to as many windows, those that a cover can do without are looked for: that takes time with the third power of their number. */
const FEW = 16;

/** The tiles of an edit, in order. */
export interface InpaintPlan {
  readonly tiles: readonly Tile[];
  /** For each tile the rectangle around the area of the mask that it draws, or draws a part of. Tiles of one area share the object. */
  readonly areas: readonly Bounds[];
}

/**
 * Plans an edit of what `pending` holds, rectangles that do not overlap, as crop and stitch. Parts that are far from each other are areas of their own. A window holds an area with half its longer side of context all around
 * (at least 64 px), is no smaller than what the model draws at one pixel for one, is shifted inside the picture, and is drawn at the picture's own resolution. An area that is larger than the model's
 * largest size is covered by several tiles that overlap, in order, none where nothing is pending. Throws `bad-argument` for parts outside the picture, for none, and for what would take more than 256 requests.
 */
export function planInpaint(extent: Extent, pending: Rects, model: ModelSpec): InpaintPlan {
  if (pending.length === 0 || !pending.every((part) => contains(boundsOf(extent), part))) throw new ImageError('bad-argument', 'The region to draw must lie inside the picture.');
  const planned = planAreas(pending, (parts, most) => {
    const tile = oneTile(extent, boundingBox(parts), model.sizes);
    return tile ? [tile] : manyTiles(extent, parts, model.sizes, most);
  });
  const tiles: Tile[] = [];
  const areas: Bounds[] = [];
  for (const { box, tiles: own } of planned ?? []) {
    const first = tiles.length;
    for (const tile of own) {
      tiles.push({ ...tile, after: tile.after.map((other) => first + other) });
      areas.push(box);
    }
  }
  if (!planned || tiles.length > MOST_TILES) throw new ImageError('bad-argument', `${model.id} would need more than ${MOST_TILES} requests to draw ${formatExtent(boundingBox(pending))}.`);
  return { tiles, areas };
}

/** The plan without the tiles that turn out to draw nothing: what is `drawn` says so for each. */
export function withoutIdle({ tiles, areas }: InpaintPlan, drawn: readonly boolean[]): InpaintPlan {
  const places = new Map<number, number>();
  for (const [index, draws] of drawn.entries()) if (draws) places.set(index, places.size);
  const isKept = (_: unknown, index: number): boolean => places.has(index);
  return { tiles: tiles.filter(isKept).map((tile) => ({ ...tile, after: tile.after.flatMap((other) => places.get(other) ?? []) })), areas: areas.filter(isKept) };
}

function oneTile(extent: Extent, region: Bounds, rule: SizeRule): Tile | undefined {
  const tries: { scale: number; context: number }[] = [];
  for (let context = Math.ceil(Math.max(region.width, region.height) / 2); context > LEAST_CONTEXT; context = Math.floor(context * LESS)) tries.push({ scale: 1, context });
  for (const { scale, context } of [...tries, { scale: 1, context: LEAST_CONTEXT }, ...TIGHT]) {
    // A picture that is too thin for the model's own size may still be large enough for the region.
    const tile = tileAt(scale, extent, region, context, nativeExtent(rule), rule) ?? tileAt(scale, extent, region, context, { width: 1, height: 1 }, rule);
    if (tile) return tile;
  }
  return undefined;
}

/** The cheapest tile that holds the region with its context, is no smaller than `least` where the picture has room, and is drawn at `scale` of the picture's resolution; then the one that needs no resampling, then the largest. */
function tileAt(scale: number, extent: Extent, region: Bounds, context: number, least: Extent, rule: SizeRule): Tile | undefined {
  const room = { width: Math.floor(extent.width * scale), height: Math.floor(extent.height * scale) };
  const needed = {
    width: Math.min(room.width, Math.max(least.width, Math.ceil((region.width + 2 * context) * scale))),
    height: Math.min(room.height, Math.max(least.height, Math.ceil((region.height + 2 * context) * scale))),
  };
  const sizes = sizesAround(needed, needed, room, rule).flatMap((size) => {
    const answer = drawnFor(size, rule);
    return answer ? [{ size, answer }] : [];
  });
  const resampled = ({ size, answer }: (typeof sizes)[number]): number => Number(!sameExtent(size, answer));
  const [best] = sizes.sort((a, b) => area(a.answer) - area(b.answer) || resampled(a) - resampled(b) || area(b.size) - area(a.size));
  if (!best) return undefined;
  const width = Math.min(extent.width, Math.round(best.size.width / scale));
  const height = Math.min(extent.height, Math.round(best.size.height / scale));
  const window = { x: startAround(region.x, region.width, width, extent.width), y: startAround(region.y, region.height, height, extent.height), width, height };
  // In a tiny picture a rounded edge is another form.
  return contains(window, region) && sameForm(window, best.answer) ? { window, asked: best.answer, after: [] } : undefined;
}

/** Undefined where it would take more than `most`, or than a plan may. */
function manyTiles(extent: Extent, parts: Rects, rule: SizeRule, most: number): readonly Tile[] | undefined {
  if (most === 1) return undefined;
  const region = boundingBox(parts);
  const native = nativeExtent(rule);
  const width = Math.min(extent.width, Math.max(native.width, region.width + 2 * LEAST_CONTEXT));
  const height = Math.min(extent.height, Math.max(native.height, region.height + 2 * LEAST_CONTEXT));
  const outer = { x: startAround(region.x, region.width, width, extent.width), y: startAround(region.y, region.height, height, extent.height), width, height };
  const nothingKnown = { x: outer.x, y: outer.y, width: 0, height: 0 };
  const [best] = coversOf({ outer, inner: nothingKnown }, rule, MOST_TILES)
    .map((cover) => cover.windows().filter((window) => areaInside(parts, window) > 0))
    .map((windows) => ({ windows, pixels: drawnPixels(windows, rule) }))
    .filter(({ windows, pixels }) => windows.length <= MOST_TILES && Number.isFinite(pixels))
    .sort((a, b) => a.windows.length - b.windows.length || a.pixels - b.pixels);
  const steps = best && inOrder(best.windows.length <= FEW ? withoutNeedless(best.windows, parts, 0) : best.windows, parts, 0);
  return steps && steps.length <= most ? toTiles(steps, extent, parts, rule) : undefined;
}

/** What a model draws when nothing asks for more: the smallest square of a free one, a list's own size about a megapixel. */
function nativeExtent(rule: SizeRule): Extent {
  if (rule.kind === 'list') return presetExtents(rule)[0] ?? { width: 1, height: 1 };
  const edge = Math.ceil(Math.sqrt(rule.minPixels) / rule.step) * rule.step;
  return { width: edge, height: edge };
}

/** Where a window starts that has a region in its middle, shifted inside the picture. */
function startAround(start: number, length: number, size: number, room: number): number {
  return Math.max(0, Math.min(room - size, Math.round(start + (length - size) / 2)));
}
