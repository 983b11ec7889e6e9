import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { sameExtent, type Bounds, type Extent } from '../../core/geometry';
import type { StrokePoint } from '../../core/strokes';
import { sharedStyles } from '../studio/styles';
import { frameBounds, NO_SIDES, pulled, type Handle, type Sides } from './frame';
import { BrushGesture, LassoGesture, RectangleGesture, type Gesture, type ToolName } from './gestures';
import { drawBrush, drawFrame, handleAt, handleCursor } from './marks';
import type { MaskModel } from './maskModel';
import type { ShownPicture, StageColours } from './pictureLayer';
import { stageStyles } from './stageStyles';
import { StageLayers, type StageScene } from './stageLayers';
import { centredView, fitView, keptInSight, movedView, nextScale, toPicture, toStage, zoomedView, type Point, type View } from './viewport';

/** How far an arrow key moves the picture, in CSS pixels. */
const KEY_PAN = 48;
/** A frame's sides come in multiples of this, as models like sizes; with Alt, of one. */
const FRAME_STEP = 16;
const ARROWS: Readonly<Record<string, Point>> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

interface Panning {
  readonly kind: 'pan';
  last: Point;
}

interface Pulling {
  readonly kind: 'pull';
  readonly handle: Handle;
  readonly from: Point;
  readonly sides: Sides;
}

interface Painting {
  readonly kind: 'paint';
  readonly gesture: Gesture;
}

/**
 * The picture, its mask and the marks of the tool in hand, on three canvases of the stage's own size. Tells `step` (a finished MaskStep), `sides` (of the frame),
 * `view` (after it has moved) and `place` (where the brush was moved by keys).
 */
@customElement('easel-stage')
export class EaselStage extends LitElement {
  static override readonly styles = [sharedStyles, stageStyles];

  @property({ attribute: false }) picture: ShownPicture | undefined;
  /** The document's picture. */
  @property({ attribute: false }) extent: Extent = { width: 1, height: 1 };
  /** Where the shown picture lies, in pixels of the document's. */
  @property({ attribute: false, hasChanged: differ }) place: Bounds = { x: 0, y: 0, width: 1, height: 1 };
  /** What is fitted, so that comparing with a smaller picture moves nothing. */
  @property({ attribute: false, hasChanged: differ }) sight: Bounds = { x: 0, y: 0, width: 1, height: 1 };
  @property({ attribute: false }) model: MaskModel | undefined;
  @property() tool: ToolName = 'view';
  @property({ type: Boolean }) showMask = true;
  @property({ attribute: false }) tip = { size: 40, hardness: 0.8 };
  /** For rectangle and lasso. */
  @property({ type: Boolean }) erase = false;
  @property() overlay = '#e5484d';
  @property({ attribute: false }) sides: Sides = NO_SIDES;
  /** What each request of a widening would see, in pixels of the frame. */
  @property({ attribute: false }) tiles: readonly Bounds[] = [];
  @property() label = '';
  @property() hint = '';
  @property({ attribute: false }) colours: StageColours & { readonly frame: string } = { checks: ['#fff', '#ddd'], grid: '#8888', frame: '#08f' };

