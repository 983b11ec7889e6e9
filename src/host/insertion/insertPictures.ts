import { EndOfLine, Range, Selection, workspace, type TextDocument, type TextEditor } from 'vscode';
import { ImageError } from '../../core/errors';
import { behindLink } from '../../core/insertion/behindLink';
import type { Form } from '../../core/insertion/forms';
import type { LinkMarkup, PictureLink } from '../../core/insertion/pictureLink';
import { besideLinks, isUnwritten, type UnwrittenPicture } from './unwritten';
import { commonForms, importsOf } from './markupFor';
import { pictureOf, type Linkable } from './pictureOf';

/** Chooses how links are written; undefined where the person turned away. */
export type ChooseForm = (forms: readonly Form[], document: TextDocument) => Promise<Form | undefined>;

/** The language's own form, or that of the settings. */
export const usualForm: ChooseForm = async ([form]) => form;

/**
 * Puts links to pictures in place of the selection, or behind the link that it lies in, with what they import and with the files that are not there yet, as one step to undo, and selects the first
 * one's alt text. Rejects with `cannot-save` where the document or the folder does not take it.
 */
export async function insertPictures(editor: TextEditor, pictures: readonly (Linkable | UnwrittenPicture)[], choose: ChooseForm): Promise<void> {
  const { document } = editor;
  const described: PictureLink[] = [];
  for (const picture of pictures) described.push(await pictureOf(picture, document));
  const form = await choose(commonForms(document, described), document);
  if (!form) return;
  await insertLinks(editor, described.map(form.write), pictures);
  for (const { written } of pictures.filter(isUnwritten)) await written?.();
}

async function insertLinks(editor: TextEditor, links: readonly LinkMarkup[], pictures: readonly (Linkable | UnwrittenPicture)[]): Promise<void> {
  const { document } = editor;
  const { place, space } = placeIn(editor);
  const text = links.map(({ before, alt, after }) => before + alt + after).join('\n');
  const imports = importsOf(document, links);
  const start = document.offsetAt(place.start);
  const isBefore = imports !== undefined && imports.offset <= start;
  // At one place, what is inserted first comes first: the imports.
  const edit = besideLinks(document, pictures, imports);
  edit.replace(document.uri, place, space + text);
  if (!(await workspace.applyEdit(edit))) throw new ImageError('cannot-save', 'The document did not take the link, or the folder not the picture.');
  const [first] = links;
  if (!first) return;
  const from = start + space.length + (isBefore ? lengthIn(document, imports.text) : 0);
  const [anchor, active] = first.alt === '' ? [text.length, text.length] : [first.before.length, first.before.length + first.alt.length];
  const at = (length: number): number => from + lengthIn(document, text.slice(0, length));
  editor.selection = new Selection(document.positionAt(at(anchor)), document.positionAt(at(active)));
}

/** What the links replace, and what keeps them apart from what stands before. */
function placeIn({ document, selection }: TextEditor): { readonly place: Range; readonly space: string } {
  const behind = behindLink(document.languageId, document.getText(), document.offsetAt(selection.start), document.offsetAt(selection.end));
  if (behind === undefined) return { place: selection, space: '' };
  const at = document.positionAt(behind);
  return { place: new Range(at, at), space: ' ' };
}

/** A document with Windows' line ends turns each into two characters. */
function lengthIn({ eol }: TextDocument, text: string): number {
  return eol === EndOfLine.CRLF ? text.replace(/\r?\n/g, '\r\n').length : text.length;
}
