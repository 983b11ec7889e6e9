import { ImageError } from '../../core/errors';
import type { PixelImage, Mask } from '../../core/image';
import type { ArrivingAnswer } from '../answer/arrivingAnswer';
import type { CarriedChunks } from '../png/carried';

/** A decoded picture with what its file carried beside the pixels. */
export interface Held {
  readonly image: PixelImage;
  readonly carried: CarriedChunks;
  readonly ground?: Ground;
}

/** What makes a picture a canvas. */
export interface Ground {
  /** What is still to be drawn; changes as tiles are placed. */
  readonly pending: Mask;
  /** What was to be drawn when the canvas was made; the rest is to be kept. Shared by copies, never changed. */
  readonly drawn: Mask;
  /** The picture whose pixels are kept, and where it lies. */
  readonly source: PixelImage;
  readonly at: { readonly x: number; readonly y: number };
}

/** The pictures that the client holds, and the answers that it has read, by their ids. */
export class PictureStore {
  readonly #held = new Map<number, Held>();
  readonly #readings = new Map<number, ArrivingAnswer>();

  /** Rejects a picture that was closed with `bad-argument`. */
  get(picture: { readonly id: number }): Held {
    const held = this.#held.get(picture.id);
    if (!held) throw new ImageError('bad-argument', 'This picture is no longer open.');
    return held;
  }

  /** The picture as a canvas; `bad-argument` where it is none. */
  canvas(picture: { readonly id: number }): Held & { readonly ground: Ground } {
    const { image, carried, ground } = this.get(picture);
    if (!ground) throw new ImageError('bad-argument', 'This picture is no canvas.');
    return { image, carried, ground };
  }

  set(id: number, held: Held): void {
    this.#held.set(id, held);
  }

  /** Refuses a reading that was closed with `bad-argument`. */
  reading({ id }: { readonly id: number }): ArrivingAnswer {
    const reading = this.#readings.get(id);
    if (!reading) throw new ImageError('bad-argument', 'This answer is no longer read.');
    return reading;
  }

  setReading(id: number, reading: ArrivingAnswer): void {
    this.#readings.set(id, reading);
  }

  delete(ids: readonly number[]): void {
    for (const id of ids) {
      this.#held.delete(id);
      this.#readings.delete(id);
    }
  }
}
