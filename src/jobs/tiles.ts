import pLimit, { type LimitFunction } from 'p-limit';
import { estimateUsd, type PricedCall } from '../core/cost';
import type { EditCall, ImageEngine } from '../core/engine';
import { ImageError } from '../core/errors';
import { formatExtent, sameExtent, type Extent } from '../core/geometry';
import { onBackdrop } from '../core/prompts';
import type { Canvas, ComposeMode, Tile, TileInput } from '../core/pixels';
import { wrongSizeFor } from '../core/wrongSize';
import { withCandidateCanvas } from './candidateCanvas';
import type { Arrived, Courier } from './courier';
import type { JobContext, JobNote } from './job';

/** How many tiles of a job are drawn at the same time; the pacer may let out fewer. */
const PARALLEL_TILES = 4;
/** How many candidates are worked on at the same time: each is a canvas in memory. */
const PARALLEL_CANVASES = 2;

/** What a plan of tiles will ask for, as far as prices go. */
export function priceTiles(tiles: readonly Tile[], promptLength: number, count: number): PricedCall[] {
  return tiles.map((tile) => ({ extent: tile.asked, count, inputs: [tile.asked, tile.asked], promptLength }));
}

/** What drawing tiles needs to know beside the canvas. */
export interface TilePlan {
  readonly tiles: readonly Tile[];
  /** The prompt for the tile of that index; never empty. */
  readonly promptFor: (index: number) => string;
  readonly mode: ComposeMode;
}

/** What a finished canvas was made of. */
export interface DrawnFrom {
  /** The outbox entries of its answers. */
  readonly answers: readonly string[];
  /** What is worth telling of them. */
  readonly notes: readonly JobNote[];
}

/**
 * Draws `count` candidates of a single tile with one request, and of several tiles a few candidates side by side, as are tiles that do not depend on each other.
 * Each finished canvas goes to `done`, in order, with what it was made of. The last candidate is drawn on `base`. An answer that is another picture altogether is offered as it is and costs its candidate:
 * answers how many were lost so. Rejects with `does-not-fit` where that leaves none: the tiles that fit wait in the outbox, and the error's `resume` says what the rest would cost.
 */
export async function drawTiles(
  base: Canvas,
  work: TilePlan,
  count: number,
  courier: Courier,
  context: JobContext,
  done: (canvas: Canvas, from: DrawnFrom) => Promise<void>,
): Promise<number> {
  const [first] = work.tiles;
  if (first && work.tiles.length === 1) return drawSingle(base, first, work, count, courier, context, done);
  const tileLimit = pLimit(PARALLEL_TILES);
  const canvasLimit = pLimit(PARALLEL_CANVASES);
  let failed = false;
  let fitted = 0;
  const laid = Array.from({ length: count }, () => new Set<number>());
  const candidates = Array.from({ length: count }, (_, candidate) =>
    canvasLimit(async () => {
      // Once one has failed, no more money is spent.
      if (failed) return;
      // They begin in order: all others have their copies when the last one begins to change `base`.
      await withCandidateCanvas(base, candidate === count - 1, context, async (canvas) => {
        const from = await drawChain(canvas, work, candidate, laid[candidate] ?? new Set(), courier, context, tileLimit);
        // One that does not fit must not take those that do with it.
        await (candidates[candidate - 1] ?? Promise.resolve()).catch(misfitOf);
        await done(canvas, from);
        fitted += 1;
        laid[candidate]?.clear();
      });
    }),
  );
  for (const candidate of candidates) candidate.catch(() => (failed = true));
  const results = await Promise.allSettled(candidates);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [misfitOf(result.reason)] : []));
  if (fitted === 0 && failures[0]) throw resumable(failures[0], work, laid, context);
  return failures.length;
}

/** The failure of an answer that does not fit. Throws each other one. */
function misfitOf(failure: unknown): ImageError {
  if (!(failure instanceof ImageError) || failure.reason !== 'does-not-fit') throw failure;
  return failure;
}

/** A misfit with what the same request made again would find; `laid` are the tiles of each candidate that wait. */
function resumable(failure: ImageError, { tiles, promptFor }: TilePlan, laid: readonly ReadonlySet<number>[], { engine, prices }: JobContext): ImageError {
  const missing = laid.flatMap((there) => tiles.flatMap((tile, index) => (there.has(index) ? [] : priceTiles([tile], promptFor(index).length, 1))));
  return failure.withResume({ kept: laid.reduce((sum, there) => sum + there.size, 0), usd: estimateUsd(engine.model, engine.quality, missing, prices) });
}

