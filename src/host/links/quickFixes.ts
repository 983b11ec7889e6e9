import { CodeAction, CodeActionKind, l10n, languages, type CodeActionContext, type Disposable, type Range, type Selection, type TextDocument } from 'vscode';
import { LINK_LANGUAGES } from '../../core/links/languages';
import { displayPath } from '../uris';
import { MISSING_IMAGE, SOURCE, type LinkDiagnostics } from './linkDiagnostics';

const COMMAND = 'easel.generateMissing';

/** The light bulb at a missing picture: generate it, or all that the document misses. */
export function registerQuickFixes(diagnostics: LinkDiagnostics): Disposable {
  const provideCodeActions = (document: TextDocument, _range: Range | Selection, context: CodeActionContext): CodeAction[] => {
    const here = context.diagnostics.filter(({ source, code }) => source === SOURCE && code === MISSING_IMAGE);
    const actions = here.flatMap((diagnostic) => {
      const missing = diagnostics.at(document, diagnostic.range);
      if (!missing) return [];
      const action = new CodeAction(l10n.t("Generate '{0}'", displayPath(missing.target)), CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.isPreferred = true;
      action.command = { command: COMMAND, title: action.title, arguments: [document.uri, missing.target] };
      return [action];
    });
    const targets = new Set(diagnostics.of(document).map(({ target }) => target.path));
    if (actions.length === 0 || targets.size < 2) return actions;
    const all = new CodeAction(l10n.t('Generate all {0} missing images in this file', targets.size), CodeActionKind.QuickFix);
    all.diagnostics = here;
    all.command = { command: COMMAND, title: all.title, arguments: [document.uri] };
    return [...actions, all];
  };
  return languages.registerCodeActionsProvider([...LINK_LANGUAGES], { provideCodeActions }, { providedCodeActionKinds: [CodeActionKind.QuickFix] });
}
