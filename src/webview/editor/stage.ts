import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { sameExtent, type Bounds, type Extent, type Point, type Sides } from '../../core/geometry';
import type { MaskStep } from '../../core/strokes';
import { sharedStyles } from '../shared/styles';
import { frameBounds, NO_SIDES } from './frame';
import type { ToolName } from './gestures';
import type { HandSurface } from './handSurface';
import type { MaskModel } from './maskModel';
import type { ShownPicture, StageColours } from './pictureLayer';
import { StageHand } from './stageHand';
import { StageLayers, type StageScene } from './stageLayers';
import { stageStyles } from './stageStyles';
import { centredView, fitView, isWithin, keptInSight, movedView, nextScale, zoomedView, type View } from './viewport';

/**
 * The picture, its mask and the marks of the tool in hand, on three canvases of the stage's own size. Tells `step` (a finished MaskStep), `pull` (a handle of the
 * frame was taken), `sides` (of the frame),
 * `view` (after it has moved) and `place` (where the brush was moved by keys).
 */
@customElement('easel-stage')
export class EaselStage extends LitElement implements HandSurface {
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
  /** How far each side can go in one request; asked for by `pull`. */
  @property({ attribute: false }) reach: Sides | undefined;
  @property() label = '';
  @property() hint = '';
  @property({ attribute: false }) colours: StageColours & { readonly frame: string } = { checks: ['#fff', '#ddd'], grid: '#8888', frame: '#08f' };

  #view: View | undefined;
  /** Whether the whole picture is to be shown, also after the stage has changed its size. */
  #fitted = true;
  #fittedSight: Bounds | undefined;
  /** Where the stage lay on the screen, and how large the page was. */
  #placed: { readonly at: Point; readonly page: Extent } | undefined;
  readonly #hand = new StageHand(this);
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
      @pointerdown=${this.#hand.down}
      @pointermove=${this.#hand.move}
      @pointerup=${this.#hand.up}
      @pointercancel=${this.#hand.up}
      @pointerleave=${this.#hand.leave}
      @wheel=${this.#hand.wheel}
      @keydown=${this.#hand.key}
      @keyup=${this.#hand.keyUp}
      @blur=${this.#hand.blur}
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
    if (changed.has('tool')) this.#hand.drop();
    // Not while a handle is pulled: the frame would run away under the pointer.
    if (this.#fitted && !this.#hand.isBusy && differ(this.#inSight(), this.#fittedSight)) this.fit();
    if (changed.has('picture') || changed.has('place') || changed.has('colours')) this.#layers.refresh('picture');
    if (changed.has('model') || changed.has('overlay') || changed.has('showMask') || changed.has('extent')) this.#layers.refresh('mask');
    this.#layers.refresh('marks');
    this.#hand.updateCursor();
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
    const { room } = this;
    if (room.width === 0) return;
    this.#fittedSight = this.#inSight();
    this.#look(fitView(this.#fittedSight, room), true);
  }

  actualSize(): void {
    this.#look(centredView(this.#inSight(), this.room, 1 / window.devicePixelRatio), false);
  }

  /** Zooms by a step around the pointer, else around the middle. */
  zoom(larger: boolean): void {
    const view = this.#view;
    if (!view) return;
    const { width, height } = this.room;
    const ratio = window.devicePixelRatio;
    this.#look(zoomedView(view, nextScale(view.scale * ratio, larger) / ratio, this.#hand.hover ?? { x: width / 2, y: height / 2 }), false);
  }

  get #surface(): HTMLElement | null {
    return this.renderRoot.querySelector('.surface');
  }

  get room(): Extent {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  get frameColour(): string {
    return this.colours.frame;
  }

  at(event: MouseEvent): Point {
    const { left, top } = this.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  look(view: View): void {
    this.#look(view, false);
  }

  dirtied(bounds: Bounds | undefined): void {
    this.#layers.dirtied(bounds);
  }

  refreshMarks(): void {
    this.#layers.refresh('marks');
  }

  capture(pointer: number): void {
    this.focus();
    this.#surface?.setPointerCapture(pointer);
  }

  setCursor(cursor: string): void {
    if (this.#surface) this.#surface.style.cursor = cursor;
  }

  painted(step: MaskStep): void {
    this.#tell('step', step);
  }

  pulling(): void {
    this.#tell('pull', undefined);
  }

  pulledTo(sides: Sides): void {
    this.#tell('sides', sides);
  }

  placed(at: Point): void {
    this.#tell('place', at);
  }

  released(): void {
    if (this.#fitted) this.fit();
  }

  /** What the view must be able to show: the picture, and the frame around it. */
  #inSight(): Bounds {
    return this.tool === 'widen' ? frameBounds(this.extent, this.sides) : this.sight;
  }

  #resized(): void {
    this.#layers.resize(this.clientWidth, this.clientHeight);
    const { left, top } = this.getBoundingClientRect();
    const before = this.#placed;
    const now = { at: { x: left, y: top }, page: { width: window.innerWidth, height: window.innerHeight } };
    this.#placed = now;
    // A row around the stage has another height: the picture stays where it is on the screen, as far as there is room.
    if (this.#view && before && sameExtent(before.page, now.page)) {
      const view = movedView(this.#view, { x: before.at.x - now.at.x, y: before.at.y - now.at.y });
      if (!this.#fitted || isWithin(view, this.#inSight(), this.room)) return this.#look(view, this.#fitted);
    }
    if (this.#fitted) this.fit();
  }

  #look(view: View, fitted: boolean): void {
    this.#fitted = fitted;
    this.#view = keptInSight(view, this.#inSight(), this.room);
    this.#layers.refreshAll();
    this.dispatchEvent(new CustomEvent('view'));
  }

  #scene(): StageScene | undefined {
    const view = this.#view;
    if (!view) return undefined;
    const { picture, place, colours, overlay } = this;
    return { view, picture, place, colours, overlay, mask: this.showMask ? this.model?.mask : undefined, drawMarks: (context) => this.#hand.drawMarks(context, view) };
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
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
