import { Disposable, EventEmitter, RelativePattern, Uri, workspace, type CancellationToken, type CustomDocumentBackup, type CustomDocumentBackupContext, type CustomDocumentEditEvent, type CustomDocumentOpenContext, type CustomEditorProvider, type WebviewPanel } from 'vscode';
import { toImageError } from '../../core/errors';
import { failureWords } from '../errors';
import type { Services } from '../services';
import { baseName, parentOf } from '../uris';
import { formatBackup, parseBackup } from './backup';
import { EditorDocument, type EditorContent, type PictureVersion } from './editorDocument';
import { EditorPanel } from './editorPanel';
import { EditorSession } from './editorSession';
import { EditorStatus } from './editorStatus';
import { readPicture, versionOf } from './readPicture';
import { saveDocument, saveDocumentAs } from './saveDocument';

/** Gives VS Code its documents and their editors. Undo, redo, the dirty dot and hot exit are VS Code's. */
export class ImageEditorProvider implements CustomEditorProvider<EditorDocument>, Disposable {
  readonly #services: Services;
  readonly #edits = new EventEmitter<CustomDocumentEditEvent<EditorDocument>>();
  readonly #sessions = new Map<EditorDocument, EditorSession>();
  readonly #status = new EditorStatus();
  readonly onDidChangeCustomDocument = this.#edits.event;
  readonly #refreshing: Disposable;

  constructor(services: Services) {
    this.#services = services;
    const refresh = (): void => {
      for (const session of this.#sessions.values()) void session.refreshOffer();
    };
    this.#refreshing = Disposable.from(
      services.keys.onDidChange(refresh),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('easel')) refresh();
      }),
    );
  }

  async openCustomDocument(uri: Uri, { backupId }: CustomDocumentOpenContext, token: CancellationToken): Promise<EditorDocument> {
    const opening = new AbortController();
    const cancelling = token.onCancellationRequested(() => opening.abort());
    try {
      const document = await this.#open(uri, backupId, opening.signal);
      this.#attach(document);
      return document;
    } catch (error) {
      throw inWords(error);
    } finally {
      cancelling.dispose();
    }
  }

  resolveCustomEditor(document: EditorDocument, panel: WebviewPanel): void {
    const session = this.#sessions.get(document);
    if (!session) return;
    const editor = new EditorPanel(panel, session, this.#services, (shown) => this.#status.update(shown));
    panel.onDidChangeViewState(() => this.#status.update(editor));
    panel.onDidDispose(() => {
      editor.dispose();
      this.#status.forget(editor);
    });
  }

  async saveCustomDocument(document: EditorDocument): Promise<void> {
    await saveDocument(document, this.#services).catch(rethrowInWords);
  }

  async saveCustomDocumentAs(document: EditorDocument, destination: Uri): Promise<void> {
    await saveDocumentAs(document, destination, this.#services).catch(rethrowInWords);
  }

  async revertCustomDocument(document: EditorDocument): Promise<void> {
    document.reload(await readPicture(document.uri, this.#services.jobs).catch(rethrowInWords), false);
  }

  async backupCustomDocument(document: EditorDocument, { destination }: CustomDocumentBackupContext): Promise<CustomDocumentBackup> {
    await workspace.fs.createDirectory(parentOf(destination));
    await workspace.fs.writeFile(destination, formatBackup(document.content, document.onDisk.hash, document.pictureChanged));
    return { id: destination.toString(), delete: () => void workspace.fs.delete(destination).then(undefined, () => {}) };
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
    this.#refreshing.dispose();
    this.#status.dispose();
    this.#edits.dispose();
  }

  async #open(uri: Uri, backupId: string | undefined, signal: AbortSignal): Promise<EditorDocument> {
    const { jobs } = this.#services;
    if (backupId === undefined) return new EditorDocument(uri, await readPicture(uri, jobs, signal));
    const backup = parseBackup(await workspace.fs.readFile(Uri.parse(backupId, true)));
    const picture = backup.picture && (await versionOf(backup.picture, jobs, signal));
    // The file may be gone; the work on it is not.
    const file = await readPicture(uri, jobs, signal).catch((error: unknown) => picture ?? Promise.reject(toImageError(error, 'broken-image')));
    return new EditorDocument(uri, file, contentOf(picture ?? file, backup));
  }

  #attach(document: EditorDocument): void {
    const session = new EditorSession(document, this.#services);
    this.#sessions.set(document, session);
    document.onDidEdit((edit) => this.#edits.fire({ document, ...edit }));
    const watching = watch(document, this.#services);
    document.onDispose(() => {
      watching.dispose();
      session.dispose();
      this.#sessions.delete(document);
    });
  }
}

/** A mask for a picture of another size means nothing. */
function contentOf(picture: PictureVersion, { steps, badge, extent }: ReturnType<typeof parseBackup>): EditorContent {
  const fits = picture.extent.width === extent.width && picture.extent.height === extent.height;
  return { picture, steps: fits ? steps : [], badge };
}

/** Follows a file that is changed by somebody else, as long as no work on its pixels would be lost. */
function watch(document: EditorDocument, services: Services): Disposable {
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(parentOf(document.uri), escapeGlob(baseName(document.uri))));
  const follow = async (): Promise<void> => {
    if (document.pictureChanged) return;
    const file = await readPicture(document.uri, services.jobs);
    if (file.hash !== document.onDisk.hash && !document.pictureChanged) document.reload(file, true);
  };
  const soon = (): void => {
    // Half written, or no picture any more: what is shown stays.
    follow().catch((error: unknown) => services.log.warn(`Image editor: ${toImageError(error, 'broken-image').message}`));
  };
  return Disposable.from(watcher, watcher.onDidChange(soon), watcher.onDidCreate(soon));
}

function escapeGlob(name: string): string {
  return name.replace(/[[\]{}*?]/g, '[$&]');
}

/** VS Code shows an error's message as it is. */
function inWords(error: unknown): Error {
  return new Error(failureWords(toImageError(error, 'cannot-save')), { cause: error });
}

function rethrowInWords(error: unknown): never {
  throw inWords(error);
}
