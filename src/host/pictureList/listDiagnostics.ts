import { Diagnostic, DiagnosticSeverity, Disposable, languages, Range, workspace, type TextDocument, type Uri } from 'vscode';
import { LIST_FILE } from '../../core/list/pictureList';
import { baseName } from '../uris';
import type { Finding } from './listStates';
import { faultWords, stateWords } from './listWords';
import { parseList } from './parseList';
import type { ProjectList } from './projectList';

/** What the editor underlines in a list: faults as one types, and after a check what is missing or stale, until the list is changed or made. */
export class ListDiagnostics implements Disposable {
  readonly #faults = languages.createDiagnosticCollection('easel.list');
  readonly #due = languages.createDiagnosticCollection('easel.due');
  readonly #listeners: Disposable;

  constructor() {
    for (const document of workspace.textDocuments) this.#look(document);
    this.#listeners = Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#look(document)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (isList(document)) this.forgetDue(document.uri);
        this.#look(document);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#faults.delete(uri)),
    );
  }

  showDue(list: ProjectList, due: readonly Finding[]): void {
    this.#due.set(
      list.uri,
      due.map(({ picture, state }) => {
        const { line, column, start, end } = list.placeOf(picture);
        const range = new Range(line - 1, column - 1, line - 1, column - 1 + end - start);
        return mark(new Diagnostic(range, dueWords(picture.path.join('/'), state), DiagnosticSeverity.Warning), `${state.state}-picture`);
      }),
    );
  }

  forgetDue(uri: Uri): void {
    this.#due.delete(uri);
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#faults.dispose();
    this.#due.dispose();
  }

  /** What a schema can say the JSON editor tells already, by the schema that Easel contributes. */
  #look(document: TextDocument): void {
    if (!isList(document)) return;
    const told = parseList(document.getText()).faults.filter(({ kind }) => !['syntax', 'unknown-key', 'missing-key', 'wrong-value'].includes(kind));
    this.#faults.set(
      document.uri,
      told.map((fault) => mark(new Diagnostic(new Range(document.positionAt(fault.start), document.positionAt(fault.end)), faultWords(fault), DiagnosticSeverity.Error), fault.kind)),
    );
  }
}

/** A picture that a check found, on one line. */
export function dueWords(path: string, state: Finding['state']): string {
  return `${path}: ${stateWords(state)}`;
}

function isList({ uri }: TextDocument): boolean {
  return baseName(uri) === LIST_FILE && workspace.getWorkspaceFolder(uri) !== undefined;
}

function mark(diagnostic: Diagnostic, code: string): Diagnostic {
  diagnostic.source = 'easel';
  diagnostic.code = code;
  return diagnostic;
}
