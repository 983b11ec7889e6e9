import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatExtent, type Extent } from '../../core/geometry';
import { hasEnded, type RunState, type RunView } from '../../protocol/studio';
import type { StudioWord } from '../../protocol/studioWords';
import type { StudioActions } from './actions';
import { ICONS } from '../shared/icons';
import type { RunGroup } from './studioModel';
import './elapsed';
import './pictureTile';
import { t } from './words';

const STATES = {
  queued: 'stateQueued',
  drawing: 'stateDrawing',
  composing: 'stateComposing',
  done: 'stateDone',
  failed: 'stateFailed',
  cancelled: 'stateCancelled',
  interrupted: 'stateInterrupted',
} as const satisfies Record<RunState, StudioWord>;

/** One run: what was asked for, how it stands, and its pictures. */
export function runCard(group: RunGroup, actions: StudioActions): TemplateResult {
  const { run, candidates, pending, preview } = group;
  const { wish, model, state, detail } = run;
  const facts = [...(wish.vary ? [t('variation')] : []), formatExtent(candidates[0]?.extent ?? wish.extent), ...(model === '' ? [] : [model]), timeOf(run.at)];
  const failed = state === 'failed' || state === 'interrupted';
  const all = candidates.length + pending;
  return html`
    <article class="run ${state}" data-run=${run.id} aria-label=${wish.prompt || t('variation')}>
      <header>
        <div class="what">
          <h2 title=${wish.prompt}>${wish.prompt || t('variation')}</h2>
          <p class="quiet">${facts.join(' · ')}</p>
        </div>
        <div class="buttons">${headButtons(group, actions)}</div>
      </header>
      ${state === 'done'
        ? detail === '' ? nothing : html`<p class="quiet detail">${detail}</p>`
        : html`<p class="state ${failed ? 'failed' : 'quiet'}">${failed ? ICONS.warning : nothing}<span>${stateWords(run)}${group.since === undefined ? nothing : html` <easel-elapsed .since=${group.since}></easel-elapsed>`}</span></p>`}
      ${failed || state === 'cancelled' ? endButtons(group, actions) : nothing}
      ${all === 0
        ? nothing
        : html`
            <ul class="tiles">
              ${repeat(
                candidates,
                ({ id }) => id,
                (candidate, index) => html`<li><easel-tile data-candidate=${candidate.id} .candidate=${candidate} .place=${index + 1} .of=${all} .actions=${actions}></easel-tile></li>`,
              )}
              ${Array.from({ length: pending }, (_, index) => pendingTile(wish.extent, candidates.length + index + 1, all, index === 0 ? preview : undefined))}
            </ul>
          `}
    </article>
  `;
}

/** Progress speaks for itself; how a run ended is named before why. */
function stateWords({ state, detail }: RunView): TemplateResult | string {
  if (!hasEnded(state)) return detail || t(STATES[state]);
  return html`<strong>${t(STATES[state])}</strong>${detail === '' ? nothing : ` · ${detail}`}`;
}

/** A picture that is still to come, as far as the engine has shown it. */
function pendingTile({ width, height }: Extent, place: number, of: number, preview: string | undefined): TemplateResult {
  const label = t(preview === undefined ? 'picturePending' : 'picturePreview', place, of);
  // The ratio by the style's own object: a style attribute is what the page's policy forbids.
  return html`<li>
    <div class="pending" role="img" aria-label=${label} .style=${`aspect-ratio: ${width} / ${height}`}>${preview === undefined ? nothing : html`<img src=${preview} alt="" />`}</div>
  </li>`;
}

function headButtons({ run, candidates }: RunGroup, actions: StudioActions): TemplateResult {
  if (!hasEnded(run.state)) return html`<vscode-button secondary @click=${() => actions.cancel(run)}>${t('cancel')}</vscode-button>`;
  return html`
    ${iconButton(t('usePrompt'), ICONS.reuse, () => actions.reuse(run.wish))}
    ${run.state === 'done' ? iconButton(t('runAgain'), ICONS.again, () => actions.again(run)) : nothing}
    ${candidates.length === 0 ? iconButton(t('dismiss'), ICONS.close, () => actions.dismiss(run)) : nothing}
  `;
}

/** What to do about a run that did not come to its end: in words, since nobody knows icons for that. */
function endButtons({ run }: RunGroup, actions: StudioActions): TemplateResult {
  return html`
    <div class="ends">
      <vscode-button secondary @click=${() => actions.again(run)}>${t('runAgain')}</vscode-button>
      ${run.remedy === undefined ? nothing : html`<vscode-button secondary @click=${() => actions.remedy(run)}>${run.remedy}</vscode-button>`}
    </div>
  `;
}

function iconButton(label: string, icon: SVGTemplateResult, act: () => void): TemplateResult {
  return html`<button class="icon-button" type="button" aria-label=${label} title=${label} @click=${act}>${icon}</button>`;
}

/** The time, with the day where it was another one. */
function timeOf(at: number): string {
  const date = new Date(at);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  const sameDay = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(document.documentElement.lang || undefined, sameDay ? time : { ...time, day: 'numeric', month: 'short' });
}