  #view: View | undefined;
  /** Whether the whole picture is to be shown, also after the stage has changed its size. */
  #fitted = true;
  #action: Panning | Pulling | Painting | undefined;
  #hover: Point | undefined;
  #keyPlace: Point | undefined;
  #spaceHeld = false;
  readonly #layers = new StageLayers(
    () => [...this.renderRoot.querySelectorAll('canvas')],
    () => this.#scene(),
  );
  readonly #resizing = new ResizeObserver(() => this.#resized());

  get view(): View | undefined {
    return this.#view;
  }

  /** Whether the whole picture is shown because it was asked for, or nothing else was. */
  get isFitted(): boolean {
    return this.#fitted;
  }

  /** Takes up a view of earlier; before that, the whole picture is fitted. */
  set view(view: View | undefined) {
    this.#fitted = view === undefined;
    if (view) this.#look(view, false);
  }

  override render() {
    return html`<div
      class="surface"
      part="surface"
      role="application"
      tabindex="0"
      aria-label=${this.label}
      aria-description=${this.hint}
      @pointerdown=${this.#down}
      @pointermove=${this.#move}
      @pointerup=${this.#up}
      @pointercancel=${this.#up}
      @pointerleave=${this.#leave}
      @wheel=${this.#wheel}
      @keydown=${this.#key}
      @keyup=${this.#keyUp}
      @blur=${this.#blur}
    ><canvas></canvas><canvas></canvas><canvas></canvas></div>`;
  }

  override firstUpdated(): void {
    this.#resizing.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
    this.#layers.dispose();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('tool')) {
      this.#action = undefined;
      this.#keyPlace = undefined;
    }
    // Not while a handle is pulled: the frame would run away under the pointer.
    if (this.#fitted && !this.#action && (changed.has('sight') || changed.has('sides') || changed.has('tool'))) this.fit();
    if (changed.has('picture') || changed.has('place') || changed.has('colours')) this.#layers.refresh('picture');
    if (changed.has('model') || changed.has('overlay') || changed.has('showMask') || changed.has('extent')) this.#layers.refresh('mask');
    this.#layers.refresh('marks');
    this.#setCursor();
  }

  /** Shows the mask again after the model has changed by itself. */
  maskChanged(): void {
    this.#layers.refresh('mask');
  }

  override focus(): void {
    this.#surface?.focus();
  }

  fit(): void {
    this.#fitted = true;
    const stage = this.#stage();
    if (stage.width > 0) this.#look(fitView(this.#inSight(), stage), true);
  }

  actualSize(): void {
    this.#look(centredView(this.#inSight(), this.#stage(), 1 / window.devicePixelRatio), false);
  }

  /** Zooms by a step around the pointer, else around the middle. */
  zoom(larger: boolean): void {
    const view = this.#view;
    if (!view) return;
    const { width, height } = this.#stage();
    const ratio = window.devicePixelRatio;
    this.#look(zoomedView(view, nextScale(view.scale * ratio, larger) / ratio, this.#hover ?? { x: width / 2, y: height / 2 }), false);
  }

  get #surface(): HTMLElement | null {
    return this.renderRoot.querySelector('.surface');
  }

  /** What the view must be able to show: the picture, and the frame around it. */
  #inSight(): Bounds {
    return this.tool === 'widen' ? frameBounds(this.extent, this.sides) : this.sight;
  }

  #stage(): Extent {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  #resized(): void {
    this.#layers.resize(this.clientWidth, this.clientHeight);
    if (this.#fitted) this.fit();
  }

  #look(view: View, fitted: boolean): void {
    this.#fitted = fitted;
    this.#view = keptInSight(view, this.#inSight(), this.#stage());
    this.#layers.refreshAll();
    this.dispatchEvent(new CustomEvent('view'));
  }

  #scene(): StageScene | undefined {
    const view = this.#view;
    if (!view) return undefined;
    const { picture, place, colours, overlay } = this;
    return { view, picture, place, colours, overlay, mask: this.showMask ? this.model?.mask : undefined, drawMarks: (context) => this.#drawMarks(context, view) };
  }

  #drawMarks(context: CanvasRenderingContext2D, view: View): void {
    if (this.#action?.kind === 'paint') this.#action.gesture.draw(context, view);
    if (this.tool === 'widen') drawFrame(context, view, this.extent, this.sides, this.tiles, this.colours.frame);
    const at = this.#keyPlace ?? (this.#hover && toPicture(view, this.#hover));
    if (at && this.#isBrush) drawBrush(context, view, at, this.tip.size, this.#keyPlace !== undefined);
  }

  get #isBrush(): boolean {
    return this.tool === 'brush' || this.tool === 'eraser';
  }

  #down(event: PointerEvent): void {
    const view = this.#view;
    if (!view || this.#action) return;
    this.#surface?.focus();
    const at = this.#at(event);
    const pans = event.button === 1 || (event.button === 0 && (this.tool === 'view' || this.#spaceHeld));
    if (!pans && event.button !== 0) return;
    event.preventDefault();
    this.#surface?.setPointerCapture(event.pointerId);
    if (pans) this.#action = { kind: 'pan', last: at };
    else if (this.tool === 'widen') {
      const handle = handleAt(view, this.extent, this.sides, at);
      this.#action = handle ? { kind: 'pull', handle, from: at, sides: this.sides } : { kind: 'pan', last: at };
    } else {
      const gesture = this.#gesture(view);
      this.#action = { kind: 'paint', gesture };
      this.#layers.dirtied(gesture.move(this.#point(event, view)));
    }
    this.#setCursor();
  }

  #move(event: PointerEvent): void {
    const view = this.#view;
    if (!view) return;
    this.#hover = this.#at(event);
    this.#keyPlace = undefined;
    const action = this.#action;
    if (action?.kind === 'pan') {
      this.#look(movedView(view, { x: this.#hover.x - action.last.x, y: this.#hover.y - action.last.y }), false);
      action.last = this.#hover;
    } else if (action?.kind === 'pull') {
      const by = { x: (this.#hover.x - action.from.x) / view.scale, y: (this.#hover.y - action.from.y) / view.scale };
      this.#tell('sides', pulled(action.sides, action.handle, by.x, by.y, event.altKey ? 1 : FRAME_STEP, event.shiftKey));
    } else if (action?.kind === 'paint') {
      const events = event.getCoalescedEvents();
      for (const each of events.length > 0 ? events : [event]) this.#layers.dirtied(action.gesture.move(this.#point(each, view)));
      if (action.gesture.isFull) this.#finish(action.gesture);
    } else if (this.tool === 'widen') this.#setCursor();
    this.#layers.refresh('marks');
  }

  #up(): void {
    const action = this.#action;
    this.#action = undefined;
    if (action?.kind === 'paint') this.#finish(action.gesture);
    if (action?.kind === 'pull' && this.#fitted) this.fit();
    this.#setCursor();
    this.#layers.refresh('marks');
  }

  #leave(): void {
    this.#hover = undefined;
    this.#layers.refresh('marks');
  }

  #wheel(event: WheelEvent): void {
    const view = this.#view;
    if (!view) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey || event.altKey) return this.#look(zoomedView(view, view.scale * Math.exp(-event.deltaY * unit * 0.0025), this.#at(event)), false);
    const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    this.#look(movedView(view, { x: -x * unit, y: -y * unit }), false);
  }

  #key(event: KeyboardEvent): void {
    const view = this.#view;
    if (!view || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      if (this.#isBrush) return this.#moveBrush(arrow, event.shiftKey ? 1 : Math.max(1, Math.round(this.tip.size / 2)));
      return this.#look(movedView(view, { x: -arrow.x * KEY_PAN, y: -arrow.y * KEY_PAN }), false);
    }
    if (event.key !== ' ') return;
    event.preventDefault();
    this.#spaceHeld = true;
    // Space moves the picture under the mouse; it paints where the brush was brought by keys.
    if (event.repeat || this.#action || !this.#isBrush || !this.#keyPlace) return this.#setCursor();
    const gesture = this.#gesture(view);
    this.#action = { kind: 'paint', gesture };
    this.#layers.dirtied(gesture.move({ ...this.#keyPlace, pressure: 1 }));
  }

  #keyUp(event: KeyboardEvent): void {
    if (event.key !== ' ') return;
    this.#spaceHeld = false;
    if (this.#keyPlace && this.#action?.kind === 'paint') this.#up();
    this.#setCursor();
  }

  #blur(): void {
    this.#spaceHeld = false;
    if (this.#keyPlace && this.#action?.kind === 'paint') this.#up();
    this.#keyPlace = undefined;
    this.#layers.refresh('marks');
  }

  #moveBrush(arrow: Point, by: number): void {
    const view = this.#view;
    if (!view) return;
    const from = this.#keyPlace ?? this.#startOfKeys(view);
    const [x, y] = [from.x + (this.#keyPlace ? arrow.x * by : 0), from.y + (this.#keyPlace ? arrow.y * by : 0)];
    this.#keyPlace = { x: Math.min(this.extent.width, Math.max(0, x)), y: Math.min(this.extent.height, Math.max(0, y)) };
    if (this.#action?.kind === 'paint') this.#layers.dirtied(this.#action.gesture.move({ ...this.#keyPlace, pressure: 1 }));
    const onStage = toStage(view, this.#keyPlace);
    const { width, height } = this.#stage();
    if (onStage.x < 0 || onStage.y < 0 || onStage.x > width || onStage.y > height) this.#look(movedView(view, { x: width / 2 - onStage.x, y: height / 2 - onStage.y }), false);
    this.#layers.refresh('marks');
    this.#tell('place', this.#keyPlace);
  }

  /** The middle of what is in sight of the picture. */
  #startOfKeys(view: View): Point {
    const { width, height } = this.#stage();
    const middle = toPicture(view, { x: width / 2, y: height / 2 });
    return { x: Math.round(Math.min(this.extent.width, Math.max(0, middle.x))), y: Math.round(Math.min(this.extent.height, Math.max(0, middle.y))) };
  }

  #gesture(view: View): Gesture {
    if (this.tool === 'rectangle') return new RectangleGesture(this.erase);
    if (this.tool === 'lasso' || !this.model) return new LassoGesture(this.erase, Math.max(0.5, 2 / view.scale));
    return new BrushGesture(this.model, { erase: this.tool === 'eraser', ...this.tip });
  }

  #finish(gesture: Gesture): void {
    this.#action = undefined;
    const step = gesture.end();
    if (step) this.#tell('step', step);
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #at(event: MouseEvent): Point {
    const { left, top } = this.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #point(event: PointerEvent, view: View): StrokePoint {
    const { x, y } = toPicture(view, this.#at(event));
    return { x, y, pressure: event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 1 };
  }

  #setCursor(): void {
    const surface = this.#surface;
    if (!surface) return;
    surface.style.cursor = this.#cursor();
  }

  #cursor(): string {
    if (this.#action?.kind === 'pan') return 'grabbing';
    if (this.#action?.kind === 'pull') return handleCursor(this.#action.handle);
    if (this.#spaceHeld || this.tool === 'view') return 'grab';
    if (this.#isBrush) return 'none';
    if (this.tool !== 'widen') return 'crosshair';
    const handle = this.#view && this.#hover && handleAt(this.#view, this.extent, this.sides, this.#hover);
    return handle ? handleCursor(handle) : 'grab';
  }
}

function differ(a: Bounds, b: Bounds | undefined): boolean {
  return !b || a.x !== b.x || a.y !== b.y || !sameExtent(a, b);
}

declare global {
  interface HTMLElementTagNameMap {
    'easel-stage': EaselStage;
  }
}
