import type { Bounds } from '../../core/geometry';
import { drawMask, type ShownMask } from './maskLayer';
import { drawPicture, type ShownPicture, type StageColours } from './pictureLayer';
import type { View } from './viewport';

/** What the layers show; asked for once a frame. */
export interface StageScene {
  readonly view: View;
  readonly picture: ShownPicture | undefined;
  readonly place: Bounds;
  readonly colours: StageColours;
  /** Undefined where none is to be seen. */
  readonly mask: ShownMask | undefined;
  readonly overlay: string;
  /** Draws the marks of the tool in hand, in CSS pixels. */
  drawMarks(context: CanvasRenderingContext2D): void;
}

type LayerName = 'picture' | 'mask' | 'marks';

/** Three canvases of the stage's size, each drawn again only where it has changed, at most once a frame. */
export class StageLayers {
  readonly #canvases: () => readonly HTMLCanvasElement[];
  readonly #scene: () => StageScene | undefined;
  readonly #stale = new Set<LayerName>();
  #dirty: Bounds | undefined;
  #frame = 0;

  /** `canvases` are those of picture, mask and marks. */
  constructor(canvases: () => readonly HTMLCanvasElement[], scene: () => StageScene | undefined) {
    this.#canvases = canvases;
    this.#scene = scene;
  }

  /** Has layers drawn again in the next frame. */
  refresh(...names: readonly LayerName[]): void {
    for (const name of names) this.#stale.add(name);
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  refreshAll(): void {
    this.refresh('picture', 'mask', 'marks');
  }

  /** Has a part of the mask drawn again, and the marks over it. */
  dirtied(bounds: Bounds | undefined): void {
    if (bounds) this.#dirty = this.#dirty ? union(this.#dirty, bounds) : bounds;
    this.refresh('marks');
  }

  /** Gives the canvases the stage's size, in CSS pixels. */
  resize(width: number, height: number): void {
    for (const canvas of this.#canvases()) {
      canvas.width = Math.round(width * window.devicePixelRatio);
      canvas.height = Math.round(height * window.devicePixelRatio);
    }
    this.refreshAll();
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
  }

  #draw(): void {
    this.#frame = 0;
    const scene = this.#scene();
    const [picture, mask, marks] = this.#canvases().map((canvas) => canvas.getContext('2d'));
    if (!scene || !picture || !mask || !marks) return;
    const ratio = window.devicePixelRatio;
    if (this.#stale.has('picture') && scene.picture) drawPicture(picture, scene.picture, scene.place, scene.view, ratio, scene.colours);
    if (!scene.mask) mask.clearRect(0, 0, mask.canvas.width, mask.canvas.height);
    else if (this.#stale.has('mask')) drawMask(mask, scene.mask, scene.view, ratio, scene.overlay);
    else if (this.#dirty) drawMask(mask, scene.mask, scene.view, ratio, scene.overlay, this.#dirty);
    if (this.#stale.has('marks')) {
      marks.setTransform(1, 0, 0, 1, 0, 0);
      marks.clearRect(0, 0, marks.canvas.width, marks.canvas.height);
      marks.setTransform(ratio, 0, 0, ratio, 0, 0);
      scene.drawMarks(marks);
    }
    this.#dirty = undefined;
    this.#stale.clear();
  }
}

function union(a: Bounds, b: Bounds): Bounds {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
