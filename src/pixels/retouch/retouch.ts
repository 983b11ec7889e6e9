import type { VaryStrength } from '../../core/pixels';
import type { PixelImage } from '../../core/image';
import { Random } from '../random';
import type { Checkpoint } from '../steps';
import { cropResample } from './cropResample';
import { chooseGrade, gradeRow } from './grade';

/** Pixels between two checkpoints. */
const STRIDE = 1 << 16;

/**
 * A neighbour of a picture, of the same size: another crop and another tone. *subtle* changes what a photographer would in a second take; *strong* also mirrors
 * half of the seeds. Alpha is cropped with the picture and else left as it is. The same picture, seed and strength give the same bytes on every platform.
 */
export async function retouch(image: PixelImage, seed: number, strength: VaryStrength, checkpoint: Checkpoint): Promise<PixelImage> {
  const random = new Random(seed);
  const strong = strength === 'strong';
  const mirrored = random.next() < 0.5 && strong;
  const scale = strong ? random.between(1.07, 1.15) : random.between(1.02, 1.06);
  const crop = {
    width: image.width / scale,
    height: image.height / scale,
    x: random.next() * (image.width - image.width / scale),
    y: random.next() * (image.height - image.height / scale),
  };
  const grade = chooseGrade(random, strength);
  const result: PixelImage = { width: image.width, height: image.height, data: new Uint8ClampedArray(image.data.length) };
  const resampler = cropResample(image, crop, mirrored);
  const row = new Float32Array(image.width * 4);
  for (let y = 0, sinceCheckpoint = STRIDE; y < image.height; y++, sinceCheckpoint += image.width) {
    if (sinceCheckpoint >= STRIDE) {
      await checkpoint();
      sinceCheckpoint = 0;
    }
    resampler(y, row);
    gradeRow(row, grade, result, y);
  }
  await checkpoint();
  return result;
}
