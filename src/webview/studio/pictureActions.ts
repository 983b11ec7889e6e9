import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { CandidateView } from '../../protocol/studio';
import type { StudioActions } from './actions';
import { ICONS } from '../shared/icons';
import { t } from './words';

/** One of the buttons. */
export interface PictureAction {
  readonly label: string;
  readonly icon: SVGTemplateResult;
  readonly act: () => void;
  /** For a button that stays down. */
  readonly pressed?: boolean;
}

/** The buttons that a picture has, in a tile and in the large view: keeping it first, in words; `more` stand before the last, which discards. */
export function pictureActions(candidate: CandidateView, actions: StudioActions, more: readonly PictureAction[] = []): TemplateResult {
  const kept = candidate.keptAs !== undefined;
  const others: readonly PictureAction[] = [
    { label: t('insert'), icon: ICONS.insert, act: () => actions.use(candidate, 'insert') },
    { label: t('vary'), icon: ICONS.vary, act: () => actions.vary(candidate) },
    { label: t('edit'), icon: ICONS.edit, act: () => actions.use(candidate, 'edit') },
    { label: t('widen'), icon: ICONS.widen, act: () => actions.use(candidate, 'widen') },
    { label: t('copy'), icon: ICONS.copy, act: () => actions.copy(candidate) },
    ...more,
    { label: t(kept ? 'remove' : 'discard'), icon: ICONS.discard, act: () => actions.discard(candidate) },
  ];
  // One button for both, so that the focus stays where it was when a picture has been kept.
  const first = kept ? { word: t('reveal'), label: t('revealInExplorer'), icon: ICONS.reveal } : { word: t('keep'), label: t('keepInWorkspace'), icon: ICONS.keep };
  return html`
    <div class="actions" role="toolbar" aria-label=${t('actions')}>
      <button
        class="keep"
        type="button"
        aria-label=${first.label}
        title=${first.label}
        @click=${() => (kept ? actions.use(candidate, 'reveal') : actions.keep(candidate))}
      >
        ${first.icon}<span>${first.word}</span>
      </button>
      <span class="gap"></span>
      ${others.map(
        ({ label, icon, act, pressed }) =>
          html`<button class="icon-button" type="button" aria-label=${label} aria-pressed=${pressed === undefined ? nothing : pressed ? 'true' : 'false'} title=${label} @click=${act}>${icon}</button>`,
      )}
    </div>
  `;
}

/** The name of the file that a picture was kept as; a click opens it. */
export function keptLink(candidate: CandidateView, actions: StudioActions): TemplateResult {
  const file = candidate.keptAs ?? '';
  const name = file.slice(file.lastIndexOf('/') + 1);
  return html`<button class="kept-as" type="button" aria-label=${t('open', file)} title=${t('open', file)} @click=${() => actions.use(candidate, 'open')}>${ICONS.check}<span>${name}</span></button>`;
}
