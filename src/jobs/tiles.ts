import pLimit, { type LimitFunction } from 'p-limit';
import { estimateUsd, type PricedCall } from '../core/cost';
import { ImageError, toImageError } from '../core/errors';
import type { Canvas, ComposeMode, Tile } from '../core/pixels';
import { onOwnCanvas, onRenewedCanvas, parallelCanvases } from './candidateCanvas';
import type { Courier } from './courier';
import type { JobContext, JobNote } from './job';
import { inputOf, place, requestTile } from './tile';

/** How many tiles of a job are drawn at the same time; the pacer may let out fewer. */
const PARALLEL_TILES = 4;

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
 * Draws `count` candidates of a single tile with one request, and of several tiles a few candidates side by side where memory allows, as are tiles that do not depend on each other.
 * Each finished canvas goes to `done`, in order, with what it was made of. `base` is drawn on. An answer that is another picture altogether is offered as it is and costs its candidate:
 * answers how many were lost so. Rejects with `does-not-fit` where that leaves none. Whatever it rejects with, the tiles that came and fit wait in the outbox, and the error's `resume` says what the rest would cost.
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
  const limits = { tiles: pLimit(PARALLEL_TILES), suspects: pLimit(1) };
  const beside = parallelCanvases(base);
  const canvasLimit = pLimit(beside);
  let failed = false;
  let fitted = 0;
  const waiting = Array.from({ length: count }, () => new Set<number>());
  const progress = { part: 0, of: count * work.tiles.length };
  const candidates = Array.from({ length: count }, (_, candidate) =>
    canvasLimit(async () => {
      // Once one has failed, no more money is spent.
      if (failed) return;
      const draw = async (canvas: Canvas): Promise<void> => {
        const from = await drawChain(canvas, work, candidate, waiting[candidate] ?? new Set(), progress, courier, context, limits);
        // One that does not fit must not take those that do with it.
        await (candidates[candidate - 1] ?? Promise.resolve()).catch(misfitOf);
        await done(canvas, from);
        fitted += 1;
        waiting[candidate]?.clear();
      };
      // They begin in order: all others have their copies when the last one begins to change `base`.
      await (beside === 1 ? onRenewedCanvas(base, candidate, context, draw) : onOwnCanvas(base, candidate === count - 1, context, draw));
    }),
  );
  for (const candidate of candidates) candidate.catch(() => (failed = true));
  const failures = (await Promise.allSettled(candidates)).flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  const misfits = failures.filter(isMisfit);
  const worst = failures.find((failure) => !isMisfit(failure) && !isConsequence(failure)) ?? (misfits.length === 0 ? failures[0] : undefined);
  if (worst !== undefined) throw resumable(worst, work, waiting, context);
  if (misfits[0] && (fitted === 0 || misfits.length < failures.length)) throw resumable(misfits[0], work, waiting, context);
  return misfits.length;
}

/** Whether something failed only because a worker had died of something else. */
function isConsequence(failure: unknown): boolean {
  return failure instanceof ImageError && failure.brokeOff === 'before';
}

function isMisfit(failure: unknown): failure is ImageError {
  return failure instanceof ImageError && failure.reason === 'does-not-fit';
}

/** The failure of an answer that does not fit. Throws each other one. */
function misfitOf(failure: unknown): ImageError {
  if (!isMisfit(failure)) throw failure;
  return failure;
}

/** A failure with what the same request made again would find, and pay for; `waiting` are the tiles of each candidate whose answers are paid for and fit. */
function resumable(failure: unknown, { tiles, promptFor }: TilePlan, waiting: readonly ReadonlySet<number>[], context: JobContext): ImageError {
  const missing = waiting.flatMap((there) => tiles.flatMap((tile, index) => (there.has(index) ? [] : priceTiles([tile], promptFor(index).length, 1))));
  const kept = waiting.reduce((sum, there) => sum + there.size, 0);
  return withResume(failure, kept, missing, context);
}

function withResume(failure: unknown, kept: number, missing: readonly PricedCall[], { engine, prices }: JobContext): ImageError {
  return toImageError(failure, 'bad-answer').withResume({ kept, usd: estimateUsd(engine.model, engine.quality, missing, prices) });
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
      await onRenewedCanvas(base, index, context, async (canvas) => {
        context.onEvent({ type: 'composing', part: index + 1, of: pictures.length });
        const notes = await place(canvas, tile, picture, work.mode, courier, context);
        await done(canvas, { answers: picture.outboxId ? [picture.outboxId] : [], notes });
      });
    } catch (error) {
      failures.push(misfitOf(error));
    }
  }
  if (failures[0] && failures.length === pictures.length) throw withResume(failures[0], 0, priceTiles(work.tiles, work.promptFor(0).length, count), context);
  return failures.length;
}

/** How many tiles of how many, of all candidates, have come to be laid. */
interface Progress {
  part: number;
  readonly of: number;
}

/** How many tiles are drawn, and answers placed that work has broken off on, at the same time. */
interface Limits {
  readonly tiles: LimitFunction;
  /** One: when it breaks off again, it is known what of. */
  readonly suspects: LimitFunction;
}

/** Draws all tiles of one candidate. `waiting` gets the index of each whose paid answer the same request made again would find. */
async function drawChain(canvas: Canvas, work: TilePlan, candidate: number, waiting: Set<number>, progress: Progress, courier: Courier, context: JobContext, limits: Limits): Promise<DrawnFrom> {
  const answers: string[] = [];
  const notes: JobNote[] = [];
  const placed: Promise<void>[] = [];
  let failed = false;
  // Tiles that wait for no other are looked at before anything is placed: the same request made again is then the very same, in whatever order answers came, and finds those that are paid for.
  const inputs = await Promise.all(work.tiles.map(async (tile) => (tile.after.length === 0 ? inputOf(canvas, tile, context) : undefined)));
  const draw = async (tile: Tile, index: number): Promise<void> => {
    // Once one has failed, no more money is spent.
    if (failed) return;
    try {
      const input = inputs[index] ?? (await inputOf(canvas, tile, context));
      const [arrived] = await requestTile(input, tile, work.promptFor(index), 1, `candidate ${candidate}`, courier, context);
      if (!arrived) throw new ImageError('bad-answer', `No picture came for part ${index + 1} of ${work.tiles.length}.`);
      if (arrived.outboxId !== undefined) waiting.add(index);
      progress.part += 1;
      context.onEvent({ type: 'composing', ...progress });
      const lay = (): Promise<JobNote[]> => place(canvas, tile, arrived, work.mode, courier, context);
      notes.push(...(await (arrived.suspect ? limits.suspects(lay) : lay())));
      if (arrived.outboxId !== undefined) answers.push(arrived.outboxId);
    } catch (error) {
      failed = true;
      if (isMisfit(error)) waiting.delete(index);
      throw error;
    }
  };
  for (const [index, tile] of work.tiles.entries()) {
    const ready = Promise.all(tile.after.map(async (earlier) => placed[earlier]));
    placed.push(ready.then(() => limits.tiles(() => draw(tile, index))));
  }
  // All are awaited, so that a failing tile does not throw away the answer that another is about to get.
  const failures = (await Promise.allSettled(placed)).flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw failures.find((failure) => !isConsequence(failure)) ?? failures[0];
  return { answers, notes };
}
