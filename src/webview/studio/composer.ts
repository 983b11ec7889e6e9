import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CandidateView, Offer, PlanView, ReferenceView, Wish } from '../../protocol/studio';
import type { StudioActions } from './actions';
import { composerStyles } from './composerStyles';
import { hasWords } from './draft';
import { ICONS } from '../shared/icons';
import { select, type SelectOption } from '../shared/select';
import './promptBox';
import './references';
import './sizePicker';
import { sharedStyles } from '../shared/styles';
import { t } from './words';

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Where a picture is asked for: words, size, number, quality, who draws, what it costs, and the button. */
@customElement('easel-composer')
export class Composer extends LitElement {
  static override readonly styles = [sharedStyles, composerStyles];

  @property({ attribute: false }) draft: Wish | undefined;
  /** The picture that is varied. */
  @property({ attribute: false }) varied: CandidateView | undefined;
  @property({ attribute: false }) offer: Offer | undefined;
  @property({ attribute: false }) references: readonly ReferenceView[] = [];
  @property() problem = '';
  @property({ attribute: false }) prompts: readonly string[] = [];
  /** Undefined while it is worked out. */
  @property({ attribute: false }) plan: PlanView | undefined;
  @property({ attribute: false }) actions: StudioActions | undefined;

  /** Whether a size was typed that is none. */
  @state() private sizeIsWrong = false;

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('easel-prompt')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, offer } = this;
    if (!draft || !offer) return nothing;
    return html`
      <form aria-label=${t('composer')} @keydown=${this.#runByKey} @submit=${this.#run}>
        <div class="fields">
          <easel-prompt .prompt=${draft.prompt} .prompts=${this.prompts} .actions=${this.actions}></easel-prompt>
          ${draft.vary ? this.#renderVaried(draft.vary) : html`<easel-size .offer=${offer} .extent=${draft.extent} .actions=${this.actions} @wrong=${this.#noteSize}></easel-size>`}
          <fieldset>
            <legend class="legend">${t('count')}</legend>
            <div class="counts" role="radiogroup" aria-label=${t('count')}>${COUNTS.map((count) => this.#renderCount(count, draft.count))}</div>
          </fieldset>
          ${draft.vary ? nothing : html`<easel-references .references=${this.references} .offer=${offer} .problem=${this.problem} .actions=${this.actions}></easel-references>`}
          <div class="pair">${offer.qualities.length > 0 ? this.#renderQuality(draft, offer) : nothing} ${this.#renderFormat(draft, offer)}</div>
        </div>
        ${this.#renderFooter(draft, offer)}
      </form>
    `;
  }

  #renderVaried({ strength }: NonNullable<Wish['vary']>): TemplateResult {
    const choose = (chosen: typeof strength): void => {
      if (this.draft?.vary) this.actions?.change({ vary: { ...this.draft.vary, strength: chosen } });
    };
    return html`
      <div class="varied">
        ${this.varied ? html`<img src=${this.varied.src} alt="" />` : nothing}
        <div class="varied-side">
          <div class="varied-head">
            <span>${t('varyOf')}</span>
            <button class="icon-button" type="button" aria-label=${t('stopVarying')} title=${t('stopVarying')} @click=${() => this.actions?.change({ vary: undefined })}>${ICONS.close}</button>
          </div>
          <div class="strengths" role="radiogroup" aria-label=${t('strength')}>
            ${(['subtle', 'strong'] as const).map(
              (value) => html`<label class="choice"><input type="radio" name="strength" .checked=${value === strength} @change=${() => choose(value)} /><span>${t(value)}</span></label>`,
            )}
          </div>
        </div>
      </div>
    `;
  }

  #renderCount(count: number, chosen: number): TemplateResult {
    return html`
      <label class="choice"><input type="radio" name="count" .checked=${count === chosen} @change=${() => this.actions?.change({ count })} /><span>${count}</span></label>
    `;
  }

  #renderQuality(draft: Wish, { qualities, quality }: Offer): TemplateResult {
    const chosen = qualities.find(({ id }) => id === draft.quality)?.id ?? quality;
    return this.#renderChoice(t('quality'), qualities, chosen, (id) => this.actions?.change({ quality: id }));
  }

  #renderFormat(draft: Wish, { formats, format }: Offer): TemplateResult {
    const choose = (id: string): void => {
      const known = formats.find((each) => each.id === id);
      if (known) this.actions?.change({ format: known.id });
    };
    return this.#renderChoice(t('format'), formats, draft.format ?? format, choose);
  }

  #renderChoice(label: string, choices: readonly SelectOption[], chosen: string | undefined, choose: (id: string) => void): TemplateResult {
    return html`
      <div>
        <span class="legend" aria-hidden="true">${label}</span>
        ${select(label, choices, chosen, choose)}
      </div>
    `;
  }

  #renderFooter(draft: Wish, offer: Offer): TemplateResult {
    const { plan } = this;
    const disabled = !hasWords(draft) || plan?.refused === true || this.sizeIsWrong;
    const [one, many] = draft.vary ? (['vary', 'varyMany'] as const) : (['generate', 'generateMany'] as const);
    return html`
      <div class="footer">
        <div class="facts">
          <button class="engine" type="button" title=${t('chooseEngine')} @click=${() => this.actions?.chooseEngine()}>
            <span class="unseen">${t('engine')}</span> <span>${offer.model}</span> <span class="quiet">${offer.place}</span>${ICONS.down}
          </button>
          <span class="cost" aria-label=${t('cost')} role="group">${plan?.cost ?? ''}</span>
        </div>
        ${plan && plan.note !== '' ? html`<p class=${plan.refused ? 'note refused' : 'note quiet'}>${plan.refused ? ICONS.warning : nothing}<span>${plan.note}</span></p>` : nothing}
        <vscode-button block ?disabled=${disabled} aria-disabled=${disabled ? 'true' : 'false'} title=${t('promptHint', shortcut())} @click=${this.#run}>
          ${draft.count === 1 ? t(one) : t(many, draft.count)}
        </vscode-button>
      </div>
    `;
  }

  protected override willUpdate(): void {
    // A variation has its picture's size; the fields are gone with what was typed.
    if (this.draft?.vary) this.sizeIsWrong = false;
  }

  #noteSize = (event: CustomEvent<boolean>): void => {
    this.sizeIsWrong = event.detail;
  };

  #runByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.#run(event);
  };

  #run = (event: Event): void => {
    event.preventDefault();
    if (!this.draft || this.plan?.refused || this.sizeIsWrong) return;
    if (hasWords(this.draft)) this.actions?.run();
    else this.focus();
  };
}

/** The keys that press the button. */
function shortcut(): string {
  return navigator.userAgent.includes('Mac') ? '⌘↵' : 'Ctrl+Enter';
}
