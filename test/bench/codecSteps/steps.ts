import type { PixelImage } from '../../../src/core/image';

/** A picture as pixels and as files. */
export interface Material {
  readonly image: PixelImage;
  readonly png: Uint8Array;
  readonly jpeg: Uint8Array;
  readonly webp: Uint8Array;
}

export const STEPS = ['PNG read', 'PNG write', 'JPEG read', 'JPEG write, 85', 'WebP read', 'WebP write, 80', 'composite on canvas', 'to half the size'] as const;
export type Step = (typeof STEPS)[number];

/** One step; resolves to the bytes of the file where it makes one. */
export type Work = () => Promise<{ readonly length: number } | void>;

/** What a rival does in each step on a picture, as far as it can; what a step is given is made before. The composite is in the middle of a canvas twice as wide. */
export type WorksOf = (material: Material) => Partial<Record<Step, Work>>;
