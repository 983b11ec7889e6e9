import { SnippetString, type TextDocument } from 'vscode';
import { formsFor, type Form } from '../../core/insertion/forms';
import { addImports, type Addition } from '../../core/insertion/imports';
import type { LinkMarkup, PictureLink } from '../../core/insertion/pictureLink';
import { readSettings } from '../settings';

/** The forms in which a document can link to all of these pictures; the person's own choice first. */
export function commonForms(document: TextDocument, pictures: readonly PictureLink[]): readonly Form[] {
  const preferred = readSettings().insertForms[document.languageId];
  const [first = [], ...others] = pictures.map((picture) => formsFor(document.languageId, picture, preferred));
  return first.filter(({ id }) => others.every((forms) => forms.some((form) => form.id === id)));
}

/** What a document lacks of the imports of these links. */
export function importsOf(document: TextDocument, links: readonly LinkMarkup[]): Addition | undefined {
  return addImports(document.languageId, document.getText(), links.flatMap(({ imports = [] }) => imports));
}

/** Links as one text in which the alt texts can be changed, one after the other. */
export function snippetOf(links: readonly LinkMarkup[]): SnippetString {
  const snippet = new SnippetString();
  for (const [index, { before, alt, after }] of links.entries()) {
    snippet.appendText(index === 0 ? before : `\n${before}`);
    if (alt !== '') snippet.appendPlaceholder(alt);
    snippet.appendText(after);
  }
  return snippet;
}
