import { ImageError } from '../../core/errors';
import { boundsOf, contains, sameExtent } from '../../core/geometry';
import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { ComposeMode } from '../../core/pixels';
import type { Checkpoint } from '../steps';
import { blend, settle } from './blend';
import { deform, undeformed } from './deform';
import { lackingDetail } from './detail';
import type { Fit } from './fit';
import type { FixedValues } from './fixedValues';
import { hem } from './hem';
import { sameScene } from './judge';
import { gainsAtNodes } from './light';
import { overlapOf } from './overlap';
import { blendRegionOf, type BlendRegion } from './blendRegion';
import { register } from './register';
import { samplesOf } from './samples';
import { translation } from './similarity';
import { fitTone, UNTONED } from './toneFit';

/**
 * Lays a model's redraw of a window on the canvas: registers it to what is known there, matches its colours, bends it to the known values along the boundary,
 * and writes what was still to be drawn, which then counts as known. Answers whether it fits; where it does not, it is another picture altogether. `canvas` and `pending` are the whole canvas and are changed in place; `answer` is of the window's size.
 * In *exact* mode no pixel changes whose `pending` is 0; in *seamless* mode only within `SEAMLESS_BAND` of the drawn area. Nothing changes where the answer does not fit.
 * Rejects with `bad-argument` for sizes that do not belong together, and with what `checkpoint` throws, which is called between steps as long as nothing is written.
 */
export async function placeAnswer(canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage, mode: ComposeMode, checkpoint: Checkpoint = () => undefined): Promise<boolean> {
  if (!sameExtent(canvas, pending) || !sameExtent(window, answer) || !contains(boundsOf(canvas), window)) {
    throw new ImageError('bad-argument', 'Canvas, mask, window and answer are not of one size.');
  }
  const overlap = overlapOf(canvas, pending, window, answer);
  await checkpoint();
  const at = overlap ? register(overlap) : translation(window.width / 2, window.height / 2, 0, 0);
  const samples = overlap && samplesOf(canvas, window, answer, overlap, at);
  const { curves, light, unlit } = samples ? fitTone(samples, window) : UNTONED;
  if (overlap && samples && !sameScene(overlap, at, samples.channels, unlit)) return false;
  await checkpoint();
  const region = blendRegionOf(pending, window, overlap?.known, mode);
  if (region) {
    await checkpoint();
    const deformation = overlap ? deform(overlap, window, at) : undeformed(window);
    const fit: Fit = { at, deformation, curves, gains: gainsAtNodes(light, window, deformation) };
    const detail = overlap && lackingDetail(canvas, window, answer, overlap, fit);
    const lacked = await blend(canvas, window, answer, region, fit, detail, checkpoint);
    // In seamless mode the band in which both are blended does the same.
    if (mode === 'exact') hemIfPossible(canvas, window, region, lacked);
    settle(pending, window);
  }
  return true;
}

/** A hem is written as a whole at its end. Where there is no memory for it the blended picture stays without: the canvas must not be left half laid. */
function hemIfPossible(canvas: PixelImage, window: Bounds, region: BlendRegion, lacked: FixedValues): void {
  try {
    hem(canvas, window, region, lacked);
  } catch {
    // As it was blended.
  }
}
