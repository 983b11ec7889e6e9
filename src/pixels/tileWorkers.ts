import { ImageError } from '../core/errors';
import { area, type Bounds } from '../core/geometry';
import type { Canvas, ComposeMode, PlacedTile, Pixels, Tile, TileInput } from '../core/pixels';
import type { WorkerLink } from './workerLink';
import type { Composed, Lent, TileView } from './worker/tileWork';

/**
 * Shares tiles out between the worker that holds the canvases and a second one: that is given a tile while the first is at another. It works on a copy of the tile's window and hands back
 * what came of it; where it dies, the canvas is as it was and the first one does that tile, too.
 */
export class TileWorkers implements Pick<Pixels, 'tileInput' | 'placeTile'> {
  readonly #first: WorkerLink;
  readonly #second: WorkerLink;
  readonly #sharedFrom: number;
  #inFirst = 0;
  #inSecond = 0;

  /** `sharedFrom` is how many pixels the window of a tile has at least that the second one is given. */
  constructor(first: WorkerLink, second: WorkerLink, sharedFrom: number) {
    this.#first = first;
    this.#second = second;
    this.#sharedFrom = sharedFrom;
  }

  tileInput(canvas: Canvas, tile: Tile, drawsClear: boolean, signal?: AbortSignal): Promise<TileInput> {
    return this.#share(
      tile.window,
      () => this.#first.call('tileInput', [canvas, tile, drawsClear], signal),
      async () => {
        const view = await this.#first.call<TileView>('view', [canvas, tile.window], signal);
        return this.#second.call('inputOf', [view, tile, drawsClear], signal, {}, buffersOf(view));
      },
    );
  }

  placeTile(canvas: Canvas, tile: Tile, answer: Uint8Array, mode: ComposeMode, signal?: AbortSignal): Promise<PlacedTile> {
    return this.#share(
      tile.window,
      () => this.#first.call('placeTile', [canvas, tile, answer, mode], signal),
      async () => {
        const { view, ...loan } = await this.#first.call<Lent>('lend', [canvas, tile.window, mode], signal);
        try {
          const { placed, image } = await this.#second.call<Composed>('compose', [view, atOrigin(tile), answer, mode], signal, undefined, buffersOf(view));
          if (placed.fits) await this.#first.call('layBack', [loan, image], undefined, {}, [image.data.buffer as ArrayBuffer]);
          return placed;
        } finally {
          this.#first.close([loan]);
        }
      },
    );
  }

  /** In the second worker where it has less to do than the first, and in the first where that one dies. */
  async #share<T>(window: Bounds, inFirst: () => Promise<T>, inSecond: () => Promise<T>): Promise<T> {
    if (this.#inSecond < this.#inFirst && area(window) >= this.#sharedFrom) {
      this.#inSecond += 1;
      try {
        return await inSecond();
      } catch (error) {
        // Any other failure would come a second time.
        if (!(error instanceof ImageError) || error.brokeOff === undefined) throw error;
      } finally {
        this.#inSecond -= 1;
      }
    }
    this.#inFirst += 1;
    try {
      return await inFirst();
    } finally {
      this.#inFirst -= 1;
    }
  }
}

/** The tile as it lies on a view of its window. */
function atOrigin(tile: Tile): Tile {
  return { ...tile, window: { ...tile.window, x: 0, y: 0 } };
}

function buffersOf({ image, pending }: TileView): ArrayBuffer[] {
  return [image.data.buffer as ArrayBuffer, pending.data.buffer as ArrayBuffer];
}
