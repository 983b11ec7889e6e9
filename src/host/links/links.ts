import { Disposable, EventEmitter, RelativePattern, workspace, type TextDocument, type Uri, type WorkspaceFolder } from 'vscode';
import { generatedFormat, type ImageLink } from '../../core/links/imageLink';
import { LinkChecker, type LinkDocument } from '../../core/links/linkChecker';
import { LINK_LANGUAGES } from '../../core/links/languages';
import { folderReader } from './folderReader';
import { MAX_LENGTH, type MissingInDocument, type MissingLink } from './missingLink';
import { scanWorkspace } from './workspaceScan';

/** How long to wait for more of the same when files come and go, in milliseconds. */
const SETTLE_MS = 150;
/** What a project's structure is told by. */
const CONFIGURATION = /^(?:tsconfig.*\.json|jsconfig\.json|package\.json)$/;

/** Knows which pictures of the workspace's documents are missing. */
export class Links implements Disposable {
  readonly #checkers = new Map<string, LinkChecker>();
  readonly #changed = new EventEmitter<void>();
  readonly #listeners: Disposable;
  readonly #watchers = new Map<string, Disposable>();
  #settling: NodeJS.Timeout | undefined;
  /** A picture or a folder has come or gone: what was said may not hold any more. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#listeners = Disposable.from(
      this.#changed,
      workspace.onDidChangeWorkspaceFolders(() => this.changed()),
      // A whole folder that goes is not always reported by the watcher.
      workspace.onDidDeleteFiles(() => this.changed()),
      workspace.onDidRenameFiles(() => this.changed()),
    );
  }

  /** The missing pictures of a document, in the order of its text; none of one that lies in no workspace folder, or is not read. */
  async missingIn(document: TextDocument): Promise<readonly MissingLink[]> {
    if (!LINK_LANGUAGES.includes(document.languageId)) return [];
    const text = document.getText();
    return text.length > MAX_LENGTH ? [] : this.missingInText(document.uri, document.languageId, text);
  }

  /** The missing pictures of a document that need not be open. */
  async missingInText(uri: Uri, languageId: string, text: string): Promise<readonly MissingLink[]> {
    const folder = workspace.getWorkspaceFolder(uri);
    if (!folder) return [];
    const missing = await this.#checkerOf(folder).missingIn({ path: uri.path, languageId, text });
    return missing.map(({ link, target }) => ({ link, target: uri.with({ path: target }) }));
  }

  /** The picture whose link stands at an offset of a document; undefined where there is none, or none that is there. */
  async pictureAt(document: TextDocument, offset: number): Promise<{ readonly link: ImageLink; readonly uri: Uri } | undefined> {
    const { uri, languageId } = document;
    const folder = workspace.getWorkspaceFolder(uri);
    const text = document.getText();
    const found = folder && text.length <= MAX_LENGTH ? await this.#checkerOf(folder).pictureAt({ path: uri.path, languageId, text }, offset) : undefined;
    return found && { link: found.link, uri: uri.with({ path: found.path }) };
  }

  /** What all documents of the workspace miss, also those that no editor shows. `report` is told how many are done. Rejects with `cancelled`. */
  missingInWorkspace(signal: AbortSignal, report: (done: number, of: number) => void): Promise<MissingInDocument[]> {
    return scanWorkspace((...document) => this.missingInText(...document), signal, report);
  }

  /** Where a document's address belongs, whether the document holds it or not; undefined where it is nowhere in the document's workspace folder. */
  async targetOf({ uri, languageId }: TextDocument, address: string): Promise<Uri | undefined> {
    const folder = workspace.getWorkspaceFolder(uri);
    const document: LinkDocument = { path: uri.path, languageId, text: '' };
    const path = folder && (await this.#checkerOf(folder).targetOf(document, address));
    return path === undefined ? undefined : uri.with({ path });
  }

  /** Forgets what is known of folders, and says so. */
  changed(): void {
    for (const checker of this.#checkers.values()) checker.forget();
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#listeners.dispose();
  }

  #checkerOf(folder: WorkspaceFolder): LinkChecker {
    const key = folder.uri.toString();
    const checker = this.#checkers.get(key) ?? new LinkChecker(folder.uri.path.replace(/\/$/, ''), folderReader(folder.uri));
    this.#checkers.set(key, checker);
    if (!this.#watchers.has(key)) this.#watchers.set(key, this.#watch(folder));
    return checker;
  }

  #watch(folder: WorkspaceFolder): Disposable {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/*'));
    const seen = (uri: Uri, cameOrWent: boolean): void => {
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      // A name without a dot may be a folder's, with pictures in it.
      if (!CONFIGURATION.test(name) && !(cameOrWent && (generatedFormat(name) !== undefined || !name.includes('.')))) return;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => this.changed(), SETTLE_MS);
    };
    return Disposable.from(
      watcher,
      watcher.onDidCreate((uri) => seen(uri, true)),
      watcher.onDidDelete((uri) => seen(uri, true)),
      watcher.onDidChange((uri) => seen(uri, false)),
    );
  }
}
