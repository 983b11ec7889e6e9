import { ImageError } from './errors';
import { area, formatExtent, type Extent } from './geometry';
import { MAX_PIXELS } from './image';

/** The longer edge of a picture that is asked for over its shorter one, at most. */
export const MAX_RATIO = 20;

/** What keeps a size from being drawn. */
export type ExtentFault = 'no-size' | 'too-many-pixels' | 'too-long';

/** What is wrong with a size that is asked for; undefined where a picture may have it. `maxRatio` is above 20 only where a source is longer already. */
export function extentFault(extent: Extent, maxRatio = MAX_RATIO): ExtentFault | undefined {
  if (![extent.width, extent.height].every((edge) => Number.isInteger(edge) && edge > 0)) return 'no-size';
  if (area(extent) > MAX_PIXELS) return 'too-many-pixels';
  return ratioOf(extent) > maxRatio ? 'too-long' : undefined;
}

/** Throws `bad-argument` for what is no size or longer than 20:1, and `too-large` above 64 megapixels. */
export function checkExtent(extent: Extent, maxRatio = MAX_RATIO): void {
  switch (extentFault(extent, maxRatio)) {
    case 'no-size':
      throw new ImageError('bad-argument', 'That is no size of a picture.');
    case 'too-many-pixels':
      throw new ImageError('too-large', `A picture of ${formatExtent(extent)} would have more than 64 megapixels.`);
    case 'too-long':
      throw new ImageError('bad-argument', `A picture of ${formatExtent(extent)} would be longer than ${MAX_RATIO}:1.`);
    case undefined:
  }
}

/** The longer edge over the shorter one. */
export function ratioOf({ width, height }: Extent): number {
  return Math.max(width / height, height / width);
}
