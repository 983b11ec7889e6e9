import { commands, l10n, window, workspace, type Disposable, type Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import { LIST_FILE } from '../../core/list/pictureList';
import { selectPictures, withMissingAncestors } from '../../core/list/selection';
import { askPictures } from '../pictureList/askPictures';
import { lookAtList, makePictures } from '../pictureList/makeList';
import type { Finding } from '../pictureList/listStates';
import type { ListDiagnostics } from '../pictureList/listDiagnostics';
import { listUri, readList, type ProjectList } from '../pictureList/projectList';
import type { Outcome } from '../runRequests';
import type { Services } from '../services';
import { displayPath } from '../uris';
import { notesWords, paidWords, pictureCount } from '../words';
import { MAKE_OPTIONS } from './options';
import { registerCommand } from './register';

/** What a new list begins with. */
const TEMPLATE = `{
  "style": "",
  "pictures": [
    { "name": "images/hero.png", "prompt": "misty mountains at dawn", "size": "1600x600" }
  ]
}
`;

/** `easel.makePictures`: draws what the project's list wants and does not have. With `check` it draws nothing and answers what is missing or stale. */
export function registerMakePictures(services: Services, diagnostics: ListDiagnostics): Disposable {
  return registerCommand(services, {
    id: 'easel.makePictures',
    schema: MAKE_OPTIONS,
    needsTrust: true,
    person: async ([named]) => makeForPerson(services, diagnostics, listUri(named)),
    caller: async ([named], { check, names }) => {
      const uri = listUri(named);
      const list = await readList(uri);
      if (!list) throw new ImageError('bad-path', `There is no ${displayPath(uri)}.`);
      const { controller, release } = services.controller();
      try {
        const state = await lookAtList(services, list, controller.signal);
        const due = selectPictures(state.findings, names);
        if (check) diagnostics.showDue(list, due);
        if (check) return due.map((finding) => finding.uri);
        return due.length === 0 ? [] : finishMaking(services, diagnostics, list, await makePictures(services, state, due, 'caller'));
      } finally {
        release();
      }
    },
  });
}

async function makeForPerson(services: Services, diagnostics: ListDiagnostics, uri: Uri): Promise<readonly Uri[]> {
  const list = await readList(uri);
  if (!list) return offerList(uri);
  const { controller, release } = services.controller();
  try {
    const state = await lookAtList(services, list, controller.signal);
    const due = selectPictures(state.findings, undefined);
    if (due.length === 0 && !(await wantsMore(state.findings))) return [];
    const chosen = await askPictures(state, due);
    if (!chosen) return [];
    const outcome = await makePictures(services, state, withMissingAncestors(state.findings, chosen), 'person');
    void announce(outcome, state.chosen.engine.paid);
    return finishMaking(services, diagnostics, list, outcome);
  } finally {
    release();
  }
}

async function wantsMore(findings: readonly Finding[]): Promise<boolean> {
  const choose = l10n.t('Choose…');
  const told = l10n.t('{0}, all up to date.', pictureCount(findings.length));
  return (await window.showInformationMessage(`Easel: ${told}`, ...(findings.length > 0 ? [choose] : []))) === choose;
}

function finishMaking(services: Services, diagnostics: ListDiagnostics, list: ProjectList, { files, notes }: Outcome): readonly Uri[] {
  diagnostics.forgetDue(list.uri);
  for (const note of notesWords(notes)) services.log.info(note);
  void commands.executeCommand('workbench.files.action.refreshFilesExplorer');
  return files;
}

async function announce({ files, notes, costUsd }: Outcome, paid: boolean): Promise<void> {
  const [first] = files;
  if (!first) return;
  const how = paidWords(costUsd, paid) ?? l10n.t('drawn on this machine, not by an AI model');
  const told = notesWords(notes).join(' ');
  const reveal = l10n.t('Reveal');
  const made = files.length === 1 ? l10n.t('Made {0}', displayPath(first)) : l10n.t('Made {0}', pictureCount(files.length));
  if ((await window.showInformationMessage(`Easel: ${made} (${how}). ${told}`.trimEnd(), reveal)) === reveal) await commands.executeCommand('revealInExplorer', first);
}

/** Tells a person what a list is for and begins one where they like. Returns at once. */
function offerList(uri: Uri): readonly Uri[] {
  const create = l10n.t('Create {0}', LIST_FILE);
  const told = l10n.t('There is no {0} yet. It lists the pictures that the project wants: path, prompt and size of each.', LIST_FILE);
  void window.showInformationMessage(`Easel: ${told}`, create).then(async (answer) => {
    if (answer !== create) return;
    await workspace.fs.writeFile(uri, new TextEncoder().encode(TEMPLATE));
    await window.showTextDocument(uri);
  });
  return [];
}
