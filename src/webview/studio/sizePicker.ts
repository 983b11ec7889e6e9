import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatExtent, sameExtent, type Extent } from '../../core/geometry';
import type { Offer } from '../../protocol/studio';
import type { StudioActions } from './actions';
import { drawnRatio, parseEdge, purposeOf } from './draft';
import { ICONS } from '../shared/icons';
import { select } from '../shared/select';
import { sharedStyles } from '../shared/styles';
import { t } from './words';

/** The size of the pictures: a ratio, a purpose, or exact pixels. The three always show the same size. */
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
        <vscode-textfield inputmode="numeric" .label=${t('width')} title=${t('width')} .value=${String(this.extent.width)} @change=${this.#typeWidth}></vscode-textfield>
        <span aria-hidden="true">×</span>
        <vscode-textfield inputmode="numeric" .label=${t('height')} title=${t('height')} .value=${String(this.extent.height)} @change=${this.#typeHeight}></vscode-textfield>
        <button class="icon-button" type="button" aria-label=${t('swapSides')} title=${t('swapSides')} @click=${this.#swap}>${ICONS.swap}</button>
      </div>
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

  #set(extent: Extent): void {
    this.actions?.change({ extent });
  }

  #typeWidth = (event: Event): void => {
    this.#type(event, (width) => ({ ...this.extent, width }));
  };

  #typeHeight = (event: Event): void => {
    this.#type(event, (height) => ({ ...this.extent, height }));
  };

  /** What is no edge is put back. */
  #type(event: Event, extentOf: (edge: number) => Extent): void {
    const field = event.currentTarget as VscodeTextfield;
    const edge = parseEdge(field.value);
    if (edge !== undefined) return this.#set(extentOf(edge));
    this.requestUpdate();
    field.value = String(field.label === t('width') ? this.extent.width : this.extent.height);
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
