import { ImageError } from '../../core/errors';
import { checkExtent } from '../../core/extentLimits';
import { ANCHORS, parseRatio, type Anchor, type Extent } from '../../core/geometry';
import { findPurpose, PURPOSES, type Purpose } from '../../core/purposes';
import type { WidenTarget } from '../../core/request';
import type { WidenOptions } from './options';

/** What a caller's options aim at: exactly one of a size, a ratio, sides or a purpose. Rejects with `bad-argument`, and `too-large` above 64 megapixels. */
export function readTarget(options: WidenOptions, own: readonly Purpose[]): WidenTarget {
  const { width, height, ratio, left, right, top, bottom, purpose } = options;
  const ways = [[width, height], [ratio], [left, right, top, bottom], [purpose]].filter((values) => values.some((value) => value !== undefined));
  if (ways.length !== 1) throw new ImageError('bad-argument', 'Say one of "width" with "height", "ratio", "left"/"right"/"top"/"bottom", or "purpose".');
  if (ratio !== undefined) return ratioTarget(ratio);
  if (purpose !== undefined) return { kind: 'extent', extent: purposeExtent(purpose, own) };
  if (width !== undefined || height !== undefined) {
    if (width === undefined || height === undefined) throw new ImageError('bad-argument', '"width" and "height" come together.');
    // How long it may be depends on the picture.
    checkExtent({ width, height }, Infinity);
    return { kind: 'extent', extent: { width, height } };
  }
  const sides = { left: left ?? 0, right: right ?? 0, top: top ?? 0, bottom: bottom ?? 0 };
  if (sides.left + sides.right + sides.top + sides.bottom === 0) throw new ImageError('bad-argument', 'At least one side must grow.');
  return { kind: 'sides', ...sides };
}

/** One of the nine words or a point; the centre by default. */
export function readAnchor(anchor: WidenOptions['anchor']): Anchor {
  return typeof anchor === 'object' ? anchor : ANCHORS[anchor ?? 'center'];
}

function ratioTarget(text: string): WidenTarget {
  const ratio = parseRatio(text);
  if (!ratio) throw new ImageError('bad-argument', '"ratio" is none: write it like 21:9.');
  return { kind: 'ratio', ratio };
}

/** The size that a purpose needs. Rejects with `bad-argument` where there is no such purpose, naming those there are. */
export function purposeExtent(id: string, own: readonly Purpose[]): Extent {
  const purpose = findPurpose(id, own);
  if (!purpose) throw new ImageError('bad-argument', `There is no purpose "${id}". Purposes: ${[...own, ...PURPOSES].map((known) => known.id).join(', ')}.`);
  return { width: purpose.width, height: purpose.height };
}
