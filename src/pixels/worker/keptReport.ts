import { ImageError } from '../../core/errors';
import { sameExtent } from '../../core/geometry';
import type { KeptReport } from '../../core/pixels';
import type { Zlib } from '../../core/ports';
import { eachRow, openPng } from '../png/rows';
import { wordsOf } from '../transform/words';
import type { Composition } from './pictureStore';
import { SeamlessBand } from './seamlessBand';

/**
 * Decodes a canvas's PNG again, row by row, and counts the pixels that were to be kept, and those of them that differ from the source in R, G, B or A,
 * the colour under alpha 0 included, and that beyond the band of *seamless*.
 */
export async function keptReport(png: Uint8Array, { mask, source, at }: Pick<Composition, 'mask' | 'source' | 'at'>, zlib: Zlib): Promise<KeptReport> {
  const written = openPng(png, zlib);
  if (!sameExtent(written.header, mask)) throw new ImageError('cannot-save', 'The written picture has another size than the canvas.');
  const before = wordsOf(source);
  const after = new Uint32Array(mask.width);
  const band = new SeamlessBand(mask);
  let kept = 0;
  let changed = 0;
  let beyond = 0;
  await eachRow(written, zlib, (_pass, row, bytes, start) => {
    const y = row - at.y;
    if (y < 0 || y >= source.height) return;
    written.expand(bytes, start, mask.width, after, 0, 1);
    const counts = compareRow(mask.data, row * mask.width + at.x, before, y * source.width, after, at.x, source.width);
    kept += counts.kept;
    changed += counts.changed;
    if (counts.changed === 0) return;
    for (let x = 0; x < source.width; x++) {
      const isChanged = mask.data[row * mask.width + at.x + x] === 0 && after[at.x + x] !== before[y * source.width + x];
      if (isChanged && !band.holds(at.x + x, row)) beyond++;
    }
  });
  return { kept, changed, beyond };
}

/** Of a row's pixels, how many were to be kept, and how many of those differ. */
function compareRow(mask: Uint8Array, fromMask: number, before: Uint32Array, fromBefore: number, after: Uint32Array, fromAfter: number, count: number): Omit<KeptReport, 'beyond'> {
  let kept = 0;
  let changed = 0;
  for (let x = 0; x < count; x++) {
    if (mask[fromMask + x] !== 0) continue;
    kept++;
    if (after[fromAfter + x] !== before[fromBefore + x]) changed++;
  }
  return { kept, changed };
}
