import { DocumentDropOrPasteEditKind, DocumentPasteEdit, l10n, type CancellationToken, type DataTransfer, type DocumentPasteEditContext, type DocumentPasteEditProvider, type Range, type TextDocument } from 'vscode';
import { stemFromPrompt } from '../../core/naming';
import { parseRecipe } from '../../core/recipe';
import { workspaceFolder } from '../destination';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { freeFile } from '../workspaceFiles';
import { besideLinks, type UnwrittenPicture } from './unwritten';
import { inOrder, PICTURE_KIND } from './dropEdits';
import { commonForms, importsOf, snippetOf } from './markupFor';
import { pictureOf } from './pictureOf';

/** What a clipboard holds that has a picture in it, with the ending of its file. */
const PASTED_TYPES: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

type PasteServices = Pick<Services, 'jobs' | 'log'>;

/** Pastes of bitmaps into documents: saved in the folder of the settings and linked, in one step. */
export class PicturePastes implements DocumentPasteEditProvider {
  readonly #services: PasteServices;

  constructor(services: PasteServices) {
    this.#services = services;
  }

  async provideDocumentPasteEdits(document: TextDocument, _ranges: readonly Range[], transfer: DataTransfer, _context: DocumentPasteEditContext, token: CancellationToken): Promise<DocumentPasteEdit[]> {
    const draft = await this.#read(transfer);
    if (!draft || token.isCancellationRequested) return [];
    const picture = await pictureOf(draft, document);
    return inOrder(commonForms(document, [picture])).map((form) => {
      const link = form.write(picture);
      const edit = new DocumentPasteEdit(snippetOf([link]), l10n.t('Save and insert {0}', form.sample), DocumentDropOrPasteEditKind.Empty.append(...PICTURE_KIND, form.id));
      edit.additionalEdit = besideLinks(document, [draft], importsOf(document, [link]));
      return edit;
    });
  }

  /** Undefined where the clipboard holds no picture that can be read, or no folder is open to save it in. */
  async #read(transfer: DataTransfer): Promise<UnwrittenPicture | undefined> {
    for (const [type, ending] of Object.entries(PASTED_TYPES)) {
      const file = transfer.get(type)?.asFile();
      if (!file) continue;
      try {
        const bytes = await file.data();
        const info = await this.#services.jobs.pixels.inspect(bytes);
        const folder = await workspaceFolder(readSettings().outputFolder);
        const recipe = info.recipe === undefined ? undefined : parseRecipe(info.recipe);
        const stem = stemFromPrompt(recipe?.prompt ?? file.name.replace(/\.[^.]*$/, ''));
        return { uri: await freeFile(folder, stem, ending), extent: info.extent, recipe, bytes };
      } catch (error) {
        this.#services.log.warn(`Pasting: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return undefined;
  }
}
