import { ImageError, throwIfCancelled, toImageError } from '../core/errors';
import type { ImageRequest } from '../core/request';
import { prepareBlend } from './blend';
import { nothingSent, reserveBudget } from './budget';
import { Courier } from './courier';
import { prepareDarkTwin } from './darkTwin';
import { prepareGenerate } from './generate';
import { prepareInpaint } from './inpaint';
import type { JobContext, JobNote, JobPlan, JobResult } from './job';
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
  const { signal, onEvent } = context;
  throwIfCancelled(signal);
  onEvent({ type: 'reading' });
  const prepared = await prepare(request, context);
  const job = crypto.randomUUID();
  const courier = new Courier(context, request, job, prepared.plan.requests);
  const keeper = new Keeper(request, context, courier);
  let failure: ImageError | undefined;
  try {
    onEvent({ type: 'planned', plan: prepared.plan });
    const draw = async (): Promise<readonly JobNote[]> => {
      try {
        return await prepared.run(courier, (picture) => keeper.keep(picture));
      } finally {
        await courier.cleared();
      }
    };
    const notes = await (context.engine.paid ? withinBudget(job, prepared.plan, context, draw) : draw());
    return { files: keeper.files, notes, costUsd: courier.receipts.usd };
  } catch (error) {
    const known = toImageError(error, 'bad-answer');
    failure = (signal.aborted ? new ImageError('cancelled', 'Cancelled.', { resume: known.resume }) : known).withFiles(keeper.files).withSpent(courier.receipts.spent);
    throw failure;
  } finally {
    prepared.dispose();
    await courier.release(failure?.reason);
  }
}

/** Draws for money: other windows know meanwhile that this one lives, and what is set aside for the job. */
async function withinBudget<T>(job: string, { estimateUsd }: JobPlan, { budget, ledger, lease }: JobContext, draw: () => Promise<T>): Promise<T> {
  const letGo = await lease.hold().catch(nothingSent);
  try {
    const giveBack = await reserveBudget(job, estimateUsd, budget, ledger);
    try {
      return await draw();
    } finally {
      await giveBack();
    }
  } finally {
    letGo();
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
    case 'dark-twin':
      return prepareDarkTwin(request, context);
    case 'blend':
      return prepareBlend(request, context);
  }
}
