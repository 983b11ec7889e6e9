import { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { canPaint, MASK_TOOLS, type Desk } from './desk';
import type { ToolName } from './gestures';
import { MOST_SIZE } from './optionsRow';

const TOOLS: Readonly<Record<string, ToolName>> = { h: 'view', v: 'view', b: 'brush', e: 'eraser', r: 'rectangle', l: 'lasso', w: 'widen' };
const ZOOMS: Readonly<Record<string, Parameters<Desk['zoom']>[0]>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'fit', '1': 'actual' };

/** What a single key means anywhere on the page. */
export type Shortcut =
  | { readonly kind: 'tool'; readonly tool: ToolName }
  | { readonly kind: 'zoom'; readonly how: Parameters<Desk['zoom']>[0] }
  | { readonly kind: 'size'; readonly larger: boolean }
  | { readonly kind: 'candidate'; readonly by: 1 | -1 }
  | { readonly kind: 'travel'; readonly direction: 'back' | 'forth' };

/** The shortcut of a key; none while the person types, or holds a key that is VS Code's alone. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (isTyping(event) || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key !== 'z' && key !== 'y') return undefined;
    return { kind: 'travel', direction: key === 'y' || event.shiftKey ? 'forth' : 'back' };
  }
  const [tool, how] = [TOOLS[key], ZOOMS[key]];
  if (tool) return { kind: 'tool', tool };
  if (how) return { kind: 'zoom', how };
  if (key === '[' || key === ']') return { kind: 'size', larger: key === ']' };
  if (key === ',' || key === '.') return { kind: 'candidate', by: key === '.' ? 1 : -1 };
  return undefined;
}

/** Does what a shortcut asks for, with the tool that is in hand now; answers whether it means anything now. */
export function perform(desk: Desk, tool: ToolName, shortcut: Shortcut): boolean {
  const { state } = desk;
  switch (shortcut.kind) {
    case 'zoom':
      desk.zoom(shortcut.how);
      return true;
    case 'tool':
      if (canPaint(state)) desk.set({ tool: shortcut.tool });
      return canPaint(state);
    case 'size':
      if (MASK_TOOLS.includes(tool)) resizeBrush(desk, shortcut.larger);
      return MASK_TOOLS.includes(tool);
    case 'candidate':
      if (state.proposal) desk.show(desk.shown + shortcut.by);
      return state.proposal !== undefined;
    case 'travel':
      desk.travel(shortcut.direction);
      // VS Code hears of the key as well: undo and redo are its own wherever it knows the way.
      return false;
  }
}

function resizeBrush({ settings: { size }, set }: Desk, larger: boolean): void {
  const by = Math.max(1, Math.round(size / 8));
  set({ size: Math.min(MOST_SIZE, Math.max(1, larger ? size + by : size - by)) });
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  // A list takes letters for itself, and what shows it is no native field.
  const isInList = event.composedPath().some((element) => element instanceof VscodeSingleSelect);
  return isInList || (target instanceof HTMLInputElement && !['range', 'radio', 'color'].includes(target.type));
}
