import { l10n, ProgressLocation, window } from 'vscode';
import { throwIfCancelled } from '../core/errors';
import type { JobEvent } from '../jobs/job';
import type { Wait } from '../jobs/pacer';
import type { Services } from './services';
import { baseName, toUri } from './uris';

/** What a running task may use. */
export interface Running {
  readonly signal: AbortSignal;
  /** Says what happens now. */
  readonly report: (message: string) => void;
}

/** Runs a task under a notification with *Cancel*, which becomes an `AbortSignal`; `outer` ends the task too. */
export async function withProgress<T>(services: Services, title: string, task: (running: Running) => Promise<T>, outer?: AbortSignal): Promise<T> {
  throwIfCancelled(outer);
  const { controller, release } = services.controller();
  const end = (): void => controller.abort();
  outer?.addEventListener('abort', end);
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const listener = token.onCancellationRequested(end);
    try {
      return await task({ signal: controller.signal, report: (message) => progress.report({ message }) });
    } finally {
      listener.dispose();
      outer?.removeEventListener('abort', end);
      release();
    }
  });
}

/** A job's event in a person's words; undefined where there is nothing to say. */
export function eventWords(event: JobEvent): string | undefined {
  switch (event.type) {
    case 'reading':
      return l10n.t('Reading…');
    case 'planned':
      return l10n.t('Preparing…');
    case 'drawing':
      return event.of === 1 ? l10n.t('Drawing…') : l10n.t('Drawing {0} of {1}…', event.request, event.of);
    case 'waiting':
      return waitWords(event.why, event.seconds);
    case 'composing':
      return composingWords(event);
    case 'writing':
      return l10n.t('Writing…');
    case 'checking':
      return l10n.t('Checking that the kept pixels are the same…');
    case 'saved':
      return l10n.t('Saved {0}', baseName(toUri(event.uri)));
    case 'preview':
    case 'candidate':
      return undefined;
  }
}

function composingWords({ part, of, share }: Extract<JobEvent, { type: 'composing' }>): string {
  if (share === undefined) return of === 1 ? l10n.t('Putting it together…') : l10n.t('Putting {0} of {1} together…', part, of);
  const percent = Math.round(100 * share);
  return of === 1 ? l10n.t('Putting it together: {0} %', percent) : l10n.t('Putting {0} of {1} together: {2} %', part, of, percent);
}

/** What a request waits for. */
export function waitWords(why: Wait['why'], seconds: number): string {
  const about = Math.max(1, Math.ceil(seconds));
  return why === 'rate-limited' ? l10n.t('Waiting {0} s: the server asks for it…', about) : l10n.t('The server cannot be reached: trying again in {0} s…', about);
}
