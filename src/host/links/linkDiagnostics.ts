import { Diagnostic, DiagnosticSeverity, Disposable, l10n, languages, Range, window, workspace, type TextDocument, type Uri } from 'vscode';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { displayPath } from '../uris';
import type { Links } from './links';
import type { MissingLink } from './missingLink';

/** What stands at a hint for a missing picture. */
export const SOURCE = 'easel';
export const MISSING_IMAGE = 'missing-image';

/** How long a document must rest before it is looked through again, in milliseconds. */
const TYPING_MS = 300;

const SEVERITIES: Readonly<Record<Exclude<Settings['missingSeverity'], 'off'>, DiagnosticSeverity>> = {
  hint: DiagnosticSeverity.Hint,
  information: DiagnosticSeverity.Information,
  warning: DiagnosticSeverity.Warning,
  error: DiagnosticSeverity.Error,
};

/** Hints at missing pictures in the documents that a person sees. */
export class LinkDiagnostics implements Disposable {
  readonly #links: Links;
  readonly #collection = languages.createDiagnosticCollection(SOURCE);
  readonly #shown = new Map<string, readonly MissingLink[]>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #listeners: Disposable;

  constructor(links: Links) {
    this.#links = links;
    this.#listeners = Disposable.from(
      this.#collection,
      links.onDidChange(() => this.#checkVisible()),
      window.onDidChangeVisibleTextEditors(() => this.#checkVisible()),
      workspace.onDidChangeTextDocument(({ document }) => this.#soon(document, TYPING_MS)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('easel.missingImages')) this.#checkVisible();
      }),
    );
    this.#checkVisible();
  }

  /** The missing picture whose hint stands at a place. */
  at(document: TextDocument, range: Range): MissingLink | undefined {
    return this.of(document).find((missing) => rangeOf(document, missing).isEqual(range));
  }

  /** All that are hinted at in a document. */
  of(document: TextDocument): readonly MissingLink[] {
    return this.#shown.get(document.uri.toString()) ?? [];
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#listeners.dispose();
  }

  /** One after the other, each in a turn of its own. */
  #checkVisible(): void {
    for (const { document } of window.visibleTextEditors) this.#soon(document, 0);
  }

  #soon(document: TextDocument, delay: number): void {
    const key = document.uri.toString();
    const isSeen = this.#shown.has(key) || window.visibleTextEditors.some((editor) => editor.document === document);
    if (!isSeen) return;
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(key, setTimeout(() => void this.#check(document), delay));
  }

  async #check(document: TextDocument): Promise<void> {
    const { version } = document;
    const severity = readSettings().missingSeverity;
    const missing = severity === 'off' ? [] : await this.#links.missingIn(document);
    // Another check is on its way for what has changed meanwhile.
    if (document.isClosed || document.version !== version) return;
    this.#shown.set(document.uri.toString(), missing);
    this.#collection.set(
      document.uri,
      missing.map((link) => diagnosticOf(document, link, severity)),
    );
  }

  #forget(uri: Uri): void {
    const key = uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
    this.#shown.delete(key);
    this.#collection.delete(uri);
  }
}

function diagnosticOf(document: TextDocument, missing: MissingLink, severity: Settings['missingSeverity']): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(document, missing), l10n.t("The image '{0}' does not exist.", displayPath(missing.target)), severity === 'off' ? undefined : SEVERITIES[severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = MISSING_IMAGE;
  return diagnostic;
}

function rangeOf(document: TextDocument, { link }: MissingLink): Range {
  return new Range(document.positionAt(link.start), document.positionAt(link.end));
}
