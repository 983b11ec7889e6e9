import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { EditorWord } from '../../protocol/imageEditorWords';
import type { Desk } from './desk';
import type { ToolName } from './gestures';
import { ICONS } from '../shared/icons';
import { t } from './words';

const TOOLS: readonly { readonly tool: ToolName; readonly word: EditorWord; readonly icon: SVGTemplateResult }[] = [
  { tool: 'view', word: 'view', icon: ICONS.view },
  { tool: 'brush', word: 'brush', icon: ICONS.brush },
  { tool: 'eraser', word: 'eraser', icon: ICONS.eraser },
  { tool: 'rectangle', word: 'rectangle', icon: ICONS.rectangle },
  { tool: 'lasso', word: 'lasso', icon: ICONS.lasso },
  { tool: 'widen', word: 'widenFrame', icon: ICONS.widenFrame },
];

const ZOOMS: readonly { readonly how: Parameters<Desk['zoom']>[0]; readonly word: EditorWord; readonly icon: SVGTemplateResult }[] = [
  { how: 'in', word: 'zoomIn', icon: ICONS.zoomIn },
  { how: 'out', word: 'zoomOut', icon: ICONS.zoomOut },
  { how: 'fit', word: 'fit', icon: ICONS.fit },
  { how: 'actual', word: 'actualSize', icon: ICONS.actual },
];

/** The strip at the side: tools where the picture can be edited, and the zoom. */
export function toolStrip(desk: Desk): TemplateResult {
  const { state, settings } = desk;
  const held = state.run.busy || state.proposal !== undefined;
  return html`<div class="strip" role="toolbar" aria-orientation="vertical" aria-label=${t('tools')}>
    ${state.viewOnly === ''
      ? TOOLS.map(
          ({ tool, word, icon }) => html`<button
            class="icon-button"
            title=${t(word)}
            aria-label=${t(word)}
            aria-pressed=${settings.tool === tool}
            ?disabled=${held && tool !== 'view'}
            @click=${() => desk.set({ tool })}
          >${icon}</button>`,
        )
      : nothing}
    <span class="gap"></span>
    ${ZOOMS.map(({ how, word, icon }) => html`<button class="icon-button" title=${t(word)} aria-label=${t(word)} @click=${() => desk.zoom(how)}>${icon}</button>`)}
  </div>`;
}
