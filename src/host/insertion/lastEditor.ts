import { l10n, window, type Disposable, type TextDocument, type TextEditor, type ViewColumn } from 'vscode';
import { ImageError } from '../../core/errors';

/** Remembers the text editor that was used last: a picture that has just been opened in front of it must not take the cursor away. */
export class LastEditor implements Disposable {
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
    if (!this.#last || this.#last.document.isClosed) throw new ImageError('bad-argument', l10n.t('Open the document first and put the cursor where the picture belongs.'));
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


/** Output channels and the like are text editors, too. */
function isDocument({ document }: TextEditor): boolean {
  return !['output', 'debug', 'comment'].includes(document.uri.scheme);
}
