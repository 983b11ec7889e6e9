import { l10n } from 'vscode';
import { formatUsd } from '../../core/cost';
import { formatExtent, type Bounds } from '../../core/geometry';
import type { Operation, Recipe } from '../../core/recipe';
import { addedStyle, withoutStyle } from '../../core/style';
import type { KnownRecipe } from './knownRecipe';

/** A recipe as plain text: what stands in a file is data, never markup. `name` is the picture's, `parent` the path of its parent where that is known. */
export function recipeText(name: string, { recipe, entry }: KnownRecipe, parent: string | undefined): string {
  const style = addedStyle(recipe.prompt);
  const facts: [string, string][] = [
    [l10n.t('Made'), madeWords(recipe, parent)],
    [l10n.t('Size'), formatExtent(recipe)],
    ...(recipe.placed ? [[l10n.t('Original'), boundsWords(recipe.placed)] satisfies [string, string]] : []),
    ...(recipe.region ? [[l10n.t('Region'), 'steps' in recipe.region ? l10n.t('as it was painted') : boundsWords(recipe.region)] satisfies [string, string]] : []),
    ...(recipe.seed === undefined ? [] : [[l10n.t('Seed'), `${recipe.seed}`] satisfies [string, string]]),
    ...(recipe.parent === undefined || parent !== undefined ? [] : [[l10n.t('Parent'), `SHA-256 ${recipe.parent}`] satisfies [string, string]]),
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

/** `Widened from photo.png by gpt-image-1`, without the parent where nobody knows its file. */
function madeWords({ operation, model }: Recipe, parent: string | undefined): string {
  const verbs: Record<Operation, string> = {
    generate: l10n.t('Generated'),
    inpaint: l10n.t('Edited'),
    variation: l10n.t('Varied'),
    outpaint: l10n.t('Widened'),
    blend: l10n.t('Blended'),
    'dark-twin': l10n.t('Darkened'),
  };
  const verb = verbs[operation];
  return parent === undefined ? l10n.t('{0} by {1}', verb, model) : l10n.t('{0} from {1} by {2}', verb, parent, model);
}

/** `768x512 at 128, 0`. */
function boundsWords(bounds: Bounds): string {
  return l10n.t('{0} at {1}, {2}', formatExtent(bounds), bounds.x, bounds.y);
}

/** Without characters that could hide or turn around what is written. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '\uFFFD');
}
