import { area, sameExtent, type Extent } from './geometry';
import type { SizeRule } from './models';

/** Crop losses that differ by less are taken as equal: nobody misses one row in a hundred, and the fewer pixels are cheaper. */
const LOSS_TOLERANCE = 0.01;
const MEGAPIXEL = 1024 * 1024;
/** What "about a megapixel" may be, in pixels. */
const ABOUT_A_MEGAPIXEL = { min: 0.7 * MEGAPIXEL, max: 1.5 * MEGAPIXEL };
/** Sizes made from a ratio are multiples of this also where the model takes any: people and codecs like them. */
const PRESET_STEP = 16;
const PRESET_RATIOS: readonly Extent[] = [
  { width: 1, height: 1 },
  { width: 3, height: 2 },
  { width: 2, height: 3 },
  { width: 4, height: 3 },
  { width: 3, height: 4 },
  { width: 16, height: 9 },
  { width: 9, height: 16 },
  { width: 21, height: 9 },
];
const LARGE_PRESETS: readonly Extent[] = [
  { width: 2048, height: 2048 },
  { width: 2560, height: 1440 },
  { width: 1440, height: 2560 },
];

/** Whether a model draws exactly this size. */
export function isLegalExtent(extent: Extent, rule: SizeRule): boolean {
  if (rule.kind === 'list') return rule.extents.some((listed) => sameExtent(listed, extent));
  const { width, height } = extent;
  const [shorter, longer] = width < height ? [width, height] : [height, width];
  return (
    shorter > 0 &&
    width % rule.step === 0 &&
    height % rule.step === 0 &&
    longer <= rule.maxEdge &&
    longer <= shorter * rule.maxRatio &&
    area(extent) >= rule.minPixels &&
    area(extent) <= rule.maxPixels
  );
}

/** The share of a picture that is cut off when it is scaled to cover `wanted`: 0 where the ratios are the same. */
export function cropLoss(drawn: Extent, wanted: Extent): number {
  const drawnRatio = drawn.width * wanted.height;
  const wantedRatio = wanted.width * drawn.height;
  return 1 - Math.min(drawnRatio, wantedRatio) / Math.max(drawnRatio, wantedRatio);
}

/**
 * The legal size that serves best for a picture which is then scaled to cover `wanted` and cropped to it: the size itself where it is legal; else the
 * least is cut off (within a percent), then no enlarging if that can be had, the least otherwise, then the fewest pixels.
 */
export function nearestLegal(wanted: Extent, rule: SizeRule): Extent {
  if (isLegalExtent(wanted, rule)) return wanted;
  const least = candidatesFor(wanted, rule, LOSS_TOLERANCE).reduce((loss, extent) => Math.min(loss, cropLoss(extent, wanted)), 1);
  const candidates = candidatesFor(wanted, rule, least + LOSS_TOLERANCE);
  const enlarged = (extent: Extent): number => Math.max(1, wanted.width / extent.width, wanted.height / extent.height);
  return best(
    candidates.filter((extent) => cropLoss(extent, wanted) <= least + LOSS_TOLERANCE),
    (a, b) => enlarged(a) - enlarged(b) || area(a) - area(b) || cropLoss(a, wanted) - cropLoss(b, wanted),
  );
}

/**
 * A size of about a megapixel for a ratio such as 16:9: one that the model draws where it has one within a percent of the ratio, else the largest that can be cropped,
 * without scaling, from the one it draws that comes nearest.
 */
export function extentForRatio(ratio: Extent, rule: SizeRule): Extent {
  const scale = Math.sqrt(MEGAPIXEL / area(ratio));
  const coarse = rule.kind === 'free' ? { ...rule, step: Math.max(rule.step, PRESET_STEP) } : rule;
  const all = candidatesFor({ width: ratio.width * scale, height: ratio.height * scale }, coarse, LOSS_TOLERANCE);
  const near = all.filter((extent) => area(extent) >= ABOUT_A_MEGAPIXEL.min && area(extent) <= ABOUT_A_MEGAPIXEL.max);
  const offMegapixel = (extent: Extent): number => Math.abs(Math.log(area(extent) / MEGAPIXEL));
  const lossInMille = (extent: Extent): number => Math.round(cropLoss(extent, ratio) * 1000);
  const drawn = best(near.length > 0 ? near : all, (a, b) => lossInMille(a) - lossInMille(b) || offMegapixel(a) - offMegapixel(b));
  if (cropLoss(drawn, ratio) <= LOSS_TOLERANCE) return drawn;
  return drawn.width * ratio.height > ratio.width * drawn.height
    ? { width: atLeastOne((drawn.height * ratio.width) / ratio.height), height: drawn.height }
    : { width: drawn.width, height: atLeastOne((drawn.width * ratio.height) / ratio.width) };
}

/** Sizes to pick from, all legal for the model, the usual ones first. */
export function presetExtents(rule: SizeRule): readonly Extent[] {
  if (rule.kind === 'list') return [...rule.extents].sort((a, b) => Math.abs(area(a) - MEGAPIXEL) - Math.abs(area(b) - MEGAPIXEL));
  const presets = [...PRESET_RATIOS.map((ratio) => extentForRatio(ratio, rule)), ...LARGE_PRESETS];
  return presets.filter((extent, index) => isLegalExtent(extent, rule) && presets.findIndex((other) => sameExtent(other, extent)) === index);
}

/** For each legal width the few legal heights that can win for `wanted`: around its ratio, where `loss` of it is cut off, and the first that covers it. */
function candidatesFor(wanted: Extent, rule: SizeRule, loss: number): readonly Extent[] {
  if (rule.kind === 'list') return rule.extents;
  const { step, minPixels, maxPixels, maxEdge, maxRatio } = rule;
  const up = (n: number): number => Math.ceil(n / step) * step;
  const down = (n: number): number => Math.floor(n / step) * step;
  const candidates: Extent[] = [];
  for (let width = step; width <= maxEdge; width += step) {
    const lowest = up(Math.max(minPixels / width, width / maxRatio));
    const highest = down(Math.min(maxPixels / width, width * maxRatio, maxEdge));
    if (lowest > highest) continue;
    const exact = (width * wanted.height) / wanted.width;
    const heights = [down(exact), up(exact), up(exact * (1 - loss)), down(exact / (1 - loss)), up(wanted.height), lowest, highest];
    for (const height of new Set(heights.map((n) => Math.min(highest, Math.max(lowest, n))))) candidates.push({ width, height });
  }
  return candidates;
}

function best<T>(candidates: readonly T[], compare: (a: T, b: T) => number): T {
  return candidates.reduce((winner, candidate) => (compare(candidate, winner) < 0 ? candidate : winner));
}

function atLeastOne(n: number): number {
  return Math.max(1, Math.round(n));
}
