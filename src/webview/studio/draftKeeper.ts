import { parseDraft, type Draft, type StudioState, type Wish } from '../../protocol/studio';
import type { VsCodeApi } from '../shared/vscodeApi';
import { firstDraft, newerDraft } from './draft';
import type { StudioModel } from './studioModel';

/** How often the host is told what stands in the composer, in milliseconds. */
const TELL_DELAY = 400;

/** Keeps what stands in the composer: at once with the page, which a reload of the window leaves, and after a pause with the host. */
export class DraftKeeper {
  readonly #api: VsCodeApi;
  readonly #tellHost: (draft: Draft) => void;
  #wish: Wish | undefined;
  #timer = 0;

  constructor(api: VsCodeApi, tellHost: (draft: Draft) => void) {
    this.#api = api;
    this.#tellHost = tellHost;
  }

  /** Undefined until the host's first answer is there. */
  get wish(): Wish | undefined {
    return this.#wish;
  }

  /** Begins with the page's draft or the host's, whichever was typed last. */
  begin({ draft, offer }: StudioState, model: StudioModel): void {
    const saved = newerDraft(parseDraft(this.#api.getState()), draft);
    this.#wish = saved ? withoutGone(saved.wish, model) : firstDraft(offer);
  }

  change(change: Partial<Wish>): void {
    if (!this.#wish) return;
    this.#wish = { ...this.#wish, ...change };
    this.#api.setState({ at: Date.now(), wish: this.#wish });
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.tell(), TELL_DELAY);
  }

  /** Tells the host without waiting for the pause. */
  tell(): void {
    clearTimeout(this.#timer);
    if (this.#wish) this.#tellHost({ at: Date.now(), wish: this.#wish });
  }
}

/** A picture that is gone can be neither varied nor sent along. */
function withoutGone(draft: Wish, model: StudioModel): Wish {
  const vary = draft.vary && model.candidate(draft.vary.candidate) ? draft.vary : undefined;
  return { ...draft, vary, ...(draft.references ? { references: model.references(draft).map(({ id }) => id) } : {}) };
}
