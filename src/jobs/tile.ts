import type { PricedCall } from '../core/cost';
import type { EditCall, ImageEngine } from '../core/engine';
import { ImageError, toImageError } from '../core/errors';
import { formatExtent, sameExtent, type Extent } from '../core/geometry';
import type { Canvas, ComposeMode, PlacedTile, Tile, TileInput } from '../core/pixels';
import { onBackdrop } from '../core/prompts';
import { wrongSizeFor } from '../core/wrongSize';
import type { Arrived, Courier } from './courier';
import type { JobContext, JobNote } from './job';

/** What the model is sent for a tile as its canvas is now. */
export function inputOf(canvas: Canvas, tile: Tile, { engine, pixels, signal }: JobContext): Promise<TileInput> {
  return pixels.tileInput(canvas, tile, engine.model.transparent === true, signal);
}

/** Asks for so many answers to a tile. `salt` tells requests apart that are otherwise the same. */
export async function requestTile(
  { image, mask, backdrop }: TileInput,
  tile: Tile,
  words: string,
  count: number,
  salt: string,
  courier: Courier,
  context: JobContext,
): Promise<Arrived[]> {
  const edit = editOf(context.engine, 'inpaint');
  const prompt = backdrop ? onBackdrop(words, backdrop, context.engine.model) : words;
  const call: Omit<EditCall, 'count'> = {
    prompt,
    images: [{ bytes: image, format: 'png' }],
    mask: { bytes: mask, format: 'png' },
    extent: tile.asked,
    ...(backdrop === 'clear' ? { transparent: true } : {}),
  };
  const priced: PricedCall = { extent: tile.asked, count, inputs: [tile.asked, tile.asked], promptLength: prompt.length };
  return courier.send({ priced, identity: [image, mask, prompt, `${count}`, salt] }, (each, callContext) => edit({ ...call, count: each }, callContext));
}

/** Lays an answer on the canvas and says what is worth telling of it. Rejects with `does-not-fit`, also where it is damaged or the work on it breaks off a second time. */
export async function place(canvas: Canvas, tile: Tile, { image, outboxId }: Arrived, mode: ComposeMode, courier: Courier, context: JobContext): Promise<JobNote[]> {
  const placing = context.pixels.placeTile(canvas, tile, image.bytes, mode, context.signal);
  const { fits, drawn, damage, background } = await placing.catch(async (error: unknown): Promise<PlacedTile> => {
    const known = toImageError(error, 'broken-image');
    if (known.reason === 'cancelled' || known.brokeOff === 'before' || outboxId === undefined || !(await courier.suspect(outboxId))) throw known;
    return { fits: false, drawn: undefined, damage: known.message };
  });
  if (!fits || !drawn) {
    if (outboxId !== undefined) await courier.refuse(outboxId);
    throw doesNotFit(tile, drawn, damage);
  }
  const notes: JobNote[] = sameExtent(drawn, tile.asked) ? [] : [{ note: 'tile-scaled', drawn, asked: tile.asked }];
  return background ? [...notes, { note: 'background', became: background }] : notes;
}

function doesNotFit(tile: Tile, drawn: Extent | undefined, damage: string | undefined): ImageError {
  const wrongSize = drawn && wrongSizeFor(tile, drawn);
  const strange = wrongSize
    ? `with ${formatExtent(drawn)} where ${formatExtent(tile.asked)} was asked for, which cannot be fitted in`
    : 'with another picture: nothing in it lines up with the part that was to be kept';
  const what = damage === undefined ? strange : `with a file that cannot be used: ${damage.replace(/\.$/, '')}`;
  return new ImageError('does-not-fit', `The model answered ${what}. What came is kept and can be saved as it is.`, { wrongSize, damage });
}

/**
 * The engine's `edit`, for whole pictures or by a mask. Rejects with `needs-model` where it has none, and with `unsupported` where its server is known to lack it.
 */
export function editOf(engine: ImageEngine, kind: 'edit' | 'inpaint'): NonNullable<ImageEngine['edit']> {
  if (!engine.edit) throw new ImageError('needs-model', 'The offline engine cannot draw from a prompt into a picture: this needs an AI model. Set an API key, or leave the prompt out.');
  const lack = engine.lacks?.[kind];
  if (lack !== undefined) throw new ImageError('unsupported', lack);
  return engine.edit.bind(engine);
}
