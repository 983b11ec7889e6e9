import { ImageError } from '../../core/errors';
import { sameExtent } from '../../core/geometry';
import type { KeptReport } from '../../core/pixels';
import type { Zlib } from '../../core/ports';
import { eachRow, openPng } from '../png/rows';
import { wordsOf } from '../transform/words';
import type { Ground } from './pictureStore';

/**
 * Decodes a canvas's PNG again, row by row, and counts the pixels that were to be kept, and those of them that differ from the source in R, G, B or A,
 * the colour under alpha 0 included.
 */
export async function keptReport(png: Uint8Array, { drawn, source, at }: Ground, zlib: Zlib): Promise<KeptReport> {
  const written = openPng(png, zlib);
  if (!sameExtent(written.header, drawn)) throw new ImageError('cannot-save', 'The written picture has another size than the canvas.');
  const before = wordsOf(source);
  const after = new Uint32Array(drawn.width);
  let kept = 0;
  let changed = 0;
  await eachRow(written, zlib, (_pass, row, bytes, start) => {
    const y = row - at.y;
    if (y < 0 || y >= source.height) return;
    written.expand(bytes, start, drawn.width, after, 0, 1);
    const mask = row * drawn.width + at.x;
    for (let x = 0; x < source.width; x += 1) {
      if (drawn.data[mask + x] !== 0) continue;
      kept += 1;
      if (after[at.x + x] !== before[y * source.width + x]) changed += 1;
    }
  });
  return { kept, changed };
}
