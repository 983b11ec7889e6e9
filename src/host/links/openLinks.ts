import type { Disposable } from 'vscode';
import type { FactsOf } from '../recipes/pictureFacts';
import { LinkDiagnostics } from './linkDiagnostics';
import { Links } from './links';
import { registerQuickFixes } from './quickFixes';
import { registerRecipeHover } from './recipeHover';

/** Starts what looks at a document's links: hints, light bulb and hover. In a file of its own, which is loaded once a document is open that can hold such links. */
export function openLinks(subscriptions: Disposable[], factsOf: FactsOf): Links {
  const links = new Links();
  const diagnostics = new LinkDiagnostics(links);
  subscriptions.push(links, diagnostics, registerQuickFixes(diagnostics), registerRecipeHover(links, factsOf));
  return links;
}
