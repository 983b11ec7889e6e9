import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { html, nothing, type TemplateResult } from 'lit';

/** What a button may be beside its words. */
export interface ButtonKind {
  /** What the row of buttons is there for; the others are secondary. */
  readonly primary?: boolean;
  readonly disabled?: boolean;
  readonly title?: string;
}

export function button(label: string, act: () => void, { primary = false, disabled = false, title }: ButtonKind = {}): TemplateResult {
  return html`<vscode-button ?secondary=${!primary} ?disabled=${disabled} aria-disabled=${disabled ? 'true' : 'false'} title=${title || nothing} @click=${act}>${label}</vscode-button>`;
}

/** A labelled number; `set` hears whole numbers within the bounds only. */
export function numberField(label: string, value: number, least: number, most: number, set: (value: number) => void): TemplateResult {
  return html`<span class="field"><span aria-hidden="true">${label}</span>${numberBox(label, value, least, most, set)}</span>`;
}

/** A number whose label is not to be seen. */
export function numberBox(label: string, value: number, least: number, most: number, set: (value: number) => void): TemplateResult {
  const change = (event: Event): void => {
    const field = event.currentTarget as VscodeTextfield;
    const next = Math.round(Number(field.value));
    const taken = field.value !== '' && Number.isFinite(next) ? Math.min(most, Math.max(least, next)) : value;
    field.value = String(taken);
    if (taken !== value) set(taken);
  };
  return html`<vscode-textfield class="number" type="number" .label=${label} title=${label} min=${least} max=${most} step="1" .value=${String(value)} @change=${change}></vscode-textfield>`;
}

/** A labelled slider. */
export function sliderField(label: string, value: number, least: number, most: number, shown: string, set: (value: number) => void): TemplateResult {
  const input = (event: Event): void => set((event.target as HTMLInputElement).valueAsNumber);
  return html`<label class="field">${label}<input type="range" min=${least} max=${most} step="1" .value=${String(value)} aria-valuetext=${shown} @input=${input} /><span class="quiet shown">${shown}</span></label>`;
}

/** Two or more buttons of which one is in force. */
export function segments<T extends string>(name: string, label: string, choices: readonly { readonly value: T; readonly label: string }[], chosen: T, set: (value: T) => void): TemplateResult {
  return html`<span class="segments" role="radiogroup" aria-label=${label}>
    ${choices.map(
      (choice) => html`<label class="choice"><input type="radio" name=${name} .checked=${choice.value === chosen} @change=${() => set(choice.value)} />${choice.label}</label>`,
    )}
  </span>`;
}
