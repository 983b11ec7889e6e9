import { area, type Bounds, type Extent } from '../../../src/core/geometry';
import type { SizeRule } from '../../../src/core/models';
import { formsOf, leastEditRequests, leastOfOne, leastRequests } from './leastRequests';

/** How much coarser than the canvas a tile may be drawn, along an edge. */
const TOLERANCE = 1.02;
/** The most of a window that its tile may be the first to draw. */
const FRESH = 3 / 4;
/** How much coarser than the picture the only tile of an edit may be drawn, along an edge. */
const COARSER = TOLERANCE / 0.75;

/**
 * How many pixels a widening of as few requests as `leastRequests` says pays for at least, whoever plans it. Where that is one, it is the smallest window that holds all that is empty. Else it is
 * the more of two bounds, which hold for more requests too: each costs a legal size, so that n of them cost n times the smallest; and the tiles together draw all that is empty, each at most
 * three quarters of its window, for which at least 1/1.02² as many pixels are drawn. What neighbours overlap, context beyond a quarter and the coarseness of a list's sizes are left out, so
 * that a plan may be the best there is and still be above it.
 */
export function leastPixels(canvas: Extent, known: Bounds, rule: SizeRule): number {
  const requests = leastRequests(canvas, known, rule);
  if (requests === 1) return Math.floor(leastOfOne(canvas, known, formsOf(canvas, rule)));
  return Math.max(requests * smallest(rule), Math.ceil((area(canvas) - area(known)) / FRESH / TOLERANCE ** 2));
}

/**
 * How many pixels an edit of a region pays for at least: as above, but nothing of a window need be known, so that the tiles' windows only have to hold the region; and a tile that holds
 * all of it may be drawn coarser.
 */
export function leastEditPixels(picture: Extent, region: Bounds, rule: SizeRule): number {
  const requests = leastEditRequests(picture, region, rule);
  return Math.max(requests * smallest(rule), Math.ceil(area(region) / (requests === 1 ? COARSER : TOLERANCE) ** 2));
}

function smallest(rule: SizeRule): number {
  return rule.kind === 'list' ? Math.min(...rule.extents.map(area)) : rule.minPixels;
}
