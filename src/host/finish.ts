import { commands, l10n, window, type Uri } from 'vscode';
import type { Outcome, Work } from './runRequests';
import type { Services } from './services';
import { displayPath } from './uris';
import { notesWords, paidWords, savedWords } from './words';

/** The most files that are opened by themselves. */
const MOST_OPENED = 10;

/** What comes after the files are on disk. Nothing of it is waited for, so that a command ends when its last file is written. */
export function finish(services: Services, work: Work, outcome: Outcome): readonly Uri[] {
  const { audience, chosen } = work;
  const { files, notes, costUsd } = outcome;
  const cost = paidWords(costUsd, chosen.engine.paid);
  services.log.info(`Wrote ${files.map(displayPath).join(', ')}${cost === undefined ? '' : ` for ${cost}`}.`);
  for (const note of notesWords(notes)) services.log.info(note);
  afterwards(services, showFiles(files, work));
  if (audience === 'person') afterwards(services, announce(services, outcome, cost, work));
  return files;
}

/** Lets something run on. A file that is gone again before it could be shown is no failure of the command. */
function afterwards(services: Services, task: Promise<void>): void {
  task.catch((error: unknown) => services.log.warn(`After writing: ${error instanceof Error ? error.message : String(error)}`));
}

/** Opens what was written. A caller's work does not take the focus away. */
async function showFiles(files: readonly Uri[], { audience, unopened }: Work): Promise<void> {
  await commands.executeCommand('workbench.files.action.refreshFilesExplorer');
  if (unopened) return;
  const shown = audience === 'person' ? files.slice(0, MOST_OPENED) : files.slice(-1);
  for (const file of shown) await commands.executeCommand('vscode.open', file, { preview: audience === 'caller', preserveFocus: audience === 'caller' });
}

async function announce(services: Services, { files, notes }: Outcome, cost: string | undefined, { chosen, unopened = false, toCutOut = false }: Work): Promise<void> {
  const [first] = files;
  if (!first) return;
  const how = chosen.engine.paid ? (cost ?? '') : l10n.t('drawn on this machine, not by an AI model');
  const told = notesWords(notes).join(' ');
  const insert = l10n.t('Insert at Cursor');
  const reveal = l10n.t('Reveal');
  const offersModel = chosen.forWantOfKey && (notes.some(({ note }) => note === 'text-not-set') || (await firstTime(services)));
  const useModel = l10n.t('Use OpenAI…');
  const cut = l10n.t('Cut Out Background…');
  const offersCut = toCutOut || notes.some(({ note }) => note === 'opaque');
  const actions = [...(offersCut ? [cut] : []), ...(unopened ? [] : [insert]), reveal, ...(offersModel ? [useModel] : [])];
  const action = await window.showInformationMessage(`Easel: ${savedWords(files)} (${how}). ${told}`.trimEnd(), ...actions);
  if (action === insert) await commands.executeCommand('easel.insert', first);
  else if (action === reveal) await commands.executeCommand('revealInExplorer', first);
  else if (action === cut) await commands.executeCommand('easel.cutOut', first, files);
  else if (action === useModel) await commands.executeCommand('easel.setApiKey');
}

const OFFERED = 'easel.offeredOpenAI';

/** Whether a person is offered an AI model for the first time, on this machine. */
async function firstTime(services: Services): Promise<boolean> {
  const { globalState } = services.context;
  if (globalState.get<boolean>(OFFERED)) return false;
  await globalState.update(OFFERED, true);
  return true;
}
