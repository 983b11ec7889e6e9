import path from 'node:path';
import sharp from 'sharp';
import type { PixelImage } from '../../../src/core/image';
import { crop } from '../../../src/pixels/transform/crop';
import { redraw } from '../../support/redraw';
import { loadMiddle, type Photograph } from '../photographs';

/** Writes what a widening of a square to twice its width needs to a folder: the middle of a photograph as `source.png`, and a redraw of each half of the wide picture as `answer-0.png` and `answer-1.png`. `side` in pixels, even. */
export async function saveTiles(photograph: Photograph, side: number, folder: string, seed: number): Promise<void> {
  const truth = await loadMiddle(photograph, { width: 2 * side, height: side });
  const save = async ({ width, height, data }: PixelImage, file: string): Promise<void> => {
    await sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 4 } }).removeAlpha().png().toFile(path.join(folder, file));
  };
  await save(crop(truth, { x: side / 2, y: 0, width: side, height: side }), 'source.png');
  for (const k of [0, 1]) await save(redraw(crop(truth, { x: k * side, y: 0, width: side, height: side }), 'brief', seed + k), `answer-${k}.png`);
}

/** Writes a square of a photograph of `side` pixels to a folder as `source.png`. */
export async function saveSquare(photograph: Photograph, side: number, folder: string): Promise<void> {
  await sharp(photograph.path).resize(side, side, { fit: 'cover' }).removeAlpha().png().toFile(path.join(folder, 'source.png'));
}
