import { l10n, MarkdownString, Uri, type LanguageModelToolConfirmationMessages } from 'vscode';
import type { ImageRequest } from '../../core/request';
import { planAll, type Work } from '../runRequests';
import type { Services } from '../services';
import { displayPath, toUri } from '../uris';
import { costWords, pictureCount, requestCount } from '../words';

/** What a person is asked before an agent's work begins: what is written where, what is sent to whom, and the cost. */
export async function confirmationOf(services: Services, title: string, work: Work, signal: AbortSignal): Promise<LanguageModelToolConfirmationMessages> {
  const plan = await planAll(services, work, signal);
  const { engine, server } = work.chosen;
  const count = work.requests.reduce((sum, request) => sum + request.count, 0);
  const lines = [
    [pictureCount(count), ...(engine.paid ? [requestCount(plan.requests)] : []), costWords(plan.estimateUsd, engine.paid)].join(' · '),
    ...work.requests.map(pathWords),
    ...(server ? [l10n.t('Sent to {0}, drawn by {1}.', server.origin, engine.model.id)] : []),
    ...work.requests.flatMap(({ prompt }) => (prompt === '' ? [] : [`“${prompt}”`])),
  ];
  // A prompt is a model's or a file's words: none of it is markup.
  const message = lines.reduce((text, line) => text.appendText(line).appendMarkdown('\n\n'), new MarkdownString());
  return { title, message };
}

function pathWords(request: ImageRequest): string {
  const { output } = request;
  if (output.kind === 'replace') return l10n.t('Replaces {0}; its old bytes stay in the history.', displayPath(toUri(output.uri)));
  if (output.kind === 'exact') return l10n.t('Writes {0}.', displayPath(toUri(output.uri)));
  const extension = request.operation === 'generate' && request.format === 'jpeg' ? 'jpg' : 'png';
  return l10n.t('Writes {0}, numbered where that name is taken.', displayPath(Uri.joinPath(toUri(output.folder), `${output.stem}.${extension}`)));
}
