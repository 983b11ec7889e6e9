import { html, nothing, type TemplateResult } from 'lit';
import { parseRatio } from '../../core/geometry';
import { MASK_TOOLS, type Desk } from './desk';
import { numberField, segments } from './fields';
import { frameBounds, isWidened, NO_SIDES, sidesFor, sidesForRatio } from './frame';
import { ICONS } from '../shared/icons';
import { t } from './words';

const RATIOS = ['1:1', '4:3', '3:2', '16:9', '2:1', '21:9', '3:1', '4:1', '2:3', '9:16'];
const MOST_SIDE = 16_384;
const MOST_COUNT = 10;

/** What can be done now, below the stage. */
export function actionBar(desk: Desk): TemplateResult | typeof nothing {
  const { state, settings } = desk;
  if (state.viewOnly !== '') return html`<div class="row bar quiet">${state.viewOnly}</div>`;
  if (state.run.busy) return html`<div class="row bar"><span class="working">${state.run.detail}</span><button class="button push" @click=${desk.cancel}>${t('cancel')}</button></div>`;
  if (state.proposal) return proposalBar(desk);
  const failure = state.run.failure === '' ? nothing : html`<span class="failure">${ICONS.warning}<span>${state.run.failure}</span></span>`;
  if (settings.tool === 'widen') return widenBar(desk, failure);
  if (MASK_TOOLS.includes(settings.tool) || state.steps.length > 0) return editBar(desk, failure);
  const said = state.badge === '' ? failure : html`${failure}<span class="quiet">${state.badge}</span>`;
  return said === nothing ? nothing : html`<div class="row bar">${said}</div>`;
}

function proposalBar(desk: Desk): TemplateResult | typeof nothing {
  const { proposal } = desk.state;
  if (!proposal) return nothing;
  const count = proposal.candidates.length;
  const several = html`<span class="field" role="group" aria-label=${t('candidates')}>
    <button class="icon-button" title=${t('previous')} aria-label=${t('previous')} ?disabled=${desk.shown === 0} @click=${() => desk.show(desk.shown - 1)}>${ICONS.previous}</button>
    <span class="count">${t('candidateOf', desk.shown + 1, count)}</span>
    <button class="icon-button" title=${t('next')} aria-label=${t('next')} ?disabled=${desk.shown === count - 1} @click=${() => desk.show(desk.shown + 1)}>${ICONS.next}</button>
  </span>`;
  const hold = (event: KeyboardEvent, held: boolean): void => {
    if (event.key === ' ' || event.key === 'Enter') desk.compare(held);
  };
  return html`<div class="row bar">
    ${count > 1 ? several : nothing}
    <button
      class="button"
      title=${t('compare')}
      aria-pressed=${desk.comparing}
      @pointerdown=${() => desk.compare(true)}
      @pointerup=${() => desk.compare(false)}
      @pointerleave=${() => desk.compare(false)}
      @keydown=${(event: KeyboardEvent) => hold(event, true)}
      @keyup=${(event: KeyboardEvent) => hold(event, false)}
      @blur=${() => desk.compare(false)}
    >${t('before')}</button>
    <span class="quiet">${proposal.badge}</span>
    <span class="field push">
      <button class="button" @click=${desk.discard}>${t('discard')}</button>
      <button class="button primary" id="accept" @click=${desk.accept}>${t('accept')}</button>
    </span>
  </div>`;
}

function editBar(desk: Desk, failure: unknown): TemplateResult {
  const { state, settings, plan } = desk;
  const draws = state.offer.takesPrompt && settings.prompt.trim() !== '';
  const nothingMasked = state.steps.length === 0;
  return html`<div class="row bar">
    ${promptField(desk, desk.edit)} ${countField(desk)}
    <button class="button primary" ?disabled=${nothingMasked || plan?.refused === true} title=${nothingMasked ? t('paintFirst') : ''} @click=${desk.edit}>${draws ? t('redraw') : t('fill')}</button>
    <span class="quiet">${nothingMasked ? state.badge || t('paintFirst') : costWords(desk)}</span>${failure}
  </div>`;
}

function widenBar(desk: Desk, failure: unknown): TemplateResult {
  const { settings, state, plan, purposes, set } = desk;
  const { sides, mode } = settings;
  const { extent } = state.picture;
  const side = (name: 'left' | 'right' | 'top' | 'bottom') => numberField(t(name), sides[name], 0, MOST_SIDE, (value) => set({ sides: { ...sides, [name]: value } }));
  const size = frameBounds(extent, sides);
  const toRatio = (event: Event): void => {
    const ratio = parseRatio((event.target as HTMLSelectElement).value);
    if (ratio) set({ sides: sidesForRatio(extent, ratio) });
  };
  const toPurpose = (event: Event): void => {
    const target = purposes[Number((event.target as HTMLSelectElement).value)]?.extent;
    if (target) set({ sides: sidesFor(extent, target) ?? sidesForRatio(extent, target) });
  };
  const modes = [
    { value: 'exact', label: t('exact') },
    { value: 'seamless', label: t('seamless') },
  ] as const;
  return html`<div class="row bar">
    ${side('left')} ${side('right')} ${side('top')} ${side('bottom')}
    <label class="field">${t('ratio')}<select @change=${toRatio}><option value="">–</option>${RATIOS.map((ratio) => html`<option value=${ratio}>${ratio}</option>`)}</select></label>
    <label class="field">${t('target')}<select @change=${toPurpose}><option value="">${t('ownTarget')}</option>${purposes.map(({ label, extent: { width, height } }, index) => html`<option value=${index}>${label} (${width}x${height})</option>`)}</select></label>
    ${segments('mode', t('mode'), modes, mode, (value) => set({ mode: value }))}
    ${state.offer.takesPrompt ? promptField(desk, desk.widen) : nothing} ${countField(desk)}
    <button class="button" ?disabled=${!isWidened(sides)} @click=${() => set({ sides: NO_SIDES })}>${t('reset')}</button>
    <button class="button primary" ?disabled=${!isWidened(sides) || plan?.refused === true} @click=${desk.widen}>${t('widen')}</button>
    <span class="quiet">${size.width}x${size.height}${isWidened(sides) ? ` · ${costWords(desk)}` : state.badge && ` · ${state.badge}`}</span>${failure}
  </div>`;
}

function promptField({ settings, state, set }: Desk, submit: () => void): TemplateResult {
  const { takesPrompt } = state.offer;
  return html`<span class="grow"><input
    type="text"
    aria-label=${t('prompt')}
    placeholder=${takesPrompt ? t('promptPlaceholder') : t('promptNotUsed')}
    title=${takesPrompt ? '' : t('promptNotUsed')}
    maxlength="32000"
    ?disabled=${!takesPrompt}
    .value=${takesPrompt ? settings.prompt : ''}
    @input=${(event: Event) => set({ prompt: (event.target as HTMLInputElement).value })}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter' && !event.isComposing) submit();
    }}
  /></span>`;
}

function countField({ settings, set }: Desk): TemplateResult {
  return numberField(t('count'), settings.count, 1, MOST_COUNT, (count) => set({ count }), true);
}

function costWords({ plan, state }: Desk): string {
  if (plan?.refused) return plan.note;
  return plan ? [plan.cost, plan.note].filter((words) => words !== '').join(' · ') : state.offer.place;
}
