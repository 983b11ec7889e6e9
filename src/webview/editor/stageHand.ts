import type { Extent, Point, Sides } from '../../core/geometry';
import type { StrokePoint } from '../../core/strokes';
import { pulled, snapped, type Handle } from './frame';
import { BrushGesture, LassoGesture, RectangleGesture, type Gesture } from './gestures';
import type { HandSurface } from './handSurface';
import { drawBrush, drawFrame, handleAt, handleCursor } from './marks';
import { movedView, toPicture, toStage, zoomedView, type View } from './viewport';

/** How far an arrow key moves the picture, in CSS pixels. */
const KEY_PAN = 48;
/** A frame's sides come in multiples of this, as models like sizes; with Alt, of one. */
const FRAME_STEP = 16;
/** How near a side must come to what the model draws in one request to be set to it, in CSS pixels. */
const SNAP = 10;
const ARROWS: Readonly<Record<string, Point>> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

type Action =
  | { readonly kind: 'pan'; last: Point }
  | { readonly kind: 'pull'; readonly handle: Handle; readonly from: Point; readonly sides: Sides }
  | { readonly kind: 'paint'; readonly gesture: Gesture };

/** What a person's hand does on the stage, by pointer, wheel and keys: it moves the view, pulls the frame and paints. */
export class StageHand {
  readonly #surface: HandSurface;
  #action: Action | undefined;
  #hover: Point | undefined;
  #keyPlace: Point | undefined;
  #spaceHeld = false;

  constructor(surface: HandSurface) {
    this.#surface = surface;
  }

  get isBusy(): boolean {
    return this.#action !== undefined;
  }

  /** Where the pointer is on the stage. */
  get hover(): Point | undefined {
    return this.#hover;
  }

