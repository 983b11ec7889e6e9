import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Offer, ReferenceView } from '../../protocol/studio';
import { ICONS } from '../shared/icons';
import { sharedStyles } from '../shared/styles';
import type { StudioActions } from './actions';
import { t } from './words';

/** The pictures that are sent along for their look: thumbnails that can be removed, and the button that adds more. */
@customElement('easel-references')
export class References extends LitElement {
  static override readonly styles = [
    sharedStyles,
    css`
      .head {
        align-items: center;
        display: flex;
        justify-content: space-between;
        min-block-size: 24px;
      }

      .head .legend {
        margin: 0;
      }

      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-block-start: 4px;
      }

      li {
        block-size: 52px;
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        inline-size: 52px;
        position: relative;
      }

      img {
        block-size: 100%;
        border-radius: 3px;
        display: block;
        inline-size: 100%;
        object-fit: cover;
      }

      li .icon-button {
        background: var(--vscode-editorWidget-background);
        block-size: 20px;
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 50%;
        color: var(--vscode-editorWidget-foreground);
        inline-size: 20px;
        inset-block-start: -5px;
        inset-inline-end: -5px;
        position: absolute;
      }

      li .icon-button .icon {
        block-size: 12px;
        inline-size: 12px;
      }

      p {
        font-size: 12px;
        margin-block-start: 4px;
      }
    `,
  ];

  @property({ attribute: false }) references: readonly ReferenceView[] = [];
  @property({ attribute: false }) offer: Offer | undefined;
  /** Why something was not added; may be empty. */
  @property() problem = '';
  @property({ attribute: false }) actions: StudioActions | undefined;

  protected override render(): TemplateResult {
    const { references, actions } = this;
    return html`
      <div class="head">
        <span class="legend" id="legend">${t('references')}</span>
        <button class="icon-button" type="button" aria-label=${t('addReferences')} title=${t('addReferences')} @click=${() => actions?.pickReferences()}>${ICONS.add}</button>
      </div>
      ${references.length === 0 ? nothing : html`<ul aria-labelledby="legend">${references.map((reference) => this.#renderReference(reference))}</ul>`}
      ${this.#words().map((words) => html`<p class="quiet">${words}</p>`)}
    `;
  }

  #renderReference(reference: ReferenceView): TemplateResult {
    const label = t('removeReference', reference.name);
    return html`<li>
      <img src=${reference.src} alt=${reference.name} title=${reference.name} />
      <button class="icon-button" type="button" aria-label=${label} title=${label} @click=${() => this.actions?.removeReference(reference)}>${ICONS.close}</button>
    </li>`;
  }

  #words(): string[] {
    const { references, offer, problem } = this;
    const problems = problem === '' ? [] : [problem];
    if (references.length === 0) return [...problems, t('referencesHint')];
    if (!offer || references.length <= offer.references) return problems;
    return [...problems, offer.references === 0 ? t('referencesNotSent', offer.model) : t('referencesTooMany', offer.model, offer.references)];
  }
}
