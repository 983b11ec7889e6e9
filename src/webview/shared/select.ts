import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, type TemplateResult } from 'lit';

/** One of several. */
export interface SelectOption {
  readonly id: string;
  readonly label: string;
  /** Said beside the list while it is the one under the pointer. */
  readonly description?: string;
}

/** A list that drops down from its field, or opens above it at the foot of a page; `choose` hears the id. */
export function select(label: string, choices: readonly SelectOption[], chosen: string | undefined, choose: (id: string) => void, position: 'below' | 'above' = 'below'): TemplateResult {
  return html`
    <vscode-single-select label=${label} position=${position} @change=${(event: Event) => choose((event.currentTarget as VscodeSingleSelect).value)}>
      ${choices.map(({ id, label: name, description = '' }) => html`<vscode-option value=${id} ?selected=${id === chosen} description=${description}>${name}</vscode-option>`)}
    </vscode-single-select>
  `;
}
