import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { StudioActions } from './actions';
import { galleryStyles } from './galleryStyles';
import { stepOfKey } from '../shared/direction';
import { ICONS } from '../shared/icons';
import { runCard } from './runCard';
import type { RunGroup } from './studioModel';
import { sharedStyles } from '../shared/styles';
import type { PictureTile } from './pictureTile';
import { rowTowards } from './tileGrid';
import { t } from './words';

/** All runs, the newest first. Arrow keys go from picture to picture. */
@customElement('easel-gallery')
export class Gallery extends LitElement {
  static override readonly styles = [sharedStyles, galleryStyles];

  @property({ attribute: false }) groups: readonly RunGroup[] = [];
  /** How many runs are queued or under way. */
  @property({ type: Number }) active = 0;
  @property({ attribute: false }) actions: StudioActions | undefined;

  /** Moves the focus to a picture. */
  focusPicture(id: string): void {
    this.#tiles().find((tile) => tile.candidate?.id === id)?.focus();
  }

  /** Brings a run into sight. */
  async revealRun(id: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector(`[data-run="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { groups, actions } = this;
    if (!actions) return nothing;
    return html`
      <section aria-label=${t('pictures')} @keydown=${this.#moveByKey}>
        ${this.active > 1 ? html`<div class="bar"><vscode-button secondary @click=${() => actions.cancelAll()}>${t('cancelAll')}</vscode-button></div>` : nothing}
        ${groups.length === 0
          ? html`<div class="empty">${ICONS.picture}<h2>${t('emptyTitle')}</h2><p class="quiet">${t('emptyText')}</p></div>`
          : repeat(
              groups,
              ({ run }) => run.id,
              (group) => runCard(group, actions),
            )}
      </section>
    `;
  }

  #tiles(): PictureTile[] {
    return [...this.renderRoot.querySelectorAll('easel-tile')];
  }

  #moveByKey = (event: KeyboardEvent): void => {
    const tiles = this.#tiles();
    const from = tiles.findIndex((tile) => tile === event.target);
    const tile = tiles[from];
    // Inside a tile only its picture listens: the keys of its buttons are their own.
    if (!tile?.candidate || !tile.shadowRoot?.activeElement?.matches('.picture')) return;
    if (event.key === 'Delete') return this.actions?.discard(tile.candidate);
    const step = stepOfKey(event.key);
    const places = tiles.map((each) => each.getBoundingClientRect());
    const to = step === undefined ? rowTowards(event.key, from, places) : places[from + step] && from + step;
    if (to === undefined) return;
    event.preventDefault();
    tiles[to]?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'easel-tile': PictureTile;
    'easel-gallery': Gallery;
  }
}
