import type { Extent, Sides } from '../../core/geometry';
import type { MaskStep } from '../../core/strokes';
import type { EditorState, Look, WidenPlan } from '../../protocol/imageEditor';
import type { ToolName } from './gestures';

/** What the person has set, kept while the editor is hidden. */
export interface DeskSettings {
  readonly tool: ToolName;
  /** Of brush and eraser, in pixels of the picture. */
  readonly size: number;
  readonly hardness: number;
  /** For rectangle and lasso. */
  readonly erase: boolean;
  readonly growBy: number;
  readonly rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly prompt: string;
  readonly count: number;
  readonly sides: Sides;
  readonly mode: 'exact' | 'seamless';
}

/** What the parts of the page show, and what they can ask for. */
export interface Desk {
  readonly state: EditorState;
  readonly settings: DeskSettings;
  readonly look: Look;
  readonly purposes: readonly { readonly label: string; readonly extent: Extent }[];
  readonly plan: WidenPlan | undefined;
  /** Which candidate is shown, from 0. */
  readonly shown: number;
  readonly comparing: boolean;
  set(change: Partial<DeskSettings>): void;
  setLook(look: Look): void;
  paint(step: MaskStep): void;
  zoom(how: 'in' | 'out' | 'fit' | 'actual'): void;
  edit(): void;
  widen(): void;
  cancel(): void;
  show(candidate: number): void;
  compare(held: boolean): void;
  accept(): void;
  discard(): void;
  travel(direction: 'back' | 'forth'): void;
}

/** While something is drawn or waits for a decision the picture can only be looked at. */
export function canPaint({ viewOnly, run, proposal }: EditorState): boolean {
  return viewOnly === '' && !run.busy && !proposal;
}

export const MASK_TOOLS: readonly ToolName[] = ['brush', 'eraser', 'rectangle', 'lasso'];
