import type { Uri } from 'vscode';
import { toImageError } from '../core/errors';
import { sumKnownUsd } from '../core/money';
import type { ImageRequest } from '../core/request';
import { checkBudget, type Budget } from '../jobs/budget';
import type { JobContext, JobEvent, JobNote, JobPlan } from '../jobs/job';
import type { ChosenEngine } from './engines';
import { eventWords, withProgress, type Running } from './progress';
import type { Services } from './services';
import type { Settings } from './settingsSchema';
import { toUri } from './uris';
import { refuseUnwritable } from './writable';

/** One call of a command: one request, or one for each selected file, all with one engine. */
export interface Work {
  /** For the progress notification. */
  readonly title: string;
  /** A person has seen the cost and agreed to it; a caller has not, and is held to both budgets. */
  readonly audience: 'person' | 'caller';
  readonly requests: readonly ImageRequest[];
  readonly chosen: ChosenEngine;
  readonly settings: Settings;
  /** Whether a person is left in the document that they are in, instead of being shown the files. */
  readonly unopened?: boolean;
  /** Whether the pictures are drawn on a plain background that a person wants cut out. */
  readonly toCutOut?: boolean;
}

export interface Outcome {
  /** In order. */
  readonly files: readonly Uri[];
  readonly notes: readonly JobNote[];
  /** US dollars; undefined where one job's cost is not known. */
  readonly costUsd: number | undefined;
}

/** What all requests of a call will ask for and cost together. */
export interface TotalPlan {
  readonly plans: readonly JobPlan[];
  readonly requests: number;
  readonly estimateUsd: number | undefined;
}

/** Plans every request; nothing is sent. Rejects like `planJob`. */
export async function planAll(services: Services, work: Work, signal: AbortSignal): Promise<TotalPlan> {
  const { planJob } = await import('../jobs/run');
  const plans: JobPlan[] = [];
  for (const request of work.requests) plans.push(await planJob(request, contextOf(services, work, signal, () => {})));
  return {
    plans,
    requests: plans.reduce((count, plan) => count + plan.requests, 0),
    estimateUsd: sumKnownUsd(plans.map((plan) => plan.estimateUsd)),
  };
}

/** Runs every request, one after the other, under one progress notification; `outer` ends it as its *Cancel* does. Rejects with an `ImageError` whose `files` are those that were written all the same. */
export async function runAll(services: Services, work: Work, outer?: AbortSignal): Promise<Outcome> {
  const task = async (running: Running): Promise<Outcome> => {
    for (const request of work.requests) await refuseUnwritable(request.output);
    if (work.requests.length > 1) await checkTotal(services, work, running.signal);
    const { runJob } = await import('../jobs/run');
    const files: string[] = [];
    const notes: JobNote[] = [];
    const costs: (number | undefined)[] = [];
    for (const [index, request] of work.requests.entries()) {
      const place = work.requests.length > 1 ? `${index + 1}/${work.requests.length}: ` : '';
      const onEvent = (event: JobEvent): void => {
        const words = eventWords(event);
        if (words !== undefined) running.report(place + words);
      };
      try {
        const result = await runJob(request, contextOf(services, work, running.signal, onEvent));
        files.push(...result.files);
        notes.push(...result.notes);
        costs.push(result.costUsd);
      } catch (error) {
        const known = toImageError(error, 'bad-answer');
        // What free engines drew before cost nothing; what was paid for before is part of the sum.
        const paid = [...(work.chosen.engine.paid ? costs : []), ...(known.spent ? [known.spent.usd] : [])];
        throw known.withFiles([...files, ...known.files]).withSpent(paid.length > 0 ? { usd: sumKnownUsd(paid) } : undefined);
      }
    }
    return { files: files.map(toUri), notes, costUsd: sumKnownUsd(costs) };
  };
  return withProgress(services, work.title, task, outer);
}

/** The limit of a call is one for all its pictures: each job checks only its own. */
async function checkTotal(services: Services, work: Work, signal: AbortSignal): Promise<void> {
  const { estimateUsd } = await planAll(services, work, signal);
  await checkBudget(estimateUsd, budgetOf(work), services.jobs.ledger);
}

/** What each job of a call works with. */
export function contextOf(services: Services, work: Work, signal: AbortSignal, onEvent: (event: JobEvent) => void): JobContext {
  return { ...services.jobs, engine: work.chosen.engine, prices: work.settings.prices, budget: budgetOf(work), watched: work.audience === 'person', signal, onEvent };
}

/** What a call may spend: a person has seen the cost of each. */
export function budgetOf({ audience, settings, chosen }: Work): Budget {
  const { monthlyUsd, perCallUsd } = settings;
  return audience === 'person'
    ? { monthlyUsd, perCallUsd: undefined, allowUnknown: true }
    : { monthlyUsd, perCallUsd, allowUnknown: chosen.server?.loopback ?? true };
}
