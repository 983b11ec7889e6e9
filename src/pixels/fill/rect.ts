/** A part of a canvas or of a block by its edges, in pixels; the ends are exclusive. */
export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}
