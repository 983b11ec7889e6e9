import { l10n } from 'vscode';
import { estimateUsd } from '../../core/cost';
import { ImageError } from '../../core/errors';
import type { Sides } from '../../core/geometry';
import { planOutpaint } from '../../core/outpaint';
import { outpaintReach } from '../../core/outpaintReach';
import type { Output, Source } from '../../core/request';
import { checkBudget } from '../../jobs/budget';
import { priceTiles } from '../../jobs/tiles';
import type { EditWish, PlanView, WidenPlan, WidenWish } from '../../protocol/imageEditor';
import { budgetOf, contextOf, type Work } from '../runRequests';
import { randomSeed } from '../seed';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { costWords, requestCount } from '../words';
import type { EditorDocument } from './editorDocument';

/** What a widening sends for a prompt, about, where its price is estimated: characters. */
const STOCK_PROMPT_LENGTH = 500;

/** The work of redrawing, or filling, what is masked. Rejects with `bad-argument` where nothing is, and where no engine can be chosen. */
export async function editWork(services: Services, document: EditorDocument, wish: EditWish, run: string): Promise<Work> {
  const { steps } = document.content;
  if (steps.length === 0) throw new ImageError('bad-argument', l10n.t('Paint over what is to change first.'));
  const base = await baseOf(services, document, run);
  const region = { kind: 'steps', steps: steps.map(({ step }) => step) } as const;
  const request = { ...base.common, operation: 'inpaint', prompt: wish.prompt.trim(), count: wish.count, region, mode: 'exact' } as const;
  return { title: '', audience: 'person', requests: [request], ...base.choice };
}

/** The work of widening the picture. Rejects where no engine can be chosen. */
export async function widenWork(services: Services, document: EditorDocument, wish: WidenWish, run: string): Promise<Work> {
  const { prompt, count, mode, left, right, top, bottom } = wish;
  const base = await baseOf(services, document, run);
  const target = { kind: 'sides', left, right, top, bottom } as const;
  const request = { ...base.common, operation: 'outpaint', prompt: prompt.trim(), count, target, anchor: { x: 0.5, y: 0.5 }, mode } as const;
  return { title: '', audience: 'person', requests: [request], ...base.choice };
}

/** What an edit would ask for and cost. Nothing is sent. Rejects with an `ImageError`. */
export async function planEdit(services: Services, document: EditorDocument, wish: EditWish, signal: AbortSignal): Promise<PlanView> {
  const work = await editWork(services, document, wish, 'plan');
  const [request] = work.requests;
  if (!request) throw new ImageError('bad-argument', '');
  const { planJob } = await import('../../jobs/run');
  const plan = await planJob(request, contextOf(services, work, signal, () => {}));
  await checkBudget(plan.estimateUsd, budgetOf(work), services.jobs.ledger);
  const note = plan.stockPrompt === undefined ? '' : l10n.t('Without a prompt the model is asked to continue the surroundings.');
  return { cost: costOf(work, plan.requests, plan.estimateUsd), note, refused: false };
}

/** What a widening would ask for and cost, by arithmetic alone, so that it can follow the mouse. Rejects with an `ImageError`. */
export async function planWiden(services: Services, document: EditorDocument, wish: WidenWish): Promise<WidenPlan> {
  const work = await widenWork(services, document, wish, 'plan');
  const { engine } = work.chosen;
  const { left, right, top, bottom, count } = wish;
  const { tiles } = planOutpaint(document.content.picture.extent, { kind: 'sides', left, right, top, bottom }, { x: 0.5, y: 0.5 }, engine.model);
  if (engine.fill) return { cost: costWords(0, engine.paid), note: '', refused: false, tiles: [] };
  const promptLength = Math.max(wish.prompt.length, STOCK_PROMPT_LENGTH);
  const priced = tiles.length === 1 ? priceTiles(tiles, promptLength, count) : Array.from({ length: count }, () => priceTiles(tiles, promptLength, 1)).flat();
  const estimate = estimateUsd(engine.model, engine.quality, priced, work.settings.prices);
  await checkBudget(estimate, budgetOf(work), services.jobs.ledger);
  return { cost: costOf(work, priced.length, estimate), note: '', refused: false, tiles: tiles.map(({ window }) => window) };
}

/** How far each side can go in one request; `null` where the engine sends none. Rejects where no engine can be chosen. */
export async function widenReach(services: Services, document: EditorDocument, sides: Sides): Promise<Sides | null> {
  const { engine } = await services.engines.choose(readSettings());
  return engine.fill ? null : outpaintReach(document.content.picture.extent, sides, engine.model);
}

function costOf({ chosen }: Work, requests: number, usd: number | undefined): string {
  const { paid } = chosen.engine;
  return paid ? `${requestCount(requests)} · ${costWords(usd, paid)}` : costWords(usd, paid);
}

async function baseOf(services: Services, document: EditorDocument, run: string) {
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  const { files } = services.jobs;
  const uri = document.uri.toString();
  const { bytes, hash } = document.content.picture;
  const source: Source = { uri, bytes, hash };
  const output: Output = { kind: 'candidates', run, folder: files.folderOf(uri), stem: files.stemOf(uri) };
  return { common: { source, output, seed: randomSeed(), embedRecipe: settings.embedRecipe }, choice: { chosen, settings } };
}
