import { commands, Disposable, l10n, Selection, Uri, window, workspace, type TextDocument, type TextEditor, type ViewColumn } from 'vscode';
import { ImageError } from '../../core/errors';
import { linkMarkup, type LinkMarkup } from '../../core/markup';
import { relativePath } from '../../core/relativePath';
import { withoutStyle } from '../../core/style';
import { pickImages } from '../dialogue/pickImages';
import type { Services } from '../services';
import { openSource, type OpenedSource } from '../sources';
import { NO_OPTIONS } from './options';
import { registerCommand } from './register';
import { requireUris } from './sourceOutput';

/** The longest alt text that is taken from a prompt, in characters: it is read out aloud. */
const MAX_ALT = 250;

/** `easel.insert`: a link to a picture at the cursor, in the document's own language, its alt text selected for a change. It writes no file. */
export function registerInsert(services: Services): Disposable {
  const target = new LastEditor();
  const insertAll = async (uris: readonly Uri[]): Promise<readonly Uri[]> => {
    const editor = await target.show();
    const opened: OpenedSource[] = [];
    for (const uri of uris) opened.push(await openSource(services, uri));
    await insertLinks(editor, opened.map((picture) => markupOf(picture, editor.document)));
    return [];
  };
  const command = registerCommand(services, {
    id: 'easel.insert',
    schema: NO_OPTIONS,
    needsTrust: false,
    person: async (uris) => {
      if (!target.isThere) return offerDocuments();
      const picked = await pickImages(uris, l10n.t('Insert Image Link'), 1);
      return picked ? insertAll(picked) : [];
    },
    caller: async (uris) => insertAll(requireUris(uris, 1)),
  });
  return Disposable.from(command, target);
}

/** Remembers the text editor that was used last: a picture that has just been opened in front of it must not take the cursor away. */
class LastEditor implements Disposable {
  #last: { readonly document: TextDocument; readonly viewColumn: ViewColumn | undefined } | undefined;
  readonly #listener: Disposable;

  constructor() {
    this.#note(window.activeTextEditor);
    this.#listener = window.onDidChangeActiveTextEditor((editor) => this.#note(editor));
  }

  get isThere(): boolean {
    return window.visibleTextEditors.some(isDocument) || this.#last?.document.isClosed === false;
  }

  /** Brings it to the front, its cursor where it was. Rejects with `bad-argument` where there is none. */
  async show(): Promise<TextEditor> {
    const active = window.activeTextEditor ?? window.visibleTextEditors.find(isDocument);
    // Called from the explorer, the keys must go to the document now. A notebook's cell has no column, and is not shown by itself.
    if (active && isDocument(active)) return active.viewColumn === undefined ? active : window.showTextDocument(active.document, active.viewColumn);
    if (!this.#last || this.#last.document.isClosed) throw new ImageError('bad-argument', noDocument());
    const { document, viewColumn } = this.#last;
    return window.showTextDocument(document, { viewColumn, preview: false });
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #note(editor: TextEditor | undefined): void {
    if (editor && isDocument(editor)) this.#last = { document: editor.document, viewColumn: editor.viewColumn };
  }
}

/** Tells a person that there is nothing to insert into, without waiting for an answer. */
function offerDocuments(): readonly Uri[] {
  const open = l10n.t('Open a File…');
  void window.showInformationMessage(`Easel: ${noDocument()}`, open).then((answer) => (answer === open ? commands.executeCommand('workbench.action.quickOpen') : undefined));
  return [];
}

function noDocument(): string {
  return l10n.t('Open the document first and put the cursor where the picture belongs.');
}

/** Output channels and the like are text editors, too. */
function isDocument({ document }: TextEditor): boolean {
  return !['output', 'debug', 'comment'].includes(document.uri.scheme);
}

/** Puts the links in place of the selection, as one step to undo, and selects the first one's alt text. */
async function insertLinks(editor: TextEditor, links: readonly LinkMarkup[]): Promise<void> {
  const { selection } = editor;
  const text = links.map(({ before, alt, after }) => before + alt + after).join('\n');
  if (!(await editor.edit((edit) => edit.replace(selection, text)))) throw new ImageError('cannot-save', 'The document did not take the link.');
  const [first] = links;
  if (!first) return;
  const { start } = selection;
  if (first.alt === '') editor.selection = new Selection(editor.selection.end, editor.selection.end);
  else editor.selection = new Selection(start.translate(0, first.before.length), start.translate(0, first.before.length + first.alt.length));
}

function markupOf({ uri, info, recipe }: OpenedSource, document: TextDocument): LinkMarkup {
  const alt = recipe?.prompt ? shorten(withoutStyle(recipe.prompt)) : wordsOf(uri);
  return linkMarkup(document.languageId, { path: pathFrom(document.uri, uri), alt, extent: info.extent });
}

/** A picture as a document sees it: relative where both lie in one place; an untitled document is taken to lie in the workspace's folder; else the whole URI. */
function pathFrom(document: Uri, picture: Uri): string {
  if (document.scheme === 'untitled' && !document.path.startsWith('/')) {
    const folder = workspace.getWorkspaceFolder(picture);
    return folder ? relativePath(Uri.joinPath(folder.uri, 'untitled').path, picture.path) : picture.toString(true);
  }
  const sameScheme = document.scheme === picture.scheme || ['untitled', 'vscode-notebook-cell'].includes(document.scheme);
  const drive = (uri: Uri): string | undefined => /^\/([a-z]):/i.exec(uri.path)?.[1]?.toLowerCase();
  return sameScheme && document.authority === picture.authority && drive(document) === drive(picture) ? relativePath(document.path, picture.path) : picture.toString(true);
}

function shorten(prompt: string): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_ALT) return line;
  return line.slice(0, MAX_ALT).replace(/\s+\S*$/, '');
}

/** A file's name as words: what is left where nothing says how the picture was made. */
function wordsOf(uri: Uri): string {
  return uri.path
    .slice(uri.path.lastIndexOf('/') + 1)
    .replace(/\.[^.]*$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
}
