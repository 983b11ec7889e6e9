import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { StudioActions } from './actions';
import { ICONS } from '../shared/icons';
import { PromptWalk, searchPrompts } from './promptWalk';
import { sharedStyles } from '../shared/styles';
import { t } from './words';

/** How many earlier prompts the list shows at once; the search reaches the others. */
const MOST_LISTED = 30;
/** What a message may hold, in characters. Each model has its own, lower limit, which the plan knows. */
const MAX_LENGTH = 100_000;

/** The prompt, with the earlier ones in reach: by the arrow keys at the box's edges, and in a list with a search. */
@customElement('easel-prompt')
export class PromptBox extends LitElement {
  static override readonly styles = [
    sharedStyles,
    css`
      .head {
        align-items: center;
        display: flex;
        justify-content: space-between;
        margin-block-end: 4px;
        min-block-size: 24px;
      }

      .head .legend {
        margin: 0;
      }

      textarea {
        background: var(--vscode-input-background);
        border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        color: var(--vscode-input-foreground);
        display: block;
        field-sizing: content;
        font: inherit;
        inline-size: 100%;
        max-block-size: 40vh;
        min-block-size: 84px;
        padding: 6px 8px;
        resize: none;
      }

      textarea::placeholder {
        color: var(--vscode-input-placeholderForeground);
        opacity: 1;
      }

      textarea:focus {
        border-color: var(--vscode-focusBorder);
        outline: none;
      }

      .earlier {
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 6px;
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
        color: var(--vscode-editorWidget-foreground);
        margin-block-start: 4px;
        padding: 6px;
      }

      .earlier vscode-textfield {
        inline-size: 100%;
      }

      .earlier ul {
        margin-block-start: 4px;
        max-block-size: 220px;
        overflow: auto;
      }

      .earlier li button {
        border-radius: 4px;
        display: block;
        inline-size: 100%;
        overflow: hidden;
        padding: 4px 6px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .earlier li button:hover {
        background: var(--vscode-list-hoverBackground);
        color: var(--vscode-list-hoverForeground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }

      .earlier li button:focus-visible {
        background: var(--vscode-list-activeSelectionBackground);
        color: var(--vscode-list-activeSelectionForeground);
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }

      .earlier p {
        padding: 4px 6px;
      }
    `,
  ];

  @property() prompt = '';
  @property({ attribute: false }) prompts: readonly string[] = [];
  @property({ attribute: false }) actions: StudioActions | undefined;
  @state() private listed = false;
  @state() private search = '';
  readonly #walk = new PromptWalk();

  constructor() {
    super();
    this.addEventListener('keydown', this.#closeByKey);
  }

  override focus(): void {
    this.#box?.focus();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="head">
        <span class="legend" aria-hidden="true">${t('prompt')}</span>
        <button
          class="icon-button"
          type="button"
          aria-label=${t('earlierPrompts')}
          title=${t('earlierPrompts')}
          aria-expanded=${this.listed ? 'true' : 'false'}
          ?hidden=${this.prompts.length === 0}
          @click=${this.#toggle}
        >
          ${ICONS.history}
        </button>
      </div>
      <textarea
        aria-label=${t('prompt')}
        placeholder=${t('promptPlaceholder')}
        spellcheck="false"
        maxlength=${MAX_LENGTH}
        .value=${live(this.prompt)}
        @input=${this.#type}
        @keydown=${this.#walkByKey}
      ></textarea>
      ${this.listed ? this.#renderEarlier() : nothing}
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('listed') || !this.listed) return;
    const field = this.#searchField;
    // The field has nothing that could take the focus until it has drawn itself.
    void field?.updateComplete.then(() => field.focus());
  }

  get #searchField(): VscodeTextfield | null {
    return this.renderRoot.querySelector('.earlier vscode-textfield');
  }

  get #box(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #renderEarlier(): TemplateResult {
    const found = searchPrompts(this.prompts, this.search).slice(0, MOST_LISTED);
    return html`
      <div class="earlier" @keydown=${this.#moveByKey}>
        <vscode-textfield type="search" .label=${t('searchPrompts')} .placeholder=${t('searchPrompts')} .value=${this.search} @input=${this.#find}></vscode-textfield>
        ${found.length === 0 ? html`<p class="quiet" role="status">${t('noPromptFound')}</p>` : nothing}
        <ul aria-label=${t('earlierPrompts')} ?hidden=${found.length === 0}>
          ${found.map((prompt) => html`<li><button type="button" title=${prompt} @click=${() => this.#choose(prompt)}>${prompt}</button></li>`)}
        </ul>
      </div>
    `;
  }

  #type = (): void => {
    this.actions?.change({ prompt: this.#box?.value ?? '' });
  };

  #find = (event: Event): void => {
    this.search = (event.currentTarget as VscodeTextfield).value;
  };

  #toggle = (): void => {
    this.listed = !this.listed;
    this.search = '';
  };

  /** The browser moves the caret first: only where it could not go any further the key means the history. */
  #walkByKey = (event: KeyboardEvent): void => {
    const area = this.#box;
    const isArrow = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (!area || !isArrow || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectionStart, selectionEnd } = area;
    if (selectionStart !== selectionEnd) return;
    setTimeout(() => {
      if (area.selectionStart !== selectionStart) return;
      const walked = event.key === 'ArrowUp' ? this.#walk.older(area.value, this.prompts) : this.#walk.newer(area.value, this.prompts);
      if (walked === undefined) return;
      this.actions?.change({ prompt: walked });
      const caret = event.key === 'ArrowUp' ? 0 : walked.length;
      requestAnimationFrame(() => area.setSelectionRange(caret, caret));
    });
  };

  #closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.listed || event.isComposing) return;
    event.stopPropagation();
    this.#toggle();
    this.focus();
  };

  #moveByKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const items = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.earlier li button')];
    const focused = items.findIndex((item) => item.matches(':focus'));
    const next = items[focused + step];
    event.preventDefault();
    if (next) next.focus();
    else if (focused === 0) this.#searchField?.focus();
  };

  #choose(prompt: string): void {
    this.actions?.change({ prompt });
    this.listed = false;
    this.search = '';
    this.focus();
  }
}
