import { l10n, Uri, workspace } from 'vscode';
import { LIST_FILE } from '../../core/list/pictureList';
import { selectPictures } from '../../core/list/selection';
import { CallerError } from '../callerError';
import { toCallerError } from '../errors';
import type { Services } from '../services';
import { displayPath } from '../uris';
import { pictureCount } from '../words';
import { dueWords } from './listDiagnostics';
import { lookAtList } from './makeList';
import { readList } from './projectList';

/** What a task of the type `easel` does: `check` says what is missing or stale, `make` draws it, without a dialogue and within the budgets. */
export type ListTaskKind = 'check' | 'make';

/** Does a task in a terminal: `write` takes a line. Answers the exit code: 0 where all is up to date or drawn, 1 where something is due, 2 where it failed. */
export async function runListTask(services: Services, kind: ListTaskKind, folder: Uri, write: (line: string) => void, signal: AbortSignal): Promise<number> {
  const uri = Uri.joinPath(folder, LIST_FILE);
  try {
    return await (kind === 'check' ? check(services, uri, write, signal) : make(services, uri, write));
  } catch (thrown) {
    const error = thrown instanceof CallerError ? thrown : toCallerError(thrown);
    for (const file of error.files) write(displayPath(file));
    // A fault of the list begins with its place already.
    write(/^.*:\d+:\d+: /.test(error.message) ? error.message.replace(/:\d+:\d+: /, '$&error: ') : `${nameOf(uri)}:1:1: error: ${error.message}`);
    return 2;
  }
}

async function check(services: Services, uri: Uri, write: (line: string) => void, signal: AbortSignal): Promise<number> {
  const list = await readList(uri);
  if (!list) {
    write(l10n.t('There is no {0}.', nameOf(uri)));
    return 2;
  }
  const { findings } = await lookAtList(services, list, signal);
  const due = selectPictures(findings, undefined);
  for (const { picture, state } of due) {
    const { line, column } = list.placeOf(picture);
    write(`${nameOf(uri)}:${line}:${column}: warning: ${dueWords(picture.path.join('/'), state)}`);
  }
  write(due.length === 0 ? l10n.t('{0}, all up to date.', pictureCount(findings.length)) : l10n.t('{0} of {1} are due.', due.length, pictureCount(findings.length)));
  return due.length === 0 ? 0 : 1;
}

async function make(services: Services, uri: Uri, write: (line: string) => void): Promise<number> {
  const files = (await services.commands.run('easel.makePictures', [uri, {}])) as readonly Uri[];
  for (const file of files) write(displayPath(file));
  write(l10n.t('Made {0}', pictureCount(files.length)));
  return 0;
}

function nameOf(uri: Uri): string {
  return workspace.asRelativePath(uri, false);
}
