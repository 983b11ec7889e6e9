import { html, type TemplateResult } from 'lit';

/** A labelled number; `set` hears whole numbers within the bounds only. */
export function numberField(label: string, value: number, least: number, most: number, set: (value: number) => void, narrow = false): TemplateResult {
  const change = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const next = Math.round(input.valueAsNumber);
    if (Number.isFinite(next)) set(Math.min(most, Math.max(least, next)));
    else input.value = String(value);
  };
  return html`<label class="field">${label}<input type="number" class=${narrow ? 'narrow' : ''} min=${least} max=${most} step="1" .value=${String(value)} @change=${change} /></label>`;
}

/** A labelled slider. */
export function sliderField(label: string, value: number, least: number, most: number, shown: string, set: (value: number) => void): TemplateResult {
  const input = (event: Event): void => set((event.target as HTMLInputElement).valueAsNumber);
  return html`<label class="field">${label}<input type="range" min=${least} max=${most} step="1" .value=${String(value)} aria-valuetext=${shown} @input=${input} /><span class="quiet">${shown}</span></label>`;
}

/** Two or more buttons of which one is in force. */
export function segments<T extends string>(name: string, label: string, choices: readonly { readonly value: T; readonly label: string }[], chosen: T, set: (value: T) => void): TemplateResult {
  return html`<span class="segments" role="radiogroup" aria-label=${label}>
    ${choices.map(
      (choice) => html`<label class="choice"><input type="radio" name=${name} .checked=${choice.value === chosen} @change=${() => set(choice.value)} />${choice.label}</label>`,
    )}
  </span>`;
}
