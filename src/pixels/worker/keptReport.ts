import type { PixelImage } from '../../core/image';
import type { KeptReport } from '../../core/pixels';
import { wordsOf } from '../transform/words';
import type { Ground } from './pictureStore';

/** Counts the pixels of a canvas that were to be kept, and those of them that differ from the source in R, G, B or A, the colour under alpha 0 included. */
export function keptReport(written: PixelImage, { drawn, source, at }: Ground): KeptReport {
  const after = wordsOf(written);
  const before = wordsOf(source);
  let kept = 0;
  let changed = 0;
  for (let y = 0; y < source.height; y += 1) {
    const start = (y + at.y) * written.width + at.x;
    for (let x = 0; x < source.width; x += 1) {
      if (drawn.data[start + x] !== 0) continue;
      kept += 1;
      if (after[start + x] !== before[y * source.width + x]) changed += 1;
    }
  }
  return { kept, changed };
}
