import { ImageError, throwIfCancelled, toImageError } from '../core/errors';
import type { ImageRequest } from '../core/request';
import { prepareBlend } from './blend';
import { reserveBudget } from './budget';
import { Courier } from './courier';
import { prepareGenerate } from './generate';
import { prepareInpaint } from './inpaint';
import type { JobContext, JobPlan, JobResult } from './job';
import { Keeper } from './keep';
import { prepareOutpaint } from './outpaint';
import type { Prepared } from './prepared';
import { prepareVariation } from './variation';

/** What a job would ask for and cost. Reads the input, sends nothing. Rejects with an `ImageError` where the request cannot be honoured. */
export async function planJob(request: ImageRequest, context: JobContext): Promise<JobPlan> {
  const prepared = await prepare(request, context);
  prepared.dispose();
  return prepared.plan;
}

/**
 * Does a job from start to end: plan, budget, draw, compose, keep. Everything is checked before anything is paid for.
 * Rejects with an `ImageError` whose `files` are those that were written all the same; a paid answer that no file holds stays in the outbox.
 */
export async function runJob(request: ImageRequest, context: JobContext): Promise<JobResult> {
  const { signal, onEvent, ledger, budget } = context;
  throwIfCancelled(signal);
  const prepared = await prepare(request, context);
  const courier = new Courier(context, request, prepared.plan.requests);
  const keeper = new Keeper(request, context, courier);
  let failure: ImageError | undefined;
  try {
    onEvent({ type: 'planned', plan: prepared.plan });
    const giveBack = await reserveBudget(prepared.plan.estimateUsd, budget, ledger);
    try {
      const notes = await prepared.run(courier, (picture) => keeper.keep(picture));
      return { files: keeper.files, notes, costUsd: courier.usd };
    } finally {
      giveBack();
    }
  } catch (error) {
    failure = toImageError(signal.aborted ? new ImageError('cancelled', 'Cancelled.') : error, 'bad-answer').withFiles(keeper.files);
    throw failure;
  } finally {
    prepared.dispose();
    await courier.release(failure?.reason);
  }
}

function prepare(request: ImageRequest, context: JobContext): Promise<Prepared> {
  switch (request.operation) {
    case 'generate':
      return prepareGenerate(request, context);
    case 'inpaint':
      return prepareInpaint(request, context);
    case 'variation':
      return prepareVariation(request, context);
    case 'outpaint':
      return prepareOutpaint(request, context);
    case 'blend':
      return prepareBlend(request, context);
  }
}
