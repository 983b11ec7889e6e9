import { sameExtent } from '../../core/geometry';
import type { EditorState } from '../../protocol/imageEditor';
import type { Line } from './line';
import { MaskModel } from './maskModel';
import type { ShownPicture } from './pictureLayer';
import { ShownPictures } from './shownPictures';

/** Who is told when something else is to be seen. */
export interface ShownListener {
  /** Resolves when what changed has been taken over. */
  changed(): Promise<unknown>;
  maskChanged(): void;
  /** Another picture is shown; `resized` where it is of another size than the one before it. */
  pictureChanged(resized: boolean): void;
}

/** What is seen of the host's state: its pictures, decoded, and its mask. It follows one state after the other; what has been overtaken is left out. */
export class ShownState {
  readonly mask: MaskModel;
  readonly #pictures: ShownPictures;
  readonly #listener: ShownListener;
  #turn: Promise<void> = Promise.resolve();
  #next: { readonly state: EditorState; readonly candidate: number } | undefined;
  #pictureId = '';
  picture: ShownPicture | undefined;
  candidate: ShownPicture | undefined;
  /** Whether the picture cannot be shown. */
  broken = false;

  constructor(line: Line, listener: ShownListener) {
    this.#listener = listener;
    this.#pictures = new ShownPictures(async (id) => (await line.request('picture', { id })).bytes);
    this.mask = new MaskModel((ids) => line.request('steps', { ids: [...ids] }));
  }

  /** Shows what a state names, and of what was drawn the candidate at that index. */
  follow(state: EditorState, candidate: number): void {
    this.#next = { state, candidate };
    this.#turn = this.#turn.then(() => this.#show()).catch(() => this.#failed());
  }

  /** Where the host has gone on, another state is on its way. */
  async #failed(): Promise<void> {
    this.broken = this.#pictureId === '';
    await this.#listener.changed();
  }

  async #show(): Promise<void> {
    const wanted = this.#next;
    if (!wanted) return;
    const { state } = wanted;
    await this.#showPicture(state);
    if (this.#next !== wanted) return;
    if (await this.mask.follow(state.steps)) this.#listener.maskChanged();
    const candidates = state.proposal?.candidates ?? [];
    const id = candidates[wanted.candidate];
    this.candidate = id === undefined ? undefined : await this.#pictures.load(id);
    await this.#listener.changed();
    this.#pictures.keep([this.#pictureId, ...candidates]);
  }

  async #showPicture({ picture: { id, extent } }: EditorState): Promise<void> {
    if (id === this.#pictureId) return;
    const picture = await this.#pictures.load(id);
    if (this.#next?.state.picture.id !== id) return;
    const resized = this.picture !== undefined && !sameExtent(this.picture, picture);
    this.#pictureId = id;
    this.picture = picture;
    this.broken = false;
    this.mask.reset(extent);
    await this.#listener.changed();
    this.#listener.maskChanged();
    this.#listener.pictureChanged(resized);
  }
}
