import { ImageError } from '../../core/errors';
import { ANCHORS, area, formatExtent, sameExtent } from '../../core/geometry';
import type { Anchor, Bounds, Extent } from '../../core/geometry';
import { MAX_PIXELS } from '../../core/image';
import type { Mask, PixelImage } from '../../core/image';
import { atOnce, type Steps } from '../steps';
import { crop } from './crop';
import { LANCZOS3, resamplingTaps, TRIANGLE } from './kernel';
import { resampleMask } from './resampleMask';
import { resampleImage } from './resampleImage';

/**
 * The picture at another size: Lanczos3, prefiltered when shrinking, in linear light and premultiplied by alpha, so that neither do fine patterns darken
 * nor do the colours of transparent pixels show. At the same size it is an exact copy. A row is a step. Throws `bad-argument` for an extent without pixels and `too-large`.
 */
export function resizing(image: PixelImage, extent: Extent): Steps<PixelImage> {
  return resample(image, { x: 0, y: 0, width: image.width, height: image.height }, extent);
}

/** `resizing` done at once, for small pictures. */
export function resize(image: PixelImage, extent: Extent): PixelImage {
  return atOnce(resizing(image, extent));
}

/** As `resizing`, but where the picture has this size it is returned itself, without a copy. */
export function* fitting(image: PixelImage, extent: Extent): Steps<PixelImage> {
  return sameExtent(image, extent) ? image : yield* resizing(image, extent);
}

/** The picture scaled so that it just covers `extent`, and what then stands over cut off so that `focus` stays in view: on both sides alike by default. Steps and throws as `resizing` does. */
export function* covering(image: PixelImage, extent: Extent, focus: Anchor = ANCHORS.center): Steps<PixelImage> {
  const scale = Math.max(extent.width / image.width, extent.height / image.height);
  const width = Math.min(image.width, extent.width / scale);
  const height = Math.min(image.height, extent.height / scale);
  const x = (image.width - width) * focus.x;
  const y = (image.height - height) * focus.y;
  // Nothing to scale: whole pixels are cut, none is blurred by half a pixel's shift.
  if (scale === 1) return crop(image, { x: Math.floor(x), y: Math.floor(y), ...sizeOf(extent) });
  return yield* resample(image, { x, y, width, height }, extent);
}

/** The mask at another size: linear, the mean of the area when shrinking, so that no value leaves the range of those around it. Throws as `resizing` does. */
export function resizeMask(mask: Mask, extent: Extent): Mask {
  requireLegal(extent);
  if (sameExtent(mask, extent)) return { ...sizeOf(mask), data: mask.data.slice() };
  const across = resamplingTaps(TRIANGLE, mask.width, 0, mask.width, extent.width);
  const down = resamplingTaps(TRIANGLE, mask.height, 0, mask.height, extent.height);
  return resampleMask(mask, extent, across, down);
}

function* resample(image: PixelImage, from: Bounds, extent: Extent): Steps<PixelImage> {
  requireLegal(extent);
  if (sameExtent(image, extent) && sameExtent(image, from)) return { ...sizeOf(image), data: image.data.slice() };
  const across = resamplingTaps(LANCZOS3, image.width, from.x, from.width, extent.width);
  const down = resamplingTaps(LANCZOS3, image.height, from.y, from.height, extent.height);
  return yield* resampleImage(image, extent, across, down);
}

function requireLegal(extent: Extent): void {
  if (!Number.isInteger(extent.width) || !Number.isInteger(extent.height) || extent.width < 1 || extent.height < 1) {
    throw new ImageError('bad-argument', `${formatExtent(extent)} is no size for a picture.`);
  }
  if (area(extent) > MAX_PIXELS) throw new ImageError('too-large', `${formatExtent(extent)} is more than 64 megapixels.`);
}

function sizeOf(extent: Extent): Extent {
  return { width: extent.width, height: extent.height };
}
