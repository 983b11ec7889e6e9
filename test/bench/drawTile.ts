import type { Bounds } from '../../src/core/geometry';
import type { Mask, PixelImage } from '../../src/core/image';
import type { ComposeMode, PlacedTile, Tile } from '../../src/core/pixels';
import { answerOnClear, prepareView } from '../../src/pixels/compose/clearBackground';
import { atOnce } from '../../src/pixels/steps';
import { crop } from '../../src/pixels/transform/crop';
import { fitting } from '../../src/pixels/transform/resize';
import { cropMask } from '../../src/pixels/worker/canvas';
import { goOn } from '../support/goOn';
import { redraw, type RedrawKind } from '../support/redraw';
import type { Laying } from './layings';

/** How a tile is drawn and laid. */
export interface Drawing {
  readonly kind: RedrawKind;
  readonly seed: number;
  readonly mode: ComposeMode;
  readonly lay: Laying;
  /** Whether the model draws transparency; one that does not is shown a clear background as a plain backdrop. */
  readonly drawsClear: boolean;
}

/** What went to the model, what came back, and what became of it. */
export interface DrawnTile extends Pick<PlacedTile, 'fits' | 'background'> {
  readonly sent: PixelImage;
  readonly answer: PixelImage;
}

/** Draws one tile of a canvas, in place, as the extension does it, by a simulated model that goes on from what it is sent, at the size that it is sent. `truth` is what the whole canvas is to show. */
export async function drawTile(canvas: PixelImage, pending: Mask, truth: PixelImage, { window, asked }: Pick<Tile, 'window' | 'asked'>, { kind, seed, mode, lay, drawsClear }: Drawing): Promise<DrawnTile> {
  const sent = crop(canvas, window);
  const drawn = cropMask(pending, window);
  const backdrop = atOnce(prepareView(sent, drawn, drawsClear));
  const shown = crop(truth, window);
  if (backdrop !== undefined && backdrop !== 'clear') layOn(shown, backdropColour(canvas, pending, window, sent));
  const answer = atOnce(fitting(redraw(atOnce(fitting(goOn(sent, drawn, shown), asked)), kind, seed), window));
  const laid = await answerOnClear(canvas, pending, window, answer, () => undefined);
  const fits = await lay(canvas, pending, window, laid.image, mode);
  return { sent, answer, fits, background: laid.background };
}

/** What a model sees where the canvas is known to be clear. */
function backdropColour(canvas: PixelImage, pending: Mask, window: Bounds, sent: PixelImage): readonly number[] {
  for (let i = 0; i < sent.width * sent.height; i++) {
    const at = (window.y + Math.floor(i / window.width)) * canvas.width + window.x + (i % window.width);
    if (pending.data[at] === 0 && canvas.data[4 * at + 3] === 0) return [...sent.data.subarray(4 * i, 4 * i + 3)];
  }
  return [0, 0, 0];
}

function layOn({ data }: PixelImage, colour: readonly number[]): void {
  for (let i = 0; i < data.length; i++) {
    const alpha = (data[i - (i % 4) + 3] ?? 0) / 255;
    if (i % 4 < 3) data[i] = alpha * (data[i] ?? 0) + (1 - alpha) * (colour[i % 4] ?? 0);
  }
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
}
