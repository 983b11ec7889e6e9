import type { PixelImage } from '../../core/image';

/** Encodes as JPEG of `quality` 1–100; transparency is laid on white, as JPEG has none. */
export async function encodeJpeg(image: PixelImage, quality: number): Promise<Uint8Array> {
  const { encodeJpegWithJimp } = await import('./jimpCodec');
  return encodeJpegWithJimp(onWhite(image), quality);
}

function onWhite(image: PixelImage): PixelImage {
  const { width, height } = image;
  const data = new Uint8ClampedArray(image.data);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    if (alpha === 255) continue;
    for (let channel = i; channel < i + 3; channel++) data[channel] = ((data[channel] as number) * alpha + 255 * (255 - alpha)) / 255;
    data[i + 3] = 255;
  }
  return { width, height, data };
}
