import { commands, env, l10n, window } from 'vscode';
import { toImageError, type ImageError, type Reason } from '../core/errors';
import { formatExtent } from '../core/geometry';
import { CallerError } from './callerError';
import { cancelledWords, resumeWords } from './words';
import { REMEDIES, type Remedy } from './remedies';

/** Where one failure is put into words: the only place that speaks to a person about a reason. */
export interface FailureContext {
  /** Does what failed again. */
  readonly retry: () => void;
  /** Offers the pictures that wait in the outbox; undefined where none waits. */
  readonly saveLeftovers: (() => void) | undefined;
  /** Whether no model was asked, so that another one would not help. */
  readonly withoutModel?: boolean;
}

/** Turns what a command threw into the error that a caller gets: `reason`, `message`, `files`. */
export function toCallerError(error: unknown): CallerError {
  return new CallerError(toImageError(error, 'bad-answer'));
}

/** Tells a person what happened and offers one action beside *Copy details*. Cancelling needs no words but for what it may cost and what was written before. Returns at once. */
export function showFailure(thrown: unknown, context: FailureContext): void {
  const error = toImageError(thrown, 'bad-answer');
  if (error.reason !== 'cancelled') void offer(error, context);
  else if (error.spent || error.files.length > 0) void window.showInformationMessage(`Easel: ${error.spent ? cancelledWords(error.spent) : wordsFor(error)}${keptWords(error)}${writtenWords(error)}`);
}

/** A failure in a person's words, for a surface that shows it itself. */
export function failureWords(error: ImageError): string {
  return wordsFor(error);
}

/** What helps against a failure beside doing it again; undefined where nothing does. */
export function remedyAgainst(reason: Reason, context: FailureContext): { readonly label: string; readonly act: () => Promise<void> } | undefined {
  const remedy = REMEDIES[reason];
  const label = remedy === 'retry' ? undefined : remedyLabel(remedy);
  return label === undefined ? undefined : { label, act: () => remedyAction(remedy, context) };
}

async function offer(error: ImageError, context: FailureContext): Promise<void> {
  const text = wordsFor(error);
  const remedy = remedyFor(error, context);
  const action = remedyLabel(remedy);
  const copy = l10n.t('Copy Details');
  const chosen = await window.showErrorMessage(`Easel: ${text}${keptWords(error)}${writtenWords(error)}`, ...(action === undefined ? [copy] : [action, copy]));
  if (chosen === copy) await env.clipboard.writeText(detailsOf(error));
  else if (chosen !== undefined) await remedyAction(remedy, context);
}

/** Which parts of a picture that broke off need not be paid for again, after a blank; empty where there are none, and where the failure's own words say so. */
export function keptWords({ reason, resume }: ImageError): string {
  return reason !== 'does-not-fit' && resume && resume.kept > 0 ? ` ${resumeWords(resume)}` : '';
}

/** How many files stay all the same, after a blank; empty where none does. */
function writtenWords({ files }: ImageError): string {
  return files.length > 0 ? ` ${l10n.t('Files written before that: {0}.', files.length)}` : '';
}

function remedyFor({ reason, httpStatus, resume }: ImageError, { saveLeftovers, withoutModel }: FailureContext): Remedy {
  const best = REMEDIES[reason];
  if ((best === 'leftovers' || best === 'as-it-is') && !saveLeftovers) return 'retry';
  // Where parts wait that fit, what is missing completes them; the one that does not fit is offered when Easel next starts.
  if (best === 'as-it-is' && resume && resume.kept > 0) return 'retry';
  if (best === 'model' && withoutModel) return 'none';
  // What a server finds wrong comes from the settings; what a person typed is theirs to change.
  return reason === 'bad-argument' && httpStatus === undefined ? 'none' : best;
}

function remedyLabel(remedy: Remedy): string | undefined {
  const labels: Record<Remedy, string | undefined> = {
    'set-key': l10n.t('Set API Key…'),
    settings: l10n.t('Open Settings'),
    budget: l10n.t('Change Budget…'),
    model: l10n.t('Choose Engine and Model…'),
    retry: l10n.t('Try Again'),
    log: l10n.t('Show Log'),
    leftovers: l10n.t('Save Elsewhere…'),
    'as-it-is': l10n.t('Save as It Is…'),
    'open-folder': l10n.t('Open Folder…'),
    none: undefined,
  };
  return labels[remedy];
}

