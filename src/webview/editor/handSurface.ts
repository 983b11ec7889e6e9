import type { Bounds, Extent, Point, Sides } from '../../core/geometry';
import type { MaskStep } from '../../core/strokes';
import type { ToolName } from './gestures';
import type { MaskModel } from './maskModel';
import type { View } from './viewport';

/** What pointer and keys act on. */
export interface HandSurface {
  readonly view: View | undefined;
  /** Of the stage, in CSS pixels. */
  readonly room: Extent;
  readonly extent: Extent;
  readonly tool: ToolName;
  readonly tip: { readonly size: number; readonly hardness: number };
  readonly erase: boolean;
  readonly sides: Sides;
  readonly tiles: readonly Bounds[];
  /** How far each side can go in one request, once that is known. */
  readonly reach: Sides | undefined;
  readonly frameColour: string;
  readonly model: MaskModel | undefined;
  /** The place of a pointer on the stage. */
  at(event: MouseEvent): Point;
  look(view: View): void;
  /** A part of the mask has changed. */
  dirtied(bounds: Bounds | undefined): void;
  refreshMarks(): void;
  capture(pointer: number): void;
  setCursor(cursor: string): void;
  /** A gesture has come to a step. */
  painted(step: MaskStep): void;
  /** A handle was taken. */
  pulling(): void;
  pulledTo(sides: Sides): void;
  /** The brush was moved by keys. */
  placed(at: Point): void;
  /** A handle was let go. */
  released(): void;
}
