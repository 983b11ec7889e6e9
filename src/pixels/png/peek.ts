import { ImageError } from '../../core/errors';
import type { Extent } from '../../core/geometry';
import { chunksOf } from './chunks';
import { readHeader } from './header';
import { recipeOf } from './recipeChunk';

/** What the beginning of a PNG tells. */
export interface PngPeek {
  readonly extent: Extent;
  /** The JSON of the `easel` chunk, unparsed. */
  readonly recipe: string;
}

/** Looks for size and recipe in the first bytes of a PNG, before its pixels: where Easel writes them. Undefined for anything else. Walks over chunks and decodes nothing. */
export function peekPng(head: Uint8Array): PngPeek | undefined {
  let extent: Extent | undefined;
  try {
    for (const chunk of chunksOf(head)) {
      if (chunk.type === 'IDAT') return undefined;
      if (chunk.type === 'IHDR') {
        const { width, height } = readHeader(chunk.data);
        extent = { width, height };
      }
      const recipe = recipeOf(chunk);
      if (extent && recipe !== undefined) return { extent, recipe };
    }
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
  }
  return undefined;
}
