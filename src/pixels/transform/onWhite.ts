import type { PixelImage } from '../../core/image';

/** The picture laid on white; the same one where it is opaque. */
export function onWhite(image: PixelImage): PixelImage {
  const first = firstTransparent(image.data);
  if (first < 0) return image;
  const { width, height } = image;
  const data = new Uint8ClampedArray(image.data);
  for (let i = first; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    if (alpha === 255) continue;
    for (let channel = i; channel < i + 3; channel++) data[channel] = ((data[channel] as number) * alpha + 255 * (255 - alpha)) / 255;
    data[i + 3] = 255;
  }
  return { width, height, data };
}

/** Where the first pixel stands that is not opaque; -1 where there is none. */
function firstTransparent(data: Uint8ClampedArray): number {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return i - 3;
  return -1;
}
