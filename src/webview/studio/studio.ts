import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PlanView, Wish } from '../../protocol/studio';
import type { StudioActions } from './actions';
import './composer';
import type { Composer } from './composer';
import { mayHoldPictures } from './dropped';
import './gallery';
import { ICONS } from '../shared/icons';
import type { StudioModel } from './studioModel';
import { sharedStyles } from '../shared/styles';
import './viewer';
import { t } from './words';

/** What has just happened, at the foot of the page; some of it can be undone. */
export interface Notice {
  readonly words: string;
  readonly undo?: () => void;
}

/** The whole page: the composer beside the gallery, or above it where there is little room. */
@customElement('easel-studio')
export class StudioElement extends LitElement {
  static override readonly styles = [
    sharedStyles,
    css`
      :host {
        background: var(--vscode-editor-background);
        block-size: 100%;
        display: grid;
        grid-template: minmax(0, 1fr) auto / minmax(300px, 340px) minmax(0, 1fr);
        overflow: hidden;
      }

      .composer {
        background: var(--vscode-sideBar-background);
        border-inline-end: 1px solid var(--vscode-sideBar-border, var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)));
        grid-row: 1 / 3;
        min-block-size: 0;
        position: relative;
      }

      .drop {
        align-items: center;
        background: color-mix(in srgb, var(--vscode-sideBar-background) 85%, transparent);
        border: 2px dashed var(--vscode-focusBorder);
        border-radius: 6px;
        display: flex;
        font-weight: 600;
        inset: 8px;
        justify-content: center;
        pointer-events: none;
        position: absolute;
        z-index: 2;
      }

      .gallery {
        display: grid;
        min-block-size: 0;
        overflow: auto;
      }

      easel-viewer {
        position: absolute;
      }

      .notice {
        align-items: center;
        background: var(--vscode-editorWidget-background);
        border-block-start: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        color: var(--vscode-editorWidget-foreground);
        display: flex;
        gap: 12px;
        grid-column: 2;
        padding: 6px 8px 6px 16px;
      }

      .notice p {
        flex: 1;
      }

      @media (width < 680px) {
        :host {
          block-size: auto;
          display: block;
          overflow: visible;
        }

        .composer {
          border-block-end: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
          border-inline-end: 0;
        }

        .gallery {
          overflow: visible;
        }

        .notice {
          inset-block-end: 0;
          position: sticky;
        }
      }
    `,
  ];

  @property({ attribute: false }) model: StudioModel | undefined;
  @property({ attribute: false }) draft: Wish | undefined;
  @property({ attribute: false }) plan: PlanView | undefined;
  @property({ attribute: false }) actions: StudioActions | undefined;
  /** The picture of the large view. */
  @property({ attribute: false }) enlarged: string | undefined;
  @property({ attribute: false }) notice: Notice | undefined;
  /** Why a reference picture was not added; may be empty. */
  @property() problem = '';
  @property({ attribute: false }) show: (id: string | undefined) => void = () => {};
  @property({ attribute: false }) forgetNotice: () => void = () => {};
  @state() private said = '';
  /** Whether pictures are being dragged over the page. */
  @state() private dragged = false;
  /** Whether anything was typed since the notice came. */
  #hasTyped = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('dragover', this.#over);
    this.addEventListener('dragleave', this.#leave);
    this.addEventListener('drop', this.#drop);
    window.addEventListener('paste', this.#paste);
    document.addEventListener('input', this.#noteTyping, true);
    document.addEventListener('keydown', this.#undoByKey, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('paste', this.#paste);
    document.removeEventListener('input', this.#noteTyping, true);
    document.removeEventListener('keydown', this.#undoByKey, true);
  }

  /** Says something to people who do not see the page. */
  say(words: string): void {
    // The same words twice are two events: a live region only speaks when its text changes.
    this.said = words === this.said ? `${words}\u00a0` : words;
  }

  /** In the next frame, when every part has drawn itself. */
  focusPrompt(): void {
    requestAnimationFrame(() => this.renderRoot.querySelector<Composer>('easel-composer')?.focus());
  }

  async revealRun(id: string): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector('easel-gallery')?.revealRun(id);
  }

  /** Where the last picture is gone, the way back is what is at hand. */
  focusUndo(): void {
    requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>('.notice vscode-button')?.focus());
  }

  focusPicture(id: string): void {
    this.renderRoot.querySelector('easel-gallery')?.focusPicture(id);
  }

  protected override render(): TemplateResult {
    const { model, draft, actions } = this;
    // What the page came with stays in sight.
    if (!model) return html`<slot></slot>`;
    return html`
      <h1 class="unseen">${t('title')}</h1>
      <div class="composer">
        ${this.dragged ? html`<p class="drop">${t('dropHere')}</p>` : nothing}
        <easel-composer
          .draft=${draft}
          .varied=${draft?.vary && model.candidate(draft.vary.candidate)}
          .offer=${model.offer}
          .references=${draft ? model.references(draft) : []}
          .problem=${this.problem}
          .prompts=${model.prompts}
          .plan=${this.plan}
          .actions=${actions}
        ></easel-composer>
      </div>
      <div class="gallery"><easel-gallery .groups=${model.groups} .active=${model.active} .actions=${actions}></easel-gallery></div>
      ${this.notice ? this.#renderNotice(this.notice) : nothing}
      <easel-viewer .pictures=${model.pictures} .shown=${this.enlarged} .actions=${actions} .show=${this.show}></easel-viewer>
      <p class="unseen" role="status" aria-live="polite">${this.said}</p>
    `;
  }

  #renderNotice({ words, undo }: Notice): TemplateResult {
    return html`
      <div class="notice">
        <p>${words}</p>
        ${undo ? html`<vscode-button secondary @click=${undo}>${t('undo')}</vscode-button>` : nothing}
        <button class="icon-button" type="button" aria-label=${t('close')} title=${t('close')} @click=${() => this.forgetNotice()}>${ICONS.close}</button>
      </div>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('notice')) this.#hasTyped = false;
  }

  #noteTyping = (): void => {
    this.#hasTyped = true;
  };

  /** VS Code would undo in the field that was typed in last, wherever the focus is: it must not hear of the key. Who has typed since means the typing. */
  #undoByKey = (event: KeyboardEvent): void => {
    const undo = this.notice?.undo;
    if (!undo || this.#hasTyped || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    undo();
  };

  #over = (event: DragEvent): void => {
    if (!event.dataTransfer || !mayHoldPictures(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.dragged = true;
  };

  #leave = (event: DragEvent): void => {
    // Between two elements of the page something is left, too, but not for the outside.
    if (event.relatedTarget === null) this.dragged = false;
  };

  #drop = (event: DragEvent): void => {
    this.dragged = false;
    if (event.dataTransfer && this.actions?.takeIn(event.dataTransfer)) event.preventDefault();
  };

  #paste = (event: ClipboardEvent): void => {
    if (event.clipboardData && this.actions?.takeIn(event.clipboardData)) event.preventDefault();
  };
}
