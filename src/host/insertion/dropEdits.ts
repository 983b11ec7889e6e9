import { DocumentDropEdit, DocumentDropOrPasteEditKind, l10n, Uri, workspace, type DataTransfer, type Disposable, type DocumentDropEditProvider, type Position, type TextDocument } from 'vscode';
import type { Form } from '../../core/insertion/forms';
import type { PictureLink } from '../../core/insertion/pictureLink';
import { CANDIDATE_MIME } from '../../protocol/candidateDrag';
import { isImage } from '../dialogue/pickImages';
import type { Services } from '../services';
import { openSource } from '../sources';
import { besideLinks, isUnwritten, type UnwrittenPicture } from './unwritten';
import { commonForms, importsOf, snippetOf } from './markupFor';
import { pictureOf, type Linkable } from './pictureOf';

const URI_LIST_MIME = 'text/uri-list';
/** What an edit of ours is called among those of others. */
export const PICTURE_KIND: readonly [string, string] = ['easel', 'image'];

/** The most pictures that one drop links to. */
const MOST_DROPPED = 50;

/** Takes a picture out of the studio; undefined where it is gone, or no folder is open. One that is in the workspace already comes without bytes. */
export type DraftOf = (candidate: string) => Promise<Linkable | UnwrittenPicture | undefined>;

/** Drops of pictures into documents: from the explorer and the history by their addresses, from the studio by their ids. */
export class PictureDrops implements DocumentDropEditProvider, Disposable {
  readonly #services: Pick<Services, 'jobs'>;
  readonly #draftOf: DraftOf;
  /** What has been offered and not been written yet, by the file's URI. */
  readonly #offered = new Map<string, UnwrittenPicture>();
  readonly #listener: Disposable;

  constructor(services: Pick<Services, 'jobs'>, draftOf: DraftOf) {
    this.#services = services;
    this.#draftOf = draftOf;
    this.#listener = workspace.onDidCreateFiles(({ files }) => void Promise.all(files.map((file) => this.#created(file))));
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async provideDocumentDropEdits(document: TextDocument, _position: Position, transfer: DataTransfer): Promise<DocumentDropEdit[]> {
    const dropped = (await this.#fromStudio(transfer)) ?? (await this.#fromList(transfer));
    if (dropped.length === 0) return [];
    const pictures: PictureLink[] = [];
    for (const picture of dropped) pictures.push(await pictureOf(picture, document));
    return inOrder(commonForms(document, pictures)).map((form) => {
      const links = pictures.map(form.write);
      const edit = new DocumentDropEdit(snippetOf(links), l10n.t('Insert {0}', form.sample), DocumentDropOrPasteEditKind.Empty.append(...PICTURE_KIND, form.id));
      edit.additionalEdit = besideLinks(document, dropped, importsOf(document, links));
      return edit;
    });
  }

  async #fromStudio(transfer: DataTransfer): Promise<readonly Linkable[] | undefined> {
    const candidate = await transfer.get(CANDIDATE_MIME)?.asString();
    if (candidate === undefined) return undefined;
    const draft = await this.#draftOf(candidate);
    if (draft && isUnwritten(draft)) this.#offered.set(draft.uri.toString(), draft);
    return draft ? [draft] : [];
  }

  async #created(file: Uri): Promise<void> {
    const draft = this.#offered.get(file.toString());
    this.#offered.delete(file.toString());
    await draft?.written?.();
  }

  /** What is no picture that can be read is left to others. */
  async #fromList(transfer: DataTransfer): Promise<readonly Linkable[]> {
    const list = (await transfer.get(URI_LIST_MIME)?.asString()) ?? '';
    const uris = list.split(/\r?\n/).slice(0, MOST_DROPPED).flatMap(imageUri);
    const found: Linkable[] = [];
    for (const uri of uris) {
      const opened = await openSource(this.#services, uri).catch(() => undefined);
      if (!opened) return [];
      found.push({ uri, extent: opened.info.extent, recipe: opened.recipe });
    }
    return found;
  }
}

/** The bare path is the second choice, before the language's other forms. */
export function inOrder([first, ...others]: readonly Form[]): readonly Form[] {
  const path = others.filter(({ id }) => id === 'path');
  return first ? [first, ...path, ...others.filter(({ id }) => id !== 'path')] : [];
}

function imageUri(line: string): Uri[] {
  if (line.trim() === '' || line.startsWith('#')) return [];
  try {
    const uri = Uri.parse(line.trim(), true);
    return isImage(uri) ? [uri] : [];
  } catch {
    return [];
  }
}
