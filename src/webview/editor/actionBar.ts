import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { formatExtent, type Sides } from '../../core/geometry';
import { MASK_TOOLS, type Desk } from './desk';
import { button, numberField, segments } from './fields';
import { frameBounds, isWidened, NO_SIDES, sameSides, sidesFor, sidesForRatio } from './frame';
import { HoldOrToggle, isPress } from './holdOrToggle';
import { ICONS } from '../shared/icons';
import { select, type SelectOption } from '../shared/select';
import { t } from './words';

const RATIOS: readonly (readonly [number, number])[] = [[1, 1], [4, 3], [3, 2], [16, 9], [2, 1], [21, 9], [3, 1], [4, 1], [2, 3], [9, 16]];
const MOST_SIDE = 16_384;
const MOST_COUNT = 10;
const comparing = new HoldOrToggle();

/** What can be done now, below the stage. */
export function actionBar(desk: Desk): TemplateResult | typeof nothing {
  const { state, settings } = desk;
  if (state.viewOnly !== '') return html`<div class="row bar quiet">${state.viewOnly}</div>`;
  if (state.run.busy) return html`<div class="row bar"><span class="working">${state.run.detail}</span><span class="push">${button(t('cancel'), desk.cancel)}</span></div>`;
  if (state.proposal) return proposalBar(desk);
  const failure = state.run.failure === '' ? nothing : html`<span class="failure">${ICONS.warning}<span>${state.run.failure}</span></span>`;
  if (settings.tool === 'widen') return widenBar(desk, failure);
  if (MASK_TOOLS.includes(settings.tool) || state.steps.length > 0) return editBar(desk, failure);
  return html`<div class="row bar">${failure}<span class="quiet">${state.badge || t('viewHint')}</span></div>`;
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
  return html`<div class="row bar">
    ${count > 1 ? several : nothing}
    <vscode-button
      secondary
      title=${t('compare')}
      aria-pressed=${desk.comparing ? 'true' : 'false'}
      @pointerdown=${(event: Event) => comparing.press(event, desk)}
      @pointerup=${(event: Event) => comparing.release(event, desk)}
      @pointerleave=${(event: Event) => comparing.release(event, desk)}
      @keydown=${(event: KeyboardEvent) => isPress(event) && comparing.press(event, desk)}
      @keyup=${(event: KeyboardEvent) => isPress(event) && comparing.release(event, desk)}
      @blur=${(event: Event) => comparing.release(event, desk)}
    >${t('before')}</vscode-button>
    <span class="quiet">${proposal.badge}</span>
    <span class="field push">
      ${button(t('discard'), desk.discard)} ${button(t('accept'), desk.accept, { primary: true })}
    </span>
  </div>`;
}

function editBar(desk: Desk, failure: unknown): TemplateResult {
  const { state, settings, plan } = desk;
  const draws = state.offer.takesPrompt && settings.prompt.trim() !== '';
  const nothingMasked = state.steps.length === 0;
  return html`<div class="row bar">
    ${promptField(desk, desk.edit)} ${countField(desk)}
    ${button(t(draws ? 'redraw' : 'fill'), desk.edit, { primary: true, disabled: nothingMasked || plan?.refused === true, title: nothingMasked ? t('paintFirst') : '' })}
    <span class="quiet">${nothingMasked ? state.badge || t('paintFirst') : costWords(desk)}</span>${failure}
  </div>`;
}

function widenBar(desk: Desk, failure: unknown): TemplateResult {
  const { settings, state, plan, purposes, set } = desk;
  const { sides, mode } = settings;
  const { extent } = state.picture;
  const side = (name: 'left' | 'right' | 'top' | 'bottom') => numberField(t(name), sides[name], 0, MOST_SIDE, (value) => set({ sides: { ...sides, [name]: value } }));
  const size = frameBounds(extent, sides);
  const ratios = RATIOS.map(([width, height]) => ({ id: `${width}:${height}`, label: `${width}:${height}`, sides: sidesForRatio(extent, { width, height }) }));
  const targets = purposes.map(({ label, extent: target }, index) => ({
    id: String(index),
    label,
    description: formatExtent(target),
    sides: sidesFor(extent, target) ?? sidesForRatio(extent, target),
  }));
  const modes = [
    { value: 'exact', label: t('exact') },
    { value: 'seamless', label: t('seamless') },
  ] as const;
  return html`<div class="row bar">
    ${side('left')} ${side('right')} ${side('top')} ${side('bottom')}
    ${frameSelect('field', t('ratio'), '–', ratios, desk)} ${frameSelect('field long', t('target'), t('ownTarget'), targets, desk)}
    ${segments('mode', t('mode'), modes, mode, (value) => set({ mode: value }))}
    ${state.offer.takesPrompt ? promptField(desk, desk.widen) : nothing} ${countField(desk)}
    ${button(t('reset'), () => set({ sides: NO_SIDES }), { disabled: !isWidened(sides) })}
    ${button(t('widen'), desk.widen, { primary: true, disabled: !isWidened(sides) || plan?.refused === true })}
    <span class="quiet">${size.width}x${size.height}${isWidened(sides) ? ` · ${costWords(desk)}` : state.badge && ` · ${state.badge}`}</span>${failure}
  </div>`;
}

/** A choice of frames, which shows the one that stands around the picture. */
function frameSelect(classes: string, label: string, none: string, frames: readonly (SelectOption & { readonly sides: Sides })[], { settings, set }: Desk): TemplateResult {
  const chosen = isWidened(settings.sides) ? frames.find(({ sides }) => sameSides(sides, settings.sides)) : undefined;
  const choose = (id: string): void => set({ sides: frames.find((frame) => frame.id === id)?.sides ?? NO_SIDES });
  return html`<span class=${classes}><span aria-hidden="true">${label}</span>${select(label, [{ id: '', label: none }, ...frames], chosen?.id ?? '', choose, 'above')}</span>`;
}

/** Where words are of no use, why. */
function promptField({ settings, state, set }: Desk, submit: () => void): TemplateResult {
  if (!state.offer.takesPrompt) return html`<span class="grow quiet">${t('promptNotUsed')}</span>`;
  return html`<vscode-textfield
    class="grow"
    .label=${t('prompt')}
    placeholder=${t('promptPlaceholder')}
    maxlength="32000"
    .value=${settings.prompt}
    @input=${(event: Event) => set({ prompt: (event.currentTarget as VscodeTextfield).value })}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter' && !event.isComposing) submit();
    }}
  ></vscode-textfield>`;
}

function countField({ settings, set }: Desk): TemplateResult {
  return numberField(t('count'), settings.count, 1, MOST_COUNT, (count) => set({ count }));
}

function costWords({ plan, state }: Desk): string {
  if (plan?.refused) return plan.note;
  return plan ? [plan.cost, plan.note].filter((words) => words !== '').join(' · ') : state.offer.place;
}