async function drawSingle(
  base: Canvas,
  tile: Tile,
  work: TilePlan,
  count: number,
  courier: Courier,
  context: JobContext,
  done: (canvas: Canvas, from: DrawnFrom) => Promise<void>,
): Promise<number> {
  const arrived = await requestTile(await inputOf(base, tile, context), tile, work.promptFor(0), count, '', courier, context);
  const failures: ImageError[] = [];
  const pictures = arrived.slice(0, count);
  for (const [index, picture] of pictures.entries()) {
    try {
      await withCandidateCanvas(base, index === pictures.length - 1, context, async (canvas) => {
        context.onEvent({ type: 'composing', part: index + 1, of: pictures.length });
        const notes = await place(canvas, tile, picture, work.mode, courier, context);
        await done(canvas, { answers: picture.outboxId ? [picture.outboxId] : [], notes });
      });
    } catch (error) {
      failures.push(misfitOf(error));
    }
  }
  if (failures[0] && failures.length === pictures.length) throw resumable(failures[0], work, Array.from({ length: count }, () => new Set<number>()), context);
  return failures.length;
}

/** Draws all tiles of one candidate, and adds the index of each that is there to `laid`. */
async function drawChain(canvas: Canvas, work: TilePlan, candidate: number, laid: Set<number>, courier: Courier, context: JobContext, limit: LimitFunction): Promise<DrawnFrom> {
  const answers: string[] = [];
  const notes: JobNote[] = [];
  const placed: Promise<void>[] = [];
  // Tiles that wait for no other are looked at before anything is placed: the same request made again is then the very same, in whatever order answers came, and finds those that are paid for.
  const inputs = await Promise.all(work.tiles.map(async (tile) => (tile.after.length === 0 ? inputOf(canvas, tile, context) : undefined)));
  for (const [index, tile] of work.tiles.entries()) {
    const ready = Promise.all(tile.after.map(async (earlier) => placed[earlier]));
    placed.push(
      ready.then(() =>
        limit(async () => {
          const input = inputs[index] ?? (await inputOf(canvas, tile, context));
          const [arrived] = await requestTile(input, tile, work.promptFor(index), 1, `candidate ${candidate}`, courier, context);
          if (!arrived) throw new ImageError('bad-answer', `No picture came for part ${index + 1} of ${work.tiles.length}.`);
          context.onEvent({ type: 'composing', part: index + 1, of: work.tiles.length });
          notes.push(...(await place(canvas, tile, arrived, work.mode, courier, context)));
          if (arrived.outboxId) answers.push(arrived.outboxId);
          laid.add(index);
        }),
      ),
    );
  }
  // All are awaited, so that a failing tile does not throw away the answer that another is about to get.
  const results = await Promise.allSettled(placed);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return { answers, notes };
}

function inputOf(canvas: Canvas, tile: Tile, { engine, pixels, signal }: JobContext): Promise<TileInput> {
  return pixels.tileInput(canvas, tile, engine.model.transparent === true, signal);
}

async function requestTile(
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

/** Lays an answer on the canvas and says what is worth telling of it. Rejects with `does-not-fit`. */
async function place(canvas: Canvas, tile: Tile, { image, outboxId }: Arrived, mode: ComposeMode, courier: Courier, context: JobContext): Promise<JobNote[]> {
  const { fits, drawn, background } = await context.pixels.placeTile(canvas, tile, image.bytes, mode, context.signal);
  if (!fits) {
    if (outboxId !== undefined) await courier.refuse(outboxId);
    throw doesNotFit(tile, drawn);
  }
  const notes: JobNote[] = sameExtent(drawn, tile.asked) ? [] : [{ note: 'tile-scaled', drawn, asked: tile.asked }];
  return background ? [...notes, { note: 'background', became: background }] : notes;
}

function doesNotFit(tile: Tile, drawn: Extent): ImageError {
  const wrongSize = wrongSizeFor(tile, drawn);
  const what = wrongSize
    ? `with ${formatExtent(drawn)} where ${formatExtent(tile.asked)} was asked for, which cannot be fitted in`
    : 'with another picture: nothing in it lines up with the part that was to be kept';
  return new ImageError('does-not-fit', `The model answered ${what}. What came is kept and can be saved as it is.`, { wrongSize });
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
