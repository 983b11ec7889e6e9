import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Tile, TileInput } from '../../core/pixels';
import { settle } from '../compose/blend';
import { prepareView } from '../compose/clearBackground';
import { encodePng } from '../png/encode';
import { stepwise } from '../steps';
import { crop, paste } from '../transform/crop';
import { fitting, resizeMask } from '../transform/resize';
import { cropMask, maskAsImage } from './canvas';
import type { Job } from './job';
import type { HeldCanvas } from './pictureStore';
import type { TileView } from './tileWork';

/** A view of a canvas; `bad-argument` where the window does not lie inside. */
export function viewOf({ image, composition }: HeldCanvas, window: Bounds): TileView {
  return { image: crop(image, window), pending: cropMask(composition.pending, window) };
}

/** What the model is sent for a view, which is used up by it. */
export async function inputOf(job: Job, { image, pending }: TileView, { asked }: Tile, drawsClear: boolean): Promise<TileInput> {
  const backdrop = await stepwise(prepareView(image, pending, drawsClear), job.checkpoint);
  await job.checkpoint();
  const [input, mask] = [await stepwise(fitting(image, asked), job.checkpoint), maskAsImage(resizeMask(pending, asked))];
  await job.checkpoint();
  const { zlib } = job.services;
  return { image: await encodePng(input, zlib, { effort: 'quick' }), mask: await encodePng(mask, zlib, { effort: 'quick', alpha: true }), ...(backdrop && { backdrop }) };
}

/** Puts a view's picture back on its canvas when an answer has been composed into it: the window is known then. */
export function layBack({ image, composition }: HeldCanvas, window: Bounds, composed: PixelImage): void {
  paste(image, composed, window);
  settle(composition.pending, window);
}
