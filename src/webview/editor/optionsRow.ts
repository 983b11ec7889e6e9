import { html, nothing, type TemplateResult } from 'lit';
import { canPaint, MASK_TOOLS, type Desk } from './desk';
import { button, numberBox, numberField, segments, sliderField } from './fields';
import { t } from './words';

/** The largest brush, in pixels of the picture. */
export const MOST_SIZE = 1024;
const MOST_GROW = 256;
/** A slider that goes to 1024 evenly has no room for small brushes: it goes by powers of 2, in eighths. */
const PER_DOUBLING = 8;

/** What belongs to the tool in hand, above the stage. Where there is nothing its row stays, so that the picture does not jump; none where no tool can be taken. */
export function optionsRow(desk: Desk): TemplateResult | typeof nothing {
  const { tool } = desk.settings;
  if (desk.state.viewOnly !== '') return nothing;
  if (!MASK_TOOLS.includes(tool) || !canPaint(desk.state)) return html`<div class="row options"></div>`;
  return html`<div class="row options" role="group" aria-label=${t('options')}>
    ${tool === 'brush' || tool === 'eraser' ? brushFields(desk) : shapeFields(desk)} ${maskFields(desk)}
  </div>`;
}

function brushFields({ settings: { size, hardness }, set }: Desk): TemplateResult {
  const slide = (value: number): void => set({ size: Math.max(1, Math.round(2 ** (value / PER_DOUBLING))) });
  return html`${sliderField(t('size'), Math.round(PER_DOUBLING * Math.log2(size)), 0, PER_DOUBLING * Math.log2(MOST_SIZE), `${size} px`, slide)}
  ${sliderField(t('hardness'), Math.round(hardness * 100), 0, 100, `${Math.round(hardness * 100)} %`, (value) => set({ hardness: value / 100 }))}`;
}

function shapeFields(desk: Desk): TemplateResult {
  const { settings, state, set, paint } = desk;
  const { rectangle, erase, tool } = settings;
  const { width, height } = state.picture.extent;
  const numbers = html`
    ${numberField(t('x'), rectangle.x, 0, width - 1, (x) => set({ rectangle: { ...rectangle, x } }))}
    ${numberField(t('y'), rectangle.y, 0, height - 1, (y) => set({ rectangle: { ...rectangle, y } }))}
    ${numberField(t('width'), rectangle.width, 1, width, (wide) => set({ rectangle: { ...rectangle, width: wide } }))}
    ${numberField(t('height'), rectangle.height, 1, height, (high) => set({ rectangle: { ...rectangle, height: high } }))}
    ${button(t('addRectangle'), () => paint({ kind: 'rectangle', erase, bounds: rectangle }))}
  `;
  const ways = [
    { value: 'add', label: t('add') },
    { value: 'remove', label: t('remove') },
  ] as const;
  return html`${segments('way', t('options'), ways, erase ? 'remove' : 'add', (way) => set({ erase: way === 'remove' }))} ${tool === 'rectangle' ? numbers : nothing}`;
}

function maskFields({ settings: { growBy }, look, set, setLook, paint }: Desk): TemplateResult {
  return html`<span class="mask push">
    <span class="field">
      ${button(t('invert'), () => paint({ kind: 'invert' }))} ${button(t('clear'), () => paint({ kind: 'clear' }))}
    </span>
    <span class="field">
      ${button(t('grow'), () => paint({ kind: 'grow', by: growBy }))} ${button(t('shrink'), () => paint({ kind: 'grow', by: -growBy }))}
      ${numberBox(t('growBy'), growBy, 1, MOST_GROW, (by) => set({ growBy: by }))}
    </span>
    <input type="color" aria-label=${t('overlay')} title=${t('overlay')} .value=${look.overlay} @change=${(event: Event) => setLook({ overlay: (event.target as HTMLInputElement).value })} />
  </span>`;
}
