import { l10n, Position, window, workspace, type Uri } from 'vscode';
import { NOT_THE_PERSONS } from '../notThePersons';
import { baseName, displayPath } from '../uris';
import { askOne } from './quickInput';
import type { Choice } from './typedChoices';
import { BACK } from './wizard';

/** Documents that show pictures, by their names' endings; text of other kinds is opened by hand. */
const DOCUMENTS = '**/*.{md,mdx,qmd,html,htm,vue,svelte,astro,php,hbs,cshtml,css,scss,less,sass,styl,js,jsx,ts,tsx,rst,adoc,typ,tex,dart}';
const MOST_LISTED = 2000;
/** Prose and pages before styles and code. */
const LIKELY = /\.(?:mdx?|qmd|html?|vue|svelte|astro|rst|adoc)$/i;

/** Asks for one of the workspace's documents, where none is open, opens it, and lets them put the cursor where it is nowhere yet. False where the person turned away. */
export async function openDocument(title: string): Promise<boolean> {
  const files = await workspace.findFiles(DOCUMENTS, NOT_THE_PERSONS, MOST_LISTED);
  if (files.length === 0) {
    void window.showInformationMessage(`Easel: ${l10n.t('Open the document first and put the cursor where the picture belongs.')}`);
    return false;
  }
  const rank = (file: Uri): string => `${LIKELY.test(file.path) ? 0 : 1}${displayPath(file)}`;
  const choices = files
    .map((file): Choice<Uri> => ({ label: baseName(file), description: displayPath(file).slice(0, -baseName(file).length), value: file }))
    .sort((a, b) => (a.value && b.value ? rank(a.value).localeCompare(rank(b.value)) : 0));
  const picked = await askOne<Uri>({ title, step: 1, total: 1, canGoBack: false }, { placeholder: l10n.t('No document is open. Into which one?'), choices });
  if (picked === undefined || picked === BACK) return false;
  const editor = await window.showTextDocument(picked, { preview: false });
  // A cursor at the very start was put there by nobody: a link before a heading or a doctype breaks it.
  if (editor.document.getText() === '' || !editor.selection.active.isEqual(new Position(0, 0))) return true;
  const here = l10n.t('Insert Here');
  const told = l10n.t('Put the cursor where the picture belongs in {0}.', baseName(picked));
  return (await window.showInformationMessage(`Easel: ${told}`, here)) === here;
}
