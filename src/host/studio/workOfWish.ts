import { l10n, Uri, workspace } from 'vscode';
import { ImageError } from '../../core/errors';
import { sha256 } from '../../core/hash';
import { QUALITIES } from '../../core/models';
import { stemFromTemplate } from '../../core/naming';
import type { ImageRequest, Source } from '../../core/request';
import { addedStyle } from '../../core/style';
import { checkBudget } from '../../jobs/budget';
import type { PlanView, Wish } from '../../protocol/studio';
import { extentFault } from '../../core/extentLimits';
import { formatExtent } from '../../core/geometry';
import type { ChosenEngine } from '../engines';
import { projectStyle, styled } from '../pictureList/projectStyle';
import { budgetOf, contextOf, type Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { costWords, extentFaultWords, notesWords, paidWords } from '../words';
import type { StudioWork } from './sessionPorts';

/** Makes a wish ready to be drawn, by the engine that the settings choose now. Rejects with an `ImageError`. */
export async function prepareWish(services: Services, wish: Wish, references: readonly Uint8Array[], run: string): Promise<StudioWork> {
  const work = await workOf(services, wish, references, run);
  const { engine } = work.chosen;
  return {
    model: engine.model.id,
    paid: engine.paid,
    perform: async (signal, onEvent) => {
      const { runJob } = await import('../../jobs/run');
      const told: string[] = [];
      for (const request of work.requests) {
        const { notes, costUsd } = await runJob(request, contextOf(services, work, signal, onEvent));
        const cost = paidWords(costUsd, engine.paid);
        told.push(...(cost === undefined ? [] : [l10n.t('Paid: {0}.', cost)]), ...notesWords(notes));
      }
      return told.join(' ');
    },
  };
}

/** What a wish would cost. Sends nothing; what is wrong with the wish is said in the answer. */
export async function planWish(services: Services, wish: Wish, references: readonly Uint8Array[], signal: AbortSignal): Promise<Omit<PlanView, 'refused'>> {
  // Without words there is a price all the same: theirs hardly counts.
  const work = await workOf(services, wish.prompt.trim() === '' ? { ...wish, prompt: '…' } : wish, references, 'plan');
  const [request] = work.requests;
  const { engine } = work.chosen;
  const { planJob } = await import('../../jobs/run');
  const plan = await planJob(request, contextOf(services, work, signal, () => {}));
  await checkBudget(plan.estimateUsd, budgetOf(work), services.jobs.ledger);
  const scaled = plan.asked ? [l10n.t('Drawn at {0}, then scaled and cropped.', formatExtent(plan.asked))] : [];
  return { cost: costWords(plan.estimateUsd, engine.paid), note: [...scaled, addedStyle(request.prompt)].join(' ').trim() };
}

async function workOf(services: Services, wish: Wish, references: readonly Uint8Array[], run: string): Promise<Work & { readonly requests: readonly [ImageRequest] }> {
  const settings = readSettings();
  const quality = QUALITIES.find((known) => known === wish.quality);
  const chosen = await services.engines.choose(quality ? { ...settings, quality } : settings);
  const request = await requestOf(services, wish, references, run, chosen, settings);
  return { title: l10n.t('Easel: Generating'), audience: 'person', requests: [request], chosen, settings };
}

/** Candidates are PNGs whatever the format of files is: they are converted, if at all, when they are kept. */
async function requestOf(services: Services, wish: Wish, references: readonly Uint8Array[], run: string, { engine }: ChosenEngine, settings: Settings): Promise<ImageRequest> {
  const { extent, count, vary } = wish;
  const fault = extentFault(extent);
  if (fault) throw new ImageError(fault === 'too-many-pixels' ? 'too-large' : 'bad-argument', extentFaultWords(fault, extent));
  const prompt = wish.prompt.trim();
  const root = workspace.workspaceFolders?.[0]?.uri;
  const stem = stemFromTemplate(settings.fileName, { prompt, model: engine.model.id, date: new Date(), ...extent });
  const base = {
    prompt,
    count,
    seed: randomSeed(),
    output: { kind: 'candidates', run, folder: root ? Uri.joinPath(root, settings.outputFolder).toString() : '', stem },
    embedRecipe: settings.embedRecipe,
  } as const;
  if (!vary) {
    const style = await projectStyle(services);
    if (references.length === 0) return { ...base, ...styled(prompt, style, engine), operation: 'generate', extent, format: 'png' };
    // Who brings pictures wants these: the project's would say something else.
    const words = styled(prompt, style && { ...style, references: [] }, engine).prompt;
    return { ...base, prompt: words, guides: { references: await Promise.all(references.map(sourceOf)) }, operation: 'generate', extent, format: 'png' };
  }
  const bytes = await services.jobs.candidates.read(vary.candidate);
  if (!bytes) throw new ImageError('not-an-image', l10n.t('The picture to vary is not there any more.'));
  return { ...base, operation: 'variation', strength: vary.strength, source: await sourceOf(bytes) };
}

async function sourceOf(bytes: Uint8Array): Promise<Source> {
  return { uri: '', bytes, hash: await sha256(bytes) };
}
