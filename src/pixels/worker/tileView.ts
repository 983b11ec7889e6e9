import type { Bounds } from '../../core/geometry';
import type { PixelImage } from '../../core/image';
import type { Tile, TileInput } from '../../core/pixels';
import { settle } from '../compose/blend';
import { prepareView } from '../compose/clearGround';
import { encodePng } from '../png/encode';
import { stepwise } from '../steps';
import { crop, paste } from '../transform/crop';
import { fitting, resizeMask } from '../transform/resize';
import { cropMask, maskAsImage } from './canvas';
import type { Job } from './job';
import type { HeldCanvas } from './pictureStore';
import type { TileView } from './tileWork';

/** A view of a canvas; `bad-argument` where the window does not lie inside. */
export function viewOf({ image, ground }: HeldCanvas, window: Bounds): TileView {
  return { image: crop(image, window), pending: cropMask(ground.pending, window) };
}

/** What the model is sent for a view, which is used up by it. */
export async function inputOf(job: Job, { image, pending }: TileView, { drawn }: Tile, drawsClear: boolean): Promise<TileInput> {
  const ground = await stepwise(prepareView(image, pending, drawsClear), job.checkpoint);
  await job.checkpoint();
  const [input, mask] = [await stepwise(fitting(image, drawn), job.checkpoint), maskAsImage(resizeMask(pending, drawn))];
  await job.checkpoint();
  const { zlib } = job.services;
  return { image: await encodePng(input, zlib, { effort: 'quick' }), mask: await encodePng(mask, zlib, { effort: 'quick' }), ...(ground && { ground }) };
}

/** Puts a view's picture back on its canvas when an answer has been composed into it: the window is known then. */
export function layBack({ image, ground }: HeldCanvas, window: Bounds, composed: PixelImage): void {
  paste(image, composed, window);
  settle(ground.pending, window);
}
