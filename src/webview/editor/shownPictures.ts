import { closePicture, decodePicture, type ShownPicture } from './pictureLayer';

/** Decoded pictures by their ids, fetched from the host once each. */
export class ShownPictures {
  readonly #fetch: (id: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly #shown = new Map<string, ShownPicture>();

  constructor(fetch: (id: string) => Promise<Uint8Array<ArrayBuffer>>) {
    this.#fetch = fetch;
  }

  get(id: string): ShownPicture | undefined {
    return this.#shown.get(id);
  }

  /** Rejects where the host has no such picture (any more), or the browser cannot decode it. */
  async load(id: string): Promise<ShownPicture> {
    const known = this.#shown.get(id);
    if (known) return known;
    const picture = await decodePicture(await this.#fetch(id));
    this.#shown.set(id, picture);
    return picture;
  }

  /** Lets go of all others. */
  keep(ids: readonly string[]): void {
    for (const [id, picture] of this.#shown) {
      if (ids.includes(id)) continue;
      this.#shown.delete(id);
      closePicture(picture);
    }
  }
}
