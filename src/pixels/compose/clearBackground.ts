import { boundsOf, type Bounds } from '../../core/geometry';
import type { Mask, PixelImage } from '../../core/image';
import type { PlacedTile, TileInput } from '../../core/pixels';
import { cutOutWhere } from '../cutout/cutOut';
import { stepwise, type Steps, type Checkpoint } from '../steps';
import { isOpaque } from '../transform/words';
import { layOnBackdrop } from './backdrop';
import { infillingClear, isPartlyClear, withColoursBeyond } from './clearParts';
import { infilling } from './infill';

/** Makes a window of a canvas what a model is shown, in place, and answers what it then stands on, where it stands on a clear background: a backdrop unless the model draws transparency. */
export function* prepareView(view: PixelImage, pending: Mask, drawsClear: boolean): Steps<TileInput['backdrop']> {
  if (!isPartlyClear(view, pending, boundsOf(view))) {
    yield* infilling(view, pending);
    return undefined;
  }
  yield* infillingClear(view, pending);
  return drawsClear ? 'clear' : layOnBackdrop(view);
}

/**
 * An answer as it is to be laid. Where the canvas stands on a clear background and the answer is opaque, its background is cut out: what it shows where the canvas is known to be clear, and what hangs together with that.
 * That is believed only where the result is clear and opaque where the canvas is; otherwise the answer stays opaque.
 */
export async function answerOnClear(canvas: PixelImage, pending: Mask, window: Bounds, answer: PixelImage, checkpoint: Checkpoint): Promise<{ readonly image: PixelImage; readonly background: PlacedTile['background'] }> {
  if (!isOpaque(answer)) return { image: await stepwise(withColoursBeyond(answer), checkpoint), background: undefined };
  if (!isPartlyClear(canvas, pending, window)) return { image: answer, background: undefined };
  const known = knownAlpha(canvas, pending, window);
  const cut = await cutOutWhere(answer, known.map((what) => Number(what === CLEAR)), checkpoint);
  return cut && agrees(known, cut) ? { image: await stepwise(withColoursBeyond(cut), checkpoint), background: 'cut-out' } : { image: answer, background: 'filled' };
}

const CLEAR = 1;
const OPAQUE = 2;
/** Of the pixels that are known to be clear, and of those known to be opaque, the share that must come out so: edges move a little, and a model may draw a little over what it was to keep. */
const LEAST_AGREEING = 0.8;

/** For each pixel of a window whether it is known to be clear or opaque, or 0. */
function knownAlpha(canvas: PixelImage, pending: Mask, { x, y, width, height }: Bounds): Uint8Array {
  const known = new Uint8Array(width * height);
  for (let i = 0; i < known.length; i++) {
    const at = (y + Math.floor(i / width)) * canvas.width + x + (i % width);
    if (pending.data[at] !== 0) continue;
    const alpha = canvas.data[4 * at + 3];
    if (alpha === 0) known[i] = CLEAR;
    else if (alpha === 255) known[i] = OPAQUE;
  }
  return known;
}

function agrees(known: Uint8Array, { data }: PixelImage): boolean {
  const all = { clear: 0, opaque: 0 };
  const right = { clear: 0, opaque: 0 };
  for (let i = 0; i < known.length; i++) {
    if (known[i] === 0) continue;
    const what = known[i] === CLEAR ? 'clear' : 'opaque';
    all[what]++;
    if ((data[4 * i + 3] as number) < 128 === (what === 'clear')) right[what]++;
  }
  return right.clear >= LEAST_AGREEING * all.clear && right.opaque >= LEAST_AGREEING * all.opaque;
}
