import { l10n, MarkdownString, ThemeIcon, TreeItem, type Uri } from 'vscode';
import { formatExtent } from '../../core/geometry';
import { plainMarkdown } from '../../core/plainMarkdown';
import { withoutStyle } from '../../core/style';
import type { HistoryEntry } from '../../jobs/history';
import { operationWords } from '../recipes/knownRecipe';
import { displayPath, toUri } from '../uris';
import { paidWords } from '../words';

/** A picture of the history, as the tree and its menus know it. */
export interface HistoryNode {
  readonly entry: HistoryEntry;
  /** The file that was written. */
  readonly resourceUri: Uri;
}

/** The longest prompt that a row shows, in characters: the hover has it all. */
const LONGEST_LABEL = 120;

/** The node's identity, the same after every reading of the history. */
export function keyOf({ entry }: HistoryNode): string {
  return `${entry.at} ${entry.hash} ${entry.uri}`;
}

export function nodeOf(entry: HistoryEntry): HistoryNode {
  return { entry, resourceUri: toUri(entry.uri) };
}

/** What a row says of a picture. */
export function itemOf(node: HistoryNode, thumbnail: Uri | 'none' | 'pending'): TreeItem {
  const { entry, resourceUri } = node;
  const prompt = promptOf(entry);
  const item = new TreeItem(prompt.length > LONGEST_LABEL ? `${prompt.slice(0, LONGEST_LABEL)}…` : prompt);
  item.id = keyOf(node);
  item.description = factsOf(entry).join(' · ');
  item.iconPath = thumbnail === 'none' ? new ThemeIcon('circle-slash') : thumbnail === 'pending' ? new ThemeIcon('file-media') : thumbnail;
  item.contextValue = entry.recipe.prompt === '' ? 'picture' : 'picture prompt';
  item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [resourceUri] };
  item.accessibilityInformation = { label: [prompt, displayPath(resourceUri), ...factsOf(entry)].join(', ') };
  return item;
}

/** What a hover says: the picture and all facts. What a recipe says is text, and is escaped as such. */
export function tooltipOf({ entry, resourceUri }: HistoryNode, thumbnail: Uri | undefined): MarkdownString {
  const text = new MarkdownString();
  if (thumbnail) text.appendMarkdown(`![](${thumbnail.toString()}|width=256)\n\n`);
  return text.appendMarkdown(`${plainMarkdown(promptOf(entry))}\n\n${plainMarkdown([displayPath(resourceUri), ...factsOf(entry)].join(' · '))}`);
}

/** Whether a picture is what somebody looks for: all words are in its prompt, file, model or size, in any case. */
export function matches({ entry, resourceUri }: HistoryNode, words: string): boolean {
  const text = [promptOf(entry), displayPath(resourceUri), entry.recipe.model, formatExtent(entry.recipe)].join('\n').toLocaleLowerCase();
  return words.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function promptOf({ recipe }: HistoryEntry): string {
  return withoutStyle(recipe.prompt).replace(/\s+/g, ' ') || operationWords(recipe.operation);
}

function factsOf({ recipe, costUsd, at }: HistoryEntry): string[] {
  const cost = paidWords(costUsd, recipe.engine !== 'offline');
  return [formatExtent(recipe), ...(cost === undefined ? [] : [cost]), recipe.model, new Date(at).toLocaleString()];
}
