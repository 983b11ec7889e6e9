import { ImageError } from '../../core/errors';
import { MAX_PIXELS } from '../../core/image';
import type { PixelImage } from '../../core/image';
import type { ArtSpec } from '../../core/pixels';
import type { TextReport } from '../../core/textReport';
import type { Checkpoint } from '../steps';
import { developRow } from './develop';
import { MOTIF_PAINTERS } from './motifPainters';
import { makeScene } from './scene';
import { setText } from './text/setText';

/** Pixels between two checkpoints: some ten milliseconds of work. */
const STRIDE = 1 << 16;

/** A drawing, with what became of its text where it has one. */
export interface Drawn extends PixelImage {
  readonly text?: TextReport;
}

/**
 * Draws a spec, opaque: the same spec gives the same bytes on every platform. `checkpoint` is called every few rows and may throw to cancel.
 * Time grows with the number of pixels; beside the picture itself little memory is used. Rejects with `bad-argument` for a spec that can't be drawn.
 */
export async function drawArt(spec: ArtSpec, checkpoint: Checkpoint): Promise<Drawn> {
  checkSpec(spec);
  const scene = makeScene(spec);
  const paint = MOTIF_PAINTERS[spec.motif](scene);
  const { width, height } = spec.extent;
  const image: PixelImage = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const row = new Float32Array(width * 3);
  for (let y = 0, sinceCheckpoint = STRIDE; y < height; y++, sinceCheckpoint += width) {
    if (sinceCheckpoint >= STRIDE) {
      await checkpoint();
      sinceCheckpoint = 0;
    }
    paint(y, row);
    developRow(image, y, row);
  }
  await checkpoint();
  return spec.text ? { ...image, text: await setText(image, spec.text, scene, checkpoint) } : image;
}

function checkSpec({ extent, seed, motif, palette, sky = palette }: ArtSpec): void {
  const { width, height } = extent;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) throw new ImageError('bad-argument', 'The size must be made of whole pixels.');
  if (width * height > MAX_PIXELS) throw new ImageError('too-large', 'The size is above 64 megapixels.');
  if (!Number.isSafeInteger(seed)) throw new ImageError('bad-argument', 'The seed must be a whole number.');
  if (!Object.hasOwn(MOTIF_PAINTERS, motif)) throw new ImageError('bad-argument', `There is no motif "${motif}".`);
  if (palette.length < 2 || sky.length < 2) throw new ImageError('bad-argument', 'A palette needs two colours.');
}
