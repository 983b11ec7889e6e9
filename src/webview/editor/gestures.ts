import type { Bounds, Point } from '../../core/geometry';
import { MOST_POINTS, paintSegment, segmentBounds, type BrushTip, type MaskStep, type StrokePoint } from '../../core/strokes';
import { drawLasso, drawRectangle } from './marks';
import { StrokeRecorder } from './strokeRecorder';
import type { MaskModel } from './maskModel';
import type { View } from './viewport';

export type ToolName = 'view' | 'brush' | 'eraser' | 'rectangle' | 'lasso' | 'widen';

/** One press of the pointer with a tool that paints, until it is let go. Points are the picture's. */
export interface Gesture {
  /** Takes a point in; answers the part of the mask that has changed. */
  move(point: StrokePoint): Bounds | undefined;
  /** Whether the gesture has taken all that it can: another one goes on from there. */
  readonly isFull: boolean;
  /** Ends it; answers the part of the mask that has changed by that. */
  end(): Bounds | undefined;
  /** What has come of it once it has ended. */
  readonly step: MaskStep | undefined;
  /** Shows what is not on the mask yet. */
  draw(context: CanvasRenderingContext2D, view: View): void;
}

/** A stroke that is on the mask as soon as it is made. */
export class BrushGesture implements Gesture {
  readonly #model: MaskModel;
  readonly #tip: BrushTip;
  readonly #recorder: StrokeRecorder;

  constructor(model: MaskModel, tip: BrushTip) {
    this.#model = model;
    this.#tip = tip;
    this.#recorder = new StrokeRecorder(tip.size);
  }

  get isFull(): boolean {
    return this.#recorder.isFull;
  }

  move(point: StrokePoint): Bounds | undefined {
    return this.#paint(this.#recorder.add(point));
  }

  end(): Bounds | undefined {
    return this.#paint(this.#recorder.end());
  }

  get step(): MaskStep | undefined {
    const { points } = this.#recorder;
    return points.length === 0 ? undefined : { kind: 'brush', ...this.#tip, points };
  }

  draw(): void {}

  #paint(segment: readonly [StrokePoint, StrokePoint] | undefined): Bounds | undefined {
    if (!segment) return undefined;
    const { mask } = this.#model;
    paintSegment(mask, this.#tip, ...segment);
    return segmentBounds(mask, this.#tip, ...segment);
  }
}

/** A rectangle between two corners, in whole pixels. */
export class RectangleGesture implements Gesture {
  readonly isFull = false;
  readonly #erase: boolean;
  #from: Point | undefined;
  #to: Point | undefined;

  constructor(erase: boolean) {
    this.#erase = erase;
  }

  move(point: StrokePoint): undefined {
    this.#from ??= point;
    this.#to = point;
  }

  end(): undefined {}

  get step(): MaskStep | undefined {
    const bounds = this.#bounds();
    return bounds && { kind: 'rectangle', erase: this.#erase, bounds };
  }

  draw(context: CanvasRenderingContext2D, view: View): void {
    const bounds = this.#bounds();
    if (bounds) drawRectangle(context, view, bounds, [5, 4]);
  }

  #bounds(): Bounds | undefined {
    const [from, to] = [this.#from, this.#to];
    if (!from || !to) return undefined;
    const [x, y] = [Math.floor(Math.min(from.x, to.x)), Math.floor(Math.min(from.y, to.y))];
    const [width, height] = [Math.ceil(Math.max(from.x, to.x)) - x, Math.ceil(Math.max(from.y, to.y)) - y];
    return width > 0 && height > 0 ? { x, y, width, height } : undefined;
  }
}

/** A free line that closes by itself. */
export class LassoGesture implements Gesture {
  readonly isFull = false;
  readonly #erase: boolean;
  #spacing: number;
  #points: number[] = [];

  /** Points nearer than `spacing`, in pixels of the picture, are left out. */
  constructor(erase: boolean, spacing: number) {
    this.#erase = erase;
    this.#spacing = spacing;
  }

  move({ x, y }: StrokePoint): undefined {
    const [lastX, lastY] = [this.#points.at(-2), this.#points.at(-1)];
    if (lastX !== undefined && lastY !== undefined && Math.hypot(x - lastX, y - lastY) < this.#spacing) return;
    if (this.#points.length >= 2 * MOST_POINTS) this.#thinOut();
    this.#points.push(Math.round(x * 8) / 8, Math.round(y * 8) / 8);
  }

  end(): undefined {}

  get step(): MaskStep | undefined {
    return this.#points.length < 6 ? undefined : { kind: 'lasso', erase: this.#erase, points: this.#points };
  }

  draw(context: CanvasRenderingContext2D, view: View): void {
    drawLasso(context, view, this.#points);
  }

  /** A line that grows too long keeps every second point: it has to be one step. */
  #thinOut(): void {
    this.#points = this.#points.filter((_, index) => index % 4 < 2);
    this.#spacing *= 2;
  }
}
