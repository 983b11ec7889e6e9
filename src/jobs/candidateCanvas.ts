import { area } from '../core/geometry';
import type { Canvas } from '../core/pixels';
import type { JobContext } from './job';

/** How many candidates are worked on at the same time: each is a canvas in memory. */
const PARALLEL_CANVASES = 2;
/** Canvases of more pixels are worked on one at a time: at 64 megapixels a second one takes 320 MB. */
const MOST_BESIDE = 24 * 2 ** 20;

/** How many candidates that grow out of `base` may be worked on at the same time. */
export function parallelCanvases(base: Canvas): number {
  return area(base.extent) > MOST_BESIDE ? 1 : PARALLEL_CANVASES;
}

/** Draws one of several candidates that follow each other on `base` itself, which is put back for each after the first. */
export async function onRenewedCanvas(base: Canvas, candidate: number, { pixels, signal }: JobContext, draw: (canvas: Canvas) => Promise<void>): Promise<void> {
  if (candidate > 0) await pixels.renew(base, signal);
  await draw(base);
}

/** Draws one of several candidates side by side on a canvas of its own; the last one gets `base` itself. They must begin in order. */
export async function onOwnCanvas(base: Canvas, isLast: boolean, { pixels, signal }: JobContext, draw: (canvas: Canvas) => Promise<void>): Promise<void> {
  if (isLast) return draw(base);
  const canvas = await pixels.copy(base, signal);
  try {
    await draw(canvas);
  } finally {
    pixels.close(canvas);
  }
}
