import type { CallContext, Drawing, FillContext, GenerateCall, ImageEngine } from '../../core/engine';
import { ImageError, throwIfCancelled } from '../../core/errors';
import type { DrawnImage } from '../../core/image';
import { OFFLINE_MODEL } from '../../core/models';
import type { Canvas, Picture, Pixels, VaryStrength } from '../../core/pixels';
import { readPrompt } from './promptReader';

/** The engine that needs no key and no network: procedural art from the words of a prompt, fills and variations from a picture's own content. No AI model is involved. */
export function createOfflineEngine(pixels: Pixels): ImageEngine {
  return {
    id: 'offline',
    model: OFFLINE_MODEL,
    quality: undefined,
    paid: false,
    lane: 'offline',
    previews: 0,

    /** Draws `count` pictures, of the seeds that follow one another from `seed` (0 where there is none). Rejects with `empty-prompt` and `cancelled`. */
    async generate({ prompt, extent, count, seed = 0 }: GenerateCall, { signal, onProgress }: CallContext): Promise<Drawing> {
      if (prompt.trim() === '') throw new ImageError('empty-prompt', 'The prompt is empty.');
      throwIfCancelled(signal);
      onProgress?.({ step: 'sent' });
      const images: DrawnImage[] = [];
      for (let i = 0; i < count; i++) {
        const picture = await pixels.art(readPrompt(prompt, extent, seed + i), signal);
        try {
          throwIfCancelled(signal);
          images.push({ bytes: await pixels.encode(picture, { format: 'png' }, signal), format: 'png', ...(picture.text && { text: picture.text }) });
        } finally {
          pixels.close(picture);
        }
        throwIfCancelled(signal);
      }
      return { images };
    },

    fill(canvas: Canvas, seed: number, { signal, onShare }: FillContext): Promise<void> {
      return pixels.fill(canvas, seed, signal, onShare);
    },

    darken(picture: Picture, { signal }: CallContext): Promise<Picture> {
      return pixels.darken(picture, signal);
    },

    retouch(picture: Picture, seed: number, strength: VaryStrength, { signal }: CallContext): Promise<Picture> {
      return pixels.retouch(picture, seed, strength, signal);
    },
  };
}