  /** Lets go of everything, another tool having been taken. What is on the mask already stays. */
  drop(): void {
    if (this.#action?.kind === 'paint') this.#finish(this.#action.gesture);
    this.#action = undefined;
    this.#keyPlace = undefined;
  }

  /** Draws what belongs to the tool in hand, in CSS pixels. */
  drawMarks(context: CanvasRenderingContext2D, view: View): void {
    const { tool, extent, sides, tiles, frameColour, tip } = this.#surface;
    if (this.#action?.kind === 'paint') this.#action.gesture.draw(context, view);
    if (tool === 'widen') drawFrame(context, view, extent, sides, tiles, frameColour);
    const at = this.#keyPlace ?? (this.#hover && toPicture(view, this.#hover));
    if (at && this.#isBrush) drawBrush(context, view, at, tip.size, this.#keyPlace !== undefined);
  }

  readonly down = (event: PointerEvent): void => {
    const surface = this.#surface;
    const { view, tool } = surface;
    if (!view || this.#action) return;
    const at = surface.at(event);
    const pans = event.button === 1 || (event.button === 0 && (tool === 'view' || this.#spaceHeld));
    if (!pans && event.button !== 0) return;
    event.preventDefault();
    surface.capture(event.pointerId);
    if (pans) this.#action = { kind: 'pan', last: at };
    else if (tool === 'widen') {
      const { extent, sides } = surface;
      const handle = handleAt(view, extent, sides, at);
      this.#action = handle ? { kind: 'pull', handle, from: at, sides } : { kind: 'pan', last: at };
      if (handle) surface.pulling();
    } else {
      const gesture = this.#gesture(view);
      this.#action = { kind: 'paint', gesture };
      surface.dirtied(gesture.move(this.#point(event, view)));
    }
    this.updateCursor();
  };

  readonly move = (event: PointerEvent): void => {
    const surface = this.#surface;
    const { view } = surface;
    if (!view) return;
    this.#hover = surface.at(event);
    this.#keyPlace = undefined;
    const action = this.#action;
    if (action?.kind === 'pan') {
      surface.look(movedView(view, { x: this.#hover.x - action.last.x, y: this.#hover.y - action.last.y }));
      action.last = this.#hover;
    } else if (action?.kind === 'pull') {
      const by = { x: (this.#hover.x - action.from.x) / view.scale, y: (this.#hover.y - action.from.y) / view.scale };
      const sides = pulled(action.sides, action.handle, by.x, by.y, event.altKey ? 1 : FRAME_STEP, event.shiftKey);
      surface.pulledTo(surface.reach && !event.altKey ? snapped(sides, action.handle, surface.reach, SNAP / view.scale) : sides);
    } else if (action?.kind === 'paint') {
      const events = event.getCoalescedEvents();
      for (const each of events.length > 0 ? events : [event]) this.#paint(this.#point(each, view), view);
    } else if (surface.tool === 'widen') this.updateCursor();
    surface.refreshMarks();
  };

  readonly up = (): void => {
    const action = this.#action;
    this.#action = undefined;
    if (action?.kind === 'paint') this.#finish(action.gesture);
    if (action?.kind === 'pull') this.#surface.released();
    this.updateCursor();
    this.#surface.refreshMarks();
  };

  readonly leave = (): void => {
    this.#hover = undefined;
    this.#surface.refreshMarks();
  };

  readonly wheel = (event: WheelEvent): void => {
    const surface = this.#surface;
    const { view } = surface;
    if (!view) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey || event.altKey) return surface.look(zoomedView(view, view.scale * Math.exp(-event.deltaY * unit * 0.0025), surface.at(event)));
    const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    surface.look(movedView(view, { x: -x * unit, y: -y * unit }));
  };

  readonly key = (event: KeyboardEvent): void => {
    const surface = this.#surface;
    const { view, tip } = surface;
    if (!view || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      if (this.#isBrush) return this.#moveBrush(view, arrow, event.shiftKey ? 1 : Math.max(1, Math.round(tip.size / 2)));
      return surface.look(movedView(view, { x: -arrow.x * KEY_PAN, y: -arrow.y * KEY_PAN }));
    }
    if (event.key !== ' ') return;
    event.preventDefault();
    this.#spaceHeld = true;
    // Space moves the picture under the mouse; it paints where the brush was brought by keys.
    if (event.repeat || this.#action || !this.#isBrush || !this.#keyPlace) return this.updateCursor();
    const gesture = this.#gesture(view);
    this.#action = { kind: 'paint', gesture };
    surface.dirtied(gesture.move({ ...this.#keyPlace, pressure: 1 }));
  };

  readonly keyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ') return;
    this.#spaceHeld = false;
    if (this.#keyPlace && this.#action?.kind === 'paint') this.up();
    this.updateCursor();
  };

  readonly blur = (): void => {
    this.#spaceHeld = false;
    if (this.#keyPlace && this.#action?.kind === 'paint') this.up();
    this.#keyPlace = undefined;
    this.#surface.refreshMarks();
  };

  updateCursor(): void {
    this.#surface.setCursor(this.#cursor());
  }

  get #isBrush(): boolean {
    const { tool } = this.#surface;
    return tool === 'brush' || tool === 'eraser';
  }

  #moveBrush(view: View, arrow: Point, by: number): void {
    const surface = this.#surface;
    const { extent, room } = surface;
    const from = this.#keyPlace ?? startOfKeys(view, room, extent);
    const [x, y] = [from.x + (this.#keyPlace ? arrow.x * by : 0), from.y + (this.#keyPlace ? arrow.y * by : 0)];
    const place = inside({ x, y }, extent);
    this.#keyPlace = place;
    this.#paint({ ...place, pressure: 1 }, view);
    const onStage = toStage(view, place);
    const { width, height } = room;
    if (onStage.x < 0 || onStage.y < 0 || onStage.x > width || onStage.y > height) surface.look(movedView(view, { x: width / 2 - onStage.x, y: height / 2 - onStage.y }));
    surface.refreshMarks();
    surface.placed(place);
  }

  #gesture(view: View): Gesture {
    const { tool, erase, tip, model } = this.#surface;
    if (tool === 'rectangle') return new RectangleGesture(erase);
    if (tool === 'lasso' || !model) return new LassoGesture(erase, Math.max(0.5, 2 / view.scale));
    return new BrushGesture(model, { erase: tool === 'eraser', ...tip });
  }

  /** Leads the gesture in hand on to a point. One that is full ends there, and the next goes on from the same point. */
  #paint(point: StrokePoint, view: View): void {
    if (this.#action?.kind !== 'paint') return;
    const { gesture } = this.#action;
    this.#surface.dirtied(gesture.move(point));
    if (!gesture.isFull) return;
    this.#finish(gesture);
    const next = this.#gesture(view);
    this.#action = { kind: 'paint', gesture: next };
    this.#surface.dirtied(next.move(point));
  }

  #finish(gesture: Gesture): void {
    this.#action = undefined;
    this.#surface.dirtied(gesture.end());
    const { step } = gesture;
    if (step) this.#surface.painted(step);
  }

  #point(event: PointerEvent, view: View): StrokePoint {
    const { x, y } = toPicture(view, this.#surface.at(event));
    return { x, y, pressure: event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 1 };
  }

  #cursor(): string {
    const { view, tool, extent, sides } = this.#surface;
    if (this.#action?.kind === 'pan') return 'grabbing';
    if (this.#action?.kind === 'pull') return handleCursor(this.#action.handle);
    if (this.#spaceHeld || tool === 'view') return 'grab';
    if (this.#isBrush) return 'none';
    if (tool !== 'widen') return 'crosshair';
    const handle = view && this.#hover && handleAt(view, extent, sides, this.#hover);
    return handle ? handleCursor(handle) : 'grab';
  }
}

/** The middle of what is in sight of the picture. */
function startOfKeys(view: View, room: Extent, extent: Extent): Point {
  const { x, y } = inside(toPicture(view, { x: room.width / 2, y: room.height / 2 }), extent);
  return { x: Math.round(x), y: Math.round(y) };
}

function inside({ x, y }: Point, { width, height }: Extent): Point {
  return { x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) };
}