async function remedyAction(remedy: Remedy, context: FailureContext): Promise<void> {
  const actions: Record<Remedy, () => unknown> = {
    'set-key': () => commands.executeCommand('easel.setApiKey'),
    settings: () => commands.executeCommand('workbench.action.openSettings', 'easel'),
    budget: () => commands.executeCommand('workbench.action.openSettings', 'easel.budget'),
    model: () => commands.executeCommand('easel.selectModel'),
    retry: context.retry,
    log: () => commands.executeCommand('easel.showLog'),
    leftovers: () => context.saveLeftovers?.(),
    'as-it-is': () => context.saveLeftovers?.(),
    'open-folder': () => commands.executeCommand('workbench.action.files.openFolder'),
    none: () => undefined,
  };
  await actions[remedy]();
}

/** A reason in a person's words: what happened, and what to do. Where the error's own message holds the fact that matters (a size, a sum, a name), it stands in it; codes are for the log. */
function wordsFor(error: ImageError): string {
  const { host, said } = error;
  const fact = said === undefined ? error.message : l10n.t('The server says: “{0}”', said);
  const words: Record<Reason, () => string> = {
    'bad-argument': () => fact,
    'empty-prompt': () => l10n.t('Say what the picture should show: an empty prompt draws nothing.'),
    'prompt-too-long': () => l10n.t('The prompt is too long for this model. {0}', fact),
    'not-an-image': () => fact,
    'broken-image': () => fact,
    'too-large': () => fact,
    'mask-size': () => l10n.t('The mask does not fit. {0}', fact),
    'bad-path': () => fact,
    'no-workspace': () => l10n.t('No folder is open to save the picture in.'),
    untrusted: () => l10n.t('This workspace is not trusted, so only a person may start this.'),
    'no-key': () => fact,
    'key-refused': () => l10n.t('The API key was refused. {0}', fact),
    'needs-model': () => l10n.t('That needs an AI model: this machine can only fill an area from its surroundings.'),
    unsupported: () => fact,
    'refused-by-safety': () => l10n.t("The server's safety system refused this. Change the prompt or the picture. {0}", fact),
    'rate-limited': () => waitWords(error),
    quota: () => l10n.t('Your account with the server has no money or no quota left. {0}', fact),
    'over-budget': () => fact,
    network: () =>
      host === undefined
        ? l10n.t('The server could not be reached; nothing was billed. {0}', fact)
        : l10n.t('{0} could not be reached; nothing was billed. Check the connection and the server’s address.', host),
    'maybe-billed': () =>
      host === undefined
        ? l10n.t('{0} This may have been billed, so Easel did not repeat it.', fact)
        : l10n.t('The connection to {0} broke after the request was sent. It may have been billed, so Easel did not repeat it.', host),
    'bad-answer': () => l10n.t('What came back could not be used. {0}', fact),
    'does-not-fit': () => misfitWords(error),
    'cannot-save': () => l10n.t('The picture could not be saved. {0}', fact),
    cancelled: () => l10n.t('Cancelled.'),
  };
  return words[error.reason]();
}

function misfitWords(error: ImageError): string {
  const { resume } = error;
  const isPart = resume !== undefined && resume.kept > 0;
  const sentences = [misfitFact(error, isPart)];
  if (!isPart) sentences.push(l10n.t('It is kept and can be saved as it is.'));
  if (resume) sentences.push(resumeWords(resume));
  // There the one action completes the picture, so the other one needs words.
  if (isPart) sentences.push(l10n.t('What could not be used is kept, too, and offered when Easel next starts.'));
  return sentences.join(' ');
}

/** What is wrong with what came for a whole picture, or for a part of one. */
function misfitFact({ wrongSize, damage }: ImageError, isPart: boolean): string {
  if (damage !== undefined) return l10n.t('What came back could not be used. {0}', damage);
  if (wrongSize) return l10n.t('The model drew {0} where {1} was asked for: that cannot be fitted into this picture.', formatExtent(wrongSize.drawn), formatExtent(wrongSize.asked));
  return isPart
    ? l10n.t('For a part of this picture the model returned another picture that does not fit in.')
    : l10n.t('The model returned another picture that does not fit into this one.');
}

function waitWords(error: ImageError): string {
  return error.retryAfterSeconds === undefined
    ? l10n.t('The server asks to slow down; nothing was billed.')
    : l10n.t('The server asks to wait {0} s; nothing was billed.', Math.ceil(error.retryAfterSeconds));
}

/** What helps whoever reads a bug report: facts and ids, no key, no prompt. */
function detailsOf(error: ImageError): string {
  const lines = [`reason: ${error.reason}`, `message: ${error.message}`, `editor: ${env.appName} on ${env.remoteName ?? 'desktop'}`];
  if (error.httpStatus !== undefined) lines.push(`http: ${error.httpStatus}`);
  if (error.requestId !== undefined) lines.push(`request: ${error.requestId}`);
  if (error.cause instanceof Error) lines.push(`cause: ${error.cause.name}: ${error.cause.message}`);
  return lines.join('\n');
}
