import { ImageError } from '../../core/errors';
import { sameExtent } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { KeptReport } from '../../core/pixels';

/** Counts the kept pixels (mask value 0) and those of them that differ in any of R, G, B, A, the colour under alpha 0 included. Throws `bad-argument` unless all three are of one size. */
export function countChanged(before: PixelImage, after: PixelImage, mask: Mask): KeptReport {
  if (!sameExtent(before, after) || !sameExtent(before, mask)) throw new ImageError('bad-argument', 'Pictures and mask are not of one size.');
  const a = wordsOf(before);
  const b = wordsOf(after);
  let kept = 0;
  let changed = 0;
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] !== 0) continue;
    kept++;
    if (a[i] !== b[i]) changed++;
  }
  return { kept, changed };
}

/** The pixels as one number each; copied only where the bytes do not start at a multiple of four. */
function wordsOf({ data }: PixelImage): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
