import type { PixelImage } from '../../../src/core/image';

/** A picture as pixels and as files. */
export interface Material {
  readonly image: PixelImage;
  readonly png: Uint8Array;
  readonly jpeg: Uint8Array;
  readonly webp: Uint8Array;
}

export const STEPS = ['PNG read', 'PNG write', 'JPEG read', 'JPEG write, 85', 'WebP read', 'WebP write, 80', 'composite, soft mask', 'to half the size'] as const;
export type Step = (typeof STEPS)[number];

/** One step; resolves to the bytes of the file where it makes one. */
export type Work = () => Promise<{ readonly length: number } | void>;

/** The opacity of each pixel in the composite, 0–1: full in the middle, none in the corners. */
export function softMask({ width, height }: PixelImage): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => Math.max(0, 1 - (((i % width) / width - 0.5) ** 2 + (Math.floor(i / width) / height - 0.5) ** 2) * 2));
}

/** The picture upside down: what the composite lays it over. */
export function groundOf({ width, height, data }: PixelImage): Uint8ClampedArray {
  const ground = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) ground.set(data.subarray(y * width * 4, (y + 1) * width * 4), (height - 1 - y) * width * 4);
  return ground;
}

/** The picture with the mask as its alpha: what a library is given to composite. */
export function maskedBy(image: PixelImage, mask: Float32Array): Uint8ClampedArray {
  return image.data.map((value, i) => (i % 4 === 3 ? 255 * (mask[i >> 2] ?? 0) : value));
}

/** What a rival does in each step on a picture, as far as it can; what a step is given is made before. The composite lays the picture by a soft mask over itself upside down. */
export type WorksOf = (material: Material) => Partial<Record<Step, Work>>;
