import { ImageError } from './errors';
import { checkExtent, MAX_RATIO, ratioOf } from './extentLimits';
import { anchored, formatExtent, sameExtent, type Anchor, type Bounds, type Extent, type Point } from './geometry';
import type { ModelSpec } from './models';
import type { Tile } from './pixels';
import type { WidenTarget } from './request';
import { inOrder, LEAST_KNOWN, withoutNeedless } from './tileOrder';
import { toTiles } from './tileWindow';
import { emptyAround, MOST_TILES, tileAround } from './tiling';

/** A source with a shorter edge is sent enlarged to it. */
const LEAST_SENT_EDGE = 256;
/** In a canvas with a shorter edge, windows of whole pixels may be too coarse for the model's forms. */
const TINY = 8;

/** Where a picture goes when it is widened. */
export interface OutpaintLayout {
  /** The exact size of the result. */
  readonly canvas: Extent;
  /** The size of the picture on it: its own, or smaller where the target is smaller in a side. */
  readonly scaled: Extent;
  /** The picture's top left corner on the canvas. */
  readonly at: Point;
}

export interface OutpaintPlan extends OutpaintLayout {
  readonly tiles: readonly Tile[];
}

/**
 * Lays a picture out for a widening. A ratio grows one side; a target that is smaller in a side scales the picture down once to fit inside, never up; a smaller
 * one of the same ratio is then filled, and nothing is left to draw.
 * Throws `bad-argument` for a target that is no size, changes nothing or is longer than 20:1 and than the source, and `too-large` above 64 megapixels.
 */
export function layoutOutpaint(source: Extent, target: WidenTarget, anchor: Anchor): OutpaintLayout {
  const canvas = canvasFor(source, target);
  if (ratioOf(source) > MAX_RATIO && ratioOf(canvas) > ratioOf(source)) {
    throw new ImageError('bad-argument', `A picture of ${formatExtent(canvas)} would be longer than ${MAX_RATIO}:1. This one, of ${formatExtent(source)}, is so already: it can only be widened along its shorter side.`);
  }
  checkExtent(canvas, Math.max(MAX_RATIO, ratioOf(source)));
  const scale = Math.min(1, canvas.width / source.width, canvas.height / source.height);
  const scaled = { width: scaledEdge(source.width, scale), height: scaledEdge(source.height, scale) };
  if (sameExtent(source, canvas)) throw new ImageError('bad-argument', `There is nothing to add: the picture already is ${formatExtent(canvas)}.`);
  if (target.kind === 'sides') return { canvas, scaled, at: { x: target.left, y: target.top } };
  if (![anchor.x, anchor.y].every((value) => value >= 0 && value <= 1)) throw new ImageError('bad-argument', 'An anchor lies between 0 and 1.');
  const { x, y } = anchored(canvas, scaled, anchor);
  return { canvas, scaled, at: { x, y } };
}

/**
 * Plans a widening: where the picture goes, and tiles, in order, that draw all the rest. Each is legal for the model and lies inside the canvas; at least a quarter of it is known at
 * its turn, from the picture or from the tiles in its `after`, half of it where that costs no further request; tiles that don't see each other's drawing can be drawn at once. As few
 * requests, then as few pixels, as the search finds: up to 12 megapixels at worst twice the lower bound of test/unit/core/leastRequests, 1.04 times on the mean with a model of free sizes, 1.1 times with those of a list;
 * up to 64 megapixels 1.1 and 1.2 times on the mean.
 * Throws what `layoutOutpaint` throws, and `bad-argument` where it would take more than `most` requests.
 */
export function planOutpaint(source: Extent, target: WidenTarget, anchor: Anchor, model: ModelSpec, most = MOST_TILES): OutpaintPlan {
  const layout = layoutOutpaint(source, target, anchor);
  return { ...layout, tiles: outpaintTiles(layout.canvas, { ...layout.at, ...layout.scaled }, model, most) };
}

function outpaintTiles(canvas: Extent, known: Bounds, model: ModelSpec, most: number): readonly Tile[] {
  if (sameExtent(known, canvas)) return [];
  const empty = emptyAround(canvas, known);
  const rule = model.sizes;
  const windows = tileAround(canvas, known, rule, most);
  const steps = windows && inOrder(withoutNeedless(windows, empty, LEAST_KNOWN), empty, LEAST_KNOWN);
  if (!steps) {
    const widening = `${formatExtent(known)} to ${formatExtent(canvas)}`;
    const tiny = Math.min(canvas.width, canvas.height) < TINY;
    throw new ImageError('bad-argument', tiny ? `The picture is too small for ${model.id} to widen ${widening}: enlarge it first.` : `${model.id} cannot widen ${widening} within ${most} requests.`);
  }
  const scale = Math.max(1, LEAST_SENT_EDGE / Math.min(known.width, known.height));
  return toTiles(steps, canvas, empty, rule, scale);
}

function canvasFor(source: Extent, target: WidenTarget): Extent {
  switch (target.kind) {
    case 'extent':
      return target.extent;
    case 'ratio': {
      const { width, height } = target.ratio;
      if (!(width > 0 && height > 0)) throw new ImageError('bad-argument', 'A ratio is made of two numbers above zero.');
      return source.width * height < source.height * width
        ? { width: Math.round((source.height * width) / height), height: source.height }
        : { width: source.width, height: Math.round((source.width * height) / width) };
    }
    case 'sides': {
      const { left, right, top, bottom } = target;
      if (![left, right, top, bottom].every((side) => Number.isInteger(side) && side >= 0)) throw new ImageError('bad-argument', 'The sides are whole pixels from 0.');
      return { width: left + source.width + right, height: top + source.height + bottom };
    }
  }
}

function scaledEdge(edge: number, scale: number): number {
  return Math.max(1, Math.round(edge * scale));
}
