import { setTimeout } from 'node:timers/promises';
import { l10n, Uri } from 'vscode';
import { estimateUsd } from '../../core/cost';
import { ImageError } from '../../core/errors';
import type { Extent } from '../../core/geometry';
import { guideList, guidesTaken } from '../../core/guides';
import type { GenerateRequest, Output } from '../../core/request';
import { sumKnownUsd } from '../../core/money';
import { nearestLegal } from '../../core/sizes';
import { checkBudget } from '../../jobs/budget';
import { runInOrder } from '../../jobs/inOrder';
import type { JobResult } from '../../jobs/job';
import { confined } from '../destination';
import type { ChosenEngine } from '../engines';
import { withProgress, type Running } from '../progress';
import { budgetOf, contextOf, type Outcome, type Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { openSource } from '../sources';
import { displayPath, toUri } from '../uris';
import { refuseUnwritable } from '../writable';
import { findStates, type Finding } from './listStates';
import type { ProjectList } from './projectList';
import { loadStyle, styled, type LoadedStyle } from './projectStyle';

/** How many pictures are drawn at the same time. */
const PARALLEL = 3;

/** A list, what stands in its pictures' places, and who would draw them. */
export interface ListState {
  readonly list: ProjectList;
  readonly style: LoadedStyle | undefined;
  /** In the list's order. */
  readonly findings: readonly Finding[];
  readonly chosen: ChosenEngine;
  readonly settings: Settings;
}

/** Looks at a list and at all its files. Sends nothing. */
export async function lookAtList(services: Services, list: ProjectList, signal: AbortSignal): Promise<ListState> {
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  const style = list.style && (await loadStyle(services, list.folder, list.style));
  return { list, style, findings: await findStates(services, list, style, signal), chosen, settings };
}

/** What drawing pictures would cost in US dollars; undefined where it is not known. A parent counts with the size that the list gives it. */
export function priceOf({ style, chosen, settings }: ListState, findings: readonly Finding[]): number | undefined {
  const { engine } = chosen;
  const legal = (extent: Extent): Extent => nearestLegal(extent, engine.model.sizes);
  const references = style?.references.map(({ info }) => info.extent) ?? [];
  const calls = findings.map(({ picture }) => {
    const inputs = guideList(guidesTaken(engine, { parent: picture.parent?.extent, references }));
    return { extent: legal(picture.extent), count: 1, inputs: inputs.map(legal), promptLength: styled(picture.prompt, style, engine).prompt.length };
  });
  return estimateUsd(engine.model, engine.quality, calls, settings.prices);
}

/**
 * Draws pictures of a list, several at a time, each after its parent, every one to its own path: what is on disk stays there whatever comes after, so that the same call made again goes on.
 * Rejects with the first failure, whose `files` are those that were written.
 */
export async function makePictures(services: Services, state: ListState, findings: readonly Finding[], audience: Work['audience']): Promise<Outcome> {
  const work: Work = { title: l10n.t('Easel: Making pictures'), audience, requests: [], chosen: state.chosen, settings: state.settings };
  return withProgress(services, work.title, async (running) => {
    for (const finding of findings) await refuseUnwritable(outputOf(finding));
    // The limit of a call is one for all its pictures: each job checks only its own.
    await checkBudget(priceOf(state, findings), budgetOf(work), services.jobs.ledger);
    let ended = 0;
    const tell = (): void => running.report(l10n.t('{0} of {1} drawn…', ended, findings.length));
    tell();
    const { done, failed } = await runInOrder<Finding, JobResult>({
      items: findings,
      after: ({ picture }) => findings.find((other) => other.picture === picture.parent),
      parallel: PARALLEL,
      signal: running.signal,
      sleep,
      run: async (finding) => {
        const result = await drawOne(services, state, finding, work, running);
        ended += 1;
        tell();
        return result;
      },
    });
    const files = done.flatMap(({ result }) => result.files);
    const [failure] = failed;
    if (failure) {
      const paid = [...(state.chosen.engine.paid ? done.map(({ result }) => result.costUsd) : []), ...failed.flatMap(({ error }) => (error.spent ? [error.spent.usd] : []))];
      throw naming(failure.item, failure.error).withFiles(files).withSpent(paid.length > 0 ? { usd: sumKnownUsd(paid) } : undefined);
    }
    return { files: files.map(toUri), notes: done.flatMap(({ result }) => result.notes), costUsd: sumKnownUsd(done.map(({ result }) => result.costUsd)) };
  });
}

async function drawOne(services: Services, state: ListState, finding: Finding, work: Work, { signal }: Running): Promise<JobResult> {
  const { list, style, chosen, settings } = state;
  const { picture } = finding;
  // Read only now: it may have been drawn a moment ago.
  const parent = picture.parent && (await openSource(services, Uri.joinPath(list.folder, ...picture.parent.path), signal));
  const request: GenerateRequest = {
    operation: 'generate',
    ...styled(picture.prompt, style, chosen.engine, parent?.source),
    count: 1,
    // This machine shows the kinship by the same composition.
    seed: parent?.recipe?.seed ?? randomSeed(),
    extent: picture.extent,
    format: picture.format,
    output: outputOf(finding),
    embedRecipe: settings.embedRecipe,
  };
  const { runJob } = await import('../../jobs/run');
  return runJob(request, contextOf(services, work, signal, () => {}));
}

/** A stale picture is overwritten only while its bytes are those that were looked at. */
function outputOf({ uri, hash }: Finding): Output {
  return confined(hash === undefined ? { kind: 'exact', uri: uri.toString() } : { kind: 'replace', uri: uri.toString(), expected: hash });
}

/** Of several pictures, a failure says which. */
function naming({ uri }: Finding, error: ImageError): ImageError {
  return error.reason === 'cancelled' ? error : new ImageError(error.reason, `${displayPath(uri)}: ${error.message}`, { ...error, cause: error });
}

function sleep(seconds: number, signal: AbortSignal): Promise<void> {
  return setTimeout(seconds * 1000, undefined, { signal }).catch(() => {});
}
