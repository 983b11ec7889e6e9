import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatExtent, sameExtent, type Extent } from '../../core/geometry';
import type { Offer } from '../../protocol/studio';
import type { StudioActions } from './actions';
import { drawnRatio, MOST_EDGE, parseEdge, purposeOf } from './draft';
import { ICONS } from '../shared/icons';
import { select } from '../shared/select';
import { sharedStyles } from '../shared/styles';
import { t } from './words';

type Edge = keyof Extent;

/** The size of the pictures: a ratio, a purpose, or exact pixels. The three always show the same size. Tells `wrong`, whether what was typed is a size. */
@customElement('easel-size')
export class SizePicker extends LitElement {
  static override readonly styles = [
    sharedStyles,
    css`
      .ratios {
        display: grid;
        gap: 4px;
        grid-template-columns: repeat(auto-fill, minmax(64px, 1fr));
      }

      .ratio {
        flex-direction: column;
        font-size: 11px;
        gap: 4px;
        padding: 6px 2px 4px;
      }

      .ratio svg {
        block-size: 28px;
        inline-size: 28px;
      }

      .row {
        align-items: center;
        display: flex;
        gap: 6px;
        margin-block-start: 8px;
      }

      .row > vscode-textfield {
        flex: 1 1 0;
        inline-size: auto;
        min-inline-size: 0;
      }

      .wrong {
        align-items: start;
        display: flex;
        font-size: 12px;
        gap: 6px;
        margin-block-start: 6px;
      }

      .wrong .icon {
        color: var(--vscode-errorForeground);
        margin-block-start: 1px;
      }

      .row > vscode-single-select {
        flex: 1 1 0;
        inline-size: auto;
        min-inline-size: 0;
      }
    `,
  ];

  @property({ attribute: false }) offer: Offer | undefined;
  @property({ attribute: false }) extent: Extent = { width: 1, height: 1 };
  @property({ attribute: false }) actions: StudioActions | undefined;
  /** What was chosen, since several purposes may have one size. */
  @state() private chosen = -1;
  /** What stands in a field and is no edge. */
  @state() private typed: Readonly<Partial<Record<Edge, string>>> = {};

  /** The size that came from the fields last. */
  #own: Extent | undefined;

  /** Whether a field holds what is no edge: then nothing can be drawn in this size. */
  get isWrong(): boolean {
    return Object.keys(this.typed).length > 0;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A whole size that was taken over from elsewhere.
    if (changed.has('extent') && this.isWrong && !(this.#own && sameExtent(this.extent, this.#own))) this.#setTyped({});
  }

  protected override render(): TemplateResult {
    const { sizes = [], purposes = [] } = this.offer ?? {};
    const purpose = this.offer ? purposeOf(this.offer, this.extent, this.chosen) : -1;
    const choices = [{ id: '-1', label: t('noPurpose') }, ...purposes.map(({ label, extent }, index) => ({ id: String(index), label, description: formatExtent(extent) }))];
    return html`
      <fieldset>
        <legend class="legend">${t('size')}</legend>
        <div class="ratios" role="radiogroup" aria-label=${t('size')}>${sizes.map(({ ratio, extent }) => this.#renderRatio(ratio, extent))}</div>
      </fieldset>
      <div class="row">
        ${this.#renderEdge('width')}
        <span aria-hidden="true">×</span>
        ${this.#renderEdge('height')}
        <button class="icon-button" type="button" aria-label=${t('swapSides')} title=${t('swapSides')} @click=${this.#swap}>${ICONS.swap}</button>
      </div>
      ${this.isWrong ? html`<p class="wrong" role="alert">${ICONS.warning}<span>${t('noEdge', MOST_EDGE.toLocaleString(document.documentElement.lang || undefined))}</span></p>` : nothing}
      <div class="row">
        <span class="quiet" aria-hidden="true">${t('purpose')}</span>
        ${select(t('purpose'), choices, String(purpose), this.#choosePurpose)}
      </div>
    `;
  }

  #renderRatio(ratio: string, extent: Extent): TemplateResult {
    const { width, height } = drawnRatio(extent);
    const label = t('ratioTile', ratio, extent.width, extent.height);
    return html`
      <label class="choice ratio" title=${label}>
        <input type="radio" name="ratio" aria-label=${label} .checked=${sameExtent(extent, this.extent)} @change=${() => this.#set(extent)} />
        <svg viewBox="0 0 28 28" aria-hidden="true">
          <rect
            x=${(28 - width) / 2 + 0.5}
            y=${(28 - height) / 2 + 0.5}
            width=${width - 1}
            height=${height - 1}
            rx="1.5"
            fill="currentColor"
            fill-opacity="0.14"
            stroke="currentColor"
          />
        </svg>
        <span aria-hidden="true">${ratio}</span>
      </label>
    `;
  }

  /** What is no edge stays as it was typed, to be set right. */
  #renderEdge(edge: Edge): TemplateResult {
    const typed = this.typed[edge];
    return html`<vscode-textfield
      inputmode="numeric"
      .label=${t(edge)}
      title=${t(edge)}
      ?invalid=${typed !== undefined}
      .value=${typed ?? String(this.extent[edge])}
      @input=${(event: Event) => this.#type(edge, (event.currentTarget as VscodeTextfield).value, false)}
      @change=${(event: Event) => this.#type(edge, (event.currentTarget as VscodeTextfield).value, true)}
    ></vscode-textfield>`;
  }

  #set(extent: Extent): void {
    this.#setTyped({});
    this.actions?.change({ extent });
  }

  /** While it is typed only a mistake that was said already is looked at. */
  #type(edge: Edge, text: string, isDone: boolean): void {
    const pixels = parseEdge(text);
    if (!isDone && this.typed[edge] === undefined) return;
    const { [edge]: _, ...others } = this.typed;
    this.#setTyped(pixels === undefined ? { ...others, [edge]: text } : others);
    if (pixels === undefined) return;
    this.#own = { ...this.extent, [edge]: pixels };
    this.actions?.change({ extent: this.#own });
  }

  #setTyped(typed: SizePicker['typed']): void {
    this.typed = typed;
    this.dispatchEvent(new CustomEvent('wrong', { detail: this.isWrong }));
  }

  #swap = (): void => {
    this.#set({ width: this.extent.height, height: this.extent.width });
  };

  #choosePurpose = (id: string): void => {
    this.chosen = Number(id);
    const purpose = this.offer?.purposes[this.chosen];
    if (purpose) this.#set(purpose.extent);
  };
}
