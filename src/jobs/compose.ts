import { ImageError } from '../core/errors';
import type { Canvas, KeptReport } from '../core/pixels';
import { formatRecipe, type Recipe } from '../core/recipe';
import type { InpaintRequest, OutpaintRequest } from '../core/request';
import { onRenewedCanvas } from './candidateCanvas';
import type { Courier } from './courier';
import type { JobContext, JobNote } from './job';
import type { Finished } from './prepared';
import { drawTiles, type DrawnFrom, type TilePlan } from './tiles';

/** Draws all candidates of an edit or a widening on `base` or copies of it, by tiles or, where there are none, by the engine's own fill if it has one, and hands each to `keep`. */
export async function composeCandidates(
  base: Canvas,
  work: TilePlan,
  request: InpaintRequest | OutpaintRequest,
  recipe: Recipe,
  courier: Courier,
  context: JobContext,
  keep: (picture: Finished) => Promise<void>,
): Promise<JobNote[]> {
  let kept = 0;
  let report: KeptReport | undefined;
  const notes: JobNote[] = [];
  const done = async (canvas: Canvas, from: DrawnFrom, own: Recipe): Promise<void> => {
    const finished = await context.pixels.finish(canvas, request.embedRecipe ? formatRecipe(own) : undefined, context.signal, (step) => context.onEvent({ type: step }));
    const wrong = request.mode === 'exact' ? finished.report.changed : finished.report.beyond;
    if (wrong > 0) {
      throw new ImageError('bad-answer', `${wrong} pixels that were to be kept came out changed, so nothing was written. Please report this.`);
    }
    report = worse(report, finished.report);
    await keep({ file: { bytes: finished.png }, extension: 'png', recipe: own, answers: from.answers });
    notes.push(...from.notes);
    kept += 1;
  };
  let misfits = 0;
  if (work.tiles.length > 0) misfits = await drawTiles(base, work, request.count, courier, context, (canvas, from) => done(canvas, from, recipe));
  else await fillCandidates(base, request, recipe, context, done);
  if (report) notes.push({ note: 'kept', report });
  if (misfits > 0) notes.push({ note: 'does-not-fit' });
  if (kept + misfits < request.count) notes.push({ note: 'fewer', asked: request.count, got: kept + misfits });
  return notes;
}

async function fillCandidates(
  base: Canvas,
  request: InpaintRequest | OutpaintRequest,
  recipe: Recipe,
  context: JobContext,
  done: (canvas: Canvas, from: DrawnFrom, own: Recipe) => Promise<void>,
): Promise<void> {
  for (let candidate = 0; candidate < request.count; candidate += 1) {
    const seed = request.seed + candidate;
    await onRenewedCanvas(base, candidate, context, async (canvas) => {
      const composing = { type: 'composing', part: candidate + 1, of: request.count } as const;
      context.onEvent(composing);
      await context.engine.fill?.(canvas, seed, { signal: context.signal, onShare: (share) => context.onEvent({ ...composing, share }) });
      await done(canvas, { answers: [], notes: [] }, context.engine.fill ? { ...recipe, seed } : recipe);
    });
  }
}

function worse(a: KeptReport | undefined, b: KeptReport): KeptReport {
  return a && a.changed > b.changed ? a : b;
}
