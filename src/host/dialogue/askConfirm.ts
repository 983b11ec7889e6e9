import { l10n, QuickPickItemKind } from 'vscode';
import { formatExtent } from '../../core/geometry';
import { planAll, type TotalPlan, type Work } from '../runRequests';
import type { Services } from '../services';
import { costWords, pictureCount, requestCount } from '../words';
import { askOne } from './quickInput';
import { textRows } from './textRows';
import type { Choice } from './typedChoices';
import type { Back, Position } from './wizard';

/** Plans the work and asks for agreement to it, naming requests, cost and what is sent where. Undefined where the person turned away. */
export async function askConfirm(services: Services, position: Position, action: string, work: Work): Promise<true | Back | undefined> {
  const { controller, release } = services.controller();
  let plan: TotalPlan;
  try {
    plan = await planAll(services, work, controller.signal);
  } finally {
    release();
  }
  const { engine, server } = work.chosen;
  const requests = engine.paid ? [requestCount(plan.requests)] : [];
  return askOne<true>(position, {
    placeholder: l10n.t('Enter starts, Escape stops'),
    choices: [
      {
        label: `$(check) ${action}: ${pictureCount(work.requests.reduce((sum, request) => sum + request.count, 0))}`,
        description: [...requests, costWords(plan.estimateUsd, engine.paid)].join(' · '),
        detail: [sizes(plan), ...scaled(plan), ...(server ? [l10n.t('sent to {0}', server.origin)] : [])].join(' · '),
        value: true,
      },
      ...stock(plan),
    ],
  });
}

function sizes({ plans }: TotalPlan): string {
  const [first, ...others] = [...new Set(plans.map((plan) => formatExtent(plan.extent)))];
  return others.length === 0 ? (first ?? '') : l10n.t('{0} and other sizes', first ?? '');
}

function scaled({ plans }: TotalPlan): string[] {
  const sizesOnCanvas = [...new Set(plans.flatMap((plan) => (plan.scaled ? [formatExtent(plan.scaled)] : [])))];
  const [first] = sizesOnCanvas;
  if (first === undefined) return [];
  return [plans.length === 1 ? l10n.t('the picture is scaled to {0}', first) : l10n.t('pictures are scaled to fit')];
}

/** The prompt that is sent where the person gave none: a row is cut off at its end, so that it takes several. */
function stock({ plans }: TotalPlan): Choice<true>[] {
  const text = plans.find((plan) => plan.stockPrompt !== undefined)?.stockPrompt;
  if (text === undefined) return [];
  return [{ label: '', kind: QuickPickItemKind.Separator }, { label: l10n.t('The prompt that is sent:') }, ...textRows(text)];
}
