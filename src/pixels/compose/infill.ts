// TEMPORARY so that the build works: the owner of compose/ replaces this file.
import type { Mask, PixelImage } from '../../core/image';
export function infill(window: PixelImage, pending: Mask): PixelImage {
  const data = window.data.slice();
  for (let i = 0; i < pending.data.length; i += 1) if (pending.data[i] !== 0) data.set([128, 128, 128, 255], i * 4);
  return { ...window, data };
}
