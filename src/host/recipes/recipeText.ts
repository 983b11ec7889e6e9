import { l10n } from 'vscode';
import { formatUsd } from '../../core/cost';
import { formatExtent } from '../../core/geometry';
import { addedStyle, withoutStyle } from '../../core/style';
import { operationWords, type KnownRecipe } from './knownRecipe';

/** A recipe as plain text: what stands in a file is data, never markup. `name` is the picture's, `parent` the path of its parent where the history knows it. */
export function recipeText(name: string, { recipe, entry }: KnownRecipe, parent: string | undefined): string {
  const style = addedStyle(recipe.prompt);
  const facts: [string, string][] = [
    [l10n.t('Made by'), `${operationWords(recipe.operation)}, ${recipe.model} (${recipe.engine})`],
    [l10n.t('Size'), formatExtent(recipe)],
    ...(recipe.seed === undefined ? [] : [[l10n.t('Seed'), `${recipe.seed}`] satisfies [string, string]]),
    ...(recipe.parent === undefined ? [] : [[l10n.t('Parent'), parent ?? `SHA-256 ${recipe.parent}`] satisfies [string, string]]),
    ...(recipe.references?.length ? [[l10n.t('References'), `${recipe.references.length}`] satisfies [string, string]] : []),
    ...(entry?.costUsd === undefined ? [] : [[l10n.t('Cost'), formatUsd(entry.costUsd)] satisfies [string, string]]),
    [l10n.t('Source'), entry ? l10n.t('made in this workspace, {0}', new Date(entry.at).toLocaleString()) : l10n.t('the file itself: whoever made it wrote this')],
  ];
  const width = Math.max(...facts.map(([label]) => label.length));
  const sections = [
    name,
    ...(recipe.prompt === '' ? [] : [`${l10n.t('Prompt')}\n${withoutStyle(recipe.prompt)}`]),
    ...(style === '' ? [] : [style]),
    facts.map(([label, fact]) => `${label.padEnd(width)}  ${fact}`).join('\n'),
  ];
  return `${sections.map(printable).join('\n\n')}\n`;
}

/** Without characters that could hide or turn around what is written. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '\uFFFD');
}
