import type { Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { Canvas, ComposeMode, PlacedTile, Tile, TileInput } from '../../core/pixels';

/** A copy of what a canvas holds in a window. */
export interface TileView {
  readonly image: PixelImage;
  /** What is still to be drawn of it. */
  readonly pending: Mask;
}

/** A window of a canvas that another worker draws on. Until it is closed no tile is composed that would read or write the same pixels. */
export interface Loan {
  readonly kind: 'loan';
  readonly id: number;
}

/** A loan as it is given: the view goes on to the second worker. */
export interface Lent extends Loan {
  readonly view: TileView;
}

/** A view's picture with an answer composed into it; as it was where that does not fit. */
export interface Composed {
  readonly placed: PlacedTile;
  readonly image: PixelImage;
}

/** What the two workers do of a tile, beside the methods of `Pixels`: a canvas stays with the first one, and the second one works on views, which are moved there and back. */
export interface TileWork {
  /** By the first: a view of what is there once the tiles have been laid that were asked for before and touch the window. */
  view(canvas: Canvas, window: Bounds): Promise<TileView>;
  /** By the second: `tileInput` of a view. */
  inputOf(view: TileView, tile: Tile, drawsClear: boolean): Promise<TileInput>;
  /** By the first: a view for an answer that is to be composed in that mode. */
  lend(canvas: Canvas, window: Bounds, mode: ComposeMode): Promise<Lent>;
  /** By the second: `placeTile` on a view, which is the whole of the tile's window. */
  compose(view: TileView, tile: Tile, answer: Uint8Array, mode: ComposeMode): Promise<Composed>;
  /** By the first: lays the picture on the canvas that its view was lent from, and marks the window as known. */
  layBack(loan: Loan, image: PixelImage): Promise<void>;
}
