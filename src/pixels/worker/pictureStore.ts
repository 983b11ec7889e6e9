import { ImageError } from '../../core/errors';
import type { PixelImage, Mask } from '../../core/image';
import type { ArrivingAnswer } from '../answer/arrivingAnswer';
import type { Bounds, Point } from '../../core/geometry';
import type { CarriedChunks } from '../png/carried';
import type { TileTurns } from './tileTurns';

/** A decoded picture with what its file carried beside the pixels. */
export interface Held {
  readonly image: PixelImage;
  readonly carried: CarriedChunks;
  readonly composition?: Composition;
}

/** What makes a picture a canvas. */
export interface Composition {
  /** What is still to be drawn; changes as tiles are placed. */
  readonly pending: Mask;
  /** What was to be drawn when the canvas was made; the rest is to be kept. Shared by copies, never changed. */
  readonly mask: Mask;
  /** The picture whose pixels are kept, and where it lies. */
  readonly source: PixelImage;
  readonly at: Point;
  readonly turns: TileTurns;
}

export interface HeldCanvas extends Held {
  readonly composition: Composition;
}

/** A window of a canvas on loan; its turn ends when it is closed. */
interface HeldLoan {
  readonly canvas: HeldCanvas;
  readonly window: Bounds;
  readonly endTurn: () => void;
}

/** The pictures that the client holds, the answers that it reads, and its loans, by their ids. */
export class PictureStore {
  readonly #held = new Map<number, Held>();
  readonly #readings = new Map<number, ArrivingAnswer>();
  readonly #loans = new Map<number, HeldLoan>();

  /** Rejects a picture that was closed with `bad-argument`. */
  get(picture: { readonly id: number }): Held {
    const held = this.#held.get(picture.id);
    if (!held) throw new ImageError('bad-argument', 'This picture is no longer open.');
    return held;
  }

  /** The picture as a canvas; `bad-argument` where it is none. */
  canvas(picture: { readonly id: number }): HeldCanvas {
    const { image, carried, composition } = this.get(picture);
    if (!composition) throw new ImageError('bad-argument', 'This picture is no canvas.');
    return { image, carried, composition };
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

  /** Refuses a loan that was closed with `bad-argument`. */
  loan({ id }: { readonly id: number }): HeldLoan {
    const loan = this.#loans.get(id);
    if (!loan) throw new ImageError('bad-argument', 'This part of the picture is no longer lent.');
    return loan;
  }

  setLoan(id: number, loan: HeldLoan): void {
    this.#loans.set(id, loan);
  }

  delete(ids: readonly number[]): void {
    for (const id of ids) {
      this.#held.delete(id);
      this.#readings.delete(id);
      this.#loans.get(id)?.endTurn();
      this.#loans.delete(id);
    }
  }
}
