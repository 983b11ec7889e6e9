import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { CANDIDATE_MIME } from '../../protocol/candidateDrag';
import type { CandidateView } from '../../protocol/studio';
import type { StudioActions } from './actions';
import { ICONS } from '../shared/icons';
import { keptLink, pictureActions } from './pictureActions';
import { pictureStyles } from './pictureStyles';
import { sharedStyles } from '../shared/styles';
import { t } from './words';

/** A label that is read out aloud should end. */
const MOST_READ = 120;

/** One candidate: the picture, which a click enlarges, and what can be done with it. */
@customElement('easel-tile')
export class PictureTile extends LitElement {
  static override readonly styles = [
    sharedStyles,
    pictureStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 6px;
        min-inline-size: 0;
      }

      .picture {
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 6px;
        cursor: zoom-in;
        display: block;
        inline-size: 100%;
        overflow: hidden;
      }

      .picture:focus-visible {
        outline-offset: 2px;
        outline-width: 2px;
      }

      img {
        block-size: auto;
        display: block;
        inline-size: 100%;
        max-block-size: 420px;
        object-fit: contain;
      }

      .broken {
        align-items: center;
        display: flex;
        flex-direction: column;
        gap: 6px;
        min-block-size: 120px;
        justify-content: center;
      }
    `,
  ];

  @property({ attribute: false }) candidate: CandidateView | undefined;
  @property({ type: Number }) place = 1;
  @property({ type: Number }) of = 1;
  @property({ attribute: false }) actions: StudioActions | undefined;
  @state() private broken = false;

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.picture')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('candidate') && changed.get('candidate')?.src !== this.candidate?.src) this.broken = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { candidate, actions } = this;
    if (!candidate || !actions) return nothing;
    const { src, extent, keptAs } = candidate;
    return html`
      <button class="picture ground" type="button" aria-label="${pictureLabel(candidate, this.place, this.of)}. ${t('enlarge')}" draggable="true" @click=${() => actions.enlarge(candidate)} @dragstart=${this.#drag}>
        ${this.broken
          ? html`<span class="broken quiet">${ICONS.picture}<span>${t('brokenPicture')}</span></span>`
          : html`<img src=${src} alt="" width=${extent.width} height=${extent.height} decoding="async" draggable="false" @error=${this.#noteBroken} />`}
      </button>
      ${pictureActions(candidate, actions)} ${keptAs === undefined ? nothing : keptLink(candidate, actions)}
    `;
  }

  /** Into the text, into a folder of the explorer, or among the reference pictures. */
  #drag = (event: DragEvent): void => {
    const { candidate } = this;
    if (!candidate || !event.dataTransfer) return;
    event.dataTransfer.setData(CANDIDATE_MIME, candidate.id);
    event.dataTransfer.effectAllowed = 'copy';
  };

  #noteBroken = (): void => {
    this.broken = true;
  };
}

/** A picture's name for people who do not see it. */
export function pictureLabel({ prompt }: CandidateView, place: number, of: number): string {
  const words = prompt.length > MOST_READ ? `${prompt.slice(0, MOST_READ)}…` : prompt;
  return t('pictureOf', place, of, words);
}
