import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatExtent } from '../../core/geometry';
import type { CandidateView } from '../../protocol/studio';
import type { StudioActions } from './actions';
import { stepOfKey } from '../shared/direction';
import { ICONS } from '../shared/icons';
import { comparison, comparisonStyles } from './comparison';
import { keptLink, pictureActions, type PictureAction } from './pictureActions';
import { pictureStyles } from './pictureStyles';
import { sharedStyles } from '../shared/styles';
import { pictureLabel } from './pictureTile';
import { t } from './words';

/** One picture as large as the panel allows. Arrow keys go through all pictures, Escape goes back. */
@customElement('easel-viewer')
export class Viewer extends LitElement {
  static override readonly styles = [
    sharedStyles,
    pictureStyles,
    comparisonStyles,
    css`
      dialog {
        background: var(--vscode-editor-background);
        block-size: 100%;
        border: 0;
        color: inherit;
        inline-size: 100%;
        margin: 0;
        max-block-size: none;
        max-inline-size: none;
        padding: 0;
      }

      dialog[open] {
        display: flex;
        flex-direction: column;
      }

      .head,
      .foot {
        align-items: center;
        display: flex;
        flex: none;
        gap: 8px;
        padding: 8px 12px;
      }

      .head p {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .stage {
        align-items: center;
        display: flex;
        flex: 1;
        justify-content: center;
        min-block-size: 0;
        padding: 0 8px;
      }

      img {
        block-size: auto;
        inline-size: auto;
        max-block-size: 100%;
        max-inline-size: 100%;
        object-fit: contain;
      }

      .stage > img {
        flex: 0 1 auto;
        margin: auto;
        min-inline-size: 0;
      }

      .foot {
        flex-wrap: wrap;
        justify-content: center;
      }

      .actions {
        gap: 4px;
      }

      .gap {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) pictures: readonly CandidateView[] = [];
  /** The id of the picture that is shown; none while the view is closed. */
  @property() shown: string | undefined;
  @property({ attribute: false }) actions: StudioActions | undefined;
  /** Told which picture is to be shown next; none when the view was closed. */
  @state() private comparing = false;
  @property({ attribute: false }) show: (id: string | undefined) => void = () => {};

  protected override render(): TemplateResult | typeof nothing {
    const { pictures, actions } = this;
    const index = pictures.findIndex(({ id }) => id === this.shown);
    const picture = pictures[index];
    if (!picture || !actions) return nothing;
    const { extent, src, prompt, model, keptAs } = picture;
    const label = pictureLabel(picture, index + 1, pictures.length);
    return html`
      <dialog aria-label=${label} @keydown=${this.#moveByKey} @close=${() => this.show(undefined)}>
        <div class="head">
          <p title=${prompt}>${prompt}</p>
          <span class="quiet" role="status">${t('positionOf', index + 1, pictures.length)}</span>
          <button class="icon-button" type="button" aria-label=${t('close')} title=${t('close')} @click=${() => this.#dialog?.close()}>${ICONS.close}</button>
        </div>
        <div class="stage">
          ${this.#step(-1, index)}
          ${this.comparing && picture.before !== undefined
            ? comparison(picture.before, src, label, extent)
            : html`<img class="ground" src=${src} alt=${label} width=${extent.width} height=${extent.height} />`}
          ${this.#step(1, index)}
        </div>
        <div class="foot">
          <span class="quiet">${formatExtent(extent)} · ${model}</span>
          ${keptAs === undefined ? nothing : keptLink(picture, actions)} ${pictureActions(picture, actions, this.#moreActions(picture, actions))}
        </div>
      </dialog>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const dialog = this.#dialog;
    if (!changed.has('shown') || !dialog || dialog.open) return;
    dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('.head .icon-button')?.focus();
  }

  #moreActions(picture: CandidateView, actions: StudioActions): PictureAction[] {
    const refer = { label: t('useAsReference'), icon: ICONS.refer, act: () => actions.refer(picture) };
    const compare = { label: t('compare'), icon: ICONS.compare, pressed: this.comparing, act: () => (this.comparing = !this.comparing) };
    return picture.before === undefined ? [refer] : [compare, refer];
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #step(step: 1 | -1, index: number): TemplateResult {
    const label = t(step < 0 ? 'previous' : 'next');
    const to = this.pictures[index + step]?.id;
    return html`
      <button class="icon-button" type="button" aria-label=${label} title=${label} ?disabled=${to === undefined} @click=${() => this.show(to)}>
        ${step < 0 ? ICONS.previous : ICONS.next}
      </button>
    `;
  }

  #moveByKey = (event: KeyboardEvent): void => {
    const step = stepOfKey(event.key);
    // The slider has its own arrow keys.
    if (step === undefined || event.composedPath()[0] instanceof HTMLInputElement) return;
    event.preventDefault();
    const index = this.pictures.findIndex(({ id }) => id === this.shown);
    const to = this.pictures[index + step];
    if (to) this.show(to.id);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'easel-viewer': Viewer;
  }
}
