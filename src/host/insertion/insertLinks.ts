import { EndOfLine, Selection, type TextDocument, type TextEditor } from 'vscode';
import { ImageError } from '../../core/errors';
import { addImports } from '../../core/insertion/imports';
import type { LinkMarkup } from '../../core/insertion/pictureLink';

/** Puts links in place of the selection, with what they import, as one step to undo, and selects the first one's alt text. */
export async function insertLinks(editor: TextEditor, links: readonly LinkMarkup[]): Promise<void> {
  const { document, selection } = editor;
  const text = links.map(({ before, alt, after }) => before + alt + after).join('\n');
  const imports = addImports(document.languageId, document.getText(), links.flatMap((link) => link.imports ?? []));
  const start = document.offsetAt(selection.start);
  const isBefore = imports !== undefined && imports.offset <= start;
  const done = await editor.edit((edit) => {
    // At one place, what is inserted first comes first.
    if (imports) edit.insert(document.positionAt(imports.offset), imports.text);
    edit.replace(selection, text);
  });
  if (!done) throw new ImageError('cannot-save', 'The document did not take the link.');
  const [first] = links;
  if (!first) return;
  const from = start + (isBefore ? lengthIn(document, imports.text) : 0);
  const [anchor, active] = first.alt === '' ? [text.length, text.length] : [first.before.length, first.before.length + first.alt.length];
  const at = (length: number): number => from + lengthIn(document, text.slice(0, length));
  editor.selection = new Selection(document.positionAt(at(anchor)), document.positionAt(at(active)));
}

/** A document with Windows' line ends turns each into two characters. */
function lengthIn({ eol }: TextDocument, text: string): number {
  return eol === EndOfLine.CRLF ? text.replace(/\r?\n/g, '\r\n').length : text.length;
}
