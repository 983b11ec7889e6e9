import { Disposable, DocumentDropOrPasteEditKind, languages, type DocumentDropEditProvider, type DocumentPasteEditProvider } from 'vscode';
import { FORM_LANGUAGES } from '../../core/insertion/languages';
import { CANDIDATE_MIME } from '../../protocol/candidateDrag';

/** Where pictures may be dropped and pasted: known before the code behind it is loaded. A provider for all languages would come after Markdown's own, one for a language and a scheme comes before. */
const SELECTOR = FORM_LANGUAGES.flatMap((language) => ['file', 'untitled', 'vscode-vfs', 'vscode-notebook-cell'].map((scheme) => ({ language, scheme })));
const KIND = DocumentDropOrPasteEditKind.Empty.append('easel', 'image');

/** Announces drops and pastes of pictures into documents. */
export function registerInsertion(drops: () => Promise<DocumentDropEditProvider>, pastes: () => Promise<DocumentPasteEditProvider>): Disposable {
  return Disposable.from(
    languages.registerDocumentDropEditProvider(
      SELECTOR,
      { provideDocumentDropEdits: async (...drop) => (await drops()).provideDocumentDropEdits(...drop) },
      { providedDropEditKinds: [KIND], dropMimeTypes: ['text/uri-list', CANDIDATE_MIME] },
    ),
    languages.registerDocumentPasteEditProvider(
      SELECTOR,
      { provideDocumentPasteEdits: async (...paste) => (await pastes()).provideDocumentPasteEdits?.(...paste) },
      { providedPasteEditKinds: [KIND], pasteMimeTypes: ['image/png', 'image/jpeg', 'image/webp'] },
    ),
  );
}
