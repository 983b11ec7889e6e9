import type { Canvas } from '../core/pixels';
import type { JobContext } from './job';

/** Draws one of several candidates on a canvas of its own; the last one gets `base` itself, as a copy of 64 megapixels takes 320 MB. */
export async function withCandidateCanvas(base: Canvas, isLast: boolean, { pixels, signal }: JobContext, draw: (canvas: Canvas) => Promise<void>): Promise<void> {
  if (isLast) return draw(base);
  const canvas = await pixels.copy(base, signal);
  try {
    await draw(canvas);
  } finally {
    pixels.close(canvas);
  }
}
