import type { Mask } from '../../core/image';
import { SEAMLESS_BAND } from '../../core/pixels';

/** Further than the band, in pixels. */
const FAR = SEAMLESS_BAND + 1;

/**
 * Tells which pixels of a row lie within `SEAMLESS_BAND` pixels of what a mask draws, exactly and without a map of distances, which would be as large as the picture: for each column it holds
 * how far above and below the nearest drawn pixel is. Rows are best asked for from the top, each after the one before.
 */
export class SeamlessBand {
  readonly #mask: Mask;
  readonly #above: Uint8Array;
  readonly #below: Uint8Array;
  #row = -Infinity;

  constructor(mask: Mask) {
    this.#mask = mask;
    this.#above = new Uint8Array(mask.width);
    this.#below = new Uint8Array(mask.width);
  }

  /** Whether a pixel of the mask lies within the band. */
  holds(x: number, y: number): boolean {
    this.#goTo(y);
    for (let step = 0; step <= SEAMLESS_BAND; step++) {
      const most = SEAMLESS_BAND ** 2 - step ** 2;
      if (this.#distance(x - step) ** 2 <= most || this.#distance(x + step) ** 2 <= most) return true;
    }
    return false;
  }

  #distance(x: number): number {
    return x < 0 || x >= this.#mask.width ? FAR : Math.min(this.#above[x] as number, this.#below[x] as number);
  }

  #goTo(y: number): void {
    if (y === this.#row) return;
    const isNext = y === this.#row + 1;
    for (let x = 0; x < this.#mask.width; x++) {
      this.#above[x] = isNext ? (this.#isDrawn(x, y) ? 0 : Math.min(FAR, (this.#above[x] as number) + 1)) : this.#look(x, y, -1);
      const below = this.#below[x] as number;
      // What lay further below has come a row nearer; only where there was nothing, or it is passed, is looked again.
      this.#below[x] = isNext && below > 0 && below < FAR ? below - 1 : this.#look(x, y, 1);
    }
    this.#row = y;
  }

  /** How many rows it is in one direction to the nearest drawn pixel of a column. */
  #look(x: number, y: number, way: 1 | -1): number {
    let rows = 0;
    while (rows < FAR && !this.#isDrawn(x, y + way * rows)) rows++;
    return rows;
  }

  #isDrawn(x: number, y: number): boolean {
    return y >= 0 && y < this.#mask.height && this.#mask.data[y * this.#mask.width + x] !== 0;
  }
}
