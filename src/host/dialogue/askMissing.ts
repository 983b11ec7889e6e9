import { l10n } from 'vscode';
import { formatExtent } from '../../core/geometry';
import { sumKnownUsd } from '../../core/money';
import type { GenerateRequest } from '../../core/request';
import { addedStyle, restyle, withoutStyle } from '../../core/style';
import { planAll, type Work } from '../runRequests';
import type { Services } from '../services';
import { displayPath, toUri } from '../uris';
import { costWords, pictureCount } from '../words';
import { askPrompt } from './askPrompt';
import { askSeveral } from './quickInput';
import { BACK, type Position } from './wizard';

interface MissingWork extends Work {
  readonly requests: readonly GenerateRequest[];
}

/**
 * One question before missing pictures are drawn. For a single one it is the prompt, its box naming size and cost; for several the list of them, with their prompts and the total.
 * Answers the requests that are to be run; undefined where the person turned away.
 */
export async function askMissing(services: Services, work: MissingWork): Promise<readonly GenerateRequest[] | undefined> {
  const costs = await costsOf(services, work);
  const [only, ...more] = work.requests;
  if (only && more.length === 0) {
    const prompt = await askSingle(work, only, costs.get(only));
    return prompt === undefined ? undefined : [{ ...only, prompt: restyle(prompt, only.prompt) }];
  }
  const total = (chosen: readonly GenerateRequest[]): string => costWords(sumKnownUsd(chosen.map((request) => costs.get(request))), work.chosen.engine.paid);
  const title = l10n.t('Generate Missing Images');
  const picked = await askSeveral(
    position(title),
    {
      placeholder: l10n.t('Which ones? Enter starts, Escape stops'),
      choices: work.requests.map((request) => ({
        label: pathOf(request),
        description: [formatExtent(request.extent), costWords(costs.get(request), work.chosen.engine.paid)].join(' · '),
        detail: [withoutStyle(request.prompt), ...styleOf(request)].join(' · '),
        picked: true,
        value: request,
      })),
      titleOf: (chosen) => `${title}: ${[pictureCount(chosen.length), total(chosen), ...sentTo(work)].join(' · ')}`,
    },
    1,
  );
  return picked === BACK ? undefined : picked;
}

async function askSingle(work: MissingWork, request: GenerateRequest, cost: number | undefined): Promise<string | undefined> {
  const { engine } = work.chosen;
  const facts = [formatExtent(request.extent), costWords(cost, engine.paid), ...(engine.paid ? [l10n.t('drawn by {0}', engine.model.id)] : []), ...sentTo(work), ...styleOf(request)];
  const answer = await askPrompt(position(l10n.t("Generate '{0}'", pathOf(request))), {
    prompt: facts.join(' · '),
    placeholder: l10n.t('What should the picture show?'),
    value: withoutStyle(request.prompt),
    model: engine.model,
    optional: false,
  });
  return answer === BACK ? undefined : answer;
}

async function costsOf(services: Services, work: MissingWork): Promise<ReadonlyMap<GenerateRequest, number | undefined>> {
  const { controller, release } = services.controller();
  try {
    const { plans } = await planAll(services, work, controller.signal);
    return new Map(work.requests.map((request, index) => [request, plans[index]?.estimateUsd]));
  } finally {
    release();
  }
}

/** What the project's style adds to a prompt. */
function styleOf({ prompt }: GenerateRequest): string[] {
  const style = addedStyle(prompt);
  return style === '' ? [] : [l10n.t('added to it: “{0}”', style)];
}

function sentTo({ chosen }: Work): string[] {
  return chosen.server ? [l10n.t('sent to {0}', chosen.server.origin)] : [];
}

function pathOf({ output }: GenerateRequest): string {
  return output.kind === 'exact' ? displayPath(toUri(output.uri)) : '';
}

function position(title: string): Position {
  return { title, step: 1, total: 1, canGoBack: false };
}
